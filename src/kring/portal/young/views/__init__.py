"""The views of the young's pages."""
