"""A page with one form about something that others may change meanwhile.

What stands now is shown beside what was written, nothing is saved and nothing is lost: the writer reads it
and sends it again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kring.access import submissions
from kring.access.refusals import EditConflict, Refusal

from .fields import ContactForm

MOST_DIGITS = 9

Facts = list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Page:
    """`work` carries a valid form out, for the revision that its writer saw, and answers with the address to
    go to; `said` is what then stands on top of it. `revision` is the one shown now, and `told` says a row as
    it stands. `facts` stand above the form.
    """

    form: ContactForm
    work: Callable[[ContactForm, int], str]
    title: str
    button: str
    back: str
    back_word: str
    said: str
    lead: str = ""
    warning: str = ""
    facts: Facts = field(default_factory=list)
    revision: int = 0
    told: Callable[[Any], Facts] = lambda row: []
    context: Mapping[str, Any] = field(default_factory=dict)
    template: str = "portal/staff/contacts/form.html"


def sent_already(request: HttpRequest) -> str:
    """Where this very form has led before; asked before the page looks at anything."""
    return submissions.answer_to(request.POST.get(submissions.FIELD, ""), request.actor)


def run(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, what came of sending it, or it again with why not."""
    if request.method != "POST":
        return _shown(request, page, page.revision)
    if page.form.is_valid():
        try:
            return _carried_out(request, page)
        except Refusal as refused:
            page.form.refuse(refused)
        except EditConflict as other:
            return _met_another(request, page, other.current)
    return _shown(request, page, seen(request), status=422)


def _carried_out(request: HttpRequest, page: Page) -> HttpResponse:
    key, revision = submissions.key_from(request.POST.get(submissions.FIELD, "")), seen(request)
    address = submissions.once(key=key, by=request.actor, work=lambda: page.work(page.form, revision))
    messages.success(request, page.said)
    return redirect(address)


def _met_another(request: HttpRequest, page: Page, current: Any) -> HttpResponse:
    page.form.add_error(None, _("Någon har ändrat medan du skrev. Läs det som står nu och skicka igen."))
    return _shown(request, page, current.revision, status=409, now=page.told(current))


def _shown(
    request: HttpRequest, page: Page, revision: int, status: int = 200, now: Facts | None = None
) -> HttpResponse:
    page.form.mark_asked()
    key = request.POST.get(submissions.FIELD) or str(uuid4())
    more = {"page": page, "form": page.form, "submission": key, "seen": revision, "now": now}
    return render(request, page.template, dict(page.context) | more, status=status)


def seen(request: HttpRequest) -> int:
    """The revision that the sender saw; 0, which no row has, when the form does not tell."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0
