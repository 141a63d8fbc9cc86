"""«Samla på samma dag», answered: each unit says yes with a time or no with a reason for its own visits, and
everybody who was asked sees how it went.

One no ends the question, as the journey would be made anyway; what has been moved by then stays where it is.
"""
