"""What was counted before and still holds: a year of a table is read again only when something has changed.

A year's pieces (mart.py) are kept with a mark of all that they were made from: the files that have rows of
the year (name, size, time of writing), the children's lives, the last known day and what was asked. Another
mark, and they are made anew. They hold counts and days by child: personal data, kept as the delivery is.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from .lives import Lives
from .mart import Arrays, Piece

FORM = 1
"""Another number when pieces are made otherwise."""


class Shelf:
    """Pieces in a folder, a file for each table and year; `marked` says what files a year is read from."""

    def __init__(self, folder: Path, marked: Callable[[str, int], str]) -> None:
        """The folder is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._marked = folder, marked

    def pieces(
        self,
        task: tuple[str, int],
        asked: Sequence[Piece],
        made_from: tuple[str, int],
        make: Callable[[], dict[Piece, Arrays]],
    ) -> dict[Piece, Arrays]:
        """The pieces of a table's year, as they were kept or else made; `made_from`: lives and last day."""
        mark = _digest(FORM, task, self._marked(*task), made_from, list(asked))
        path = self._folder / f"{task[0]}-{task[1]}.npz"
        found = _read(path, mark, asked)
        if found is None:
            found = make()
            _write(path, mark, [found[piece] for piece in asked])
        return found


def mark_of(lives: Lives) -> str:
    """Of whom and where they lived."""
    arrays = (lives.places.keys, lives.begin, lives.first, lives.stratum)
    return _digest(lives.municipalities, lives.cuts, [blake2b(one.tobytes()).hexdigest() for one in arrays])


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _read(path: Path, mark: str, asked: Sequence[Piece]) -> dict[Piece, Arrays] | None:
    """None when there are none, or of another mark."""
    if not path.exists():
        return None
    with np.load(path) as kept:
        if str(kept["mark"]) != mark:
            return None
        sizes = kept["sizes"].tolist()
        return {
            piece: tuple(kept[f"{place}.{part}"] for part in range(size))
            for place, (piece, size) in enumerate(zip(asked, sizes, strict=True))
        }


def _write(path: Path, mark: str, pieces: Sequence[Arrays]) -> None:
    """Under another name first, so that nobody meets half a file."""
    arrays: dict[str, Any] = {
        f"{place}.{part}": one for place, piece in enumerate(pieces) for part, one in enumerate(piece)
    }
    beside = path.with_suffix(".new.npz")
    arrays |= {"mark": np.array(mark), "sizes": np.array([len(one) for one in pieces])}
    np.savez(beside, **arrays)
    beside.replace(path)
