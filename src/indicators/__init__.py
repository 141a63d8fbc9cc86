"""What is measured about children's health and care: definitions, engines, statistics, disclosure control.

Plain Python: nothing here knows Django or Kring, so that an analyst can read it beside R or Excel.
"""
