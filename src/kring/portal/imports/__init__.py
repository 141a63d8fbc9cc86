"""Where an administrator reads in what other systems have sent: counts, places and words, never a child."""
