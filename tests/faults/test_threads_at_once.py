"""Many at the same moment in one thread of messages: nothing is lost, nothing is there twice, one is next."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from kring.access import gate, submissions
from kring.access.refusals import EditConflict
from kring.audit import queries as audit
from kring.audit.models import AccessLogRow
from kring.care.messages import commands
from kring.care.messages.models import Message, Reading, Thread
from kring.timeline.models import Event, Task
from tests.faults.together import failures, together
from tests.posting import Post, said

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 6


@pytest.fixture
def post(transactional_db, cast) -> Post:
    gate.log(cast.actor("karin"), "read", [None], what="before")
    return Post(cast)


def answers(post: Post, thread: Thread, who: str, text: str, seen: int) -> Callable[[], Message]:
    by = post.cast.actor(who)
    return lambda: commands.write(by=by, thread_id=thread.pk, text=text, seen=seen)


def whole(thread: Thread, texts: int) -> None:
    """Numbers without a gap, an event and a log row for each, and the thread's own count."""
    thread.refresh_from_db()
    numbers = list(thread.messages.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, texts + 1)) and thread.revision == texts
    assert Event.objects.filter(subject=thread.pk).count() == texts
    assert AccessLogRow.objects.filter(action="write", object_id=str(thread.pk)).count() == texts
    assert not list(audit.faults())


def test_of_colleagues_who_answer_the_same_one_is_first_and_the_others_are_told(post):
    thread = post.begin()
    people = ("karin", "maja", "eva")
    done = together(*[answers(post, thread, who, f"Svar från {who}", 1) for who in people])
    told = failures(done)
    assert len(told) == 2 and all(isinstance(one, EditConflict) for one in told)
    whole(thread, 2)
    assert not Task.objects.filter(subject=thread.pk, done_at__isnull=True).exists()
    again = together(*[
        answers(post, thread, who, f"Ändå, {who}", 2)
        for who, was in zip(people, done, strict=True) if isinstance(was, EditConflict)
    ])  # fmt: skip
    assert len(failures(again)) == 1
    whole(thread, 3)


def test_one_answer_sent_many_times_at_once_is_there_once(post):
    thread, karin, key = post.begin(), post.cast.actor("karin"), uuid4()

    def send() -> str:
        def work() -> str:
            return str(commands.write(by=karin, thread_id=thread.pk, text="Ja.", seen=1).pk)

        return submissions.once(key=key, by=karin, work=work)

    found = together(*[send] * SENDERS)
    assert not failures(found) and len(set(found)) == 1
    assert said(thread) == ["Kan vi få fler bilder?", "Ja."]
    whole(thread, 2)


def test_the_family_s_words_and_the_unit_s_at_once_all_stand(post):
    thread = post.begin()
    family = [answers(post, thread, "maria", f"Maria {n}", 1) for n in range(3)]
    unit = answers(post, thread, "karin", "Karin", 99)
    done = together(*family, unit)
    assert not failures(done)
    whole(thread, 5)
    last = thread.messages.order_by("-number").first()
    waits = Task.objects.filter(subject=thread.pk, done_at__isnull=True).count()
    assert (thread.ball, waits) == (("family", 0) if last.side == "unit" else ("unit", 1))


def test_closing_while_the_family_writes_never_closes_the_words_away(post):
    thread, karin = post.begin(), post.cast.actor("karin")
    done = together(
        lambda: commands.close(by=karin, thread_id=thread.pk, seen=1),
        answers(post, thread, "maria", "Det är viktigt.", 1),
    )
    thread.refresh_from_db()
    assert said(thread)[-1] == "Det är viktigt."
    assert thread.ball == "unit" and thread.answer_by is not None
    assert all(isinstance(one, EditConflict) for one in failures(done))
    assert Task.objects.filter(subject=thread.pk, done_at__isnull=True).count() == 1


def test_many_tabs_that_open_the_thread_leave_one_reading(post):
    thread, karin = post.begin(), post.cast.actor("karin")
    done = together(*[lambda: commands.read(by=karin, thread_id=thread.pk)] * SENDERS)
    assert not failures(done)
    assert Reading.objects.get(thread=thread, person=post.cast.karin).seen == 1


def test_begun_twice_with_one_key_there_is_one_thread_and_one_task(post):
    maria, key = post.cast.actor("maria"), uuid4()
    send = lambda: submissions.once(key=key, by=maria, work=lambda: str(post.begin(by=maria).pk))  # noqa: E731
    found = together(*[send] * SENDERS)
    assert not failures(found) and len(set(found)) == 1
    assert (Thread.objects.count(), Message.objects.count()) == (1, 1)
    assert Task.objects.filter(kind="message_answer").count() == 1
