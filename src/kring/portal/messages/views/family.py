"""S73: a guardian's threads about one child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.visibility import Visibility
from kring.access.views import requires
from kring.care.messages import commands, queries
from kring.portal.family.queries import child_of
from kring.portal.family.views.shown import sent
from kring.portal.family.views.shown import shown as page_of_child
from kring.portal.messages.forms import NewThreadForm, WriteForm
from kring.portal.messages.presenters import family as presenters
from kring.portal.messages.presenters.said import phones

HERE = "family-messages"
SEE = Permission.SEE_MESSAGES


@requires(Permission.SEE_OWN_FAMILY)
def threads(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = child_of(request.actor, child_id, what="family.messages", permission=SEE)
    found = queries.family_threads(request.actor, child)
    rows = presenters.rows(request.actor, found, lambda key: reverse("family-thread", args=[child_id, key]))
    writes = bool(queries.receivers(request.actor, child_id))
    return page_of_child(
        request, "messages", about=child, here=HERE, rows=rows, writes=writes, phones=phones()
    )


@requires(Permission.SEE_OWN_FAMILY)
def new(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    child = child_of(actor, child_id, what="family.messages.new", permission=SEE)
    units = queries.receivers(actor, child_id)
    readers = presenters.guardian_choices(queries.other_guardians(actor, child_id))
    form = NewThreadForm(
        request.POST or None, units=units, readers=readers, nearest=Visibility.CARE_ONLY.value
    )
    if form.is_valid():
        said = _("Meddelandet är skickat. Här ser du när du får svar.")
        if answer := sent(request, form, lambda: _begun(request, child_id, form), said):
            return answer
    times = queries.answer_times(actor, [unit.pk for unit in units])
    who = _("Alla som arbetar på enheten och behöver det kan läsa.")
    page = presenters.new_page(units, times, who)
    return page_of_child(request, "message_new", about=child, here=HERE, page=page, form=form)


def _begun(request: HttpRequest, child_id: UUID, form: NewThreadForm) -> str:
    said = form.cleaned_data
    thread = commands.begin_thread(
        by=request.actor,
        child_id=child_id,
        unit_id=UUID(said["unit"]),
        title=said["title"],
        text=said["text"],
        visibility=form.chosen,
    )
    return reverse("family-thread", args=[child_id, thread.pk])


@requires(Permission.SEE_OWN_FAMILY)
def thread(request: HttpRequest, child_id: UUID, thread_id: UUID) -> HttpResponse:
    """Read, and write on."""
    child = child_of(request.actor, child_id, what="family.messages.thread", permission=SEE)
    found = commands.read(by=request.actor, thread_id=thread_id, child_id=child_id)
    form = WriteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = _("Meddelandet är skickat.")
        if answer := sent(request, form, lambda: _written(request, thread_id, form), done):
            return answer
    receives = found.thread.unit_id in {unit.pk for unit in queries.receivers(request.actor, child_id)}
    page = presenters.thread_page(request.actor, found, receives=receives)
    return page_of_child(request, "message_thread", about=child, here=HERE, page=page, form=form)


def _written(request: HttpRequest, thread_id: UUID, form: WriteForm) -> str:
    text = form.cleaned_data["text"]
    commands.write(by=request.actor, thread_id=thread_id, text=text, seen=form.seen_to)
    return request.path
