"""Several times for one meeting: proposing them, saying which suit, and picking one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring import clock
from kring.care.plans.rules.times import FEWEST, MOST
from kring.design import days
from kring.design.fields import ClockField, DayField

from .summons import SendForm, both_or_none
from .words import Choice, Choices, PlanForm

ROWS = range(1, MOST + 1)
CAN = (("yes", gettext_lazy("Kan")), ("no", gettext_lazy("Kan inte")))


class ProposeForm(SendForm):
    """Up to five times, a day and an hour each, and which of the parties are asked."""

    refused_at = {"times": "day_1", "starts_at": "day_1"}

    def __init__(self, *args: Any, units: Choices, times: Iterable[datetime] = (), **kwargs: Any) -> None:
        """`times`: those that the page begins with."""
        super().__init__(*args, units=units, **kwargs)
        self.fields["unit_ids"].label = _("Verksamheter som får frågan")
        for at in ROWS:
            needed = at <= FEWEST
            self.fields[f"day_{at}"] = DayField(label=_("Dag för tid %(n)s") % {"n": at}, required=needed)
            self.fields[f"time_{at}"] = ClockField(
                label=_("Klockslag för tid %(n)s") % {"n": at}, required=needed
            )
        for at, start in zip(ROWS, map(days.local, times), strict=False):
            self.initial |= {f"day_{at}": start.date(), f"time_{at}": start.time()}

    def asking_again(self, summons: Any) -> "ProposeForm":
        """Begin with those who have the question now."""
        asked = [str(one.unit_id) for one in summons.invitations.all() if one.unit_id]
        self.initial["unit_ids"] = asked
        return self

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The boxes of each time."""
        return [(self[f"day_{at}"], self[f"time_{at}"]) for at in ROWS]

    @property
    def more_open(self) -> bool:
        """Whether anything stands in the rows that are folded at first."""
        more = [box for row in self.rows[FEWEST:] for box in row]
        return any(box.errors or _is_filled(box.value()) for box in more)

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        for at in ROWS:
            both_or_none(self, f"day_{at}", f"time_{at}")
        return clean

    def given(self) -> dict[str, Any]:
        said = [(self.cleaned_data[f"day_{at}"], self.cleaned_data[f"time_{at}"]) for at in ROWS]
        times = [clock.moment_on(day, hour) for day, hour in said if day]
        return super().given() | {"times": times}


def _is_filled(value: Any) -> bool:
    return any(value) if isinstance(value, list | tuple) else bool(value)


class SuitsForm(PlanForm):
    """Yes or no to each of the times, with none chosen beforehand."""

    def __init__(
        self, *args: Any, times: Iterable[tuple[UUID, str]], said: Mapping[UUID, bool], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.times: dict[str, UUID] = {}
        for key, label in times:
            self.times[f"t-{key}"] = key
            missing = _("Välj «Kan» eller «Kan inte».")
            self.fields[f"t-{key}"] = Choice(label=label, choices=CAN, missing=missing)
        self.initial |= {f"t-{key}": "yes" if can else "no" for key, can in said.items()}

    def given(self) -> dict[str, Any]:
        return {"said": {key: self.cleaned_data[name] == "yes" for name, key in self.times.items()}}


class PickForm(PlanForm):
    """The one of the times that the meeting is called to."""

    refused_at = {"time": "time_id", "starts_at": "time_id"}

    time_id = Choice(
        label=gettext_lazy("Vilken tid blir det?"), choices=(), missing=gettext_lazy("Välj en av tiderna.")
    )

    def __init__(self, *args: Any, times: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_id"].choices = list(times)

    def given(self) -> dict[str, Any]:
        return {"time_id": UUID(self.cleaned_data["time_id"])}
