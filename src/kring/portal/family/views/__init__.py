"""S02 and S70-S72: a guardian's pages. Each address names one child by an opaque key."""
