"""The pages of the plan, by noun: parse, ask a query or call a command, render."""
