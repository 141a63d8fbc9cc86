"""Who sees which threads: the family, the unit, other units after a choice; with how many questions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kring.access import gate
from kring.access.permissions import Permission
from kring.access.policy.staff import WorkNeed
from kring.access.policy.visibility import Visibility
from kring.audit.models import AccessLogRow, Action, Outcome
from kring.care.messages import commands, queries, rules
from kring.care.messages.models import Message, Thread
from kring.children.models import (
    AccessBlock,
    Custody,
    Guardian,
    GuardianDecision,
    Placement,
    YoungShare,
)
from kring.log_review.queries.hidden import hidden_items
from kring.timeline.models import Task

TODAY = date(2026, 11, 16)
CLOSES_THE_GUARDIAN = ("blocked", "protected guardian", "placed", "no custody")
CLOSES = ("protected child", *CLOSES_THE_GUARDIAN)
MISSING = "00000000-0000-4000-8000-000000000000"


def share(cast, thing="message", who="anders"):
    return YoungShare.objects.create(
        child=cast.child("noa"), guardian=cast.guardian(who), thing=thing, starts_at=cast.now
    )


def titles(actor, child) -> list[str]:
    return sorted(one.title for one in queries.family_threads(actor, child))


def sql(work) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


class TestTheFamily:
    def test_each_guardian_has_its_own_and_what_is_shown(self, post, cast):
        post.begin("maria", title="Marias")
        post.begin("maria", title="För båda", visibility="all")
        post.begin("johan", title="Johans")
        alva = cast.child("alva")
        assert titles(cast.actor("maria"), alva) == ["För båda", "Marias"]
        assert titles(cast.actor("johan"), alva) == ["För båda", "Johans"]

    def test_a_young_person_s_threads_are_its_own_until_it_shares_messages(self, post, cast):
        post.begin("noa", "noa", title="Noas")
        post.begin("noa", "noa", title="Noas hemliga", visibility="not_guardian")
        noa, anders = cast.child("noa"), cast.actor("anders")
        assert titles(cast.actor("noa"), noa) == ["Noas", "Noas hemliga"]
        assert titles(anders, noa) == []
        row = share(cast)
        assert titles(anders, noa) == ["Noas"]
        row.ended_at = cast.now
        row.save()
        assert titles(anders, noa) == []

    def test_a_smaller_child_has_none(self, post, cast):
        post.begin(visibility="all")
        assert titles(cast.actor("alva"), cast.child("alva")) == []

    def test_of_age_the_child_sees_what_a_guardian_wrote_for_all_and_nothing_else(self, post, cast):
        alva = cast.child("alva")
        post.begin(title="Marias")
        post.begin(title="För alla", visibility="all")
        alva.birth_date = date(2013, 11, 16)
        alva.save()
        assert titles(cast.actor("alva"), alva) == ["För alla"]
        assert titles(cast.actor("maria"), alva) == []

    @pytest.mark.parametrize(
        "closed", ["blocked", "protected child", "protected guardian", "placed", "no custody"]
    )
    def test_whatever_closes_the_child_closes_its_threads_at_once(self, post, cast, closed):
        thread = post.begin(visibility="all")
        maria, alva = cast.actor("maria"), cast.child("alva")
        assert queries.thread_or_404(maria, thread.pk, act="read")
        shut(cast, closed)
        assert queries.threads_for(maria).count() == 0
        assert queries.unread_count(maria, alva.pk) == 0
        with pytest.raises(gate.Invisible):
            queries.thread_or_404(maria, thread.pk, act="read")

    @pytest.mark.parametrize("closed", [*CLOSES_THE_GUARDIAN, "no log-in"])
    def test_the_unit_learns_that_an_answer_would_not_be_read(self, post, cast, closed):
        thread, karin = post.begin(), cast.actor("karin")
        assert commands.read(by=karin, thread_id=thread.pk).reached
        if closed == "no log-in":
            Guardian.objects.filter(person__subject="maria").update(person=None)
        else:
            shut(cast, closed)
        assert not commands.read(by=karin, thread_id=thread.pk).reached

    def test_a_young_person_always_reaches_its_own(self, post, cast):
        thread = post.begin("noa", "noa")
        assert commands.read(by=cast.actor("karin"), thread_id=thread.pk).reached

    def test_the_set_and_the_table_say_the_same_of_every_thread_and_reader(self, post, cast):
        """Every choice that may be made, by every writer, read by everybody of the family."""
        about = {"child": cast.child("noa"), "unit": post.unit(), "answer_by": TODAY}
        when = {"opened_at": cast.now, "changed_at": cast.now}
        writers = {None: rules.BY_CHILD, "anders": rules.BY_GUARDIAN, "maria": rules.BY_GUARDIAN}
        made = [
            Thread.objects.create(
                guardian=cast.guardian(who) if who else None, title="-", visibility=chosen, **about, **when
            )
            for who, choices in writers.items()
            for chosen in choices
        ]
        Custody.objects.create(
            child=cast.child("noa"), guardian=cast.guardian("maria"), starts_on=date(2020, 1, 1)
        )
        share(cast)
        share(cast, who="maria")
        for actor in (cast.actor("noa"), cast.actor("anders"), cast.actor("maria", "guardian")):
            by_set = set(queries.threads_for(actor, cast.child("noa").pk).values_list("pk", flat=True))
            by_table = {one.pk for one in made if queries.decision_on(actor, one).opens}
            assert by_set == by_table
            told_of = hidden_items(actor, cast.child("noa").pk)
            assert told_of == {str(one.pk) for one in made} - {str(key) for key in by_table}


def shut(cast, how):
    alva, maria = cast.child("alva"), cast.guardian("maria")
    unit = cast.unit("hh-habilitering-boras")
    if how == "blocked":
        GuardianDecision.objects.create(
            child=alva, guardian=maria, kind="blocked", unit=unit, reason="Prov", starts_on=TODAY,
            decided_by=cast.eva, decided_at=cast.now,
        )  # fmt: skip
    elif how == "placed":
        Placement.objects.create(
            child=alva, kind="care_order", guardians_keep_access=False, starts_on=TODAY,
            unit=cast.unit("socialtjanst-boras"), recorded_by=cast.fatima, recorded_at=cast.now,
        )  # fmt: skip
    elif how == "protected child":
        alva.protection = "flag"
        alva.save()
    elif how == "protected guardian":
        maria.protected_identity = True
        maria.save()
    else:
        Custody.objects.filter(guardian=maria, child=alva).update(ends_on=TODAY - timedelta(days=1))


class TestUnread:
    def test_a_number_for_each_thread_with_something_new(self, post, cast):
        first, second = post.begin(), post.begin(title="Två")
        maria, alva = cast.actor("maria"), cast.child("alva").pk
        assert queries.unread_count(maria, alva) == 0
        post.write("karin", first)
        post.write("karin", first, "Och mer.")
        post.write("karin", second)
        assert queries.unread_count(maria, alva) == 2
        commands.read(by=maria, thread_id=first.pk)
        assert queries.unread_count(maria, alva) == 1

    def test_another_guardian_s_thread_is_no_news_of_mine(self, post, cast):
        thread = post.begin(visibility="all")
        post.write("karin", thread)
        assert queries.unread_count(cast.actor("johan"), cast.child("alva").pk) == 0

    @pytest.mark.parametrize("who", ["nils", "rune"])
    def test_who_reads_no_messages_has_none(self, cast, who):
        assert queries.unread_count(cast.actor(who), cast.child("alva").pk) == 0

    def test_at_the_unit_each_person_has_read_or_not(self, post, cast):
        thread = post.begin()
        commands.read(by=cast.actor("karin"), thread_id=thread.pk)
        unread = {who: queries.inbox(cast.actor(who), "unit").threads[0].unread for who in ("karin", "maja")}
        assert unread == {"karin": False, "maja": True}


class TestTheUnit:
    def test_oldest_promise_first_and_what_is_late_counted(self, post, cast):
        maria = cast.actor("maria")
        for title, days in (("I dag", 0), ("För länge sedan", -10), ("I fredags", -3)):
            post.begin(title=title, by=replace(maria, now=maria.now + timedelta(days=days)))
        found = queries.inbox(cast.actor("karin"), "unit")
        assert [one.title for one in found.threads] == ["För länge sedan", "I fredags", "I dag"]
        assert (found.late, found.counts) == (1, {"unit": 3, "family": 0, "closed": 0})

    def test_each_state_has_its_list(self, post, cast):
        waits, answered, closed = post.begin(title="A"), post.begin(title="B"), post.begin(title="C")
        post.write("karin", answered)
        post.close("karin", closed)
        for state, thread in (("unit", waits), ("family", answered), ("closed", closed)):
            assert [one.pk for one in queries.inbox(cast.actor("karin"), state).threads] == [thread.pk]

    def test_who_has_the_task_has_the_ball(self, post, cast):
        thread = post.begin()
        assert queries.inbox(cast.actor("karin"), "unit").owners == {}
        Task.objects.filter(subject=thread.pk).update(assignee=cast.maja)
        assert queries.inbox(cast.actor("karin"), "unit").owners == {thread.pk: cast.maja}

    def test_pages_of_fifty_where_nothing_is_lost(self, post, cast):
        rows = [
            Thread(
                child=cast.child("alva"), unit=post.unit(), guardian=cast.guardian("maria"),
                title=f"{n}", visibility="all", answer_by=TODAY + timedelta(days=n % 7),
                opened_at=cast.now, changed_at=cast.now,
            )
            for n in range(120)
        ]  # fmt: skip
        Thread.objects.bulk_create(rows)
        karin = cast.actor("karin")
        pages = [queries.inbox(karin, "unit", page=n) for n in (1, 2, 3)]
        assert [len(one.threads) for one in pages] == [50, 50, 20]
        assert {one.pk for page in pages for one in page.threads} == {one.pk for one in rows}
        assert (queries.inbox(karin, "unit", page=99).page, queries.inbox(karin, "unit", page=-1).page) == (
            3,
            1,
        )

    def test_every_child_on_the_page_is_logged_once(self, post, cast):
        post.begin()
        post.begin(title="Två", visibility="all")
        post.begin("noa", "noa")
        queries.inbox(cast.actor("karin"), "unit")
        rows = AccessLogRow.objects.filter(action=Action.LIST, what__startswith="message")
        assert set(rows.values_list("what", "child_id")) == {
            ("message.kept.inbox", cast.child("alva").pk),
            ("message.inbox", cast.child("noa").pk),
        }

    def test_another_unit_has_its_own_inbox(self, post, cast):
        post.begin()
        assert not queries.inbox(cast.actor("sara"), "unit").threads
        other = post.begin(unit="sas-logopedi")
        assert [one.pk for one in queries.inbox(cast.actor("sara"), "unit").threads] == [other.pk]

    def test_the_school_answers_what_is_written_to_the_school(self, post, cast):
        thread = post.begin(unit="skola-boras-1")
        post.write("jonas", thread, "Vi ordnar en lugn plats.")
        assert queries.child_page(cast.actor("jonas"), cast.child("alva").pk).elsewhere == []

    @pytest.mark.parametrize("who", ["maria", "noa", "rune", "nils", "ann"])
    def test_the_inbox_is_the_unit_s_people_s(self, cast, who):
        with pytest.raises(gate.NotAllowed):
            queries.inbox(cast.actor(who), "unit")

    def test_a_protected_child_s_thread_is_for_its_group_with_a_reason_first(self, post, cast):
        sigrid = cast.child("sigrid")
        sigrid.birth_date = date(2012, 1, 17)
        sigrid.save()
        thread = post.begin("sigrid", "sigrid")
        with pytest.raises(gate.Invisible):
            queries.thread_or_404(cast.actor("maja"), thread.pk, act="read")
        karin = replace(cast.actor("karin"), opened=frozenset())
        with pytest.raises(gate.ReasonNeeded):
            commands.read(by=karin, thread_id=thread.pk)
        opened = commands.read(by=replace(karin, opened=frozenset({sigrid.pk})), thread_id=thread.pk)
        assert [one.text for one in opened.messages] == ["Kan vi få fler bilder?"]


class TestHiddenIsMissing:
    CASES = (
        ("johan", "maria", "alva"),
        ("leila", "maria", "alva"),
        ("anders", "noa", "noa"),
        ("alva", "maria", "alva"),
        ("sara", "maria", "alva"),
        ("lena", "maria", "alva"),
        ("ulla", "maria", "alva"),
    )

    @pytest.mark.parametrize(("who", "writer", "about"), CASES)
    def test_the_same_refusal_after_the_same_questions(self, post, cast, who, writer, about):
        thread = post.begin(writer, about)
        seen = {}
        for kind, key in (("hidden", thread.pk), ("missing", MISSING)):
            with CaptureQueriesContext(connection) as asked, pytest.raises(gate.Invisible) as refused:
                queries.thread_or_404(cast.actor(who), key, act="read")
            act = refused.value.act
            seen[kind] = (len(asked), type(refused.value), act.what, act.outcome, act.action)
        assert seen["hidden"] == seen["missing"]
        assert seen["hidden"][3] == Outcome.REFUSED

    def test_a_thread_about_another_child_is_not_at_this_child_s_address(self, post, cast):
        thread = post.begin()
        with pytest.raises(gate.Invisible):
            queries.thread_or_404(cast.actor("maria"), thread.pk, act="read", child_id=cast.child("noa").pk)


def block(cast, first=None, last=None) -> AccessBlock:
    """An inner block on what Karin's unit has documented between two days."""
    unit = cast.unit("hh-habilitering-boras")
    days = {"documented_from": first, "documented_to": last, "created_at": cast.now}
    return AccessBlock.objects.create(
        child=cast.child("alva"), kind="inner", unit=unit, controller=unit.controller, **days
    )


class TestOtherUnits:
    """Karin's unit holds it. Sara works for the same care provider, Lena for another (ruling 23)."""

    def page(self, cast, who, chosen=WorkNeed.NONE):
        return queries.child_page(cast.actor(who), cast.child("alva").pk, chosen)

    def test_before_the_choice_only_that_there_is_something(self, post, cast):
        post.begin()
        (other,) = self.page(cast, "sara").elsewhere
        assert (other.decision.rule_id, list(other.threads)) == ("8.2.2.choice", [])

    def test_after_the_choice_it_is_read(self, post, cast):
        post.begin()
        (other,) = self.page(cast, "sara", WorkNeed.CARE).elsewhere
        assert other.decision.rule_id == "8.2.2"
        assert [said.text for one in other.threads for said in one.messages] == ["Kan vi få fler bilder?"]
        assert not other.threads[0].mine

    def test_an_inner_block_closes_it_also_after_the_choice(self, post, cast):
        post.begin()
        row = block(cast)
        (other,) = self.page(cast, "sara", WorkNeed.CARE).elsewhere
        assert (other.decision.rule_id, list(other.threads)) == ("8.2.3", [])
        row.lifted_at = cast.now
        row.save()
        assert self.page(cast, "sara", WorkNeed.CARE).elsewhere[0].threads

    @pytest.mark.parametrize(("first", "last", "closes"), [(0, 0, True), (-9, -1, False), (1, 9, False)])
    def test_a_block_covers_the_days_it_names(self, post, cast, first, last, closes):
        post.begin()
        block(cast, TODAY + timedelta(days=first), TODAY + timedelta(days=last))
        (other,) = self.page(cast, "sara", WorkNeed.CARE).elsewhere
        assert bool(other.threads) is not closes

    def test_a_thread_is_covered_whole_and_beside_it_others_are_read(self, post, cast):
        covered, free = post.begin(title="Spärrad"), post.begin(title="Fri")
        post.write("karin", covered, by=replace(cast.actor("karin"), now=cast.now + timedelta(days=2)))
        block(cast, TODAY + timedelta(days=2))
        found = {
            one.decision.rule_id: one.threads for one in self.page(cast, "sara", WorkNeed.CARE).elsewhere
        }
        assert {rule: [one.thread.pk for one in threads] for rule, threads in found.items()} == {
            "8.2.3": [],
            "8.2.2": [free.pk],
        }

    def test_a_block_against_other_care_providers_hides_nothing_inside(self, post, cast):
        post.begin()
        AccessBlock.objects.create(
            child=cast.child("alva"), kind="outer", controller=post.unit().controller, created_at=cast.now
        )
        (other,) = self.page(cast, "sara", WorkNeed.CARE).elsewhere
        assert other.decision.rule_id == "8.2.2.outer" and other.threads

    def test_another_care_provider_learns_nothing(self, post, cast):
        post.begin()
        assert self.page(cast, "lena", WorkNeed.CARE).elsewhere == []

    def test_the_choice_is_logged_with_its_rule_and_purpose(self, post, cast):
        post.begin()
        commands.choose_actively(
            by=cast.actor("sara"), child_id=cast.child("alva").pk, purpose=WorkNeed.OTHER_WORK
        )
        row = AccessLogRow.objects.get(what="message.choice")
        assert (row.rule, row.purpose, row.outcome) == ("8.2.2", "other_work", Outcome.ALLOWED)

    def test_the_reading_of_kept_threads_is_told_to_no_other_guardian(self, post, cast):
        post.begin()
        self.page(cast, "karin")
        assert AccessLogRow.objects.filter(what="message.kept.page").exists()
        Thread.objects.update(visibility="all")
        self.page(cast, "karin")
        assert AccessLogRow.objects.filter(what="message.page").exists()


class TestConstantQuestions:
    """As many questions for thirty threads as for three."""

    def fill(self, post, cast, n):
        made = [post.begin(title=f"{k}", visibility="all") for k in range(3)]
        copies = [
            Thread(
                child_id=made[0].child_id, unit_id=made[0].unit_id, guardian_id=made[0].guardian_id,
                title=f"Kopia {k}", visibility="all", answer_by=TODAY, revision=1,
                opened_at=cast.now, changed_at=cast.now,
            )
            for k in range(n)
        ]  # fmt: skip
        Thread.objects.bulk_create(copies)
        words = {"side": "family", "text": "Hej", "written_by": cast.maria, "role": "guardian"}
        Message.objects.bulk_create(
            Message(thread=one, number=1, written_at=cast.now, **words) for one in copies
        )

    @pytest.mark.parametrize("who", ["inbox", "family", "child", "elsewhere"])
    def test_however_many(self, post, cast, who):
        alva = cast.child("alva")
        asks = {
            "inbox": lambda: queries.inbox(cast.actor("karin"), "unit"),
            "family": lambda: queries.family_threads(cast.actor("maria"), alva),
            "child": lambda: queries.child_page(cast.actor("karin"), alva.pk),
            "elsewhere": lambda: queries.child_page(cast.actor("sara"), alva.pk, WorkNeed.CARE),
        }[who]
        self.fill(post, cast, 0)
        few = sql(asks)
        self.fill(post, cast, 30)
        assert sql(asks) == few <= 20

    def test_of_a_long_thread(self, post, cast):
        thread = post.begin()
        karin = cast.actor("karin")
        commands.read(by=karin, thread_id=thread.pk)
        few = sql(lambda: commands.read(by=karin, thread_id=thread.pk))
        for n in range(20):
            post.write("karin" if n % 2 else "maria", thread, f"{n}")
        assert sql(lambda: commands.read(by=karin, thread_id=thread.pk)) == few


def test_one_may_read_and_not_begin_without_the_permission(cast):
    """Two permissions of one kind of information: the gate draws the same set for both."""
    alva = cast.child("alva").pk
    for permission in (Permission.SEE_MESSAGES, Permission.WRITE_MESSAGE):
        assert gate.children_for(cast.actor("maria"), permission, alva).exists()
    assert not gate.children_for(cast.actor("karin"), Permission.WRITE_MESSAGE, alva).exists()
    assert gate.children_for(cast.actor("karin"), Permission.ANSWER_MESSAGES, alva).exists()


@pytest.mark.parametrize("whose", [None, "maria"])
@pytest.mark.parametrize("chosen", Visibility)
def test_the_table_itself_refuses_what_its_writer_may_not_choose(post, cast, whose, chosen):
    about = {"child": cast.child("alva"), "unit": post.unit(), "answer_by": TODAY, "title": "-"}
    when = {"opened_at": cast.now, "changed_at": cast.now}
    guardian = cast.guardian(whose) if whose else None

    def create():
        with transaction.atomic():
            Thread.objects.create(guardian=guardian, visibility=chosen, **about, **when)

    if chosen in rules.choices_of(guardian=bool(whose)):
        create()
    else:
        with pytest.raises(IntegrityError):
            create()
