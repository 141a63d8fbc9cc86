"""Notes of concern as ready strings."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.policy.catalogue import sentence
from kring.children.presenters import name_in_list
from kring.design import days
from kring.portal.staff.secrecy.presenters import Line


def own(rows: Any, child_id: Any) -> list[Line]:
    """The own unit's notes, each with what is left to do."""
    return [_own(row, child_id) for row in rows]


def _own(row: Any, child_id: Any) -> Line:
    facts = (row.text, written(row))
    if row.handed_at is None:
        href = reverse("hand-concern-over", kwargs={"child_id": child_id, "concern_report_id": row.pk})
        acts = ((_("Anteckna att den är lämnad"), href),)
        return Line(_("Anteckning"), "warn", _("Inte lämnad till socialtjänsten"), facts, acts)
    return Line(_("Anteckning"), "lock", _("Lämnad till socialtjänsten"), (*facts, handed(row)))


def written(row: Any) -> str:
    who = {"who": row.written_by.name, "unit": row.unit.name, "when": days.day_and_time(row.written_at)}
    return _("Skriven av %(who)s, %(unit)s, %(when)s.") % who


def handed(row: Any) -> str:
    who = {"unit": row.handed_to.name, "when": days.day_and_time(row.handed_at), "who": row.handed_by.name}
    return _("Lämnad till %(unit)s %(when)s av %(who)s.") % who


def received(rows: Any) -> list[Line]:
    """What has been handed to the unit."""
    return [_received(row) for row in rows]


def _received(row: Any) -> Line:
    href = reverse("concern-received", kwargs={"concern_report_id": row.pk})
    facts = (_("Från %(unit)s.") % {"unit": row.unit.name},)
    state = _("Lämnad %(when)s") % {"when": days.day_and_time(row.handed_at)}
    return Line(name_in_list(row.child), "info", state, facts, ((_("Läs"), href),))


def handing_over(child: Any) -> dict[str, Any]:
    """What is said before and after a note is handed on. Nobody outside its restricted group reads of a
    protected child here (ruling 9), so its note is handed over in another way.
    """
    duty, done = sentence("sharing.report"), _("Det är antecknat.")
    if child.protection == "none":
        return {"warning": duty, "said": f"{done} {_('Den som tar emot kan läsa anteckningen här.')}"}
    elsewhere = _(
        "Barnet har skyddade uppgifter: socialtjänsten kan inte läsa anteckningen här. Lämna den själv."
    )
    return {"warning": f"{duty} {elsewhere}", "said": f"{done} {elsewhere}"}


def phones(units: Any) -> list[dict[str, str]]:
    """Whom to call."""
    return [{"name": one.name, "phone": one.phone, "hours": one.phone_hours} for one in units if one.phone]
