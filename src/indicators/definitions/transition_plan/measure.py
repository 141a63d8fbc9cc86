"""Plan för övergången till vuxenvård: se definition.toml."""

from indicators.measures import ByAge, begins_with, is_in, rows

MEASURE = ByAge(
    months=17 * 12 + 6,
    among=rows(
        "diagnosis",
        begins_with(
            "code",
            "C",
            "D5",
            "E10",
            "E84",
            "F70",
            "F71",
            "F72",
            "F73",
            "F78",
            "F79",
            "F80",
            "F84",
            "F90",
            "G40",
            "G80",
            "K50",
            "K51",
            "M08",
            "Q2",
        ),
    ),
    having=rows("step", is_in("kind", "transition_planned")),
)
