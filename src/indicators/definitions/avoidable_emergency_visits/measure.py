"""Akutbesök som hade kunnat undvikas: se definition.toml."""

from indicators.measures import Rate, begins_with, rows

MEASURE = Rate(
    of=rows(
        "emergency_visit",
        begins_with(
            "code",
            "A08",
            "A09",
            "H65",
            "H66",
            "J00",
            "J01",
            "J02",
            "J03",
            "J06",
            "J45",
            "J46",
            "K590",
            "L20",
            "N30",
            "N390",
        ),
    ),
    per=1_000,
)
