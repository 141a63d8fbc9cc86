"""Code tables that a region loads with its delivery, as lists that measures name (selections.listed).

They lie in the folder `code_tables` of the delivery. One that is not there leaves its indicators missing.
How each is matched is data beside its definition, and is told with the result.
"""

from collections.abc import Mapping
from pathlib import Path

from . import complex_conditions, parameters
from .catalogue import FOLDER
from .complex_conditions import Stem
from .selections import CodeList

COMPLEX = "complex_conditions"
RULE = parameters.beside(str(FOLDER / "complex_needs_codes" / "measure.py"))


def found(folder: Path) -> dict[str, list[Stem]]:
    """By list: what its codes are matched by. ValueError in words for a table that cannot be used."""
    path = folder / "code_tables" / RULE["file"]
    if not path.is_file():
        return {}
    table = complex_conditions.load(path, RULE["version"])
    return {COMPLEX: complex_conditions.stems(table, RULE["matching"], RULE["stem_length"])}


def as_lists(read: Mapping[str, list[Stem]]) -> dict[str, CodeList]:
    """As measures are filled in with them."""
    begins = RULE["matching"] == "stems"
    return {name: CodeList(tuple(one.text for one in stems), begins) for name, stems in read.items()}
