"""Starting a plan, its own fields, and the parties in it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kring.care.plans.models import Plan
from kring.design.fields import DayField

from .words import LINE, Choice, Choices, PlanForm, Select, Words


class StartForm(PlanForm):
    """S26, starting: the need, since when, who asked."""

    requested_by = Choice(
        label=_("Vem bad om planen?"),
        choices=Plan.Requester.choices,
        missing=_("Välj vem som bad om planen."),
    )
    need_identified_on = DayField(
        label=_("När upptäcktes behovet?"),
        help_text=_(
            "Till exempel 9 11 2026. Dagarna räknas härifrån. Vid utskrivning: dagen då meddelandet om "
            "utskrivningsklar kom."
        ),
        example="9 11 2026",
    )
    kind = Choice(
        label=_("Vilken sorts plan?"), choices=Plan.Kind.choices, missing=_("Välj vilken sorts plan det är.")
    )
    situation = Words(
        label=_("Vad är behovet?"),
        help_text=_("Kort, i ord som familjen använder. Ingen diagnos behövs."),
        missing=_("Skriv vad behovet är."),
    )
    what_matters = Words(
        label=_("Vad är viktigt för dig?"),
        help_text=_("Barnets egna ord, om du har dem nu. Det går att fylla i senare."),
        required=False,
    )


class DescribeForm(PlanForm):
    """The plan's own fields, as many at a time as `names` says."""

    what_matters = Words(
        label=_("Vad är viktigt för dig?"),
        help_text=_("Barnets egna ord, så som barnet säger dem."),
        required=False,
    )
    situation = Words(label=_("Nuläget"), help_text=_("Det som alla behöver veta, kort."), required=False)
    needed_efforts = Words(
        label=_("Vilka insatser behövs?"),
        help_text=_("Lagens första punkt. Skriv i stora drag; vem som gör vad står i listan över insatser."),
        required=False,
    )
    other_measures = Words(
        label=_("Vad gör någon annan?"),
        help_text=_(
            "Lagens tredje punkt: det som görs av andra än kommunen och regionen, eller att inget behövs."
        ),
        required=False,
    )
    overall_responsible_id = Select(
        label=_("Vem har det övergripande ansvaret?"),
        help_text=_("Lagens fjärde punkt: en huvudman, bland dem som är med i planen."),
        choices=(),
        required=False,
    )
    coordinator_id = Select(
        label=_("Samordnare"), help_text=_("Den som familjen ringer om planen."), choices=(), required=False
    )
    early_signs = Words(
        label=_("Tidiga tecken"),
        help_text=_("Vad brukar märkas först när det blir svårare, och vad gör ni då?"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        names: Collection[str],
        controllers: Choices = (),
        people: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["overall_responsible_id"].choices += list(controllers)
        self.fields["coordinator_id"].choices += list(people)
        for name in set(self.fields) - set(names):
            del self.fields[name]

    def given(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        for name in ("overall_responsible_id", "coordinator_id"):
            if name in clean:
                clean[name] = clean[name] or None
        return clean


class DeclineForm(PlanForm):
    """Not making a plan is the exception, and says why."""

    reason = Words(
        label=_("Varför görs ingen plan?"),
        help_text=_("Skälet sparas och kan läsas av familjen. Bara undantagsvis får ni säga nej."),
        missing=_("Skriv skälet. Det sparas i planen."),
    )


class FindUnitForm(PlanForm):
    """Looking for a unit to invite, by a part of its name."""

    sok = Words(
        label=_("Sök verksamhet"),
        help_text=_("En del av namnet räcker, till exempel skola eller logopedi."),
        most=80,
        missing=_("Skriv en del av verksamhetens namn."),
    )


class PartyForm(PlanForm):
    """Inviting one of the units found."""

    unit_id = Choice(label=_("Vilken verksamhet?"), choices=(), missing=_("Välj en verksamhet."))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = list(units)

    def given(self) -> dict[str, Any]:
        return {"unit_id": UUID(self.cleaned_data["unit_id"])}


class ContactForm(PlanForm):
    """Whom to turn to at a party."""

    refused_at = {"responsible_person_id": "contact_id"}

    contact_id = Select(
        label=_("Vem är kontakt?"),
        help_text=_(
            "Den som de andra och familjen vänder sig till om planen. Lämna tomt om ingen är utsedd."
        ),
        choices=(),
        empty=_("Ingen namngiven"),
        missing=_("Välj en person som arbetar på verksamheten."),
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_id"].choices += list(people)

    def given(self) -> dict[str, Any]:
        chosen = self.cleaned_data["contact_id"]
        return {"contact_id": UUID(chosen) if chosen else None}


class NothingNowForm(PlanForm):
    """A party that does nothing just now says so, so that nobody wonders."""

    words = Words(
        label=_("Varför gör er verksamhet inget just nu?"),
        help_text=_(
            "Till exempel: Vi väntar på logopedens bedömning. Lämna tomt när det inte längre gäller."
        ),
        most=LINE,
        required=False,
    )


class SureForm(PlanForm):
    """A step that only needs a yes."""
