"""S92: a young person's own threads, private unless messages are shared."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.visibility import Visibility
from kring.access.views import requires
from kring.care.messages import commands, queries
from kring.portal.family.views.shown import sent
from kring.portal.messages.forms import NewThreadForm, WriteForm
from kring.portal.messages.presenters import family as presenters
from kring.portal.messages.presenters.said import phones
from kring.portal.young.queries import Own, young, young_or_404
from kring.portal.young.views.shown import shown

OWN = Permission.SHARE_WITH_GUARDIAN


def _seen_by(own: Own) -> list[str]:
    """The guardians who see the young person's messages now."""
    return presenters.names_of(
        [one.guardian for one in own.guardians if (c := one.cell("message")) and c.sees]
    )


@requires(OWN)
def threads(request: HttpRequest) -> HttpResponse:
    own = young(request.actor, what="own.messages")
    found = queries.family_threads(request.actor, own.child)
    names = _seen_by(own)
    rows = presenters.rows(request.actor, found, lambda key: reverse("young-thread", args=[key]), names)
    writes = bool(queries.receivers(request.actor, own.child.pk))
    return shown(request, own, "messages", rows=rows, writes=writes, names=names, phones=phones())


@requires(OWN)
def new(request: HttpRequest) -> HttpResponse:
    actor, own = request.actor, young(request.actor, what="own.messages.new")
    units, names = queries.receivers(actor, own.child.pk), _seen_by(own)
    readers = presenters.young_choices(names)
    form = NewThreadForm(request.POST or None, units=units, readers=readers, nearest=Visibility.DEFAULT.value)
    if form.is_valid():
        said = _("Meddelandet är skickat. Här ser du när du får svar.")
        if answer := sent(request, form, lambda: _begun(request, own, form), said):
            return answer
    times = queries.answer_times(actor, [unit.pk for unit in units])
    who = _("De på enheten som behöver det kan läsa. Dina vårdnadshavare ser det inte om du inte visar det.")
    return shown(request, own, "message_new", page=presenters.new_page(units, times, who), form=form)


def _begun(request: HttpRequest, own: Own, form: NewThreadForm) -> str:
    said = form.cleaned_data
    thread = commands.begin_thread(
        by=request.actor,
        child_id=own.child.pk,
        unit_id=UUID(said["unit"]),
        title=said["title"],
        text=said["text"],
        visibility=form.chosen,
    )
    return reverse("young-thread", args=[thread.pk])


@requires(OWN)
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """Read, and write on."""
    own = young_or_404(request.actor, what="own.messages.thread")
    found = commands.read(by=request.actor, thread_id=thread_id, child_id=own.child.pk)
    form = WriteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = _("Meddelandet är skickat.")
        if answer := sent(request, form, lambda: _written(request, thread_id, form), done):
            return answer
    units = {unit.pk for unit in queries.receivers(request.actor, own.child.pk)}
    names = _seen_by(own)
    page = presenters.thread_page(request.actor, found, receives=found.thread.unit_id in units, seen_by=names)
    return shown(request, own, "message_thread", page=page, form=form)


def _written(request: HttpRequest, thread_id: UUID, form: WriteForm) -> str:
    text = form.cleaned_data["text"]
    commands.write(by=request.actor, thread_id=thread_id, text=text, seen=form.seen_to)
    return request.path
