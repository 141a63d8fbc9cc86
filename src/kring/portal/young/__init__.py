"""Ungas egna sidor (13-17 år): what the young see, what others see of it, and what they decide themselves."""
