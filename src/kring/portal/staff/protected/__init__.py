"""The door to a child with protected identity: only its restricted group finds it, and says why before it
opens.

Sekretessmarkering and skyddad folkbokföring mean that somebody may be looking for the child. The reason is
kept in the
access log, word for word.
"""
