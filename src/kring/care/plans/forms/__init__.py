"""The forms of the plan's pages, by noun: from what was typed to what a command takes, or to words."""
