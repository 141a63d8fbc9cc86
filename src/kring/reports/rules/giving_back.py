"""The attack on a report's own tables: which hidden cells follow from sums and differences of what is told.

The attacker knows exactly what is told and that parts make their total. A report is attacked together with
the reports that were published before from the same data; there the same cell is the same number.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

Key = tuple[str, str, str]
"""Municipality, sex and age; empty where a table is not divided by it."""
Table = Mapping[Key, str]
"""The status of every cell of one indicator in one year."""
TOLD = ("shown", "not_applicable")
"""Nobody to count is told, as nought."""
HIDDEN = ("few", "protected")
STATUSES = ("shown", "few", "protected", "missing", "not_applicable")


@dataclass(frozen=True)
class Reviewed:
    """A table over all its years: how many cells have each status, how many hidden ones could be worked out,
    and how many that are hidden now stand in a report that was published before.
    """

    statuses: Mapping[str, int]
    recovered: int
    told_before: int

    @property
    def hidden(self) -> int:
        """Cells that are not told, for the children's sake."""
        return self.statuses["few"] + self.statuses["protected"]


def reviewed(
    years: Mapping[int, Table],
    same_data: Mapping[int, Collection[Key]],
    other_data: Mapping[int, Collection[Key]],
) -> Reviewed:
    """A table looked through. `same_data` and `other_data`: the cells by year that earlier reports tell, from
    the same data and from other.
    """
    statuses, recovered, before = dict.fromkeys(STATUSES, 0), 0, 0
    for year, table in years.items():
        for status in table.values():
            statuses[status] += 1
        hidden = {key for key, status in table.items() if status in HIDDEN}
        earlier = set(same_data.get(year, ()))
        unknown = {key for key, status in table.items() if status not in TOLD} - earlier
        recovered += len(hidden & earlier) + len(hidden & given_back(table, unknown))
        before += len(hidden & set(other_data.get(year, ())))
    return Reviewed(statuses, recovered, before)


def given_back(cells: Collection[Key], hidden: Collection[Key]) -> set[Key]:
    """The hidden cells that follow exactly from the others, by elimination over every total and its parts."""
    from indicators.disclosure import Relation, recoverable  # here: pages shall not wait for NumPy

    keys = list(cells)
    places = {key: place for place, key in enumerate(keys)}
    found = [Relation(places[total], tuple(places[part] for part in parts)) for total, parts in sums(keys)]
    return {keys[place] for place in recoverable(found, {places[key] for key in hidden})}


def sums(keys: Collection[Key]) -> list[tuple[Key, list[Key]]]:
    """Every total with its parts, once for each way that it is divided further."""
    parts = defaultdict[tuple[Key, int], list[Key]](list)
    for key in keys:
        for at in (at for at in range(3) if key[at]):
            municipality, sex, age = ("" if at == place else one for place, one in enumerate(key))
            parts[(municipality, sex, age), at].append(key)
    known = set(keys)
    return [(total, found) for (total, _at), found in parts.items() if total in known]
