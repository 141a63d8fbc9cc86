"""What is asked when a report is made and when a chapter is written."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 6000


class MakeForm(forms.Form):
    """The year, and what a new edition puts right."""

    year = forms.ChoiceField(
        label=_("År"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Välj vilket år rapporten gäller.")),
    )
    correction = forms.CharField(
        label=_("Vad den nya utgåvan rättar"),
        help_text=_("Fylls i när årets rapport redan är publicerad. Texten står först i den nya utgåvan."),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )

    def __init__(self, data: Any = None, *, years: Sequence[int] = ()) -> None:
        super().__init__(data)
        self.fields["year"].choices = [(str(one), str(one)) for one in years]


class ChapterForm(forms.Form):
    """What somebody writes in a chapter; `seen` is the revision that was shown."""

    introduction = forms.CharField(
        label=_("Inledning"),
        help_text=_("Står först i kapitlet. Skriv inga namn på barn eller anhöriga."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
    )
    comment = forms.CharField(
        label=_("Kommentar"),
        help_text=_("Står sist i kapitlet: hur ni tolkar siffrorna."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
