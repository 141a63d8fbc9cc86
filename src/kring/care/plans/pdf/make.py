"""The papers, each as the bytes of one PDF/UA-1 file. The same plan on the same day gives the same bytes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kring.access.actors import Actor
from kring.care.plans.queries import PlanContent
from kring.design.paper import typesetting
from kring.design.paper.words import frame, moment

from . import child as child_version
from . import family as family_version
from . import professional as professional_version
from .rules import Version
from .words import plan_frame

TEMPLATES = Path(__file__).parent / "typst"
SHEETS: Mapping[Version, Callable[[PlanContent], dict[str, Any]]] = MappingProxyType(
    {
        Version.PROFESSIONAL: professional_version.sheet,
        Version.FAMILY: family_version.sheet,
        Version.CHILD: child_version.sheet,
    }
)


def words_of(
    version: Version, content: PlanContent, actor: Actor, *, changed: bool = False, marked: bool = False
) -> dict[str, Any]:
    """Everything that one version of the plan says to this reader.

    `changed`: written in since its latest version; `marked`: with the reader's name and the time across the
    pages, as for a child with protected identity. Who may have which version is said in `rules`.
    """
    mark = f"{actor.name} {moment(actor.now)}" if marked else ""
    return plan_frame(content, actor.today, changed, mark) | SHEETS[version](content)


def typeset(version: Version, words: dict[str, Any], on: date) -> bytes:
    """The version with these words."""
    return _made(version.value, words, on)


def paper(version: Version, content: PlanContent, actor: Actor, **more: bool) -> bytes:
    """One version of the plan for this reader, in one go; `more` as `words_of`."""
    return typeset(version, words_of(version, content, actor, **more), actor.today)


def preparation(answers: Sequence[child_version.Answer], *, when: str, on: date) -> bytes:
    """«Mitt papper»: the child's answers before a meeting, as (question, [(picture or nothing, words)]).

    `when` is the meeting's day in words, empty while unknown. For the pages of the child, which hold the
    questions; reading the answers through the gate is theirs too.
    """
    sheet = child_version.preparation_sheet(answers, when)
    return _made("preparation", frame(running=sheet["title"], on=on) | sheet, on)


def _made(template: str, words: dict[str, Any], on: date) -> bytes:
    return typesetting.paper(TEMPLATES / f"{template}.typ", words, on=on)


def file_name(on: date) -> str:
    """What the file is called where it is saved: the day and nothing of the child."""
    return f"plan-{on.isoformat()}.pdf"
