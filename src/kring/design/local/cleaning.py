"""What is kept of somebody else's SVG file: shapes and colours, by a list of what is allowed. No scripts, no
styles, nothing fetched, nothing that reaches outside the drawing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

SVG = "http://www.w3.org/2000/svg"
MOST_BYTES = 60_000
MOST_ELEMENTS = 600
SHAPES = frozenset({"g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
POSITIONS = "d cx cy r rx ry x y x1 y1 x2 y2 width height points transform"
PAINT = "fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit"
MORE_PAINT = "stroke-opacity stroke-dasharray opacity clip-rule"
ATTRIBUTES = frozenset(f"{POSITIONS} {PAINT} {MORE_PAINT}".split())
HARMLESS = re.compile(r"[\w\s#.,;:%()+\-]*", re.ASCII)
BOX = re.compile(r"\s*[-\d.]+(?:[\s,]+[-\d.]+){3}\s*", re.ASCII)


class NotADrawing(Exception):
    """The file is no SVG that can be used; says why."""


@dataclass(frozen=True)
class Drawing:
    """The shapes of one symbol inside its own box."""

    box: str
    shapes: str


def clean(data: bytes) -> Drawing:
    """The harmless part of an SVG file.

    Raises:
        NotADrawing: too large, not well formed, with a document type, without shapes or without a size.
    """
    if len(data) > MOST_BYTES:
        raise NotADrawing(f"larger than {MOST_BYTES} bytes")
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise NotADrawing(f"not well formed: {fault}") from None
    if not reader.kept or not reader.box:
        raise NotADrawing("no shapes" if reader.box else "no viewBox, width and height")
    return Drawing(reader.box, "".join(reader.kept))


class _Reader:
    """Walks through the file once; what is not named above is never written down."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.box = ""
        self.depth = self.silent_from = self.shapes = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        # A document type can name entities that grow without end, or other files.
        self.parser.StartDoctypeDeclHandler = self.doctype

    def doctype(self, *_declared: object) -> None:
        raise NotADrawing("it has a document type")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self.depth += 1
        if self.silent_from:
            return
        if self.depth == 1:
            self.root(space, tag, attributes)
        elif space == SVG and tag in SHAPES:
            self.shape(tag, attributes)
        else:
            self.silent_from = self.depth

    def root(self, space: str, tag: str, attributes: Mapping[str, str]) -> None:
        if (space, tag) != (SVG, "svg"):
            raise NotADrawing("not an SVG file")
        sides = [re.sub(r"(px)?$", "", attributes.get(side, "").strip()) for side in ("width", "height")]
        box = attributes.get("viewBox") or f"0 0 {sides[0]} {sides[1]}"
        self.box = " ".join(re.split(r"[\s,]+", box.strip())) if BOX.fullmatch(box) else ""

    def shape(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.shapes += 1
        if self.shapes > MOST_ELEMENTS:
            raise NotADrawing(f"more than {MOST_ELEMENTS} shapes")
        written = "".join(f" {name}={quoteattr(value)}" for name, value in _harmless(attributes))
        self.kept.append(f"<{tag}{written}>")

    def end(self, name: str) -> None:
        if not self.silent_from and self.depth > 1:
            self.kept.append(f"</{name.rpartition(' ')[2]}>")
        if self.silent_from == self.depth:
            self.silent_from = 0
        self.depth -= 1


def _harmless(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes that only draw. Of a `style` its parts that are attributes too."""
    found = dict(attributes)
    for part in found.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        found.setdefault(name.strip(), value.strip())
    for name, value in sorted(found.items()):
        if name in ATTRIBUTES and HARMLESS.fullmatch(value) and "url" not in value.lower():
            yield name, value
