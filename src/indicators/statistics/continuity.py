"""How a child's visits are spread over providers.

Bice & Boxerman, Med Care 1977;15:347-349 (COC); Breslau & Reeb, J Med Educ 1975;50:965-969 (UPC);
Steinwachs, Med Care 1979;17:551-565 (SECON); Herfindahl-Hirschman (HHI); Magill & Senf, J Fam Pract
1987;24:165-168 (MMCI).
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Continuity:
    """Each between 0 (a new provider every time) and 1 (always the same); None where visits are too few."""

    coc: float | None
    upc: float | None
    secon: float | None
    hhi: float | None
    mmci: float | None


def continuity(visits: Sequence[Hashable]) -> Continuity:
    """The five measures of visits in order, a provider each."""
    n = len(visits)
    if n == 0:
        return Continuity(None, None, None, None, None)
    counts = Counter(visits).values()
    squares = sum(count * count for count in counts)
    same = sum(before == after for before, after in pairwise(visits))
    return Continuity(
        coc=(squares - n) / (n * (n - 1)) if n > 1 else None,
        upc=max(counts) / n,
        secon=same / (n - 1) if n > 1 else None,
        hhi=squares / n**2,
        mmci=(1 - len(counts) / (n + 0.1)) / (1 - 1 / (n + 0.1)),
    )
