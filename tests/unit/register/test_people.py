"""People from a file: made, corrected, never mixed up with each other, never opened by mistake."""

from datetime import date

import pytest

from kring.access.actors import possible_actors
from kring.children.models import Child, ChildNumber, Guardian
from kring.organisations.models import Person
from kring.register.commands import Permit
from tests.unit.register.files import (
    CHILD,
    EVERYTHING,
    GUARDIAN,
    OTHER_CHILD,
    STAFF,
    THIRD,
    anna,
    assignment,
    became,
    child,
    custody,
    guardian,
    relation,
    take,
    written,
)

KINDS = ("person", "guardian", "child", "assignment", "custody", "relation")


def ways_of(number: str, now) -> set[str]:
    person = Person.objects.get(identity_number=number)
    return {actor.role for actor in possible_actors(person, now=now, strong_auth=True)}


def test_after_one_file_everybody_can_log_in_as_what_they_are(cast):
    outcome = take(*EVERYTHING)
    assert outcome.faults == []
    assert became(outcome) == {f"{kind} new": 1 for kind in KINDS}
    assert ways_of(STAFF, cast.now) == {"physician"}
    assert ways_of(GUARDIAN, cast.now) == {"guardian"}
    assert ways_of(CHILD, cast.now) == {"child"}
    made = Child.objects.get(numbers__value=CHILD)
    assert (made.birth_date, made.name) == (date(2012, 5, 6), "Liv Ny")
    assert [tie.guardian.name for tie in made.custodies.all()] == ["Gun Ny"]
    assert [(tie.unit.key, tie.kind) for tie in made.care_relations.all()] == [("skola-boras-1", "schooling")]


def test_the_order_of_the_lines_does_not_matter(cast):
    assert take(*reversed(EVERYTHING)).faults == []


def test_the_same_file_again_changes_nothing_and_logs_nothing(cast):
    take(*EVERYTHING)
    before = written()
    assert became(take(*EVERYTHING)) == {f"{kind} same": 1 for kind in KINDS}
    assert written() == before


def test_each_change_is_a_row_in_the_log_that_says_which_row_and_never_what(cast):
    take(*EVERYTHING)
    made = Child.objects.get(numbers__value=CHILD)
    children = {"register.child", "register.custody", "register.relation"}
    assert written() == [(f"register.{k}", made.pk if f"register.{k}" in children else None) for k in KINDS]


def test_a_corrected_cell_is_one_change(cast):
    take(*EVERYTHING)
    outcome = take(anna(title="Överläkare"), guardian(phone="031-390 06 10"), child(language="so"))
    assert became(outcome) == {"person changed": 1, "guardian changed": 1, "child changed": 1}
    assert Person.objects.get(subject="anna").title == "Överläkare"
    assert Guardian.objects.get(person__identity_number=GUARDIAN).phone == "031-390 06 10"


def test_an_empty_cell_says_nothing(cast):
    take(anna())
    assert became(take({"kind": "person", "key": "anna"})) == {"person same": 1}
    assert Person.objects.get(subject="anna").title == "Läkare"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (anna(number=GUARDIAN), "olika personer"),  # one's key, another's number
        (anna(number=THIRD), "annat number"),
        ({"kind": "person", "key": "bo", "number": THIRD}, "given_name är tom"),
        ({"kind": "person", "key": "kring", "number": THIRD}, "hör till Kring självt"),
        ({"kind": "guardian", "key": "okand"}, "är tom"),
        (child(birth_date="2012-05-07"), "annan födelsedag"),
        (child(municipality="0000"), "Kommunkoden"),
        (child(child="201001612389", birth_date="2031-01-01"), "Födelsedagen"),
        (child(child="201001612389", birth_date="1831-01-01"), "Födelsedagen"),
        ({"kind": "child", "child": OTHER_CHILD}, "är tom"),
        (assignment(key="ingen"), "kind=person"),
        (assignment(role="guardian"), "role"),
        (assignment(role="machine"), "role"),
        (assignment(role="överläkare"), "role"),
        (assignment(unit="ingenstans"), "Enheten"),
        (custody(number=STAFF), "kind=guardian"),
        (custody(child=OTHER_CHILD), "kind=child"),
        (relation(child=OTHER_CHILD), "kind=child"),
        (relation(unit="ingenstans"), "Enheten"),
        (relation(key="ingen"), "kind=person"),
        (relation(to="2020-08-14"), "före första dagen"),
    ],
)
def test_a_faulty_line_is_told_with_its_number_and_the_rest_goes_on(cast, line, says):
    take(*EVERYTHING)
    before = written()
    outcome = take(line, anna(key="siv", number="200403042393"))
    (fault,) = outcome.faults
    assert fault[0] == 2
    assert says in fault[1]
    assert became(outcome) == {"person new": 1}
    assert len(written()) == len(before) + 1, "nothing of the faulty line"
    assert not [part for part in line.values() if part.isdigit() and part in fault[1]]


def test_a_guardian_line_that_fails_leaves_no_person_behind(cast):
    """A person is made before the guardian is; the line stands or falls as a whole."""
    take(guardian(protected="true"))
    outcome = take(guardian(given_name="Gunvor", protected="false"))
    assert "--lift-protection" in outcome.faults[0][1]
    assert Person.objects.get(identity_number=GUARDIAN).given_name == "Gun"


def test_a_new_number_takes_a_word_and_ends_the_sessions(cast):
    take(anna())
    assert take(anna(number=THIRD)).faults
    outcome = take(anna(number=THIRD), permits=frozenset({Permit.CHANGE_IDENTITY}))
    assert became(outcome) == {"person changed": 1}
    person = Person.objects.get(subject="anna")
    assert (person.identity_number, person.session_epoch) == (THIRD, 1)


@pytest.mark.parametrize("shut", ["kring", "anna"])
def test_nobody_who_is_shut_out_is_opened_by_a_file(cast, shut):
    take(anna())
    take({"kind": "person", "key": "x"})
    Person.objects.filter(subject="anna").update(is_active=False)
    outcome = take(anna(title="Chef"), assignment())
    assert [line for line, _ in outcome.faults] == [2, 3]
    assert not Person.objects.get(subject="kring").identity_number


def test_protection_takes_hold_at_once_and_is_lifted_only_when_asked(cast):
    take(*EVERYTHING)
    take(child(protection="registration"), anna(protected="true"))
    for line in (child(protection="none"), child(protection="flag"), anna(protected="false")):
        assert "--lift-protection" in take(line).faults[0][1]
    assert Child.objects.get(numbers__value=CHILD).protection == "registration"
    assert Person.objects.get(subject="anna").protected_identity
    lifted = take(child(protection="none"), anna(protected="false"), permits=frozenset(Permit))
    assert became(lifted) == {"child changed": 1, "person changed": 1}


def test_a_child_that_another_system_sent_gets_its_person(cast):
    known = Child.objects.create(given_name="Bo", family_name="Ek", birth_date=date(2010, 1, 1))
    ChildNumber.objects.create(child=known, kind="personal", value=OTHER_CHILD)
    assert became(take({"kind": "child", "child": OTHER_CHILD})) == {"child changed": 1}
    known.refresh_from_db()
    assert known.person.identity_number == OTHER_CHILD
    assert known.person.name == "Bo Ek"


def test_two_lines_about_the_same_that_differ_are_told_and_the_first_stands(cast):
    outcome = take(anna(), anna(title="Chef"))
    assert outcome.faults == [(3, "Raden säger emot rad 2. Behåll en av dem.")]
    assert Person.objects.get(subject="anna").title == "Läkare"
    again = take(anna(), anna(title="Chef"))
    assert became(again) == {
        "person same": 1,
    }
    assert len(again.faults) == 1


def test_two_lines_that_say_the_same_are_no_fault(cast):
    assert became(take(anna(), anna())) == {"person new": 1, "person same": 1}


def test_staff_who_are_guardians_too_are_one_person_with_two_ways(cast):
    take(anna(), guardian(number=STAFF, given_name="Anna"), assignment())
    assert ways_of(STAFF, cast.now) == {"physician", "guardian"}
    assert Person.objects.filter(identity_number=STAFF).count() == 1


def test_no_sentence_and_no_log_row_holds_a_number_or_a_name(cast):
    lines = (*EVERYTHING, assignment(unit=CHILD), assignment(role=STAFF), custody(child=OTHER_CHILD))
    outcome = take(*lines)
    told = repr(outcome.faults) + repr(written())
    for secret in (CHILD, OTHER_CHILD, STAFF, GUARDIAN, "Anna", "Gun", "Liv"):
        assert secret not in told
