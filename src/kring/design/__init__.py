"""Kring's face: one look for staff, families, children and the public.

Swedish care meets people as tax-paid, plain-spoken and for everybody: the same page must work for a
nurse with forty children, a parent on an old phone, and a ten-year-old with a language disorder. This
package holds what they share: base templates, form and part macros, icons, picture symbols for picture
support (bildstöd), one stylesheet and one small script. It knows nothing about children or care.
"""
