"""A column of the mapping as SQL: what is read of a resource, and what is wrong with a row."""

from pathlib import Path

from indicators.tables import TABLES, Column, Kind

from .mapping import TARGETS, Section, Taken
from .paths import expression, quoted

REFERENCES, HASHED = {"child", "staff", "unit"}, {"encounter", "main_condition"}
"""References to resources: those that are told by name, and those that are only looked up. A 64-bit hash is
kept of these: among 30 million encounters any two share one in one load of 40,000.
"""
MACROS = """
SET TimeZone = 'Europe/Stockholm';
CREATE MACRO identity(r) AS CASE
    WHEN starts_with(r, 'urn:uuid:') THEN substr(r, 10)
    WHEN contains(r, '/_history/') THEN split_part(r, '/', -3)
    ELSE split_part(r, '/', -1) END;
CREATE MACRO swedish_day(t) AS CASE
    WHEN length(t) <= 10 THEN TRY_CAST(t AS DATE)
    ELSE CAST(timezone('Europe/Stockholm', TRY_CAST(t AS TIMESTAMPTZ)) AS DATE) END;
CREATE MACRO plain_code(c) AS nullif(upper(replace(replace(c, '.', ''), ' ', '')), '');
"""
"""A reference without its server, kind and version; the day in Sweden of a moment (a date is a day already);
a code without dot.
"""


def staged(section: Section, path: Path, number: int) -> str:
    """The resources of a file as rows: the file's number and the place in it among lines that are not blank,
    a key of the id, what is wrong, and the columns.
    """
    each = f', unnest("{section.each}") AS each' if section.each else ""
    of = f'SELECT *, "resourceType" AS kind, row_number() OVER () AS line{each} FROM {section.source(path)}'
    values = [f"{_value(section, name, taken)} AS {_name(name)}" for name, taken in section.columns.items()]
    found = f"SELECT kind, line, id AS own, {', '.join(values)} FROM ({of})"
    if section.name == "patient":
        own = f"{number} AS file, own AS id, {fault(section)} AS fault"
        return f"SELECT {own}, * EXCLUDE (own, kind) FROM ({found})"
    return (
        f"SELECT {number} AS file, CASE WHEN own IS NOT NULL THEN hash(own) END AS key, "
        f"{fault(section)} AS fault, found.* EXCLUDE (own, kind) REPLACE (known.child AS child) "
        f"FROM ({found}) AS found LEFT JOIN known ON known.id = found.child"
    )


def fault(section: Section) -> str:
    """The first thing that keeps a row out of the tables, by its column; NULL for one that is whole."""
    tests = [f"WHEN kind IS DISTINCT FROM '{section.resource}' THEN 'line'"]
    if "wrong" in section.columns:
        tests.append("WHEN wrong THEN 'wrong'")
    for name in needed(section):
        of = "known.child" if name == "child" and section.name != "patient" else _name(name)
        tests.append(f"WHEN {of} IS NULL THEN '{name}'")
    return f"CASE {' '.join(tests)} END"


def needed(section: Section) -> list[str]:
    """Columns that a row cannot be without."""
    return [
        name
        for name, taken in section.columns.items()
        if (of := _schema(section, name)) and not of.may_lack and taken.otherwise is None
    ]


def filled(section: Section, name: str, value: str) -> str:
    """A value, or what is taken where there is none."""
    otherwise = section.columns[name].otherwise
    return value if otherwise is None else f"coalesce({value}, {_written(section, name, otherwise)})"


def assumed(section: Section) -> list[str]:
    """Columns that something may be taken for."""
    return [name for name, taken in section.columns.items() if taken.otherwise is not None]


def _schema(section: Section, name: str) -> Column | None:
    return {one.name: one for one in TABLES[TARGETS[section.name]].columns}.get(name)


def _written(section: Section, name: str, otherwise: str) -> str:
    of = _schema(section, name)
    return f"CAST({quoted(otherwise)} AS BOOLEAN)" if of and of.kind is Kind.YES else quoted(otherwise)


def _value(section: Section, name: str, taken: Taken) -> str:
    if taken.encounter:
        return "NULL"
    found = [expression(path) for path in taken.paths]
    value = f"coalesce({', '.join(found)})" if len(found) > 1 else found[0] if found else "NULL::VARCHAR"
    of = _schema(section, name)
    if taken.known:
        return f"({value} IS NOT NULL)"
    if taken.one_of is not None:
        return f"coalesce({value} IN ({', '.join(map(quoted, taken.one_of))}), false)"
    if taken.codes is not None:
        return _called(value, taken)
    if name in HASHED:
        return f"CASE WHEN {value} IS NOT NULL THEN hash(identity({value})) END"
    if name in REFERENCES:
        return f"identity({value})"
    if of and of.kind is Kind.DAY:
        return f"swedish_day({value})"
    return f"plain_code({value})" if name == "code" else value


def _called(value: str, taken: Taken) -> str:
    whens = " ".join(f"WHEN {quoted(of)} THEN {quoted(to)}" for of, to in (taken.codes or {}).items())
    return f"CASE {value} {whens} END"


def _name(name: str) -> str:
    return f'"{name}"'
