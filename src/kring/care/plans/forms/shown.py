"""Who of the family may read what is written: chosen when writing, with what usually holds already chosen."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.care.plans.rules.shown import NOTHING_CHOSEN
from kring.children.models import ShownToFamily
from kring.design.fields import DayField

from .words import Choice, PlanForm, Select

Visibility, Category = ShownToFamily.Visibility, ShownToFamily.Category


class ShownForm(PlanForm):
    """A text and who of the family reads it."""

    folded = ("visibility", "visible_to_child_from", "category", "review_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = Choice(
            label=_("Vem i familjen får läsa?"),
            choices=Visibility.choices,
            initial=Visibility.DEFAULT,
            required=False,
            help_text=_(
                "Brukar gälla: alla i familjen läser. Det som rör våld, tredje person, tidiga hypoteser, "
                "sexuell hälsa och droger visas inte för vårdnadshavare."
            ),
        )
        self.fields["visible_to_child_from"] = DayField(
            label=_("Barnet får läsa från"),
            help_text=_("Bara när texten inte visas för barnet ännu. Till exempel 18 12 2026"),
            example="18 12 2026",
            required=False,
        )
        self.fields["category"] = Select(
            label=_("Rör texten något av det här?"),
            choices=[choice for choice in Category.choices if choice[0] != Category.GENERAL],
            empty=dict(Category.choices)[Category.GENERAL],
            required=False,
        )

        self.fields["review_on"] = DayField(
            label=_("Ses över igen senast"),
            help_text=_(
                "Bara när något inte visas för familjen. Inom ett halvår; lämna tomt för den längsta tiden."
            ),
            example="16 2 2027",
            required=False,
        )

    @property
    def shown_fields(self) -> list[Any]:
        """The fields of the choice that this form has."""
        return [self[name] for name in self.folded if name in self.fields]

    @property
    def is_unusual(self) -> bool:
        """Whether something else than what usually holds is chosen, or must be mended."""
        return any(bound.errors or _sent(bound) - USUAL for bound in self.shown_fields)

    def of(self, row: Any) -> dict[str, Any]:
        return {**super().of(row), **self.shown_of(row)}

    def shown_of(self, row: Any) -> dict[str, Any]:
        """What the choice of a stored row looks like in the form."""
        shown = {name: getattr(row, name, "") for name in self.folded if name in self.fields}
        return {name: "" if value == Category.GENERAL else value for name, value in shown.items()}

    def given(self) -> dict[str, Any]:
        return {**super().given(), **self.shown_given()}

    def shown_given(self) -> dict[str, Any]:
        """The choice, with what usually holds where nothing was chosen."""
        chosen = {name: usual for name, usual in NOTHING_CHOSEN.items() if name in self.cleaned_data}
        return {name: self.cleaned_data[name] or usual for name, usual in chosen.items()}


class ReadersForm(ShownForm):
    """The choice alone, for a text that is written already."""

    asked = ("visibility",)

    def given(self) -> dict[str, Any]:
        return self.shown_given()


USUAL = {"", *NOTHING_CHOSEN.values()}


def _sent(bound: Any) -> set[str]:
    value = bound.value()
    parts = value if isinstance(value, list | tuple) else [value]
    return {str(part or "").strip() for part in parts}
