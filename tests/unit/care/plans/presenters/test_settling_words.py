"""The words of establishing, following up and ending: what stops, what is late, and what cannot be undone."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from kring.care.plans.presenters import describe, follow_ups, items, settling

TODAY = date(2026, 11, 16)
FOLLOW_UP = UUID(int=4)
USUAL = {"visibility": "default", "category": "general", "visible_to_child_from": None}


def plan(**fields):
    whole = {"pk": UUID(int=3), "status": "established", "follow_up_on": None, "is_over": False}
    return Row(**(whole | fields))


def reader(*permissions):
    return Row(today=TODAY, may=lambda permission: permission in permissions)


EVERY = reader("follow_up_plan", "close_plan")


def ahead(actor=EVERY, in_charge=True, **fields):
    return settling.follow_ups(Row(plan=plan(**fields), in_charge=in_charge), actor)


@pytest.mark.parametrize(
    ("due", "shown", "soon", "late"),
    [
        (None, "", "", False),
        (date(2026, 11, 15), "sön 15 nov 2026", "", True),
        (date(2026, 11, 16), "mån 16 nov 2026", "I dag", False),
        (date(2026, 11, 17), "tis 17 nov 2026", "I morgon", False),
        (date(2026, 11, 30), "mån 30 nov 2026", "Om 14 dagar", False),
        (date(2026, 12, 1), "tis 1 dec 2026", "", False),
    ],
)
def test_when_it_is_to_be_followed_up_and_whether_it_is_late(due, shown, soon, late):
    words = ahead(follow_up_on=due)
    assert (words["due"], words["soon"], words["late"]) == (shown, soon, late)
    assert words["due_iso"] == (due.isoformat() if due else "")


@pytest.mark.parametrize(
    ("actor", "in_charge", "status", "ways"),
    [
        (EVERY, True, "established", {"follow_up_href", "move_href", "close_href"}),
        (reader("follow_up_plan"), True, "established", {"follow_up_href", "move_href"}),
        (reader("close_plan"), True, "established", set()),
        (reader(), True, "established", set()),
        (EVERY, False, "established", set()),
        (EVERY, True, "draft", set()),
        (EVERY, True, "ended", set()),
    ],
)
def test_only_those_who_may_are_shown_the_ways(actor, in_charge, status, ways):
    words = ahead(actor, in_charge, status=status, follow_up_on=TODAY)
    assert {name for name in ("follow_up_href", "move_href", "close_href") if words[name]} == ways


def test_a_day_that_is_not_set_cannot_be_moved():
    assert ahead()["move_href"] == ""
    assert "ingen dag" in settling.move(plan())["lead"]


def test_a_move_says_the_day_it_moves_from_and_that_moves_are_counted():
    lead = settling.move(plan(follow_up_on=date(2026, 12, 1)))["lead"]
    assert "tis 1 dec 2026" in lead
    assert "räknas" in lead


@pytest.mark.parametrize(
    ("status", "is_over", "name"),
    [
        ("draft", False, "plan-establish"),
        ("established", False, "plan-version-new"),
        ("ended", True, ""),
        ("declined", True, ""),
    ],
)
def test_the_next_version_is_made_where_the_plan_stands(status, is_over, name):
    one = plan(status=status, is_over=is_over)
    href = settling.new_version_href(Row(plan=one))
    assert href == (reverse(name, args=[one.pk]) if name else "")


def test_ending_is_said_to_be_for_good_and_looks_like_it():
    words = settling.close(plan())
    assert words["danger"]
    assert "går den inte att ändra mer" in words["lead"]


def test_a_version_says_which_when_and_by_whom_and_nothing_of_the_child():
    version = Row(
        number=3,
        made_at=datetime(2026, 11, 16, 9, tzinfo=UTC),
        made_by=Row(name="Karin Lund"),
        plan_id=UUID(int=3),
    )
    words = settling.version_page(version)
    assert words["title"] == "Version 3 av planen"
    assert words["lead"] == "Gjord mån 16 nov 2026 kl. 10.00 av Karin Lund."
    assert words["before"] == "Ändrat sedan version 2"


# What has been held


def held(**fields):
    whole = {
        "held_on": date(2026, 11, 16), "was_due_on": None, "child_words": "Bra!", "summary": "Går bra",
        "next_on": None,
    }  # fmt: skip
    return Row(follow_up=Row(**(USUAL | whole | {"pk": FOLLOW_UP} | fields)), reviews=())


def shown(*rows, by=None, in_charge=True):
    return follow_ups.held(Row(follow_ups=rows, in_charge=in_charge), by or EVERY)


@pytest.mark.parametrize(
    ("by", "in_charge", "fields", "linked"),
    [
        (EVERY, True, {}, True),
        (reader("follow_up_plan"), True, {}, True),
        (reader("edit_plan"), True, {}, False),
        (EVERY, False, {}, False),
        (EVERY, True, {"summary": ""}, False),
    ],
)
def test_who_may_choose_readers_anew_finds_the_way_where_something_is_written(by, in_charge, fields, linked):
    (one,) = shown(held(**fields), by=by, in_charge=in_charge)
    assert bool(one.readers_href) == linked
    assert one.readers_href in ("", f"/planer/uppfoljning/{FOLLOW_UP}/lasare/")


@pytest.mark.parametrize(
    ("by", "in_charge", "words", "linked"),
    [
        (reader("close_plan"), True, "Vi ses", True),
        (reader("edit_plan"), True, "Vi ses", False),
        (EVERY, False, "Vi ses", False),
        (EVERY, True, "", False),
    ],
)
def test_and_so_does_whoever_ended_the_plan(by, in_charge, words, linked):
    content = Row(closure=Row(words=words), in_charge=in_charge, plan=plan())
    assert bool(follow_ups.closure_readers_href(content, by)) == linked


def test_a_plan_that_goes_on_has_no_end_to_choose_readers_of():
    assert follow_ups.closure_readers_href(Row(closure=None, in_charge=True), EVERY) == ""


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (date(2026, 11, 16), "På den planerade dagen"),
        (date(2026, 11, 15), "1 dag efter planerad dag"),
        (date(2026, 11, 6), "10 dagar efter planerad dag"),
        (date(2026, 11, 17), "1 dag före planerad dag"),
        (date(2026, 11, 20), "4 dagar före planerad dag"),
    ],
)
def test_whether_the_day_was_kept(due, words):
    assert shown(held(was_due_on=due))[0].kept == words


def test_the_latest_stands_first_with_the_childs_words_and_what_comes_next():
    first, second = held(held_on=date(2026, 5, 4)), held(next_on=date(2027, 3, 1), child_words="Okej")
    latest, before = shown(first, second)
    assert (latest.when, latest.iso, latest.child_words) == ("mån 16 nov 2026", "2026-11-16", "Okej")
    assert latest.next == "Nästa: mån 1 mar 2027"
    assert (before.iso, before.next) == ("2026-05-04", "")


@pytest.mark.parametrize(
    ("status", "mark"),
    [("not_started", "draft"), ("on_the_way", "running"), ("reached", "done"), ("changed", "new")],
)
def test_each_goal_has_how_it_went_as_mark_and_word(status, mark):
    review = Row(
        goal=Row(words="Jag vill cykla"),
        status=status,
        get_status_display=lambda: "Ord",
        comment="Två gånger",
    )
    one = held()
    one.reviews = (review,)
    assert shown(one)[0].goals == [("Jag vill cykla", mark, "Ord", "Två gånger")]


def test_every_day_that_was_set_is_kept_with_why_it_was_moved():
    days = [Row(due_on=date(2026, 12, 1), reason=""), Row(due_on=date(2027, 1, 8), reason="Sjukdom")]
    told = follow_ups.planned(Row(planned_follow_ups=days))
    assert told == [("fre 8 jan 2027", "Sjukdom"), ("tis 1 dec 2026", "")]


ASKED = ("De lyssnade på mig", "Planen hjälpte mig")


def closing(**fields):
    whole = {
        "child_words": "Jag vill vara med", "child_listened": 5, "child_helped": 1, "words": "Målen är nådda",
        "get_reason_display": lambda: "Målen är nådda", "ended_at": datetime(2026, 11, 16, 9, tzinfo=UTC),
    }  # fmt: skip
    itself = [Row(guardian_id=None)] if fields.pop("itself", False) else []
    told = follow_ups.closure(Row(closure=Row(**(USUAL | whole | fields)), evaluations=itself))
    return [(row["label"], row["value"]) for row in told]


def test_who_reads_it_is_told_to_colleagues_only_when_something_was_chosen():
    said = {"get_visibility_display": lambda: "Visas bara för vården", "visibility": "care_only"}
    assert closing(**said)[-1] == ("Vem i familjen får läsa?", "Visas bara för vården")
    assert "Vem i familjen får läsa?" not in dict(closing())
    assert [one.readers for one in shown(held(**said), held())] == ["", "Visas bara för vården"]


def test_a_plan_that_is_not_over_has_no_ending():
    assert follow_ups.closure(Row(closure=None)) == []


def test_the_childs_words_come_first_in_the_ending():
    label = "Barnets egna ord, antecknade av personal"
    assert closing()[0] == (label, "Jag vill vara med")
    assert closing(child_words="")[0] == (label, "Inte svarat")


def test_a_child_that_has_answered_itself_has_not_left_it_unanswered():
    unsaid = {"child_words": "", "child_listened": None, "child_helped": None}
    assert closing(itself=True, **unsaid)[0][0] == "Varför planen avslutades"
    assert dict(closing(itself=True))["Barnets egna ord, antecknade av personal"] == "Jag vill vara med"


@pytest.mark.parametrize(
    ("face", "word"),
    [(5, "Jättebra"), (4, "Bra"), (3, "Okej"), (2, "Inte bra"), (1, "Jättedåligt"), (None, "Inte svarat")],
)
def test_each_face_has_its_word_and_no_face_is_no_answer(face, word):
    told = dict(closing(child_listened=face, child_helped=face))
    listened, helped = (told[f"{asks}, antecknat av personal"] for asks in ASKED)
    assert listened == helped == word


def test_no_words_are_a_dash():
    assert dict(closing(words=""))["Med egna ord"] == "–"


# One form at a time


@pytest.mark.parametrize("part", describe.PARTS)
def test_each_part_has_title_fields_and_the_way_back(part):
    words = describe.part(plan(), part)
    assert str(words["title"])
    assert describe.fields_of(part)
    assert words["back"] == reverse("plan-page", args=[UUID(int=3)])
    assert (words["button"], words["back_words"]) == ("Spara", "Tillbaka till planen")


@pytest.mark.parametrize("part", ["", "status", "viktigt ", "../viktigt", "coordinator_id"])
def test_no_other_part_of_a_plan_can_be_written(part):
    with pytest.raises(Http404):
        describe.fields_of(part)


def test_no_field_is_written_in_two_places():
    fields = [name for part in describe.PARTS for name in describe.fields_of(part)]
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize(
    ("asked", "n", "found"),
    [
        ("", 0, ""),
        ("", 7, ""),
        ("hab", 1, "1 verksamhet hittades."),
        ("hab", 3, "3 verksamheter hittades."),
    ],
)
def test_what_was_found_is_said_only_when_something_was_asked(asked, n, found):
    assert describe.parties(plan(), asked, n)["found"] == found


def test_nothing_found_says_how_to_search_instead():
    assert "Sök på en annan del av namnet." in describe.parties(plan(), "zzz", 0)["found"]


@pytest.mark.parametrize(("municipality", "place"), [(Row(name="Borås"), "Borås"), (None, "Regionen")])
def test_units_with_the_same_name_are_told_apart_by_place(municipality, place):
    unit = Row(name="Skolan", municipality=municipality, controller=Row(name="Regionen"))
    assert describe.unit_choice(unit) == f"Skolan, {place}"


@pytest.mark.parametrize("make", [describe.leave, describe.withdraw])
def test_what_closes_the_plan_for_somebody_asks_first_and_says_when(make):
    words = make(plan())
    assert words["title"].endswith("?")
    assert "direkt" in words["lead"]


# Needs, goals and activities


@pytest.mark.parametrize(
    ("kind", "new", "change"),
    [
        ("need", "Lägg till behov", "Ändra behovet"),
        ("goal", "Lägg till mål", "Ändra målet"),
        ("activity", "Lägg till insats", "Ändra insatsen"),
    ],
)
def test_a_new_item_cannot_be_removed_and_one_that_stands_can(kind, new, change):
    fresh, stands = items.page(plan(), kind), items.page(plan(), kind, Row(pk=uuid4()))
    assert (str(fresh["title"]), str(stands["title"])) == (new, change)
    assert "also" not in fresh
    assert stands["also"]["label"] == "Ta bort ur planen"


@pytest.mark.parametrize(
    ("kind", "field", "title"),
    [
        ("need", "text", "Ta bort behovet?"),
        ("goal", "words", "Ta bort målet?"),
        ("activity", "what", "Ta bort insatsen?"),
    ],
)
def test_a_removal_quotes_what_goes_and_says_what_stays(kind, field, title):
    words = items.removal(Row(plan=plan(), **{field: "Jag vill cykla"}), kind)
    assert (str(words["title"]), words["quote"], words["danger"]) == (title, "Jag vill cykla", True)
    assert "Versioner som redan är gjorda ändras inte." in words["lead"]
