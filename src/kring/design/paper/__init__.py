"""Paper: tagged PDF (PDF/UA-1) with our own fonts, for whatever leaves Kring to be read by hand.

`typesetting.paper` fills a template (a `.typ` file beside the code that uses it) with words as data. Nobody's
text is ever read as code.
"""
