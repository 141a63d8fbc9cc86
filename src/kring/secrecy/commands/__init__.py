"""Every write about what is closed and opened around a child."""
