"""Every indicator, a folder each: definition.toml says it in Swedish, measure.py declares it."""
