"""Sample data for the component gallery (design/gallery.html): every part once, with invented people.

The gallery is the place to look before writing new HTML, and what the accessibility and screenshot
tests open. The personal number is from the tax agency's test pattern.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.design import symbols
from kring.design.fields import DayField
from kring.design.shells import NavItem, Session, Shell

NAV = (
    NavItem(_("Arbetslista"), "#", current=True),
    NavItem(_("Barn"), "#"),
    NavItem(_("Möten"), "#", count=3),
    NavItem(_("Konsultationer"), "#"),
    NavItem(_("Uppföljning"), "#"),
)
FAMILY_NAV = (
    NavItem(_("Hem"), "#", current=True, icon="home"),
    NavItem(_("Planen"), "#", icon="plan"),
    NavItem(_("Meddelanden"), "#", icon="message", count=1),
    NavItem(_("Konto"), "#", icon="person"),
)
SESSION = Session(warn_after=780, ends_after=900, extend_href="#", ended_href="#")
SHELL = Shell(
    home_href="#",
    help_href="#",
    logout_href="#",
    leave_href="#",
    search_href="#",
    hide_href="#",
    person="Karin Lund",
    role=_("Samordnare"),
    unit=_("BUM Borås"),
    menu=(NavItem(_("Mina uppdrag"), "#", icon="people"),),
    session=SESSION,
)

FEELINGS = [("5", _("Jättebra")), ("4", _("Bra")), ("3", _("Okej")), ("2", _("Inte bra"))]
FEELINGS += [("1", _("Jättedåligt")), ("skip", _("Vill inte svara"))]
TAKE_PART = {
    "whole-meeting": _("Hela mötet"),
    "a-while": _("En stund"),
    "before-meeting": _("Prata före mötet"),
    "send-picture": _("Skicka en bild eller text"),
    "someone-speaks": _("Någon pratar för mig"),
    "dont-know": _("Jag vet inte än"),
}


def _needed(text: Promise | str) -> dict[str, Promise | str]:
    """Error words that tell the fix."""
    return {"required": text}


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(
        label=_("Vad gäller frågan?"),
        help_text=_("En mening räcker."),
        error_messages=_needed(_("Skriv vad frågan gäller.")),
    )
    day = DayField(label=_("När är mötet?"), help_text=_("Till exempel 24 11 2026"))
    step = forms.ChoiceField(
        label=_("Steg"),
        choices=[("1", _("Steg 1")), ("2", _("Steg 2"))],
        error_messages=_needed(_("Välj ett steg.")),
    )
    visible = forms.ChoiceField(
        label=_("Vem får se texten?"),
        widget=forms.RadioSelect,
        choices=[("all", _("Visas för barn och vårdnadshavare")), ("care", _("Visas bara för vården"))],
        error_messages=_needed(_("Välj vem som får se texten.")),
    )
    who = forms.MultipleChoiceField(
        label=_("Vilka ska vara med?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("school", _("Skolan")), ("logoped", _("Logopeden"))],
        required=False,
    )
    text = forms.CharField(label=_("Det vi ser"), widget=forms.Textarea, required=False)
    paper = forms.FileField(
        label=_("Bild eller papper"), required=False, help_text=_("PDF eller bild, högst 10 MB.")
    )
    sure = forms.BooleanField(
        label=_("Jag har läst texten för barnet"),
        error_messages=_needed(_("Läs texten för barnet och kryssa i rutan.")),
    )
    feeling = forms.ChoiceField(
        label=_("Hur mår du i dag?"),
        widget=forms.RadioSelect,
        choices=FEELINGS,
        error_messages=_needed(_("Välj en bild.")),
    )
    part = forms.ChoiceField(
        label=_("Hur vill du vara med på mötet?"),
        widget=forms.RadioSelect,
        choices=list(TAKE_PART.items()),
        error_messages=_needed(_("Välj hur du vill vara med.")),
    )


WORKLIST: tuple[dict[str, Any], ...] = (
    {
        "tone": "late",
        "child": "Alva Berg, 10 år",
        "number": "20160312-2384",
        "due": ("overdue", _("Försenad 12 dagar")),
        "next": _("Följ upp SIP"),
        "ball": ("other", _("Skolan")),
        "step": "2",
        "contacts": "7",
    },
    {
        "tone": "warn",
        "child": "Omar Ali, 6 år",
        "number": "20200518-2388",
        "due": ("today", _("I dag")),
        "next": _("Ring vårdnadshavare"),
        "ball": ("me", _("Du")),
        "step": "1",
        "contacts": "3",
    },
    {
        "tone": "",
        "child": "Elsa Nilsson, 8 år",
        "number": "20180902-2383",
        "due": ("soon", _("Om 3 dagar")),
        "next": _("Boka möte"),
        "ball": ("nobody", _("Ingen")),
        "step": "3",
        "contacts": "5",
    },
    {
        "tone": "lock",
        "child": "",
        "number": "",
        "due": ("soon", _("Om 4 dagar")),
        "next": _("Boka möte"),
        "ball": ("family", _("Familjen")),
        "step": "3",
        "contacts": _("Dolt"),
    },
)
COLUMNS = (
    {"label": _("Barn"), "href": "#"},
    {"label": _("Förfaller"), "href": "#", "sort": "asc"},
    {"label": _("Nästa steg")},
    {"label": _("Vem har bollen?")},
    {"label": _("Steg"), "number": True},
    {"label": _("Kontakter"), "number": True},
)
STEPS = (
    {"label": _("Upptäckt"), "when": "3 mar", "state": "done"},
    {"label": _("Fråga"), "when": "9 mar", "days": _("6 dagar"), "state": "done"},
    {"label": _("Tidig insats"), "when": "15 mar", "days": _("12 dagar"), "state": "now"},
    {"label": _("Uppföljning"), "when": "24 nov", "state": "todo"},
)
TIMELINE = (
    {
        "when": "tis 24 nov kl. 10.00",
        "iso": "2026-11-24T10:00",
        "what": _("SIP-möte"),
        "who": "BUM Borås",
        "tone": "next",
    },
    {
        "when": "ons 18 nov",
        "iso": "2026-11-18",
        "what": _("Plan delad med skolan"),
        "who": "Karin Lund",
        "href": "#",
    },
    {
        "when": "lör 14 nov",
        "iso": "2026-11-14",
        "what": _("Nödöppning"),
        "who": _("Läkare, Barnakuten"),
        "tone": "late",
    },
)
AROUND: tuple[dict[str, Any], ...] = (
    {"picture": "home", "word": _("Hemma"), "text": "Sara, Johan"},
    {"picture": "teacher", "word": _("Skolan"), "text": "Eva"},
    {"picture": "nurse", "word": _("Elevhälsan"), "text": "Lena"},
    {"picture": "my-contact", "word": _("Samordnare"), "text": "Karin"},
    {"picture": "doctor", "word": _("Läkare"), "text": "Omid"},
    {"picture": "friends", "word": _("Kompisar")},
)
JOB = {
    "title": _("Lägesrapport"),
    "steps": [
        {"label": _("Väntar"), "state": "done"},
        {"label": _("Läser data"), "state": "now"},
        {"label": _("Räknar"), "state": "todo"},
        {"label": _("Skapar fil"), "state": "todo"},
    ],
    "percent": 40,
    "elapsed": _("Har hållit på i 20 sekunder."),
    "expected": _("Brukar ta en minut."),
}


def weeks() -> dict[str, Any]:
    """Thirteen weeks of visits at four organisations, as the macro `weeks` takes them."""
    visits = {
        "BUM": "1000200010000",
        "Hab": "0001000100010",
        _("Skolan"): "1014001010010",
        "Logoped": "0010001000100",
    }
    rows = [
        {"label": name, "cells": [(int(n), f"{n} besök" if n != "0" else "") for n in counts]}
        for name, counts in visits.items()
    ]
    return {
        "rows": rows,
        "heads": [str(49 + at if at < 5 else at - 4) for at in range(13)],
        "summary": _("19 besök på 13 veckor. I vecka 52 är det fyra besök hos skolan."),
        "label": _("Besök 13 veckor framåt"),
    }


def context(failed: bool = False) -> dict[str, Any]:
    """All the gallery shows. `failed` fills the form with nothing, so that errors show."""
    form = SampleForm({}, {}) if failed else SampleForm(initial={"day": date(2026, 11, 24)})
    return {
        "nav": NAV,
        "shell": SHELL,
        "form": form,
        "take_part": {key: key for key in TAKE_PART},
        "worklist": WORKLIST,
        "columns": COLUMNS,
        "steps": STEPS,
        "timeline_items": TIMELINE,
        "job": JOB,
        "weeks_data": weeks(),
        "around": AROUND,
        "symbol_words": [(name, str(word)) for name, word in symbols.WORDS.items()],
        "child": {
            "name": "Alva Berg",
            "age": _("10 år 8 mån"),
            "number": "20160312-2384",
            "communication": _("bildstöd, korta meningar, vill ha paus"),
            "coordinator": "Karin Lund",
            "contact": "BUM Borås",
            "tint": 1,
        },
    }
