"""The plan on paper: tagged PDF (PDF/UA-1), for professionals, for the family and for the child.

Many families meet the plan only as a sheet on the refrigerator door. Rows become ready words in Swedish or
English (`professional`, `family`, `child`), `make` hands the words to a template in `typst/` as data, and
`queries` decides who may print which version and writes it to the access log. Nobody's text is ever read as
code.
"""
