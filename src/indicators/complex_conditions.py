"""Complex chronic conditions of children, by a code table that the user loads.

Feudtner et al., BMC Pediatr 2014;14:199 (version 2); Feinstein et al., JAMA Netw Open 2024;7:e2420579
(version 3). In version 2 any code of a condition flags it. In version 3 a code of dependence on technology
flags its condition only when some condition is flagged by a code that is not. No table is carried here:
Sweden codes by ICD-10-SE and KVÅ, and a Swedish result must say by which table and rule it matched.
"""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

VERSIONS = ("v2.0", "v2.1", "v3.1")
DIAGNOSIS, PROCEDURE = True, False


@dataclass(frozen=True)
class Meaning:
    """What one code says: its condition, and whether it tells of technology or of a transplant."""

    condition: str
    tech_dep: bool
    transplant: bool


@dataclass(frozen=True)
class Table:
    """The codes of one version, without dots: (is a diagnosis, code) -> what it says."""

    version: str
    conditions: tuple[str, ...]
    codes: Mapping[tuple[bool, str], frozenset[Meaning]]


def load(path: Path, version: str) -> Table:
    """The table in a CSV file: dx, code, condition, tech_dep_flag, transplant_flag, pccc_<version>.

    Raises ValueError for an unknown version or a file that lacks a column, OSError when it cannot be read.
    """
    if version not in VERSIONS:
        raise ValueError(f"versionen ska vara {', '.join(VERSIONS)}")
    codes: dict[tuple[bool, str], set[Meaning]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                if row[f"pccc_{version}"] == "1":
                    meaning = Meaning(
                        row["condition"], row["tech_dep_flag"] == "1", row["transplant_flag"] == "1"
                    )
                    codes.setdefault((row["dx"] == "1", plain(row["code"])), set()).add(meaning)
            except KeyError as fault:
                raise ValueError(f"kodtabellen saknar kolumnen {fault}") from fault
    conditions = sorted({one.condition for said in codes.values() for one in said})
    return Table(version, tuple(conditions), {key: frozenset(said) for key, said in codes.items()})


def plain(code: str) -> str:
    """A code as the table has it: no dot, no spaces, capitals."""
    return code.replace(".", "").strip().upper()


@dataclass(frozen=True)
class Stem:
    """A beginning that codes are matched by: the conditions its codes tell of; ambiguous when they do not all
    tell the same, or some of them count only beside others.
    """

    text: str
    conditions: tuple[str, ...]
    ambiguous: bool


MATCHING = ("exact", "stems")


def flagging(table: Table) -> dict[str, frozenset[Meaning]]:
    """The diagnoses that flag a child alone: in version 3 not those that only tell of technology."""
    version_3 = table.version.startswith("v3")
    return {
        code: said
        for (diagnosis, code), said in table.codes.items()
        if diagnosis and not (version_3 and all(one.tech_dep for one in said))
    }


def stems(table: Table, matching: str, length: int) -> list[Stem]:
    """What codes are matched by, in order: the whole codes, or as many characters of them.

    Errors: ValueError for another way of matching.
    """
    if matching not in MATCHING:
        raise ValueError(f"matchningen ska vara {', '.join(MATCHING)}")
    cut = length if matching == "stems" else None
    told: dict[str, set[frozenset[Meaning]]] = {}
    for (diagnosis, code), said in table.codes.items():
        if diagnosis:
            told.setdefault(code[:cut], set()).add(said)
    return [
        Stem(text, tuple(sorted({one.condition for said in told[text] for one in said})), len(told[text]) > 1)
        for text in sorted({code[:cut] for code in flagging(table)})
    ]


def said_of(table: Table, diagnoses: Iterable[str], procedures: Iterable[str]) -> frozenset[Meaning]:
    """Everything that a child's codes say by a table; codes it does not have say nothing."""
    keys = [(DIAGNOSIS, plain(code)) for code in diagnoses] + [
        (PROCEDURE, plain(code)) for code in procedures
    ]
    return frozenset(one for key in keys for one in table.codes.get(key, ()))


def flags(table: Table, diagnoses: Collection[str], procedures: Collection[str]) -> dict[str, int]:
    """Condition -> 0 or 1 (in version 3 four of each), and what holds for all of them together."""
    said = said_of(table, diagnoses, procedures)
    by_code = {one.condition for one in said if not one.tech_dep}
    by_technology = {one.condition for one in said if one.tech_dep}
    if not table.version.startswith("v3"):
        found = by_code | by_technology
        told = {condition: int(condition in found) for condition in table.conditions}
    else:
        counting = by_technology if by_code else set()
        found, told = by_code | counting, {}
        for condition in table.conditions:
            told |= _four(condition, condition in by_code, condition in counting)
    return told | {
        "any_tech_dep": int(any(one.tech_dep for one in said)),
        "any_transplant": int(any(one.transplant for one in said)),
        "num_cmrb": len(found),
        "cmrb_flag": int(bool(found)),
    }


def _four(condition: str, by_code: bool, by_technology: bool) -> dict[str, int]:
    return {
        f"{condition}_dxpr_only": int(by_code and not by_technology),
        f"{condition}_tech_only": int(by_technology and not by_code),
        f"{condition}_dxpr_and_tech": int(by_code and by_technology),
        f"{condition}_dxpr_or_tech": int(by_code or by_technology),
    }
