"""Every form of the product: whatever is sent, nobody meets a fault or the words of the toolbox below.

The forms are found, not listed, so a new one is tested the day it is written.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.core import validators
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy

import kring
from kring.children.models import MaturityAssessment
from kring.followup.chart_forms import ChartForm
from kring.organisations.models import Person
from kring.portal.child_pages.steps import STEPS

ONE, OTHER = UUID(int=1), UUID(int=2)
PAIRS = [(str(ONE), "BUM Borås"), (str(OTHER), "BUP Borås")]
UNITS = [Row(pk=key, name=name, controller=Row(name="Regionen"), kind="") for key, name in PAIRS]
HAS_ITS_OWN_TESTS = "kring.care.plans.forms"
"""Forms of the plan ask for much to be made: tests/unit/care/plans/forms fills each field by field."""
NEEDS_FIGURES = "ExploreForm"
"""Asks a calculation in the database what there is to choose: tests/unit/followup."""
TELLS_IT_OTHERWISE = {"CodeForm"}
"""What is asked for has one length: it stands on the page, and what is longer is written wrong."""

GIVEN: dict[str, Any] = {
    "units": PAIRS, "people": PAIRS, "visits": PAIRS, "choices": PAIRS, "looks": PAIRS, "sources": PAIRS,
    "questions": MaturityAssessment.Question.choices, "today": date(2026, 11, 16), "on": date(2026, 12, 1),
    "for_care_only": False, "mode": "middle", "ways": {"email", "sms"}, "readers": {"all": "Alla"},
    "nearest": str(ONE), "colleagues": [Person(pk=ONE, given_name="Eva", family_name="Strand")],
    "step": STEPS[2], "kept": "", "empty": "Välj en bild.", "guardians": PAIRS,
    "said": {}, "now": (),
}  # fmt: skip
"""What a form is made with, by the name of the argument."""
GIVEN_TO: dict[str, dict[str, Any]] = {
    "YoungWaysForm": {"ways": {"email", "sms"}},
    "BeginForm": {"choices": dict(PAIRS)},
}
"""What one form is made with otherwise than the others."""
AS_ROWS = {"NewThreadForm", "AskForm", "BlockForm"}
"""Those that are given units as rows, not as choices."""

HOSTILE = [
    "", "   ", "x", "a\x00b", "\ud800", "Z" + "\u0351" * 400, "9" * 400, "-1", "0", "1e309", "NaN", "²",
    "0001-01-01", "2026-02-30", "25:61", "00000000-0000-4000-8000-000000000000", "</textarea><script>",
    "%(limit_value)s%s{0}", "åäö" * 5000, "\u202eabc",
]  # fmt: skip
FORBIDDEN = re.compile(r"ogiltig|felaktig|vänligen|tyvärr|oops", re.IGNORECASE)


def _found(of: type) -> Iterator[type[forms.BaseForm]]:
    for one in of.__subclasses__():
        yield one
        yield from _found(one)


def every_form() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(kring.__path__, "kring."):
        if module.name.endswith(("forms", ".words")) or ".forms." in module.name:
            importlib.import_module(module.name)
    own = {one for one in _found(forms.BaseForm) if one.__module__.startswith("kring.")}
    # The gallery's sample is sent by nobody: it shows parts, and is only there when another test has met it.
    own = {one for one in own if one.__module__ != "kring.design.gallery"}
    # What says nothing of what is decided is only there for others to build on; no page makes it.
    own = {one for one in own if not issubclass(one, ChartForm) or hasattr(one, "kind")}
    return sorted(own, key=lambda one: (one.__module__, one.__qualname__))


FORMS = [
    one
    for one in every_form()
    if not one.__module__.startswith(HAS_ITS_OWN_TESTS) and one.__name__ != NEEDS_FIGURES
]
each_form = pytest.mark.parametrize(
    "form", FORMS, ids=lambda one: f"{one.__module__.removeprefix('kring.')}.{one.__name__}"
)


def made(form: type[forms.BaseForm], sent: QueryDict | None = None, files: Any = None) -> Any:
    """The form, as its page makes it."""
    asked = inspect.signature(form.__init__).parameters
    given = {name: value for name, value in GIVEN.items() if name in asked}
    given |= GIVEN_TO.get(form.__name__, {})
    if form.__name__ in AS_ROWS and "units" in given:
        given["units"] = UNITS
    if files:
        return form(sent, files, **given)
    return form(data=sent, **given) if "data" in asked else form(sent, **given)


def for_children(form: type[forms.BaseForm]) -> bool:
    return "child_pages" in form.__module__


def boxes(form: Any) -> Iterator[tuple[str, str]]:
    """(field, name as it is sent): a day has three."""
    for name, field in form.fields.items():
        widgets = getattr(field.widget, "widgets", None)
        sent = [f"{name}_{place}" for place in range(len(widgets))] if widgets else [name]
        yield from ((name, one) for one in sent)


def sent(form: Any, value: str, *, twice: bool = False) -> QueryDict:
    data = QueryDict(mutable=True)
    for _name, box in boxes(form):
        data.setlist(box, [value, value] if twice else [value])
    return data


def told(form: Any) -> list[str]:
    """What somebody reads: of a hidden field nobody can change anything."""
    hidden = {field.name for field in form.hidden_fields()}
    return [str(words) for name, errors in form.errors.items() if name not in hidden for words in errors]


def toolbox() -> list[re.Pattern[str]]:
    """Everything that Django itself would say, in Swedish and in English."""
    classes = [one for one in vars(forms).values() if inspect.isclass(one) and issubclass(one, forms.Field)]
    said = [text for one in classes for text in getattr(one, "default_error_messages", {}).values()]
    said += [
        one.message
        for one in vars(validators).values()
        if inspect.isclass(one)
        and hasattr(one, "message")
        and one is not validators.ProhibitNullCharactersValidator
    ]
    said.append(gettext_lazy("Null characters are not allowed."))
    found = set()
    for language in ("sv", "en"):
        with translation.override(language):
            # Of words with a plural, one is enough to know them by.
            found |= {str(text) if not hasattr(text, "_kwargs") else str(text % 3) for text in said}
    return [re.compile(re.sub(r"%\\\(\w+\\\)[sd]", ".*", re.escape(text))) for text in found if text]


TOOLBOX = toolbox()


def test_forms_are_found():
    assert len(FORMS) > 50


@each_form
def test_whatever_is_sent_is_answered_in_the_house_s_own_words(form):
    """ux.md c5: «error text tells the fix»; the forbidden words; input is never a fault of the server."""
    with translation.override("sv"):
        said = set()
        for value in HOSTILE:
            for twice in (False, True):
                one = made(form, sent(made(form), value, twice=twice))
                one.is_valid()
                said |= set(told(one))
        for words in said:
            assert not FORBIDDEN.search(words), words
            assert not [own.pattern for own in TOOLBOX if own.fullmatch(words)], words
            assert "%(" not in words.replace("%(limit_value)s%s{0}", ""), words
            assert words.endswith((".", "?", "»")), words


@each_form
def test_nothing_sent_is_nothing_given(form):
    """A form without a word in it is valid only where nothing in it has to be said."""
    with translation.override("sv"):
        empty = made(form, QueryDict())
        asks = [name for name, field in empty.fields.items() if field.required]
        assert set(asks) <= set(empty.errors) | set(), form
        assert all(len(words) == 1 for words in empty.errors.values()), empty.errors


@each_form
def test_every_question_is_asked_in_words(form):
    """ux.md c5: «Label above; hint one short sentence without link»; c2: sentence case."""
    with translation.override("sv"):
        for name, field in made(form).fields.items():
            if field.widget.is_hidden:
                continue
            label, hint = str(field.label or ""), str(field.help_text)
            if not label and for_children(form):
                continue  # the page asks it, in the child's own words
            assert label, f"{name} has no label"
            assert label[:1] == label[:1].upper(), label
            assert not label.isupper(), label
            assert "<" not in hint, hint
            assert "*" not in label, "optional is said in a word, never by an asterisk"


@each_form
def test_nothing_of_any_length_is_taken_in(form):
    """What is written has a longest length, and the one who writes more is told which."""
    for name, field in made(form).fields.items():
        if type(field) is forms.CharField or isinstance(field, forms.EmailField):
            assert field.max_length, f"{form.__name__}.{name}"
            with translation.override("sv"):
                one = made(form, sent(made(form), "å" * (field.max_length + 1)))
                words = " ".join(one.errors.get(name, []))
                assert words, f"{form.__name__}.{name}"
                assert (
                    str(field.max_length) in words
                    or for_children(form)
                    or form.__name__ in TELLS_IT_OTHERWISE
                )


@each_form
def test_a_file_where_words_are_asked_for_is_no_fault(form):
    files = {name: SimpleUploadedFile("x\x00.exe", b"\x00\xff") for name in made(form).fields}
    try:
        one = made(form, QueryDict(), files)
    except TypeError:
        return  # takes no files at all
    one.is_valid()
