"""The papers' words, before any is made: days, names, who does what, and what each reader's version says."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.utils import translation

from kring.access.roles import ROLES
from kring.care.plans.models import Activity, Goal, Need, Plan
from kring.care.plans.pdf import child, family, rules, words
from kring.care.plans.pdf.rules import NOT_WHOLE, WRONG_VERSION, Version
from kring.children.models import Guardian
from kring.design.paper import characters
from kring.design.paper import words as paper_words
from kring.organisations.models import Person, Unit
from tests.unit.care.plans.presenters import rows
from tests.unit.care.plans.presenters.rows import OUR_UNIT, THEIR_UNIT

LATE = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
KARIN = Person(pk=uuid4(), given_name="Karin", family_name="Lund", title="Logoped")
HIDDEN = Person(pk=uuid4(), given_name="Vera", family_name="Dold", title="Kurator", protected_identity=True)
CHILD = Row(name="Alva Berg", given_name="Alva")


def content(of=None, **fields):
    made = rows.content(of or plan(), **fields)
    made.other_activities = fields.get("other_activities", ())
    made.latest_version = fields.get("latest_version")
    return made


def plan(**fields):
    of = rows.plan(**fields)
    of._state.fields_cache["child"] = CHILD
    return of


# Days and moments


@pytest.mark.parametrize(
    ("value", "day", "iso"),
    [
        (date(2026, 11, 16), "16 november 2026", "2026-11-16"),
        # Of a moment, its day in Sweden.
        (LATE, "17 november 2026", "2026-11-17"),
        (None, "", ""),
    ],
)
def test_a_day_on_paper(value, day, iso):
    assert (paper_words.day(value), paper_words.iso(value)) == (day, iso)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (LATE, "tisdag 17 november 2026 kl. 00.30"),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), "onsdag 1 juli 2026 kl. 10.00"),
        (None, ""),
    ],
)
def test_a_moment_on_paper_is_swedish_time(value, said):
    assert paper_words.moment(value) == said


@pytest.mark.parametrize(("code", "lang"), [("sv", "sv"), ("en", "en"), ("en-gb", "en"), ("fi", "sv")])
def test_a_paper_is_in_one_of_two_languages(code, lang):
    with translation.override(code):
        assert paper_words.language() == lang


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"when_words": "varje tisdag"}, "varje tisdag"),
        ({"due_on": date(2026, 12, 18)}, "18 december 2026"),
        ({"when_words": "varje tisdag", "due_on": date(2026, 12, 18)}, "varje tisdag"),
        ({}, ""),
    ],
)
def test_when_something_is_done(fields, when):
    assert words.when(rows.activity(**fields)) == when


# Names


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (KARIN, "Karin Lund, logoped"),
        (Person(given_name="Eva", family_name="Strand"), "Eva Strand"),
        (None, ""),
    ],
)
def test_a_colleague_is_named_with_title(person, name):
    assert words.colleague(person) == name


def test_protected_staff_are_never_named():
    assert "Dold" not in words.colleague(HIDDEN)


@pytest.mark.parametrize(
    ("phone", "hours", "shown"),
    [("033-1", "8-9", "033-1 (8-9)"), ("033-1", "", "033-1"), ("", "8-9", ""), ("", "", "")],
)
def test_a_phone_with_its_hours(phone, hours, shown):
    assert words.phone(Unit(phone=phone, phone_hours=hours)) == shown
    assert words.phone(None) == ""


@pytest.mark.parametrize(
    ("guardian", "name"),
    [
        (None, "Barnet"),
        (Guardian(given_name="Maria", family_name="Berg"), "Maria Berg"),
        (Guardian(given_name="Vera", family_name="Lind", protected_identity=True), "Vårdnadshavare"),
    ],
)
def test_a_signer_on_paper(guardian, name):
    assert words.signer(guardian) == name


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"responsible_person": KARIN}, "Karin Lund, logoped\nBUM"),
        ({}, "BUM"),
        ({"responsible_unit": None}, "Inte bestämt än"),
        ({"responsible": "family"}, "Familjen"),
        ({"responsible": "family", "responsible_words": "morfar"}, "morfar"),
        ({"responsible": "third_party", "responsible_words": "Simklubben"}, "Simklubben"),
    ],
)
def test_who_does_it_on_paper(fields, who):
    assert words.who(rows.activity(**fields)) == who


# The frame around the pages


@pytest.mark.parametrize(
    ("number", "changed", "said"),
    [
        (None, False, "Ingen version ännu"),
        (None, True, "Ingen version ännu"),
        (2, False, "Version 2"),
        (2, True, "Version 2 med senare ändringar"),
    ],
)
def test_which_version_a_paper_shows(number, changed, said):
    latest = number and Row(version=Row(number=number))
    assert words.version_words(content(latest_version=latest), changed) == said


@pytest.mark.parametrize("status", Plan.Status.values)
def test_a_draft_says_on_every_page_that_it_does_not_hold(status):
    frame = words.plan_frame(content(plan(status=status)), rows.TODAY, False, "Karin")
    assert frame["draft"] == ("Utkast – gäller inte" if status == "draft" else "")
    assert (frame["mark"], frame["date_words"]) == ("Karin", "16 november 2026")
    assert frame["running"] == "Samordnad individuell plan (SIP)"


# Who gets which


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize("whole", [True, False])
def test_each_role_has_its_own_version_and_only_staff_all(role, version, whole):
    own = {"guardian": {Version.FAMILY}, "child": {Version.CHILD}}.get(role, set(Version))
    if version not in own:
        expected = WRONG_VERSION
    else:
        expected = "" if whole or version is Version.PROFESSIONAL else NOT_WHOLE
    assert rules.refused(role, version, whole=whole) == expected
    assert set(rules.versions_for(role)) == own


# The family's


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"follow_up_on": date(2027, 2, 2), "status": "established"}, "tisdag 2 februari 2027"),
        ({}, "Dagen är inte bestämd ännu."),
        ({"status": "ended", "follow_up_on": date(2027, 2, 2)}, "Planen är avslutad."),
        ({"status": "declined"}, "Planen görs inte."),
    ],
)
def test_the_family_reads_what_comes_next(fields, said):
    assert family.sheet(content(plan(**fields)))["next"] == said


@pytest.mark.parametrize(
    ("coordinator", "name", "place"), [(KARIN, "Karin Lund, logoped", "BUM"), (None, "BUM", "")]
)
def test_the_family_reads_whom_to_ring(coordinator, name, place):
    ring = family.sheet(content(plan(coordinator=coordinator)))["ring"]
    assert (ring["name"], ring["place"]) == (name, place)
    assert ring["phone"] == "Telefonnumret är inte inskrivet."


@pytest.mark.parametrize(
    ("status", "last"),
    [("planned", "varje dag"), ("ongoing", "varje dag"), ("done", "Klar"), ("stopped", "Avbruten")],
)
def test_what_is_over_says_so_instead_of_when(status, last):
    goal = rows.goal(rows.activity(status=status, when_words="varje dag"), status="on_the_way")
    (shown,) = family.sheet(content(goals=[goal]))["goals"]
    assert (shown["words"], shown["status"]) == ("Jag vill läsa själv", "På väg")
    assert shown["activities"] == [["Ringa", "BUM", last]]


def test_only_what_is_written_was_agreed():
    need = rows.need(area="play", text="Leka")
    agreed = family.sheet(content(plan(situation="Lugnt", needed_efforts=" "), needs=[need]))["agreed"]
    assert agreed == [["Så är det nu", "Lugnt"], [Need.Area.PLAY.label, "Leka"]]


def test_the_parties_with_their_contacts():
    party = rows.party(THEIR_UNIT, contact=KARIN)
    shown = family.sheet(content(parties=[party], of=plan(overall_responsible=OUR_UNIT.controller)))
    assert shown["parties"] == [["Skolan", "Karin Lund, logoped", ""]]
    assert shown["responsible"] == "BUMs huvudman"


# The child's


@pytest.mark.parametrize("status", Goal.Status.values)
def test_every_way_a_goal_stands_has_a_picture_and_a_short_line(status):
    (goal,) = child.sheet(content(goals=[rows.goal(status=status)]))["goals"]
    assert goal["status"]["alt"]
    assert len(goal["status"]["words"].split()) <= 8


@pytest.mark.parametrize(("status", "shown"), [("planned", 1), ("ongoing", 1), ("done", 1), ("stopped", 0)])
def test_what_was_stopped_is_not_on_the_child_s_paper(status, shown):
    (goal,) = child.sheet(content(goals=[rows.goal(rows.activity(status=status))]))["goals"]
    assert len(goal["doing"]) == shown


@pytest.mark.parametrize(
    ("fields", "helper"),
    [
        ({"responsible_person": KARIN}, "Vem: Karin"),
        ({"responsible": "family"}, "Vem: Vi hemma"),
        ({"responsible": "family", "responsible_words": "morfar"}, "Vem: morfar"),
        ({"responsible": "third_party", "responsible_words": "Simklubben"}, "Vem: Simklubben"),
        ({"responsible_unit": None}, ""),
    ],
)
def test_the_child_reads_first_names_and_roles(fields, helper):
    lines = child._does(rows.activity(**fields))["words"].split("\n")
    assert lines == [part for part in ("Ringa", helper) if part]


def test_protected_staff_are_a_kind_of_place_to_the_child():
    at_school = rows.activity(responsible_person=HIDDEN, responsible_unit=Unit(kind="school", name="Skolan"))
    assert "Vera" not in child._does(at_school)["words"]


@pytest.mark.parametrize(
    ("fields", "picture", "said"),
    [
        ({"status": "ended"}, "yes", "Planen är klar."),
        ({}, "wait", "Vi vet inte dagen än."),
        ({"follow_up_on": date(2027, 2, 2)}, "calendar", "Tisdag\n2 februari 2027"),
    ],
)
def test_when_the_child_talks_with_them_again(fields, picture, said):
    (line,) = child.sheet(content(plan(**fields)))["follow_up"]
    assert (line["picture"], line["words"]) == (picture, said)


def test_each_adult_stands_once_and_the_one_who_keeps_it_together_first():
    eva = Person(pk=uuid4(), given_name="Eva", family_name="Strand", title="Läkare")
    doing = [rows.activity(responsible_person=KARIN), rows.activity(responsible_person=eva)]
    shown = child.sheet(
        content(plan(coordinator=KARIN), parties=[rows.party(contact=eva)], activities=doing)
    )["people"]
    assert [line["words"].split("\n")[0] for line in shown] == ["Karin Lund, logoped", "Eva Strand, läkare"]
    assert shown[0]["words"].endswith("Håller ihop allt.")


def test_every_picture_on_the_child_s_paper_is_drawn():
    goals = [rows.goal(rows.activity(), status=status) for status in Goal.Status.values]
    shown = child.sheet(content(plan(coordinator=KARIN), goals=goals))
    used = {goal[name]["picture"] for goal in shown["goals"] for name in ("line", "status")}
    used |= {line["picture"] for goal in shown["goals"] for line in goal["doing"]}
    used |= {line["picture"] for line in (*shown["people"], *shown["follow_up"])}
    assert used <= set(shown["pictures"])


# Characters


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Alva\r\noch\rMaja", "Alva\noch\nMaja"),
        ("en\ttvå", "en två"),
        ("a\u0308", "ä"),
        ("\ufeffHej", "Hej"),
        ("a\x07b", "ab"),
        ("a\u202eb", "ab"),
        ("#let x = 1", "#let x = 1"),
        ("\U0010fffd", characters.UNKNOWN),
    ],
)
def test_text_is_made_drawable_and_nothing_else(text, drawn):
    assert characters.printable(text) == drawn


@pytest.mark.parametrize("length", [39, 40, 100])
def test_a_word_wider_than_the_page_may_be_broken_and_loses_nothing(length):
    made = characters.printable("x" * length)
    assert made.replace("\N{ZERO WIDTH SPACE}", "") == "x" * length
    assert ("\N{ZERO WIDTH SPACE}" in made) == (length >= 40)


@pytest.mark.parametrize(
    ("data", "unknown"),
    [
        ("\U0010fffd", True),
        (["a", {"b": ["\U0010fffd"]}], True),
        ({"b": ["c"]}, False),
        (7, False),
        (None, False),
    ],
)
def test_what_could_not_be_drawn_is_found_however_deep(data, unknown):
    made = characters.all_printable(data)
    assert characters.has_unknown(made) is unknown


def test_keys_numbers_and_nothing_stay_as_they_are():
    assert characters.all_printable({"a\t": (1, None, "b\t")}) == {"a\t": [1, None, "b "]}


def test_every_status_of_an_activity_has_words_on_paper():
    for status in Activity.Status.values:
        assert all(family._activity(rows.activity(status=status))[:2])
