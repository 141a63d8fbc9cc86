"""What looks odd in a delivery: for whoever must decide whether the figures can be trusted this time.

findings.py says what can be said (words.toml) and how it is guarded, rules.py when a fall is told, checks.py
what is asked of each row, report.py the whole of a delivery. `./kring quality FOLDER` writes it beside.
"""
