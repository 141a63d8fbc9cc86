"""Which rows are meant, and who meets a condition on the last day of a year."""

from indicators.conditions import Condition, Has, Holds
from indicators.measures import Rows, Test

FAR = "DATE '9999-01-01'"


def passes(test: Test) -> str:
    """The unknown passes no test."""
    if test.begins:
        pairs = [(len(str(value)), value) for value in test.values]
        each = " OR ".join(f"substr(\"{test.column}\", 1, {long}) = '{value}'" for long, value in pairs)
        return f"coalesce({each}, false)"
    listed = ", ".join(
        str(value).lower() if isinstance(value, bool) else f"'{value}'" for value in test.values
    )
    return f'coalesce("{test.column}" IN ({listed}), false)'


def _where(asked: Rows) -> str:
    return " AND ".join(passes(test) for test in asked.where) or "true"


def rows_of(asked: Rows, more: str = "") -> str:
    """The rows of a table that are known and pass every test; `more`: columns beside."""
    return f"(SELECT *{more} FROM known_{asked.table} WHERE {_where(asked)})"


def only(among: Condition | None) -> str:
    """Behind a FROM with child and year: only those who meet a condition, if there is one."""
    return f"SEMI JOIN {those(among)} AS among USING (child, year)" if among else ""


def those(condition: Condition) -> str:
    """Every child and year for which a condition is met, once."""
    if isinstance(condition, Has):
        number = f'DISTINCT "{condition.different}"' if condition.different else "*"
        return (
            f"(SELECT child, year FROM {rows_of(condition.of)} JOIN asked ON year(day) "
            f"BETWEEN year - {condition.years - 1} AND year GROUP BY child, year "
            f"HAVING count({number}) >= {condition.at_least})"
        )
    if isinstance(condition, Holds):
        return (
            f"(SELECT DISTINCT child, year FROM {rows_of(condition.of)} "
            f"JOIN asked ON day <= dec AND coalesce(last, {FAR}) >= dec)"
        )
    each = " UNION ALL ".join(f"SELECT * FROM {those(one)}" for one in condition.of)
    return f"(SELECT child, year FROM ({each}) GROUP BY child, year HAVING count(*) >= {condition.number})"


def first_of(of: Rows, name: str) -> str:
    """Of each child the first day of such a row."""
    return f"(SELECT child, min(day) AS {name} FROM {rows_of(of)} GROUP BY child)"
