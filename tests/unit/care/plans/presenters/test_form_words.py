"""The pages with one form: what each asks, what its button says, and where one comes back to.

The texts are the product's own; here each stands once more, so that none can change by mistake.
"""

from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from kring.care.plans.presenters import consent, describe, items, process, settling
from kring.care.plans.rules import Ball, Gap, Step
from tests.unit.care.plans.presenters import rows
from tests.unit.care.plans.presenters.rows import NAMES, OUR_UNIT, PLAN, person, plan

TO_PLAN = ("plan-page", "Tillbaka till planen")
TO_CONSENT = ("plan-consent", "Tillbaka till samtycket")

PAGES = [
    (lambda: describe.decline(plan()), "Planen görs inte", "Spara att planen inte görs", TO_PLAN,
     "Ni får bara undantagsvis säga nej till en plan som någon har bett om."),
    (lambda: describe.leave(plan()), "Ska verksamheten lämna planen?", "Lämna planen", TO_PLAN,
     "Planen stängs för verksamheten direkt. Det den själv har skrivit står kvar."),
    (lambda: describe.nothing_now(plan()), "Vi gör inget just nu", "Spara", TO_PLAN,
     "Då ser alla att ni är med, fast ni inte gör något just nu."),
    (lambda: describe.withdraw(plan()), "Ta tillbaka samtycket?", "Ta tillbaka samtycket", TO_CONSENT,
     "Planen stängs direkt för de verksamheter som samtycket öppnade den för."),
    (lambda: describe.parties(plan(), "", 0), "Bjud in en verksamhet", "Bjud in", TO_PLAN,
     "Den ser ingenting förrän familjen har sagt ja till just den."),
    (lambda: settling.new_version(rows.content()), "Gör en ny version", "Gör versionen", TO_PLAN,
     "En version är det som ni har kommit överens om just nu. Äldre versioner finns kvar."),
    (lambda: settling.follow_up(rows.content(), rows.TODAY), "Följ upp planen", "Spara uppföljningen",
     TO_PLAN, "Ett mål i taget. Fråga barnet först hur det går."),
    (lambda: settling.move(plan()), "Flytta uppföljningen", "Spara den nya dagen", TO_PLAN,
     "Nu är den satt till ingen dag. Alla flyttar räknas och syns i planen."),
    (lambda: settling.close(plan()), "Avsluta planen", "Avsluta planen", TO_PLAN,
     "När planen avslutas går den inte att ändra mer. Alla som är med kan läsa den."),
    (lambda: consent.answer_page(rows.content(), rows.signer(), NAMES), "Svar om samtycke", "Spara svaret",
     TO_CONSENT, "Maria Berg svarar. Båda svaren är lika bra, och det går att ändra sig när som helst."),
    (lambda: describe.part(plan(), "viktigt"), "Vad är viktigt för dig?", "Spara", TO_PLAN,
     "Barnets egna ord står först i planen. Ändra inte i dem."),
    (lambda: describe.part(plan(), "nulage"), "Nuläget", "Spara", TO_PLAN, ""),
    (lambda: describe.part(plan(), "insatser"), "Vilka insatser som behövs", "Spara", TO_PLAN, ""),
    (lambda: describe.part(plan(), "andra"), "Vad någon annan gör", "Spara", TO_PLAN, ""),
    (lambda: describe.part(plan(), "ansvar"), "Vem som har ansvaret", "Spara", TO_PLAN,
     "En huvudman har det övergripande ansvaret, och en person är samordnare."),
    (lambda: describe.part(plan(), "tidiga-tecken"), "Tidiga tecken", "Spara", TO_PLAN, ""),
    (lambda: items.page(plan(), "need"), "Lägg till behov", "Spara", TO_PLAN,
     "Ett behov i taget. Er verksamhet står som den som har skrivit det."),
    (lambda: items.page(plan(), "goal"), "Lägg till mål", "Spara", TO_PLAN,
     "Ett mål i taget, med barnets ord först."),
    (lambda: items.page(plan(), "activity"), "Lägg till insats", "Spara", TO_PLAN,
     "Vem gör vad till när? En insats i taget."),
]  # fmt: skip


@pytest.mark.parametrize(("make", "title", "button", "back", "lead"), PAGES)
def test_each_page_says_what_it_is_what_its_button_does_and_the_way_back(make, title, button, back, lead):
    words = make()
    assert (str(words["title"]), str(words["button"]), str(words["lead"])) == (title, button, lead)
    name, label = back
    assert (words["back"], words["back_words"]) == (reverse(name, args=[PLAN]), label)


def test_starting_begins_at_the_child_and_comes_back_there():
    words = describe.start(UUID(int=5))
    assert words["title"] == "Starta en samordnad individuell plan (SIP)"
    assert words["lead"] == (
        "Det räcker att en verksamhet ser behovet. De andra kan inte säga nej till att delta."
    )
    assert (words["button"], words["back_words"]) == ("Starta planen", "Tillbaka till barnets sida")
    assert str(UUID(int=5)) in words["back"]


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("child", "barnet"),
        ("guardian", "vårdnadshavare"),
        ("professional", "personal"),
        ("other", "någon annan"),
    ],
)
def test_whoever_asked_is_told_of_and_no_is_the_smaller_way(who, told):
    words = describe.accept(plan(requested_by=who, what_matters="Att orka"))
    assert words["lead"] == (
        f"Planen är önskad av: {told}. När ni beslutar att göra den stannar klockan för start."
    )
    assert (words["title"], words["button"]) == ("Ska planen göras?", "Ja, starta planen")
    assert words["also"] == {"href": reverse("plan-decline", args=[PLAN]), "label": "Planen ska inte göras"}
    assert words["quote"] == "Att orka"


# Items


@pytest.mark.parametrize(
    ("fields", "lead"),
    [
        (
            {"responsible_person": person("Peter Holm")},
            "Ringa. Görs av Peter Holm, BUM. Skrivet av BUM, som kan ändra resten.",
        ),
        ({}, "Ringa. Görs av BUM. Skrivet av BUM, som kan ändra resten."),
        ({"what": "Ringa skolan."}, "Ringa skolan. Görs av BUM. Skrivet av BUM, som kan ändra resten."),
        ({"unit": None}, "Ringa. Görs av BUM. Skrivet av familjen, som kan ändra resten."),
        (
            {"responsible": "third_party", "responsible_words": "Simklubben"},
            "Ringa. Görs av Simklubben, Utanför verksamheterna. Skrivet av BUM, som kan ändra resten.",
        ),
    ],
)
def test_whoever_only_does_it_is_told_what_by_whom_and_who_may_change_the_rest(fields, lead):
    words = items.only_status(rows.activity(**fields))
    assert (words["title"], words["lead"], words["also"]) == ("Hur går det?", lead, None)


@pytest.mark.parametrize("kind", items.TITLES)
def test_taking_an_item_out_is_a_page_of_its_own(kind):
    item = Row(pk=UUID(int=4))
    also = items.page(plan(), kind, item)["also"]
    assert also == {"href": reverse("plan-remove", args=[kind, item.pk]), "label": "Ta bort ur planen"}


def test_a_removal_has_its_own_button():
    words = items.removal(Row(plan=plan(), text="Lek"), "need")
    assert words["button"] == "Ta bort"
    assert words["lead"].startswith("Det försvinner ur planen som den är nu.")


def test_goals_to_choose_among_are_named_by_their_beginning():
    long = rows.goal(words="Jag vill " + "läsa " * 30)
    ((value, label),) = items.goal_choices(rows.content(goals=[long]))
    assert (value, len(label)) == (str(long.goal.pk), 80)


# What stops a plan from being established


def establish(status="draft", state="valid", gaps=(), **fields):
    one = plan(
        status=status, needed_efforts="Stöd", other_measures="Inget", what_matters="Att orka", **fields
    )
    return settling.establish(rows.content(one, gaps=gaps, consent=rows.consent(state)), NAMES)


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({}, True),
        ({"state": "waiting"}, False),
        ({"state": "conflict"}, False),
        ({"state": "no_signer"}, False),
        ({"gaps": (Gap("overall_responsible", "vem"),)}, False),
        ({"status": "established"}, False),
    ],
)
def test_a_plan_is_established_when_nothing_is_missing_and_only_once(fields, may):
    words = establish(**fields)
    assert words["may"] is may
    assert words["settled"] is (fields.get("status") == "established")


def test_each_thing_that_stops_it_leads_to_where_it_is_mended():
    gaps = (Gap("needed_efforts", "x"), Gap("each_party", "x"), Gap("overall_responsible", "x"))
    assert establish(gaps=gaps)["stops"] == [
        ("Vilka insatser som behövs", reverse("plan-describe", args=[PLAN, "insatser"])),
        ("Vad varje verksamhet ansvarar för", reverse("plan-activity-add", args=[PLAN])),
        ("Vem som har det övergripande ansvaret", reverse("plan-describe", args=[PLAN, "ansvar"])),
    ]


def test_the_check_has_the_child_first_the_four_items_and_consent_last():
    found = establish(overall_responsible=OUR_UNIT.controller)["rows"]
    assert [row["label"] for row in found] == [
        "Viktigt för barnet",
        "Vilka insatser som behövs",
        "Vad varje verksamhet ansvarar för",
        "Vad någon annan gör, eller att inget behövs",
        "Vem som har det övergripande ansvaret",
        "Samtycke",
    ]
    assert [row["value"] for row in found] == [
        "Att orka", "Stöd", "Alla har skrivit", "Inget", "BUMs huvudman", "Samtycke finns",
    ]  # fmt: skip
    assert found[0]["href"] == reverse("plan-describe", args=[PLAN, "viktigt"])
    assert found[2]["href"] == reverse("plan-page", args=[PLAN]), "what all have written is read on the plan"
    assert found[5]["href"] == establish()["consent_href"] == reverse("plan-consent", args=[PLAN])


def test_missing_words_of_the_child_are_said_to_be_missing():
    words = settling.establish(rows.content(plan()), NAMES)
    assert words["rows"][0]["value"] == "Inte ifyllt än"
    assert (words["title"], words["button"]) == ("Kontrollera och fastställ planen", "Fastställ planen")


@pytest.mark.parametrize(("status", "settled"), [("draft", False), ("established", True), ("ended", False)])
def test_a_version_and_a_follow_up_are_of_an_established_plan(status, settled):
    content = rows.content(plan(status=status))
    assert settling.new_version(content)["settled"] is settled
    assert settling.follow_up(content, rows.TODAY)["settled"] is settled


def test_a_follow_up_shows_how_each_goal_stands_now():
    goals = [rows.goal(status="reached"), rows.goal(status="not_started")]
    assert settling.follow_up(rows.content(goals=goals), rows.TODAY)["marks"] == [
        ("done", "Uppnått"),
        ("draft", "Inte börjat"),
    ]


# The four items, one by one


@pytest.mark.parametrize("in_charge", [True, False])
@pytest.mark.parametrize("status", ["draft", "established", "ended"])
@pytest.mark.parametrize("missing", [True, False])
def test_who_may_fill_in_or_change_which_item(in_charge, status, missing):
    codes = ("needed_efforts", "each_party", "other_measures", "overall_responsible")
    gaps = tuple(Gap(code, "x") for code in codes) if missing else ()
    checks = process.checklist(rows.content(plan(status=status), in_charge=in_charge, gaps=gaps))
    going = status != "ended"
    # Each party writes what it does itself; what is written already is changed on the plan.
    expected = [going and in_charge, going and missing, going and in_charge, going and in_charge]
    assert [bool(check.href) for check in checks] == expected
    assert {check.action for check in checks} == {"Fyll i" if missing else "Ändra"}
    assert {check.done for check in checks} == {not missing}


@pytest.mark.parametrize(
    ("measures", "doers", "text"),
    [
        ("Morfar läser", (), "Morfar läser"),
        ("Morfar läser", ("family",), "Morfar läser"),
        ("", ("family",), "1 insats"),
        ("", ("family", "third_party", "unit"), "2 insatser"),
        ("", ("unit",), ""),
    ],
)
def test_the_third_item_is_words_or_what_others_do(measures, doers, text):
    made = [rows.activity(responsible=doer) for doer in doers]
    content = rows.content(plan(other_measures=measures), activities=made)
    assert process.checklist(content)[2].text == text


def test_a_missing_item_is_said_to_be_missing_even_without_units_to_name():
    checks = process.checklist(rows.content(gaps=(Gap("each_party", "x"),)))
    assert (checks[1].done, checks[1].text) == (False, "Saknas")


# The next step leads to the meeting that is meant


def step(*summonses, kind="sip_meeting", **fields):
    made = [rows.called(one) for one in summonses]
    content = rows.content(next_step=Step(kind, Ball.OURS, rows.TODAY), summonses=made, **fields)
    return process.next_step(content, rows.TODAY)


def test_the_step_of_a_meeting_leads_to_the_latest_summons_that_is_out():
    old, out, off, draft = (
        rows.summons(), rows.summons(), rows.summons(cancelled_at=rows.NOW), rows.summons(sent_at=None),
    )  # fmt: skip
    assert step(old, out, off, draft).href == reverse("summons", args=[out.pk])
    for none_out in ((), (off,), (draft,), (off, draft)):
        assert step(*none_out).href == reverse("plan-meetings", args=[PLAN])


@pytest.mark.parametrize(
    "kind", [kind for kind, (_w, _a, name) in process.STEPS.items() if not name.startswith("summons")]
)
def test_every_other_step_leads_to_its_own_page(kind):
    words = step(kind=kind)
    assert words.href == reverse(process.STEPS[kind][2], args=[PLAN])
    assert words.what == str(process.STEPS[kind][0])
    assert words.action


@pytest.mark.parametrize("kind", ["sip_times", "sip_pick_time"])
def test_a_question_about_times_leads_to_its_page(kind):
    asking = Row(pk=uuid4())
    words = step(kind=kind, asking=(asking,))
    assert words.href == reverse("summons-times", args=[asking.pk])


def test_a_step_due_today_is_not_late():
    words = step()
    assert (words.late, words.when) == (False, "Senast mån 16 nov 2026 · I dag")


def test_a_step_that_the_page_does_not_know_is_not_shown():
    assert step(kind="sip_unheard_of") is None
