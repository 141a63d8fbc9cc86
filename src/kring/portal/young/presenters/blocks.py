"""«Mina spärrar»: what is closed to whom, and what a block does and does not do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring import clock
from kring.access.policy.blocking import BlockKind
from kring.design import days

from .to_you import to_you

MAY, MAY_NOT = "8.4.child.block", "8.4.child.not_mature"


@dataclass(frozen=True)
class Line:
    """A block that holds, and the way to lift it."""

    what: str
    since: str
    href: str


@dataclass(frozen=True)
class BlocksPage:
    """Where one stands; `blocks` when the form is shown."""

    standing: Sequence[Line]
    rule: str
    more: Sequence[str]
    blocks: bool


def blocks_page(found: Any) -> BlocksPage:
    """`found` is `queries.Blocks`."""
    may = found.mature and bool(found.units)
    more = (
        [] if found.mature else [_("Prata med någon som behandlar dig. De bedömer om du får spärra själv.")]
    )
    return BlocksPage([_line(one) for one in found.rows], to_you(MAY if found.mature else MAY_NOT), more, may)


def _line(block: Any) -> Line:
    since = _("Sedan den %(day)s") % {"day": days.plain_day(clock.day_of(block.created_at))}
    return Line(what(block), since, reverse("young-block-lift", args=[block.pk]))


def what(block: Any) -> str:
    """What a block closes, in a sentence; with its days when it has any."""
    if block.kind == BlockKind.INNER:
        closed = _("Det som %(who)s har skrivit ser ingen annan.") % {"who": block.unit.name}
    else:
        closed = _("Det som %(who)s har skrivit ser inga andra vårdgivare.") % {"who": block.controller.name}
    return f"{closed} {_days(block)}".strip()


def _days(block: Any) -> str:
    first, last = block.documented_from, block.documented_to
    if first and last:
        words = _("Det gäller det som skrevs %(first)s till %(last)s.")
        return words % {"first": days.plain_day(first), "last": days.plain_day(last)}
    if first:
        return _("Det gäller det som är skrivet från och med %(first)s.") % {"first": days.plain_day(first)}
    return (
        _("Det gäller det som skrevs till och med %(last)s.") % {"last": days.plain_day(last)} if last else ""
    )


def block_check(kind: BlockKind, unit: Any) -> tuple[str, list[str]]:
    """What will be closed, and what that means, before it is done."""
    if kind is BlockKind.INNER:
        heading = _("Spärra det som %(who)s har skrivit om dig?") % {"who": unit.name}
        closed = _(
            "Ingen annan mottagning eller vårdgivare ser det, varken det som finns eller det som kommer."
        )
    else:
        heading = _("Spärra för andra vårdgivare än %(who)s?") % {"who": unit.controller.name}
        closed = _("Ingen annan vårdgivare ser det, varken det som finns eller det som kommer.")
    return heading, [
        closed,
        _("Mottagningen som har skrivit det ser det alltid."),
        _("Andra i vården kan se att något är spärrat, men inte vad."),
        _("Om du är i fara kan vården behöva öppna det. Då skrivs det upp och granskas."),
        _("Det gäller genast. Du kan häva spärren när du vill."),
    ]
