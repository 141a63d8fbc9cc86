"""From data to PDF: one call of typst, with our own templates and fonts and nothing else of the machine's."""

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import typst

import kring

from .characters import FONTS, all_printable, has_unknown
from .words import unknown_note

HOUSE = Path(kring.__file__).parent
"""Templates lie beside the code that fills them, and take what they share from `design/paper/typst`."""
_of_thread = threading.local()


def paper(template: Path, words: dict[str, Any], *, on: date) -> bytes:
    """The file of a template filled with words that people have written; what no font has is told of."""
    words = all_printable(words)
    words["unknown"] = unknown_note() if has_unknown(words) else ""
    return typeset(template, words, on=on)


def typeset(template: Path, data: dict[str, Any], *, on: date) -> bytes:
    """The PDF/UA-1 file of a template, with the day as its date; the same data gives the same bytes.

    The data goes in as JSON and is only ever read as text. Raises typst.TypstError when a picture lacks its
    words or something else breaks the standard, so a file that a screen reader cannot read is never made.
    """
    day = {"year": on.year, "month": on.month, "day": on.day}
    made = _compiler().compile(
        template,
        format="pdf",
        sys_inputs={"data": json.dumps(data | {"made_on": day}, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=_midnight(on),
    )
    assert isinstance(made, bytes)  # noqa: S101 - one PDF is one file; pages in a list are for pictures
    return made


def _midnight(on: date) -> int:
    return (on - date(1970, 1, 1)).days * 86400


def _compiler() -> typst.Compiler:
    """One a thread, as a compiler may not be used by two at once; it keeps fonts and templates read."""
    if not hasattr(_of_thread, "compiler"):
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
        _of_thread.compiler = typst.Compiler(root=HOUSE, font_paths=fonts, ignore_system_fonts=True)
    return _of_thread.compiler


def picture(svg: str) -> bytes:
    """A drawing as PNG, twice as fine as it is on a page."""
    template = HOUSE / "design" / "paper" / "typst" / "picture.typ"
    made = _compiler().compile(template, format="png", ppi=192, sys_inputs={"data": svg})
    assert isinstance(made, bytes)  # noqa: S101 - one page is one picture
    return made
