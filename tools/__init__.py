"""What ./kring does, one file a command. Standard library only: it runs before the environment exists."""
