"""Consent, the call to a meeting, the meeting, and what comes of it, as pages."""

from datetime import timedelta

import pytest

from kring.care.plans import commands
from kring.care.plans.models import Activity, FollowUp, Invitation, Meeting, Summons
from kring.children.models import Child, Consent
from tests.told import once
from tests.unit.care.plans.pages import Browser, day, errors, targets_exist, title


@pytest.fixture
def karin(story):
    return Browser(story)


def wish(**fields):
    whole = {
        "child_takes_part": "a_while", "question": "Hur gör vi skoldagen lättare?", "time": "10.00",
        "minutes": "45", "place": "Grupprum Eken", "day_0": "24", "day_1": "november", "day_2": "2026",
    }  # fmt: skip
    return whole | fields


# Consent.


def test_each_guardians_state_is_shown(karin, story):
    story.started().joined()
    story.answer("maria")
    page = karin.text("open", "plan-consent", story.plan_id)
    assert "Svar väntas från: Johan Åberg" in page
    assert "Ej tillfrågad" in page
    assert "Ja från Maria Berg. Väntar på fler." in page
    assert "Får se</span>" not in page.replace("\n", "")


def test_an_answer_is_recorded_with_its_cells_form_and_last_day(karin, story):
    story.started().joined()
    maria = story.cast.guardian("maria").pk
    cells = [f"{story.school}:plan", f"{story.pupil_health}:appointment"]
    ends = day("ends_on", story.today + timedelta(days=100))
    answer = karin.send(
        "plan-consent-answer", story.plan_id, maria, state="given", form="oral", cells=cells, **ends
    )
    assert answer.status_code == 302
    consent = Consent.objects.get(guardian_id=maria)
    assert {(scope.unit_id, scope.category) for scope in consent.scopes.all()} == {
        (story.school, "plan"),
        (story.pupil_health, "appointment"),
    }
    assert (consent.form, consent.ends_on) == ("oral", story.today + timedelta(days=100))


def test_yes_and_no_weigh_the_same_and_none_is_chosen_beforehand(karin, story):
    story.started().joined()
    page = karin.text("open", "plan-consent-answer", story.plan_id, story.cast.guardian("maria").pk)
    assert 'value="given"' in page
    assert 'value="refused"' in page
    assert " checked" not in page


def test_a_yes_to_nothing_is_asked_about(karin, story):
    story.started().joined()
    maria = story.cast.guardian("maria").pk
    answer = karin.send("plan-consent-answer", story.plan_id, maria, state="given", form="oral")
    assert [place for place, _ in errors(answer)] == ["cells_0"]
    assert targets_exist(answer)


@pytest.mark.parametrize("cell", ["x", ":", "7b1d3c52-95c1-4f43-8c0a-d2f1f1b6c111:plan", "\x00"])
def test_cells_of_strangers_are_refused(karin, story, cell):
    story.started().joined()
    maria = story.cast.guardian("maria").pk
    answer = karin.send("plan-consent-answer", story.plan_id, maria, state="given", form="oral", cells=[cell])
    assert answer.status_code == 422
    assert not Consent.objects.exists()


def test_somebody_who_is_no_guardian_has_no_page(karin, story):
    story.started()
    stranger = story.cast.guardian("leila").pk
    assert karin.open("plan-consent-answer", story.plan_id, stranger).status_code == 404
    assert karin.open("plan-consent-answer", story.plan_id, "grannen").status_code == 404


def test_taking_back_is_as_easy_as_giving(karin, story):
    story.together()
    consent = Consent.objects.filter(guardian=story.cast.guardian("maria")).get()
    assert f"/planer/samtycke/{consent.pk}/aterta/" in karin.text("open", "plan-consent", story.plan_id)
    karin.send("plan-consent-withdraw", consent.pk)
    assert "Återtaget" in karin.text("open", "plan-consent", story.plan_id)
    assert Browser(story, "lena", "school_nurse").open("plan-consent", story.plan_id).status_code == 403


def test_a_no_is_said_to_be_a_no(karin, story):
    story.started().joined()
    story.answer("maria", state="refused", cells=())
    assert "Ett nej får inte gå att komma runt." in karin.text("open", "plan-consent", story.plan_id)


# Summons.


def test_a_call_is_written_checked_and_sent(karin, story):
    story.together()
    answer = karin.send("summon", story.plan_id, **wish())
    summons = Summons.objects.get()
    assert answer.headers["Location"] == f"/moten/kallelser/{summons.pk}/kontrollera/"
    assert summons.sent_at is None
    page = karin.text("open", "summons-check", summons.pk)
    for words in ("En stund", "Grupprum Eken", "tis 24 nov 2026 kl. 10.00", "Klockan 10."):
        assert words in page
    karin.send("summons-check", summons.pk, unit_ids=[str(story.school)])
    summons.refresh_from_db()
    assert summons.sent_at is not None
    called = set(summons.invitations.exclude(unit=None).values_list("unit_id", flat=True))
    assert called == {story.school, story.karin.unit_id}


def test_nothing_is_called_without_the_childs_wish(karin, story):
    story.together()
    answer = karin.send("summon", story.plan_id, **wish(child_takes_part=""))
    assert errors(answer) == [
        ("child_takes_part_0", "Fyll i «Så vill barnet vara med» innan kallelsen skickas.")
    ]
    assert title(answer).startswith("Fel:")
    assert not Summons.objects.exists()


def test_place_or_link_is_needed(karin, story):
    story.together()
    answer = karin.send("summon", story.plan_id, **wish(place=""))
    assert errors(answer) == [("place", "Ange en plats eller en länk till mötet.")]
    assert (
        karin.send("summon", story.plan_id, **wish(place="", link="https://mote.example.se/a")).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time", "25.00"),
        ("minutes", "5"),
        ("minutes", "9" * 400),
        ("link", "javascript:alert(1)"),
        ("day_1", "x"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(karin, story, field, value):
    story.together()
    answer = karin.send("summon", story.plan_id, **wish(**{field: value}))
    assert answer.status_code == 422
    assert [place.removesuffix("_0") for place, _ in errors(answer)] == [field.removesuffix("_1")]


def said_itself(story, **answers):
    """The child prepares for its meeting and sends."""
    commands.prepare_meeting(by=story.alva, plan_id=story.plan_id, step=7, **answers)
    commands.send_preparation(by=story.alva, plan_id=story.plan_id)


def test_what_the_child_itself_has_answered_is_told_and_not_asked(karin, story):
    story.together()
    said_itself(story, takes_part="before")
    page = karin.text("open", "summon", story.plan_id)
    assert "<strong>Prata före mötet</strong>" in page
    assert "Barnet har själv svarat" in page
    assert 'name="child_takes_part"' not in page
    # Whatever is sent along with the form, the child's answer stands.
    karin.send("summon", story.plan_id, **wish(child_takes_part="whole"))
    made = Summons.objects.get()
    assert (made.child_takes_part, made.child_said_itself) == ("before", True)
    assert 'name="child_takes_part"' not in karin.text("open", "summons-edit", made.pk)


OWN = "Någon pratar för mig (barnet har själv svarat)"


def test_the_child_s_answer_after_the_summons_stands_first_for_everybody(karin, story):
    """The normal order: the summons is sent with what staff wrote, then the child prepares."""
    summons = story.together().summoned()
    for who in ("karin", "lena"):
        reader = Browser(story, who, {"lena": "school_nurse"}.get(who))
        assert "En stund" in reader.text("open", "summons", summons.pk)
    said_itself(story, takes_part="spokesperson", wish="Sitta längst fram")
    for who, name in (("karin", "summons"), ("lena", "summons"), ("karin", "meeting-start")):
        page = Browser(story, who, {"lena": "school_nurse"}.get(who)).text("open", name, summons.pk)
        assert ("Sitta längst fram" in page) is (who == "karin"), "the rest is for who keeps the plan"
        assert (OWN in page) is (name == "summons")
    story.called_today(summons)
    meeting = commands.start_meeting(by=story.karin, summons_id=summons.pk)
    page = karin.text("open", "meeting", meeting.pk)
    assert OWN in page
    assert page.index(OWN) < page.index("Sitta längst fram") < page.index('name="child_words"')
    assert "En stund</dd>" not in page


def test_the_notice_leads_to_what_the_child_has_prepared(karin, story):
    story.together()
    said_itself(story, good_at="Rita")
    page = karin.text("open", "plan-meetings", story.plan_id)
    assert "Det barnet har förberett" in page
    assert "Rita" in page
    lena = Browser(story, "lena", "school_nurse")
    assert "Rita" not in lena.text("open", "plan-meetings", story.plan_id)


def test_what_was_prepared_for_the_last_meeting_is_not_shown_as_new(karin, story):
    story.together()
    said_itself(story, takes_part="a_while", good_at="Rita")
    story.held()
    second = story.later(30).summoned()
    assert "Rita" not in karin.text("open", "summons", second.pk)
    assert "barnet har själv svarat" not in karin.text("open", "summons", second.pk)
    assert "Rita" not in karin.text("open", "plan-meetings", story.plan_id)


def test_a_call_that_is_begun_is_gone_on_with(karin, story):
    story.together()
    draft = story.draft()
    assert karin.open("summon", story.plan_id).headers["Location"] == f"/moten/kallelser/{draft.pk}/skriv/"
    karin.send("summons-edit", draft.pk, **wish(question="Ny fråga"))
    draft.refresh_from_db()
    assert draft.question == "Ny fråga"


def test_nobody_sends_what_somebody_else_has_just_changed(karin, story):
    story.together()
    draft = story.draft()
    commands.edit_summons(by=story.karin, summons_id=draft.pk, seen=draft.revision, question="Ändrad fråga")
    answer = karin.post("summons-check", draft.pk, seen=draft.revision)
    assert answer.status_code == 409
    assert "Någon har ändrat medan du läste." in answer.content.decode()
    assert "Ändrad fråga" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.sent_at is None


def test_without_consent_nothing_is_sent(karin, story):
    story.started().joined()
    draft = story.draft()
    answer = karin.send("summons-check", draft.pk)
    assert answer.status_code == 422
    assert "Samtycke saknas från: Johan Åberg, Maria Berg" in answer.content.decode()


def test_an_invited_unit_answers(story):
    story.together()
    summons = story.summoned()
    lena = Browser(story, "lena", "school_nurse")
    assert "Väntar på ert svar" in lena.text("open", "meetings")
    invitation = story.invitation(summons, unit_id=story.pupil_health)
    empty = lena.send("summons-answer", invitation.pk, answer="declines")
    assert errors(empty) == [("reason", "Skriv varför ni inte kan komma.")]
    lena.send("summons-answer", invitation.pk, answer="substitute", substitute="Mia Ro")
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.substitute) == ("substitute", "Mia Ro")
    assert "Väntar på ert svar" not in lena.text("open", "meetings")
    assert "Mia Ro" in lena.text("open", "summons", summons.pk)


def test_what_the_family_said_on_the_telephone_is_written_in(karin, story):
    story.together()
    invitation = story.invitation(story.summoned(), guardian=story.cast.guardian("maria"))
    assert 'value="substitute"' not in karin.text("open", "summons-answer", invitation.pk)
    karin.send("summons-answer", invitation.pk, answer="comes")
    assert Invitation.objects.get(pk=invitation.pk).answer == "comes"


def test_a_unit_cannot_answer_for_another(story):
    story.together()
    invitation = story.invitation(story.summoned(), unit_id=story.pupil_health)
    answer = Browser(story, "jonas").post("summons-answer", invitation.pk, answer="comes")
    assert answer.status_code == 422
    assert Invitation.objects.get(pk=invitation.pk).answer == "none"


def test_calling_off_needs_a_reason_that_all_can_read(karin, story):
    story.together()
    summons = story.summoned()
    assert [place for place, _ in errors(karin.send("summons-cancel", summons.pk))] == ["reason"]
    karin.send("summons-cancel", summons.pk, reason="Barnet är sjukt")
    page = Browser(story, "lena", "school_nurse").text("open", "summons", summons.pk)
    assert "Mötet är inställt" in page
    assert "Barnet är sjukt" in page


def test_a_draft_is_nobody_elses_business(story):
    story.together()
    draft = story.draft()
    lena = Browser(story, "lena", "school_nurse")
    assert lena.open("summons", draft.pk).status_code == 404
    assert f"/moten/kallelser/{draft.pk}/" not in lena.text("open", "plan-meetings", story.plan_id)


def test_the_list_costs_the_same_with_many_meetings(karin, story):
    story.together()
    story.summoned()
    few = karin.questions("meetings")
    for _ in range(4):
        story.summoned()
    assert karin.questions("meetings") == few <= 12


def test_a_protected_child_is_not_named_in_the_list_and_opens_only_with_a_reason(karin, story):
    story.together()
    summons = story.summoned()
    Child.objects.filter(pk=story.child_id).update(protection="flag")
    story.plan.child.protected_group.create(
        person_id=story.karin.person_id, added_by_id=story.karin.person_id, added_at=story.now, reason="vård"
    )
    page = karin.text("open", "meetings")
    assert "Skyddade personuppgifter" in page
    assert "Alva" not in page
    assert "Biblioteket" not in page
    for name, key in (("plan-page", story.plan_id), ("summons", summons.pk)):
        assert "/oppna/" in karin.open(name, key).headers["Location"]


# The meeting.


@pytest.fixture
@once
def meeting(story):
    story.established()
    return commands.start_meeting(by=story.karin, summons_id=story.called_today().pk)


def everyone(meeting):
    return [str(key) for key in meeting.summons.invitations.values_list("pk", flat=True)]


def test_the_meeting_begins_with_a_question_and_is_one(karin, story):
    story.together()
    summons = story.called_today()
    first = karin.send("meeting-start", summons.pk)
    second = karin.send("meeting-start", summons.pk)
    assert first.headers["Location"] == second.headers["Location"]
    assert Meeting.objects.count() == 1


def test_the_childs_words_come_first_on_the_page(karin, meeting, story):
    story.describe(what_matters="Jag vill rita")
    page = karin.text("open", "meeting", meeting.pk)
    assert page.index("Jag vill rita") < page.index('id="vilka"') < page.index('id="beslut"')


def test_whatever_is_pressed_all_is_saved(karin, meeting, story):
    fields = {
        "child_words": "Paus",
        "notes": "Anteckning",
        "present": everyone(meeting)[:2],
        "names": "Tolken\n",
    }
    karin.send(
        "meeting", meeting.pk, do="decide", what="Ringa", who="family", **fields, **day("due_on", story.today)
    )
    meeting.refresh_from_db()
    assert (meeting.child_words, meeting.notes) == ("Paus", "Anteckning")
    assert meeting.attendances.count() == 3
    assert Activity.objects.get(what="Ringa").responsible == "family"
    page = karin.text("open", "meeting", meeting.pk)
    assert page.count(" checked") == 3, "how the child was with, who was there, who reads it as usual"
    assert "Tolken" in page


def test_hiding_names_in_the_meeting_saves_what_is_written(karin, meeting):
    karin.send("meeting", meeting.pk, do="hide", child_words="Paus")
    page = karin.text("open", "meeting", meeting.pk)
    assert "Alva Berg" not in page
    assert "Paus" in page
    assert "Visa personuppgifter" in page


def test_enter_in_a_field_only_saves(karin, meeting):
    page = karin.text("open", "meeting", meeting.pk)
    form = page[page.index('<form class="k-form"') :]
    assert form.index('name="do" value="write"') < form.index('name="do" value="hide"')


def test_a_decision_without_words_is_asked_for_and_the_rest_kept(karin, meeting):
    answer = karin.send("meeting", meeting.pk, do="decide", child_words="Paus")
    assert errors(answer) == [("what", "Skriv vad som ska göras.")]
    assert "Paus" in answer.content.decode()


def test_ending_asks_for_the_childs_words_part_and_who_was_there(karin, meeting):
    answer = karin.send("meeting", meeting.pk, do="end")
    assert errors(answer) == [("child_words", "Skriv barnets egna ord, eller varför de saknas.")]
    answer = karin.send("meeting", meeting.pk, do="end", child_words="Paus")
    assert errors(answer) == [("child_took_part_0", "Ange hur barnet var med.")]
    answer = karin.send("meeting", meeting.pk, do="end", child_words="Paus", child_took_part="whole")
    assert errors(answer) == [("present_0", "Markera vilka som var med på mötet.")]
    meeting.refresh_from_db()
    assert (meeting.ended_at, meeting.child_words) == (None, "")


def test_after_the_meeting_everyone_sees_what_was_decided(karin, meeting, story):
    fields = {"child_words": "Jag vill vila", "child_took_part": "whole", "present": everyone(meeting)}
    answer = karin.send("meeting", meeting.pk, do="end", what="Vila efter lunch", who="family", **fields)
    assert answer.headers["Location"] == f"/moten/{meeting.pk}/efter/"
    for reader in (karin, Browser(story, "lena", "school_nurse")):
        page = reader.text("open", "meeting-after", meeting.pk)
        assert "Jag vill vila" in page
        assert "Vila efter lunch" in page
        assert "Albackeskolan" in page
    assert karin.open("meeting", meeting.pk).status_code == 302


def test_two_note_takers_do_not_overwrite_each_other(karin, meeting, story):
    commands.write_meeting(by=story.karin, meeting_id=meeting.pk, seen=meeting.revision, notes="Kollegans")
    answer = karin.post("meeting", meeting.pk, do="write", seen=meeting.revision, saw="x", notes="Mina")
    assert answer.status_code == 409
    assert "Kollegans" in answer.content.decode()
    fields = {
        "conflict": "1",
        "keep-notes": "both",
        "seen": meeting.revision + 1,
        "do": "write",
        "notes": "Mina",
        "visibility": "default",
    }
    assert karin.post("meeting", meeting.pk, **fields).status_code == 302
    meeting.refresh_from_db()
    assert meeting.notes == "Kollegans\n\nMina"


def test_the_leader_reads_what_the_child_has_prepared(karin, meeting, story):
    commands.prepare_meeting(
        by=story.alva, plan_id=story.plan_id, step=3, good_at="Att rita", hard="Långa ord"
    )
    assert "Att rita" not in karin.text("open", "meeting", meeting.pk)
    commands.send_preparation(by=story.alva, plan_id=story.plan_id)
    page = karin.text("open", "meeting", meeting.pk)
    assert "Att rita" in page
    assert "Långa ord" in page


# Establishing, versions, following up, ending.


def test_what_stops_the_plan_is_listed_with_the_way_to_mend_it(karin, story):
    story.started().joined()
    page = karin.text("open", "plan-establish", story.plan_id)
    assert "Planen kan inte lämna utkastet än" in page
    assert f"/planer/{story.plan_id}/skriv/ansvar/" in page
    assert "Samtycke saknas" in page
    assert ">Fastställ planen</button>" not in page


def test_answers_are_checked_before_the_plan_is_settled(karin, story):
    story.together().filled()
    page = karin.text("open", "plan-establish", story.plan_id)
    assert "Stöd i klassrummet" in page
    empty = karin.send("plan-establish", story.plan_id)
    assert [place for place, _ in errors(empty)] == ["follow_up_on_0"]
    karin.send("plan-establish", story.plan_id, **day("follow_up_on", story.today + timedelta(days=60)))
    assert story.plan.status == "established"


def test_a_new_version_shows_what_has_changed_word_by_word(karin, story):
    story.established()
    story.describe(needed_efforts="Stöd i klassrummet och träning av talet varje tisdag")
    commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Jag vill sjunga")
    assert "Jag vill sjunga" in karin.text("open", "plan-version-new", story.plan_id)
    answer = karin.send("plan-version-new", story.plan_id, reason="SIP-möte", follow=True)
    page = answer.content.decode()
    assert "Ändrat sedan version 1" in page
    assert "varje tisdag</ins>" in page
    assert "Jag vill sjunga" in page
    assert "SIP-möte" in karin.text("open", "plan-versions", story.plan_id)


def test_nothing_changed_makes_no_version(karin, story):
    story.established()
    assert "Inget har ändrats sedan den senaste versionen." in karin.text(
        "open", "plan-version-new", story.plan_id
    )
    assert karin.send("plan-version-new", story.plan_id).status_code == 422
    assert story.plan.versions.count() == 1


def test_who_has_read_is_shown(karin, story):
    story.established()
    commands.acknowledge(by=story.maria, version_id=story.plan.versions.get().pk)
    page = karin.text("open", "plan-versions", story.plan_id)
    assert "Har läst:" in page
    assert "Maria Berg, mån 16 nov 2026" in page


def test_a_follow_up_asks_about_every_goal(karin, story):
    story.established()
    goals = [
        commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words=w) for w in ("Läsa", "Sova")
    ]
    answer = karin.send("plan-follow-up", story.plan_id, **{f"status-{goals[0].pk}": "reached"})
    assert [place for place, _ in errors(answer)] == [f"status-{goals[1].pk}_0"]
    assert targets_exist(answer)
    said = {f"status-{goals[0].pk}": "reached", f"status-{goals[1].pk}": "on_the_way"}
    said[f"comment-{goals[1].pk}"] = "Bättre på helgen"
    karin.send("plan-follow-up", story.plan_id, child_words="Det går bra", **said)
    page = karin.text("open", "plan-follow-ups", story.plan_id)
    assert "Det går bra" in page
    assert "Bättre på helgen" in page
    assert FollowUp.objects.count() == 1


def test_a_moved_follow_up_is_counted(karin, story):
    story.established()
    to = day("to", story.today + timedelta(days=120))
    assert [place for place, _ in errors(karin.send("plan-follow-up-move", story.plan_id, **to))] == [
        "reason"
    ]
    karin.send("plan-follow-up-move", story.plan_id, reason="Logopeden är sjuk", **to)
    assert "Logopeden är sjuk" in karin.text("open", "plan-follow-ups", story.plan_id)
    assert "flyttad 1 gång" in karin.text("open", "plan-page", story.plan_id)


def test_the_plan_ends_with_the_childs_evaluation(karin, story):
    story.established()
    assert [place for place, _ in errors(karin.send("plan-close", story.plan_id))] == ["reason_0"]
    said = {
        "reason": "goals_reached",
        "child_listened": "5",
        "child_helped": "",
        "child_words": "Det blev bra",
    }
    karin.send("plan-close", story.plan_id, **said)
    page = karin.text("open", "plan-follow-ups", story.plan_id)
    for words in ("Planen är avslutad", "Det blev bra", "Jättebra", "Inte svarat", "Målen är uppnådda"):
        assert words in page
    assert "/planer/" + str(story.plan_id) + "/kalla/" not in karin.text("open", "plan-page", story.plan_id)


@pytest.mark.parametrize("face", ["0", "6", "-1", "x", "9" * 5000])
def test_only_the_five_faces_are_answers(karin, story, face):
    story.established()
    answer = karin.send("plan-close", story.plan_id, reason="goals_reached", child_listened=face)
    assert [place for place, _ in errors(answer)] == ["child_listened_0"]
    assert story.plan.status == "established"
