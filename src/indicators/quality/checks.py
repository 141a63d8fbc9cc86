"""What is asked of each row of a table, as conditions in SQL; names are the schema's own."""

from collections.abc import Iterator, Mapping
from datetime import date

from indicators.tables import Column, Kind, Table

DAYS = {"child": "born", "residence": "first"}
"""The day that a table's rows are told by year of, where it is not `day`."""
ICD = "^[A-Z][0-9]{2}[0-9A-Z]{0,4}$"
"""A letter, two digits, and up to four more: ICD-10-SE has codes of three to five characters and letters
last (Socialstyrelsen), and ours are written without dot.
"""
ICD_COLUMNS = {("diagnosis", "code"), ("emergency_visit", "code"), ("death", "cause")}
EARLIEST = date(1990, 1, 1)
"""No child of the data was born, moved or came to care before: 0-17 years old in any year we can be given."""
ADULT = 18
MAY_OUTLIVE, MAY_BE_AHEAD = {"deadline"}, {"residence"}
"""What was promised to a day can be promised to one that the child did not live to see; a move that is
registered can lie ahead.
"""

Condition = tuple[str, str, str]
"""Column, check, and the SQL that is true of an odd row."""


def day_of(table: Table) -> str:
    """The column that says when."""
    return DAYS.get(table.name, "day")


def of_rows(table: Table, given: Mapping[str, bool], today: date) -> list[Condition]:
    """Every condition of a table. `given`: its columns, and whether each has the schema's type already."""
    there = [column for column in table.columns if column.name in given]
    made = [one for column in there for one in _of_value(table, column, given[column.name])]
    names = {column.name for column in there}
    if table.name != "child" and {"child", day_of(table)} <= names:
        made += _of_day(table, today)
    if table.name == "child" and {"born", "ended"} <= names:
        made += [
            ("born", "future", f"\"born\" > DATE '{today}'"),
            ("ended", "last_before_first", '"ended" < "born"'),
        ]
    if table.name in ("residence", "arrangement") and {day_of(table), "last"} <= names:
        made.append(("last", "last_before_first", f'"last" < "{day_of(table)}"'))
    return made


def _of_value(table: Table, column: Column, has_type: bool) -> Iterator[Condition]:
    name = f'"{column.name}"'
    if not column.may_lack:
        yield column.name, "missing", f'{name} IS NULL AND "{column.name} as given" IS NULL'
    if not has_type:
        yield column.name, "unreadable", f'{name} IS NULL AND "{column.name} as given" IS NOT NULL'
    if column.values:
        listed = ", ".join(f"'{one}'" for one in column.values)
        yield column.name, "not_allowed", f"{name} NOT IN ({listed})"
    if (table.name, column.name) in ICD_COLUMNS:
        yield column.name, "not_icd", f"NOT regexp_matches({name}, '{ICD}')"
    if column.name == "municipality":
        yield column.name, "out_of_range", f"NOT regexp_matches({name}, '^[0-9]{{4}}$')"
    if column.kind is Kind.DAY and column.name == day_of(table):
        yield column.name, "out_of_range", f"{name} < DATE '{EARLIEST}'"


def _of_day(table: Table, today: date) -> Iterator[Condition]:
    day = f'"{day_of(table)}"'
    yield "child", "unknown_child", '"child" IS NOT NULL AND known.child IS NULL'
    if table.name not in MAY_BE_AHEAD:
        yield day_of(table), "future", f"{day} > DATE '{today}'"
    # A home may be registered on a day around the birth, and what is out of range is told as that alone.
    if table.name != "residence":
        yield day_of(table), "before_birth", f"{day} < known.born AND {day} >= DATE '{EARLIEST}'"
        yield (
            day_of(table),
            "adult",
            f"{day} >= known.born + INTERVAL {ADULT} YEAR AND {day} <= DATE '{today}'",
        )
    if table.name not in MAY_OUTLIVE:
        yield day_of(table), "after_end", f"{day} > known.ended AND {day} <= DATE '{today}'"


def typed(table: Table, given: Mapping[str, bool], types: Mapping[Kind, str]) -> str:
    """The columns of a table in the schema's types, and as they were given where that may tell more."""
    made = []
    for column in table.columns:
        if column.name not in given:
            continue
        name, text = f'"{column.name}"', f"nullif(trim(CAST(\"{column.name}\" AS VARCHAR)), '')"
        if column.kind is Kind.CODE:
            made += [f"{text} AS {name}", f'NULL AS "{column.name} as given"']
        elif given[column.name]:
            made += [name, f'NULL AS "{column.name} as given"']
        else:
            made += [
                f"TRY_CAST({text} AS {types[column.kind]}) AS {name}",
                f'{text} AS "{column.name} as given"',
            ]
    return ", ".join(made)
