"""A report in words and pictures, ready to be kept and shown."""
