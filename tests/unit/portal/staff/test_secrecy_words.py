"""What is closed and opened, in words; without a database."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import UUID

import pytest

from kring.access.permissions import Permission
from kring.portal.staff.concerns import presenters as concerns
from kring.portal.staff.secrecy import presenters
from kring.portal.staff.secrecy.forms import (
    AcuteMemberForm,
    AnswerForm,
    BlockForm,
    EmergencyForm,
    InnerEmergencyForm,
    MaturityForm,
    OpenForm,
)

KEY = UUID("00000000-0000-4000-8000-000000000001")
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)
EVA, BUP = Row(name="Eva Strand"), Row(name="BUP Borås")


def actor(*permissions: Permission, person=KEY):
    return Row(may=lambda one: one in permissions, person_id=person, now=NOW, today=TODAY)


def block(**more):
    fields = {
        "pk": KEY,
        "kind": "inner",
        "unit": BUP,
        "controller": Row(name="Regionen"),
        "documented_from": None,
        "documented_to": None,
        "documented_by": None,
        "created_at": NOW,
        "lifted_at": None,
        "lifted_by_rule": "",
    }
    return Row(**fields | more)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (None, None, "Allt som har antecknats."),
        (TODAY, None, "Antecknat från och med mån 16 nov 2026."),
        (None, TODAY, "Antecknat till och med mån 16 nov 2026."),
        (TODAY - timedelta(days=6), TODAY, "Antecknat tis 10 nov 2026 till mån 16 nov 2026."),
    ],
)
def test_the_days_of_a_block(since, until, words):
    assert presenters.period(since, until) == words


def test_a_block_that_holds_says_to_whom_and_can_be_lifted():
    (line,) = presenters.blocks([block()], KEY)
    assert (line.title, line.tone, line.state) == ("BUP Borås", "lock", "Gäller")
    assert line.facts[1:] == (
        "Barnet spärrade själv mån 16 nov 2026.",
        "Visas inte för andra enheter eller andra vårdgivare.",
    )
    assert [word for word, _ in line.acts] == ["Häv spärren"]


def test_an_outer_block_is_the_care_providers():
    (line,) = presenters.blocks([block(kind="outer", unit=None, documented_by=EVA)], KEY)
    assert line.title == "Regionen"
    assert line.facts[1] == "Skrivet mån 16 nov 2026 av Eva Strand, när barnet ville det."
    assert line.facts[2] == "Visas inte för andra vårdgivare."


def test_a_lifted_block_says_by_which_rule_and_offers_nothing():
    (line,) = presenters.blocks([block(lifted_at=NOW, lifted_by_rule="8.4.officer.inner")], KEY)
    assert (line.state, line.acts) == ("Hävd", ())
    assert line.facts[-1].endswith("En behörig person häver en inre spärr när patienten samtycker.")


def test_the_officer_sees_numbers_and_never_a_unit():
    lines = presenters.officers_blocks([block(), block()], KEY)
    assert [line.title for line in lines] == ["Spärr 1", "Spärr 2"]
    assert "BUP" not in repr(lines)


def assessment(question="block", mature=TODAY, **more):
    fields = {"question": question, "mature_from": mature, "grounds": "Förstår", "assessed_at": NOW}
    return Row(assessed_by=EVA, unit=BUP, **fields | more)


def test_the_latest_judgement_of_each_question_counts():
    rows = [assessment(mature=None), assessment(), assessment("consent")]
    lines = presenters.assessments(rows, TODAY)
    assert [line.state for line in lines] == ["Inte moget", "Ersatt: Moget", "Moget"]
    assert [line.tone for line in lines] == ["neutral", "neutral", "good"]
    assert lines[0].facts == ("Förstår", "mån 16 nov 2026 av Eva Strand, BUP Borås.")


def guardian(key: int, protected: bool = False):
    return Row(pk=UUID(int=key), name=f"Vårdnadshavare {key}", protected_identity=protected)


def decision(kind="blocked", **more):
    fields = {
        "pk": KEY,
        "guardian_id": UUID(int=1),
        "kind": kind,
        "reason": "Skäl",
        "decided_at": NOW,
        "decided_by": EVA,
        "ended_at": None,
        "ends_on": None,
        "review_on": None,
        "get_kind_display": lambda: "Åtkomst blockerad",
    }
    return Row(**fields | more)


def child(years: int):
    born = TODAY.replace(year=TODAY.year - years) - timedelta(days=40)
    return Row(pk=KEY, birth_date=born, birth_precision="day")


def offered(people, decisions, years: int) -> list[str]:
    return [word for word, _ in presenters.guardians(people, decisions, child(years), actor())[0]["acts"]]


@pytest.mark.parametrize(
    ("years", "other_protected", "made", "words"),
    [
        (10, False, [], ["Blockera tillgången"]),
        (10, True, [], ["Blockera tillgången", "Behåll tillgången"]),
        (14, False, [], ["Blockera tillgången", "Förläng tillgången"]),
        (16, False, [], ["Blockera tillgången"]),
        (10, False, [decision()], []),
        (10, False, [decision(ended_at=NOW)], ["Blockera tillgången"]),
        (14, False, [decision("extended", ends_on=TODAY)], ["Blockera tillgången"]),
        (
            14,
            False,
            [decision("extended", ends_on=TODAY - timedelta(days=1))],
            ["Blockera tillgången", "Förläng tillgången"],
        ),
    ],
)
def test_only_what_could_be_decided_is_offered(years, other_protected, made, words):
    assert offered([guardian(1), guardian(2, other_protected)], made, years) == words


@pytest.mark.parametrize(
    ("more", "state", "acts"),
    [
        ({}, "Gäller", ["Avsluta beslutet"]),
        ({"review_on": TODAY}, "Gäller", ["Pröva beslutet igen", "Avsluta beslutet"]),
        ({"ends_on": TODAY}, "Gäller", ["Avsluta beslutet"]),
        ({"ends_on": TODAY - timedelta(days=1)}, "Tiden är ute", []),
        ({"ended_at": NOW}, "Avslutat mån 16 nov 2026", []),
    ],
)
def test_a_decision_says_how_it_stands(more, state, acts):
    (row,) = presenters.guardians([guardian(1)], [decision(**more)], child(10), actor())
    (line,) = row["lines"]
    assert (line.state, [word for word, _ in line.acts]) == (state, acts)


def emergency(**more):
    fields = {
        "pk": KEY,
        "child_id": KEY,
        "person_id": KEY,
        "person": EVA,
        "unit": BUP,
        "reason": "Medvetslös",
        "revealed_at": NOW,
        "opened_at": NOW,
        "ends_at": NOW + timedelta(hours=1),
        "verdict": "waiting",
        "review_words": "",
        "get_kind_display": lambda: "Inre spärr",
    }
    return Row(**fields | more)


@pytest.mark.parametrize(
    ("more", "person", "state", "leads"),
    [
        ({}, KEY, "Öppen till 11.00", True),
        ({}, UUID(int=9), "Öppen till 11.00", False),
        ({"ends_at": NOW}, KEY, "Inte granskad än", False),
        ({"ends_at": None, "opened_at": None}, KEY, "Inte granskad än", True),
        ({"ends_at": NOW, "verdict": "right"}, KEY, "Granskad: riktig", False),
        ({"ends_at": NOW, "verdict": "wrong"}, KEY, "Granskad: inte riktig", False),
    ],
)
def test_an_emergency_says_how_it_stands_and_leads_only_its_own(more, person, state, leads):
    (line,) = presenters.emergencies([emergency(**more)], actor(person=person))
    assert (line.state, bool(line.acts)) == (state, leads)


def test_the_banner_tells_the_last_moment_on_the_swedish_clock():
    rows = [emergency(), emergency(ends_at=NOW + timedelta(minutes=30))]
    assert presenters.banner(rows, KEY)["text"].startswith("Nödöppning pågår till kl. 11.00.")
    assert presenters.banner([], KEY) == {}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "01.59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "03.00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02.30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "02.30"),
    ],
)
def test_on_the_nights_when_the_clock_turns(moment, words):
    assert presenters.clock_time(moment) == words


def test_a_review_says_who_opened_and_whether_anything_was():
    lines = presenters.reviews(
        [emergency(), emergency(opened_at=None, verdict="wrong", review_words="Ingen fara")]
    )
    assert lines[0].facts[-1] == "Öppnades."
    assert [word for word, _ in lines[0].acts] == ["Granska"]
    assert lines[1].facts[-2:] == ("Bara det första steget: inget öppnades.", "Ingen fara")
    assert lines[1].acts == ()


def request(answer: str):
    words = {"waiting": "Väntar på svar", "refused": "Spärren hävdes inte"}[answer]
    return Row(pk=KEY, reason="Fara", unit=BUP, asked_at=NOW, answer=answer, get_answer_display=lambda: words)


def test_a_request_that_waits_can_be_answered_once():
    waiting, refused = presenters.requests([request("waiting"), request("refused")])
    assert (waiting.state, [word for word, _ in waiting.acts]) == ("Väntar på svar", ["Svara"])
    assert (refused.state, refused.acts) == ("Spärren hävdes inte", ())


@pytest.mark.parametrize(
    ("permissions", "protected", "labels"),
    [
        ((), False, []),
        ((Permission.DOCUMENT_BLOCK, Permission.ASSESS_MATURITY), False, ["Spärrar", "Mognad"]),
        ((Permission.DECIDE_GUARDIAN_ACCESS,), False, ["Vårdnadshavares tillgång"]),
        ((Permission.RECORD_PLACEMENT,), False, ["Placering"]),
        ((Permission.OPEN_EMERGENCY,), True, ["Nödöppning"]),
        ((Permission.MANAGE_PROTECTED_GROUP,), False, []),
        ((Permission.MANAGE_PROTECTED_GROUP,), True, ["Begränsad grupp"]),
    ],
)
def test_the_ways_on_are_those_of_the_role(permissions, protected, labels):
    assert [one.label for one in presenters.rooms(actor(*permissions), KEY, protected=protected)] == labels


def test_a_note_of_concern_says_whether_it_has_been_handed_over():
    fields = {"pk": KEY, "text": "Rädd", "written_by": EVA, "unit": BUP, "written_at": NOW}
    waiting = Row(handed_at=None, **fields)
    done = Row(handed_at=NOW, handed_to=Row(name="Socialtjänsten"), handed_by=EVA, **fields)
    first, second = concerns.own([waiting, done], KEY)
    assert (first.state, len(first.acts)) == ("Inte lämnad till socialtjänsten", 1)
    assert (second.state, second.acts) == ("Lämnad till socialtjänsten", ())
    assert second.facts[-1].startswith("Lämnad till Socialtjänsten ")


def test_only_units_with_a_number_are_to_be_called():
    units = [Row(name="A", phone="031-390 06 61", phone_hours=""), Row(name="B", phone="", phone_hours="")]
    assert [one["name"] for one in concerns.phones(units)] == ["A"]


@pytest.mark.parametrize(
    ("form", "given", "missing"),
    [
        (BlockForm, {}, {"kind", "wish"}),
        (BlockForm, {"kind": "inner"}, {"wish"}),
        (BlockForm, {"kind": "both", "wish": "on"}, {"kind"}),
        (EmergencyForm, {}, {"danger", "consent_impossible", "indispensable", "reason"}),
        (
            EmergencyForm,
            {"danger": "on", "consent_impossible": "on", "indispensable": "on", "reason": " "},
            {"reason"},
        ),
        (InnerEmergencyForm, {}, {"consent_impossible", "indispensable", "reason"}),
        (AnswerForm, {"answer": "lifted"}, {"reason"}),
        (lambda data: OpenForm(data, choices=[("0", "BUP")]), {"units": ["1"]}, {"units"}),
        (lambda data: OpenForm(data, choices=[("0", "BUP")]), {}, {"units"}),
        (
            lambda data: MaturityForm(data, questions=[("block", "Spärra")]),
            {"question": "record"},
            {"question", "verdict", "grounds"},
        ),
        (
            lambda data: AcuteMemberForm(data, people=[("1", "Maja")]),
            {"number": "x"},
            {"person_id", "reason"},
        ),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(form, given, missing):
    assert set(form(given).errors) == missing


def test_a_number_is_read_with_or_without_a_hyphen():
    for text in ("20170101-2393", "20170101 2393", "201701012393"):
        form = AcuteMemberForm({"number": text, "person_id": "1", "reason": "Akut"}, people=[("1", "Maja")])
        assert form.is_valid()
        assert form.cleaned_data["number"] == "201701012393"


def test_no_form_chooses_anything_beforehand():
    for form in (BlockForm(), AnswerForm(), EmergencyForm()):
        assert not any(bound.value() for bound in form)
