"""A number or a name."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.children.personal_numbers import PersonalNumberError, parse

LONGEST = 80


class SearchForm(forms.Form):
    """One of the two is enough; the number goes first, and comes out in its stored form."""

    number = forms.CharField(
        label=_("Personnummer, samordningsnummer eller reservnummer"),
        help_text=_("Tio eller tolv siffror. Hela numret behövs."),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("Skriv ett nummer med högst %(limit_value)s tecken.")},
    )
    name = forms.CharField(
        label=_("Namn"),
        help_text=_("Söker bara bland barn som din enhet möter."),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("Skriv ett namn med högst %(limit_value)s tecken.")},
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_number(self) -> str:
        text = self.cleaned_data["number"]
        # A reserve number has letters of its issuer's choosing; nothing in it can be checked.
        if not text or any(sign.isalpha() for sign in text):
            return "".join(text.split()).upper()
        try:
            return parse(text, self.today).digits12
        except PersonalNumberError as problem:
            raise forms.ValidationError(problem.message) from None

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if name and len(name) < 2:
            raise forms.ValidationError(_("Skriv minst två bokstäver av namnet."))
        return name

    def clean(self) -> dict[str, str]:
        filled = any(self.data.get(field, "").strip() for field in ("number", "name"))
        if not filled and not self.errors:
            self.add_error("number", _("Skriv ett nummer eller ett namn, till exempel ÅÅÅÅMMDD-NNNN."))
        return self.cleaned_data
