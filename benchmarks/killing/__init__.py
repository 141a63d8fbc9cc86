"""Killing the server while people write: the server, the senders, and what must be true afterwards."""
