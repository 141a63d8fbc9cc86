"""Puts the house together: settings, addresses and the web server's entry point. Imports all,
imported by none.
"""
