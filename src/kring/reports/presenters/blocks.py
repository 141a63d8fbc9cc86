"""The frozen pieces of a chapter as pages show them: what was kept, with its chart drawn again."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404

from kring.reports.models import Part
from kring.reports.rules.contents import CHANGES, EQUALITY, POPULATION
from kring.reports.rules.shape import drawn

KINDS = {POPULATION: "population", EQUALITY: "equality", CHANGES: "changes"}
OVERVIEW = "overview"


def block(part: Part) -> dict[str, Any]:
    """One piece: its kind, a name for its ids, what it says, and its chart."""
    kind = KINDS.get(part.chapter, "measure")
    if kind == "equality" and part.slug == OVERVIEW:
        kind = OVERVIEW
    name = f"{part.chapter}-{part.slug}".replace("_", "-")
    return {**part.content, "kind": kind, "id": name, "drawn": drawn(part.content.get("chart"))}


def blocks(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The pieces of a chapter's page; each municipality comparison has a page of its own."""
    return [one for one in map(block, parts) if one["kind"] != "equality"]


def compared(part: Part) -> dict[str, Any]:
    """A measure in every municipality. Http404 for a piece that is none."""
    one = block(part)
    if one["kind"] != "equality":
        raise Http404
    return one
