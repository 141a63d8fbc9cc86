"""Mående: the child's own answers to «Hur mår jag?», as its unit and its guardians read them."""
