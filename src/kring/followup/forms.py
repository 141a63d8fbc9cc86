"""The choices of S102. They stand in the address, so that a table can be sent to somebody else."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import queries
from .models import Calculation

ALL = "alla"
SEXES = (("girl", gettext_lazy("Flickor")), ("boy", gettext_lazy("Pojkar")))
BANDS = ("0-5", "6-12", "13-17")
DIMENSIONS = {"municipality": "kommun", "sex": "kon", "age_band": "alder"}


@dataclass(frozen=True)
class Choice:
    """What was chosen. A dimension is empty (not broken down), `alla` (each of them) or one of them."""

    measure: str
    year: str = ""
    municipality: str = ""
    sex: str = ""
    age_band: str = ""

    @property
    def divided(self) -> list[str]:
        """What the table is broken down by."""
        return [name for name in DIMENSIONS if getattr(self, name)]

    def cells(self) -> queries.Q:
        """The cells that the choice names."""
        chosen = queries.Q(year=int(self.year)) if self.year else queries.Q()
        for name in DIMENSIONS:
            value = getattr(self, name)
            every = ~queries.Q(**{name: ""})
            chosen &= every if value == ALL else queries.Q(**{name: value})
        return chosen


class ExploreForm(forms.Form):
    """Indicator, year, municipality, sex and age. What is not understood is as if it was not chosen."""

    matt = forms.ChoiceField(label=gettext_lazy("Mått"), required=False)
    ar = forms.ChoiceField(label=gettext_lazy("År"), required=False)
    kommun = forms.ChoiceField(label=gettext_lazy("Kommun"), required=False)
    kon = forms.ChoiceField(label=gettext_lazy("Kön"), required=False)
    alder = forms.ChoiceField(label=gettext_lazy("Ålder"), required=False)

    def __init__(self, data: Any, *, calculation: Calculation) -> None:
        super().__init__(data)
        years = range(calculation.last_year, calculation.first_year - 1, -1)
        self._offer("matt", queries.names_of_indicators(calculation))
        self._offer("ar", [("", _("Alla år")), *((str(year), str(year)) for year in years)])
        places = [("", _("Hela regionen")), (ALL, _("Varje kommun")), *queries.municipalities().items()]
        self._offer("kommun", places)
        self._offer("kon", [("", _("Alla")), (ALL, _("Flickor och pojkar var för sig")), *SEXES])
        bands = [(band, _("%(ages)s år") % {"ages": band.replace("-", "–")}) for band in BANDS]
        self._offer("alder", [("", _("Alla åldrar")), (ALL, _("Varje ålder för sig")), *bands])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices

    @cached_property
    def choice(self) -> Choice:
        """What was chosen; the first indicator when none was."""
        self.is_valid()
        said = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return Choice(
            measure=said["matt"] or self.fields["matt"].choices[0][0],
            year=said["ar"],
            municipality=said["kommun"],
            sex=said["kon"],
            age_band=said["alder"],
        )
