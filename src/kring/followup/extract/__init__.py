"""Kring's own extract: what staff and families do every day becomes the flat tables of the indicators.

Quality follow-up by a care provider (PDL 2:4 p 4–6): the same rows that a region's data warehouse would
deliver, without names, numbers or free text, and with nothing typed in twice. Children and staff are keyed
digests, and what is told of the figures goes through `indicators.disclosure` as everything does.
"""
