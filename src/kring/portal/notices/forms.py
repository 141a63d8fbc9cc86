"""How somebody wants to be told outside Kring."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.access.policy.notices import Receiver, Way
from kring.notifications.rules import TOPICS, Topic, topics_for

PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")
CHOICES = [(topic.value, words) for topic, words in TOPICS.items()]


class CodeForm(forms.Form):
    """The digits that were sent."""

    code = forms.CharField(
        label=_("Kod"),
        max_length=20,
        error_messages={
            "required": _("Skriv koden."),
            "max_length": _("Koden har bara siffror. Skriv den som den står."),
        },
    )

    def clean_code(self) -> str:
        """The digits alone, also of «123 456»."""
        digits = "".join(self.cleaned_data["code"].split())
        if not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Koden har bara siffror. Skriv den som den står."))
        return digits


class WaysForm(forms.Form):
    """For each way: about what, and where to. Nothing ticked means not at all."""

    email_topics = forms.MultipleChoiceField(
        label=_("Mejl när det gäller"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Välj bland dem som står i listan.")},
    )
    email = forms.EmailField(
        label=_("Mejladress"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Skriv mejladressen så här: namn@exempel.se.")},
    )
    sms_topics = forms.MultipleChoiceField(
        label=_("Sms när det gäller"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Välj bland dem som står i listan.")},
    )
    sms = forms.CharField(label=_("Mobilnummer"), required=False, max_length=20)

    def __init__(self, *args: Any, ways: set[str], **kwargs: Any) -> None:
        """Only the ways that this installation has are asked about."""
        super().__init__(*args, **kwargs)
        for way in {one.value for one in Way} - ways - {Way.IN_APP.value}:
            del self.fields[way], self.fields[f"{way}_topics"]

    def clean_sms(self) -> str:
        """A telephone number that a text message can go to."""
        number = " ".join(self.cleaned_data["sms"].split())
        if number and not PHONE.fullmatch(number):
            raise forms.ValidationError(_("Skriv numret med bara siffror, till exempel 070-123 45 67."))
        return number

    def clean(self) -> dict[str, Any]:
        """Something ticked needs somewhere to go."""
        said = super().clean() or self.cleaned_data
        missing = {"email": _("Skriv mejladressen."), "sms": _("Skriv mobilnumret.")}
        for way, words in missing.items():
            if said.get(f"{way}_topics") and not said.get(way) and way not in self.errors:
                self.add_error(way, words)
        return said

    def chosen(self) -> dict[Way, tuple[str, list[Topic]]]:
        """What is to be kept, by way."""
        said = self.cleaned_data
        ways = [way for way in (Way.EMAIL, Way.SMS) if way.value in said]
        return {way: (said[way.value], self.topics_of(said[f"{way}_topics"])) for way in ways}

    def topics_of(self, ticked: list[str]) -> list[Topic]:
        """What one is told about by a way."""
        return [Topic(one) for one in ticked]


EVERYTHING = "everything"


class YoungWaysForm(WaysForm):
    """The young say yes or no to each way: few choices, and a letter tells nothing of its topic anyway."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One box for each way."""
        super().__init__(*args, **kwargs)
        asked = {"email": _("Vill du ha mejl?"), "sms": _("Vill du ha sms?")}
        own = {"email": _("Din egen mejladress"), "sms": _("Ditt eget mobilnummer")}
        for way in set(asked) & set(self.fields):
            self.fields[way].label, self.fields[way].help_text = own[way], _("Välj något som bara du läser.")
            box = self.fields[f"{way}_topics"]
            box.label, box.choices = asked[way], [(EVERYTHING, _("Ja, när jag har något nytt"))]

    def topics_of(self, ticked: list[str]) -> list[Topic]:
        """All that the young are ever told about, or nothing."""
        return topics_for(Receiver.CHILD) if ticked else []
