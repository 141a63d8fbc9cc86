"""Pure decisions: what of Kring becomes which row."""
