"""The words of a guardian's pages, from rows that stand in for the real ones."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.utils import translation

from kring.access.permissions import Permission
from kring.care.plans.rules.differences import Change
from kring.design import symbols
from kring.notifications.queries import AddressState
from kring.portal.family.navigation import places
from kring.portal.family.opened import PAGES
from kring.portal.family.presenters import account, home, plan, summons, times, turning, versions
from kring.portal.family.presenters.agreement import agreement_page
from kring.portal.family.presenters.consent import answer_now, consent_page, seen_state, standing_words
from kring.portal.family.presenters.deeds import by_when, deed, who_does
from kring.portal.family.presenters.sip import sip_page
from kring.portal.family.presenters.tabs import tabs
from kring.portal.family.rules import LOOK, READINGS
from kring.secrecy.queries.shares import OFFERED

TODAY = date(2026, 11, 16)
EVERY_WAY = PAGES | {Permission.SEE_OWN_RECORD, LOOK, READINGS}
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CHILD = Row(
    pk=uuid4(),
    given_name="Alva",
    name="Alva Berg",
    birth_date=date(2016, 3, 12),
    birth_precision="day",
    record_only=False,
)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def shown(word: str):
    return lambda: word


def unit(name: str = "BUM Borås", phone: str = "031-1", hours: str = "8–12") -> Row:
    return Row(pk=uuid4(), name=name, phone=phone, phone_hours=hours)


def visit(**more) -> Row:
    fields = {
        "pk": uuid4(),
        "starts_at": AT,
        "what": "Träning",
        "with_whom": "Sara",
        "bring": "",
        "unit": unit(),
        "status": "booked",
        "revision": 3,
        "get_status_display": shown("Bokad"),
        "get_mode_display": shown("På plats"),
    }
    return Row(**(fields | more))


def a_plan(**more) -> Row:
    fields = {
        "pk": uuid4(),
        "status": "established",
        "started_at": AT,
        "follow_up_on": date(2027, 2, 16),
        "coordinator": Row(name="Karin Lund"),
        "unit": unit("Habiliteringen"),
        "overall_responsible": Row(name="Regionen"),
        "what_matters": "",
        "needed_efforts": "",
        "other_measures": "",
        "early_signs": "",
        "need_identified_on": TODAY,
    }
    return Row(**(fields | more))


def card(role: str = "coordinator", **more) -> Row:
    fields = {
        "role": role,
        "role_words": "Samordnare",
        "name": "Karin Lund",
        "unit": "Habiliteringen",
        "deputy": "",
        "phone": "010-1",
        "phone_hours": "8–12",
        "note": "",
        "mandate": None,
    }
    return Row(**(fields | more))


@pytest.mark.parametrize(
    ("name", "owner"), [("Alva", "Alvas"), ("Hans", "Hans"), ("Max", "Max"), ("Li", "Lis")]
)
def test_whose(name, owner):
    assert home.genitive(name) == owner


@pytest.mark.parametrize("name", ["Alva", "Hans"])
def test_a_name_owns_in_english_too(name: str):
    with translation.override("en"):
        assert home.genitive(name) == f"{name}’s"


@pytest.mark.parametrize(
    ("plan_", "status", "words"),
    [
        (None, "Ingen plan", "Du kan be om en"),
        (a_plan(started_at=None), "Väntar på svar", "Habiliteringen svarar er"),
        (a_plan(status="draft"), "Görs nu", "tillsammans med er"),
        (a_plan(), "Gäller", "Nästa uppföljning: tis 16 feb 2027."),
        (a_plan(follow_up_on=None), "Gäller", "Planen gäller."),
    ],
)
def test_how_the_plan_stands_in_one_word(plan_, status, words):
    line = home._plan_line(plan_, CHILD)
    assert line.status == status
    assert words in line.text


def test_the_coordinator_of_the_plan_is_added_only_when_nobody_is_named():
    assert [one.name for one in home.contacts([], a_plan())] == ["Karin Lund"]
    assert [one.name for one in home.contacts([card()], a_plan())] == ["Karin Lund"]
    both = home.contacts([card("named_care_contact", name="Eva Strand")], a_plan())
    assert [one.name for one in both] == ["Karin Lund", "Eva Strand"]
    assert home.contacts([], None) == []


def test_a_team_is_called_by_its_unit():
    one = home.contacts([card(name="")], None)[0]
    assert (one.name, one.role) == ("Habiliteringen", "Samordnare")


def test_what_the_coordinator_does_is_told_in_sentences():
    nothing = {"may_read": [], "may_speak_with": "", "escalates_to": "", "ends_when": ""}
    mandate = Row(may_book=True, may_summon_sip=False, **nothing)
    assert home.contacts([card(mandate=mandate)], None)[0].mandate == ["Bokar familjens besök."]
    assert home.contacts([card()], None)[0].mandate == []


def test_a_deputy_is_named():
    one = home.contacts([card(deputy="Eva Strand", note="Säg till i tid.")], None)[0]
    assert one.note == "Säg till i tid. När Karin Lund är borta svarar Eva Strand."


@pytest.mark.parametrize(("phone", "tel"), [("010-441 20 10", "0104412010"), ("+46 10", "+4610"), ("", "")])
def test_a_number_to_press(phone, tel):
    assert home.contacts([card(phone=phone)], None)[0].tel == tel


def test_a_proposed_time_is_not_yet_the_next():
    page = home.home_page(
        Row(plan=None, to_do=[], meeting=None, contacts=[], visits=[visit(status="proposed")]),
        CHILD,
        TODAY,
        EVERY_WAY,
    )
    assert page.next is None
    assert [item.text for item in page.to_do] == ["Svara om tiden tis 24 nov 2026"]


P = Permission
EMPTY = Row(plan=None, to_do=[], meeting=None, contacts=[], visits=[])
MORE = {
    P.SEE_MOOD: "Hur barnet mår",
    LOOK: "Barnets egna sidor",
    P.SEE_OWN_RECORD: "Journal",
    P.SEE_PLAN: "Delning och samtycke",
    READINGS: "Vem har läst",
}
PLACES = {
    P.SEE_OWN_FAMILY: "Hem",
    P.SEE_PLAN: "Planen",
    P.SEE_APPOINTMENTS: "Tider",
    P.SEE_MESSAGES: "Meddelanden",
}


@pytest.mark.parametrize("way", [None, *MORE])
def test_only_ways_that_are_open_are_shown(way):
    page = home.home_page(EMPTY, CHILD, TODAY, {way})
    assert [one.text for one in page.more] == ([MORE[way]] if way else []) + ["Konto"]
    assert page.holds == (way is P.SEE_PLAN)


@pytest.mark.parametrize("way", PLACES)
def test_only_places_that_are_open_are_in_the_bar(way):
    assert [one.label for one in places(CHILD.pk, "", {way})] == [PLACES[way]]
    assert [one.label for one in places(CHILD.pk, "", set(PLACES) - {way})] == [
        word for one, word in PLACES.items() if one is not way
    ]


@pytest.mark.parametrize("status", [None, "draft", "established"])
def test_a_closed_plan_is_told_of_in_the_same_words_whether_there_is_one_or_not(status):
    found = Row(**(vars(EMPTY) | {"plan": a_plan(status=status) if status else None}))
    page = home.home_page(found, CHILD, TODAY, {P.SEE_APPOINTMENTS})
    assert page.plan == home.home_page(EMPTY, CHILD, TODAY, set()).plan
    assert page.plan.text.startswith("Planen visas inte för dig. Alva bestämmer själv vad du ser.")
    assert not page.plan.href


@pytest.mark.parametrize("told", [True, False])
def test_nothing_is_said_of_times_and_tasks_that_the_guardian_is_not_told_of(told):
    page = home.home_page(EMPTY, CHILD, TODAY, EVERY_WAY if told else {P.SEE_MOOD})
    assert ("Inga tider är bokade" in page.nothing_next) is told
    assert ("Tiderna visas inte för dig." in page.nothing_next) is not told
    assert ("Vi säger till här" in page.nothing_to_do) is told
    assert ("vid ett besök eller i telefon" in page.nothing_to_do) is not told


def test_a_time_that_cannot_be_answered_here_is_no_task():
    found = Row(**(vars(EMPTY) | {"visits": [visit(status="proposed")]}))
    assert not home.home_page(found, CHILD, TODAY, {P.SEE_APPOINTMENTS}).to_do
    time = times.times_page([visit(status="proposed")], [], [], CHILD, TODAY, answers=False)
    assert [link.label for link in time.months[0].times[0].links] == ["Kalenderfil"]


def test_times_that_are_closed_are_not_said_to_be_none():
    assert agreement_page(None, None, [], CHILD, TODAY).times is None
    assert agreement_page(None, [], [], CHILD, TODAY).times == []


def test_what_is_for_the_child_is_not_on_the_guardian_s_list():
    waits = [Row(kind="prepare", id=uuid4(), due_on=None), Row(kind="acknowledge", id=uuid4(), due_on=None)]
    page = home.home_page(
        Row(plan=None, to_do=waits, meeting=None, contacts=[], visits=[]), CHILD, TODAY, EVERY_WAY
    )
    assert [item.text for item in page.to_do] == ["Läs den nya planen"]


def test_the_age_at_which_the_pages_close_comes_from_the_rules():
    assert home.choose_page([CHILD], TODAY).closes_at == 13
    assert home.choose_page([CHILD], TODAY).children[0].age == "10 år"


@pytest.mark.parametrize(
    ("kind", "unit_name", "person", "words", "said"),
    [
        ("unit", "Skolan", "Jonas", "", "Jonas, Skolan"),
        ("unit", "Skolan", None, "", "Skolan"),
        ("family", None, None, "", "Vi själva"),
        ("family", None, None, "Maria", "Maria"),
        ("third_party", None, None, "Simskolan", "Simskolan"),
    ],
)
def test_who_does_it(kind, unit_name, person, words, said):
    assert who_does(kind, unit_name, person, words) == said


def test_by_when():
    assert by_when("varje dag", date(2026, 12, 1), "Pågår") == "varje dag · senast tis 1 dec 2026 · Pågår"
    assert by_when("", None, "") == ""


def test_the_tabs_are_addresses_and_one_is_current():
    found = tabs(CHILD, "family-sip")
    assert [tab.label for tab in found] == ["Plan", "Patientkontrakt", "SIP", "Historik"]
    assert [tab.current for tab in found] == [False, False, True, False]
    assert all(str(CHILD.pk) in tab.href for tab in found)


@pytest.mark.parametrize("page", [plan.plan_page(None, None, CHILD, Row(today=TODAY)), sip_page(None, CHILD)])
def test_without_a_plan_there_are_still_tabs(page):
    assert len(page.tabs) == 4
    assert page.plan is None


def test_without_a_plan_the_agreement_has_times_and_contacts():
    page = agreement_page(None, [visit()], [card()], CHILD, TODAY)
    assert (page.theirs, page.ours, page.steps) == ([], [], [])
    assert page.times[0].when == "tis 24 nov 2026 kl. 10.00"
    assert page.coordinators[0].name == "Karin Lund"
    assert "när som helst" in page.review


@pytest.mark.parametrize(
    ("roles", "coordinators", "named"),
    [
        (["coordinator"], 1, []),
        (["coordinator", "named_care_contact"], 1, ["Fast vårdkontakt"]),
        (["named_care_contact", "named_physician"], 0, ["Fast vårdkontakt", "Fast läkarkontakt"]),
        ([], 0, []),
    ],
)
def test_a_coordinator_is_no_named_care_contact(roles, coordinators, named):
    words = {"named_care_contact": "Fast vårdkontakt", "named_physician": "Fast läkarkontakt"}
    cards = [card(role, role_words=words.get(role, "Samordnare")) for role in roles]
    page = agreement_page(None, [], cards, CHILD, TODAY)
    assert len(page.coordinators) == coordinators
    assert [one.role.partition(",")[0] for one in page.named] == named


@pytest.mark.parametrize(
    ("status", "due", "said"),
    [
        ("planned", date(2026, 11, 15), "Försenad 1 dag"),
        ("ongoing", date(2026, 11, 4), "Försenad 12 dagar"),
        ("planned", TODAY, "Planerad"),
        ("planned", date(2026, 11, 17), "Planerad"),
        ("planned", None, "Planerad"),
        ("done", date(2026, 11, 4), "Planerad"),
        ("stopped", date(2026, 11, 4), "Planerad"),
    ],
)
def test_what_should_have_been_done_says_so(status, due, said):
    row = Row(
        what="Hälsobesök", responsible="unit", responsible_unit=None, responsible_person=None,
        responsible_words="", when_words="", due_on=due, status=status, get_status_display=lambda: "Planerad",
    )  # fmt: skip
    assert deed(row, TODAY).when.rpartition("· ")[2] == said


def a_consent(state: str, *answers: datetime | None) -> Row:
    signers = [Row(latest=Row(recorded_at=at) if at else None) for at in answers]
    return Row(standing=Row(state=state), signers=signers)


@pytest.mark.parametrize(
    ("given", "states"),
    [
        (a_consent("waiting", AT, None), ["done", "done", "now", "todo", "todo", "todo", "todo"]),
        (a_consent("conflict", AT, AT), ["done", "done", "now", "todo", "todo", "todo", "todo"]),
        (a_consent("valid", AT, AT), ["done", "done", "done", "now", "todo", "todo", "todo"]),
        (None, ["done", "done", "now", "todo", "todo", "todo", "todo"]),
    ],
)
def test_consent_comes_before_the_summons(given, states):
    about = a_plan(need_identified_on=TODAY, started_at=AT, other_measures="", needed_efforts="")
    content = Row(
        plan=about, consent=given, meetings=[], summonses=[], versions=[], follow_ups=[], parties=[],
        closure=None,
    )  # fmt: skip
    steps = sip_page(content, CHILD).steps
    assert [one.label for one in steps][2:4] == ["Samtycke", "Kallelse"]
    assert [one.state for one in steps] == states


@pytest.mark.parametrize(
    ("state", "words"),
    [("valid", "de som är med i den: Habiliteringen, Skolan"), ("waiting", "De andra ser den när")],
)
def test_who_sees_the_plan_hangs_on_consent(state, words):
    parties = [Row(unit=Row(name=name)) for name in ("Skolan", "Habiliteringen")]
    content = Row(plan=a_plan(), parties=parties, consent=a_consent(state))
    assert words in plan._who_sees(content)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (TODAY, ""),
        (date(2028, 9, 11), ""),
        (date(2028, 9, 12), "Sidorna är öppna för dig till och med sön 11 mar 2029."),
        (date(2029, 3, 11), "Sidorna är öppna för dig till och med sön 11 mar 2029."),
    ],
)
def test_the_thirteenth_birthday_is_told_of_half_a_year_before_and_not_sooner(today, told):
    page = home.home_page(
        Row(plan=None, to_do=[], meeting=None, contacts=[], visits=[]), CHILD, today, EVERY_WAY
    )
    if not told:
        assert page.soon is None
    else:
        assert page.soon.text.startswith(told)
        assert (page.soon.title, page.soon.href.endswith("/snart-13/")) == ("Snart 13 år", True)


def test_the_page_about_turning_thirteen_has_every_date_and_says_who_decides():
    page = turning.turning_page(CHILD, date(2028, 12, 1))
    assert page.title == "Alva fyller snart 13 år"
    assert page.lead == "Det här ändras av sig självt mån 12 mar 2029. Ni behöver inte göra något."
    assert [column.heading for column in page.columns] == ["För dig", "För ditt barn"]
    assert page.columns[0].lines[0] == "Du ser sidorna om Alva till och med sön 11 mar 2029."
    assert "vid ett besök eller i telefon, eller här om Alva visar planen" in page.columns[0].lines[2]
    assert [day for day, _text in page.later] == ["mån 12 mar 2029", "fre 12 mar 2032", "sön 12 mar 2034"]
    said = " ".join(
        [page.lead, *page.columns[0].lines, *page.columns[1].lines, *page.together, *page.extended]
    )
    assert "%(" not in said
    for words in (
        "slutar senast när Alva fyller 16 år",
        "lika rätt att inte dela",
        "Alva ska vara med på det",
        "Alva bestämmer",
        "Utan svar ser du inget från mån 12 mar 2029",
        "helst senast sön 11 mar 2029",
        "Svaret står bara där",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("things", "first"),
    [
        (["plan", "mood_answer"], "Du frågar om att få se: planen, hur barnet mår."),
        ([], "Du frågar inte efter något. Det du har frågat om förut tas bort."),
    ],
)
def test_the_question_is_shown_once_more_with_who_gets_to_know(things, first):
    check = turning.wish_check(CHILD, things, "/tillbaka/")
    assert check.lines == [
        first,
        "Alva ser vad du frågar om på sina egna sidor. Ingen annan får veta det.",
    ]
    assert {key for key, _word in turning.wish_choices()} == OFFERED


@pytest.mark.parametrize(
    ("precision", "born", "today", "soon"),
    [
        ("day", date(2016, 3, 12), date(2028, 9, 11), False),
        ("day", date(2016, 3, 12), date(2028, 9, 12), True),
        ("day", date(2016, 3, 12), date(2029, 3, 11), True),
        ("day", date(2016, 3, 12), date(2029, 3, 12), False),
        # Born on a leap day; of a partly known date the pages close on the earliest possible day.
        ("day", date(2016, 8, 31), date(2029, 2, 27), False),
        ("day", date(2016, 8, 31), date(2029, 2, 28), True),
        ("day", date(2016, 2, 29), date(2029, 2, 27), True),
        ("day", date(2016, 2, 29), date(2029, 2, 28), False),
        ("year", date(2016, 12, 31), date(2028, 12, 31), True),
        ("year", date(2016, 12, 31), date(2029, 1, 1), False),
    ],
)
def test_soon_is_from_half_a_year_before_until_the_day(precision, born, today, soon):
    child = Row(birth_date=born, birth_precision=precision)
    assert turning.is_soon(child, today) is soon


def test_the_account_says_what_is_known_and_from_where():
    person = Row(given_name="Maria", family_name="Berg", language="sv")
    ways = {"email": (Row(address="namn@exempel.se"), AddressState.CONFIRMED)}
    page = account.account_page(person, [Row(name="Alva Berg"), Row(name="Elsa Berg")], ways)
    facts = {one["label"]: one["value"] for one in page.facts}
    assert facts == {
        "Namn": "Maria Berg",
        "Du är vårdnadshavare för": "Alva Berg, Elsa Berg",
        "Språk på sidorna": "Svenska",
        "Mejl för aviseringar": "namn@exempel.se (bekräftad)",
        "Sms för aviseringar": "Inget valt",
    }
    assert [way.text for way in page.ways] == ["Ändra mejl och sms", "Byt språk", "Logga ut överallt"]
    without = account.account_page(person, [], {})
    assert "Du är vårdnadshavare för" not in {one["label"] for one in without.facts}


@pytest.mark.parametrize(("record_only", "path"), [(False, "/"), (True, "/journal/")])
def test_who_has_only_a_unit_s_record_begins_there(record_only, path):
    child = Row(pk=uuid4(), record_only=record_only)
    assert home.entrance_of(child) == f"/mina-sidor/{child.pk}{path}"


@pytest.mark.parametrize(
    ("own_answer", "label"),
    [
        ("none", "Läs och svara"),
        (None, "Läs och svara"),
        ("comes", "Visa kallelsen"),
        ("declines", "Visa kallelsen"),
    ],
)
def test_the_next_card_asks_for_an_answer_only_until_there_is_one(own_answer, label):
    meeting = Row(pk=uuid4(), starts_at=AT, place="", own_answer=own_answer)
    found = home.home_page(
        Row(plan=a_plan(), to_do=[], meeting=meeting, contacts=[], visits=[]), CHILD, TODAY, EVERY_WAY
    )
    assert found.next.label == label


@pytest.mark.parametrize(("status", "agreed"), [("agreed", True), ("booked", False), ("proposed", False)])
def test_a_time_is_agreed_only_when_the_family_has_said_yes(status, agreed):
    assert agreement_page(None, [visit(status=status)], [], CHILD, TODAY).times[0].agreed is agreed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("added", "goals", "1", "Sova gott"), "Nytt: mål – Sova gott"),
        (Change("removed", "activities", "1", "Bildstöd"), "Borttaget: insats – Bildstöd"),
        (Change("changed", "goals", "1", "Sova gott", "status", "a", "b"), "Ändrat: mål – Sova gott"),
        (Change("added", "parties", "1", "Skolan"), "Nytt: med i planen – Skolan"),
        (Change("changed", "plan", "", "", "follow_up_on", "a", "b"), "Dagen för uppföljning är ändrat."),
        (Change("changed", "plan", "", "", "situation", "a", "b"), "Hur det är nu är ändrat."),
    ],
)
def test_a_change_is_one_readable_line(change, words):
    assert versions.changed([change]) == [words]


def stored(**more) -> dict:
    activity = {
        "goal": "g1",
        "what": "Bildstöd",
        "responsible": "unit",
        "responsible_unit": "Skolan",
        "responsible_person": "Jonas Fors",
        "responsible_words": "",
        "when_words": "",
        "due_on": "2026-12-01",
        "status": "planned",
    }
    return activity | more


def test_a_stored_version_reads_like_the_plan():
    rows = [stored(), stored(goal="", what="Ring")]
    content = {"goals": [{"id": "g1", "words": "Sova"}], "activities": rows}
    goals = versions.stored_goals(content)
    assert [goal.words for goal in goals] == ["Sova", "Annat som görs"]
    assert goals[0].activities[0].who == "Jonas Fors, Skolan"
    assert goals[0].activities[0].when == "senast tis 1 dec 2026"
    assert goals[1].activities[0].what == "Ring"


def test_what_was_stopped_is_not_shown():
    content = {"goals": [{"id": "g1", "words": "Sova"}], "activities": [stored(status="stopped")]}
    assert versions.stored_goals(content)[0].activities == []


def test_visits_far_apart_are_no_question_of_one_day():
    apart = [visit(), visit(starts_at=AT.replace(month=12))]
    assert times.times_page(apart, [], [], CHILD, TODAY).same_day is None
    assert times.times_page([visit(), visit()], [], [], CHILD, TODAY).same_day


@pytest.mark.parametrize(("status", "may_agree"), [("proposed", True), ("booked", True), ("agreed", False)])
def test_an_agreed_time_is_not_asked_about_again(status, may_agree):
    page = times.times_page([visit(status=status)], [], [], CHILD, TODAY)
    labels = [link.label for link in page.months[0].times[0].links]
    assert ("Tiden passar" in labels) is may_agree
    assert {"Ändra", "Avboka", "Kalenderfil"} <= set(labels)


def test_a_visit_without_words_has_some():
    time = times.times_page([visit(what="", with_whom="")], [], [], CHILD, TODAY).months[0].times[0]
    assert (time.what, time.where) == ("Bokad tid", "BUM Borås · På plats")


def test_the_conflict_shows_what_was_written_or_that_nothing_was():
    page = times.conflict_page(visit(), [("Varför", "Onsdag"), ("Tom", "")], "/x/")
    assert [(fact.label, fact.value) for fact in page.yours] == [("Varför", "Onsdag")]
    assert times.conflict_page(visit(), [], "/x/").yours[0].value == "Inget"


def call(**more) -> Row:
    people = [Row(unit_id=1, unit=unit("Skolan"), answer="comes", get_answer_display=shown("Kommer"))]
    fields = {
        "pk": uuid4(),
        "starts_at": AT,
        "question": "Hur?",
        "minutes": 45,
        "place": "Rum 12",
        "link": "",
        "adaptations": "",
        "child_takes_part": "",
        "child_takes_part_words": "",
        "cancelled_at": None,
        "cancelled_reason": "",
        "moves": 0,
        "plan": Row(child_id=uuid4()),
        "invitations": Row(all=lambda: people),
    }
    return Row(**(fields | more))


def test_a_call_without_a_place_is_on_the_screen_and_leads_there():
    page = summons.summons_page(call(place="", link="https://mote.example/1"), None)
    assert (page.place, page.link) == ("Digitalt möte · 45 minuter", "https://mote.example/1")


@pytest.mark.parametrize("cancelled_at", [None, AT])
def test_a_meeting_that_is_called_off_leads_nowhere(cancelled_at):
    page = summons.summons_page(call(link="https://mote.example/1", cancelled_at=cancelled_at), None)
    assert bool(page.link) is (cancelled_at is None)


def test_a_call_that_is_off_says_why_or_what_comes():
    assert summons.summons_page(call(), None).cancelled == ""
    assert summons.summons_page(call(cancelled_at=AT, cancelled_reason="Sjuk"), None).cancelled == "Sjuk"
    assert summons.summons_page(call(cancelled_at=AT), None).cancelled == "Det kommer en ny kallelse."


@pytest.mark.parametrize(
    ("moves", "was", "words"),
    [
        (0, None, ""),
        (1, AT, "Skäl: Tolken kan inte"),
        (2, None, "Mötet var först Dolt. Skäl: Tolken kan inte"),
    ],
)
def test_a_call_that_is_moved_says_from_when_and_why(moves, was, words):
    page = summons.summons_page(call(moves=moves, moved_from=was, moved_reason="Tolken kan inte"), None)
    assert page.moved.endswith(words)
    assert bool(page.moved) is bool(moves)


def test_each_called_unit_has_its_answer_with_a_word_and_a_tone():
    one = summons.summons_page(call(), None).called[0]
    assert (one.name, one.answer, one.tone) == ("Skolan", "Kommer", "good")


TRAVELS = "Vi åker dit tillsammans."
TABLE = "Vi sitter runt ett bord. 1 vuxen kommer."


@pytest.mark.parametrize(
    ("place", "link", "steps"),
    [
        (
            "",
            "https://mote.example/1",
            [
                ("computer", "Vi ses på skärmen."),
                ("home", "Vi behöver inte åka någonstans."),
                ("meeting", "1 vuxen är med på skärmen."),
            ],
        ),
        (
            "Hemma hos Alva",
            "",
            [("home", "Hemma hos Alva"), ("adults", "De vuxna kommer dit."), ("meeting", TABLE)],
        ),
        (
            "Fjällskolan",
            "",
            [("school", "Fjällskolan"), ("adults", "En vuxen följer med dig."), ("meeting", TABLE)],
        ),
        ("Mottagningen", "", [("way", TRAVELS), ("hospital", "Mottagningen"), ("meeting", TABLE)]),
        (
            "Mottagningen",
            "https://mote.example/1",
            [("way", TRAVELS), ("hospital", "Mottagningen"), ("meeting", TABLE)],
        ),
        ("Stadshuset, rum 4", "", [("way", TRAVELS), ("way", "Stadshuset, rum 4"), ("meeting", TABLE)]),
        ("", "", [("way", TRAVELS), ("way", "En vuxen berättar var."), ("meeting", TABLE)]),
    ],
)
def test_the_strip_has_eight_pictures_and_leads_to_the_right_place(place, link, steps):
    page = summons.pictures_page(call(place=place, link=link), CHILD)
    assert len(page.steps) == 8
    assert [(one.picture, one.text) for one in page.steps[1:4]] == steps
    assert all(one.picture in symbols.WORDS for one in page.steps)


def consent(state: str = "given", withdrawn: datetime | None = None) -> Row:
    scope = Row(unit=unit("Skolan"), unit_id=uuid4(), category="plan", get_category_display=shown("Planen"))
    return Row(
        pk=uuid4(),
        state=state,
        form="portal",
        withdrawn_at=withdrawn,
        ends_on=None,
        scopes=Row(all=lambda: [scope]),
    )


def signer(latest, *, holds: bool = True, who=None) -> Row:
    key = who or uuid4()
    guardian = None if key == "child" else Row(name="Johan Åberg")
    return Row(signer=key, guardian=guardian, is_child=guardian is None, latest=latest, holds=holds)


def standing(state: str, *missing) -> Row:
    return Row(state=state, missing=frozenset(missing))


def consent_view(signers, stands: Row, required=()) -> Row:
    return Row(signers=signers, standing=stands, requirement=Row(signers=frozenset(required)))


@pytest.mark.parametrize(
    "state",
    [
        *("valid", "waiting", "conflict", "no_signer"),
        *("waiting_other", "child", "board", "unsettled"),
    ],
)
def test_every_way_that_consent_stands_has_its_sentence(state):
    assert standing_words(state).endswith(".")


ME, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("stands", "answers", "untold", "seen"),
    [
        (standing("valid"), {ME: "given", OTHER: "given"}, (), "valid"),
        (standing("waiting", ME, OTHER), {}, (), "waiting"),
        (standing("waiting", ME), {OTHER: "given"}, (), "waiting"),
        (standing("waiting", OTHER), {ME: "given"}, (), "waiting_other"),
        (standing("waiting", "child"), {ME: "given", "child": ""}, (), "child"),
        (standing("conflict"), {ME: "given", OTHER: "refused"}, (), "conflict"),
        (standing("board"), {ME: "given"}, (), "board"),
        # Nothing is told of a guardian who is blocked or has protected identity.
        (standing("waiting", OTHER), {ME: "given"}, (OTHER,), "unsettled"),
        (standing("conflict"), {ME: "given", OTHER: "refused"}, (OTHER,), "unsettled"),
        (standing("waiting", ME, OTHER), {}, (OTHER,), "waiting"),
        (standing("conflict"), {ME: "refused", OTHER: "given"}, (OTHER,), "conflict"),
    ],
)
def test_what_a_guardian_sees_of_how_consent_stands(stands, answers, untold, seen):
    keys = {ME: "", OTHER: ""} | answers
    rows = [
        signer(consent(said) if said else None, holds=said == "given", who=key) for key, said in keys.items()
    ]
    found = seen_state(consent_view(rows, stands), untold, Row(guardian_id=ME))
    assert found == seen
    page = consent_page(consent_view(rows, stands, [ME]), a_plan(), Row(guardian_id=ME), untold)
    assert (page.answers, page.disagree) == (True, seen == "conflict")
    assert len(page.signers) == len(keys) - len(untold)
    assert ("den andra" in page.who_sees) is not bool(untold)


def test_what_each_has_said():
    me = uuid4()
    rows = [
        signer(consent(), who=me),
        signer(None, holds=False),
        signer(consent("refused"), holds=False),
        signer(consent(withdrawn=AT), holds=False),
    ]
    page = consent_page(consent_view(rows, standing("conflict")), a_plan(), Row(guardian_id=me))
    said = ["Har sagt ja", "Väntar på svar", "Har sagt nej", "Tog tillbaka sitt ja den tis 24 nov 2026"]
    assert [str(one.said) for one in page.signers] == said
    assert page.signers[0].name == "Du"
    assert page.opened == ["Planen: Skolan"]
    assert page.withdraw


@pytest.mark.parametrize("answer", [None, consent("not_asked"), consent(withdrawn=AT)])
def test_nothing_is_chosen_for_who_has_no_standing_answer(answer):
    assert answer_now(answer) == {}


def test_a_standing_answer_is_shown_as_it_is():
    now = answer_now(consent())
    assert now["state"] == "given"
    assert len(now["plan"]) == 1
    assert now["appointment"] == []
