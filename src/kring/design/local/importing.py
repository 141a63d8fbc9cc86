"""Reading in a folder of SVG files with a word list, and where it is kept."""

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .cleaning import Drawing, NotADrawing, clean

WORD_LIST = "ord.csv"
"""One row a word: `fil;ord`. A file may have several words, a word one file."""
SPRITE, WORDS = "symbols.svg", "words.json"
MOST_SYMBOLS = 5_000


@dataclass
class Imported:
    """What a folder gave: word -> drawing, and a sentence for each row that could not be used."""

    drawings: dict[str, Drawing] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_folder(folder: Path) -> Imported:
    """Every usable row of the word list with its drawing.

    Raises:
        NotADrawing: the folder has no word list.
    """
    found = Imported()
    try:
        text = (folder / WORD_LIST).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise NotADrawing(f"{WORD_LIST} cannot be read: {type(fault).__name__}") from None
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=";"), start=1):
        if row and [cell.strip().lower() for cell in row] != ["fil", "ord"]:
            _take(found, folder, number, row)
    return found


def _take(found: Imported, folder: Path, number: int, row: list[str]) -> None:
    cells = [cell.strip() for cell in row]
    if len(cells) != 2 or not all(cells):
        found.faults.append(f"row {number}: write the file, a semicolon and the word")
        return
    name, word = cells
    try:
        if Path(name).name != name or not name.lower().endswith(".svg"):
            raise NotADrawing("name an .svg file in the folder itself")
        if len(found.drawings) >= MOST_SYMBOLS:
            raise NotADrawing(f"more than {MOST_SYMBOLS} words")
        found.drawings[word.lower()] = clean((folder / name).read_bytes())
    except OSError:
        found.faults.append(f"row {number}: {name} is not in the folder")
    except NotADrawing as fault:
        found.faults.append(f"row {number}: {name}: {fault}")


def key_of(word: str) -> str:
    """The id of a word's symbol in the sprite: nothing of the word itself, which may hold any sign."""
    return "s" + hashlib.sha256(word.encode()).hexdigest()[:12]


def sprite_of(drawings: Mapping[str, Drawing]) -> str:
    """All drawings in one file."""
    symbols = (
        f'<symbol id="{key_of(word)}" viewBox="{one.box}">{one.shapes}</symbol>'
        for word, one in sorted(drawings.items())
    )
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def keep(drawings: Mapping[str, Drawing], folder: Path) -> None:
    """Put the set in place of what was there; whoever reads meanwhile reads the old or the new."""
    folder.mkdir(parents=True, exist_ok=True)
    words = json.dumps({word: key_of(word) for word in sorted(drawings)}, ensure_ascii=False)
    _put(folder / SPRITE, sprite_of(drawings))
    _put(folder / WORDS, words)


def _put(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def forget(folder: Path) -> bool:
    """Take the set away; False when there was none. Kring's own symbols are shown again."""
    there = [path for path in (folder / WORDS, folder / SPRITE) if path.exists()]
    for path in there:
        path.unlink()
    return bool(there)


def matching(drawings: Iterable[str], words: Mapping[str, str]) -> dict[str, str]:
    """Which of Kring's symbols the set's words stand in for: symbol -> the set's word."""
    ours = {word.lower(): name for name, word in words.items()}
    return {ours[word]: word for word in drawings if word in ours}
