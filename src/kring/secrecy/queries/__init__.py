"""Every read about what is closed and opened around a child."""
