"""Many lines are committed together, and nothing shows of it: each line stands or falls by itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.audit.models import AccessLogRow
from kring.children.models import Child, Custody, Guardian
from kring.organisations.models import Person
from kring.register.commands import filling
from tests.unit.register.files import CHILD, GUARDIAN, STAFF, anna, became, child, custody, guardian, take

SIZES = (1, 2, 3, 200)
FAULTY = (
    anna(),
    anna(key="anna2", number="", hsa_id="SE2321000131-P000000000001", given_name="Bo"),
    # Contradicts the first: the row was another's a moment ago.
    anna(title="Kurator"),
    guardian(),
    # A child whose municipality nobody knows, and the same child told rightly on the next line.
    child(municipality="9999"),
    child(municipality="1490"),
    custody(number=GUARDIAN),
    # Somebody unknown, between two who are known.
    custody(number="200103032388"),
    custody(number=GUARDIAN),
)


def all_there_is():
    """What a file leaves, by what people call it."""
    ours = Person.objects.filter(family_name="Ny")
    return (
        sorted(ours.values_list("identity_number", "hsa_id", "given_name", "title"), key=str),
        sorted(Guardian.objects.filter(family_name="Ny").values_list("given_name", "language")),
        sorted(Child.objects.filter(family_name="Ny").values_list("given_name", "municipality__code")),
        Custody.objects.filter(child__family_name="Ny").count(),
        sorted(AccessLogRow.objects.filter(rule="register.file").values_list("what", flat=True)),
    )  # fmt: skip


@pytest.mark.django_db
def test_however_many_are_committed_together_the_same_comes_of_a_file(cast):
    from django.db import transaction

    found = []
    for size in SIZES:
        try:
            with transaction.atomic():
                first, again = take(*FAULTY, batch=size), take(*FAULTY, batch=size)
                found.append((became(first), first.faults, became(again), again.faults, all_there_is()))
                raise ZeroDivisionError  # a clean table for the next size
        except ZeroDivisionError:
            pass
    assert all(one == found[0] for one in found)
    counted, faults, twice, _faults, _rows = found[0]
    assert [line for line, _sentence in faults] == [4, 6, 9]
    assert counted["child new"] == counted["guardian new"] == counted["custody new"] == 1
    assert not any(key.endswith("new") for key in twice), "read twice, nothing is new"


@pytest.mark.django_db
def test_what_a_line_began_and_gave_up_is_unknown_to_the_next(cast, monkeypatch):
    """The guardian's person is written before the guardian; when the guardian fails, both are gone."""
    real = Guardian.objects.create

    def fails_once(**fields):
        monkeypatch.setattr(Guardian.objects, "create", real)
        raise filling.Wrong(filling.Fault.MISSING, column="phone")

    monkeypatch.setattr(Guardian.objects, "create", fails_once)
    outcome = take(guardian(), guardian(given_name="Siv"))
    assert [line for line, _sentence in outcome.faults] == [2]
    assert became(outcome) == {"guardian new": 1}
    assert list(Person.objects.filter(identity_number=GUARDIAN).values_list("given_name")) == [("Siv",)]


@pytest.mark.django_db
def test_the_log_has_a_row_for_each_line_that_stands_in_one_chain_of_a_batch(cast):
    from kring.audit import queries as audit

    take(anna(), guardian(), child(), custody(number=GUARDIAN))
    rows = AccessLogRow.objects.filter(rule="register.file")
    assert sorted(rows.values_list("what", flat=True)) == [
        "register.child", "register.custody", "register.guardian", "register.person",
    ]  # fmt: skip
    known = Child.objects.get(numbers__value=CHILD)
    assert set(rows.filter(what__in=["register.child", "register.custody"]).values_list("child_id")) == {
        (known.pk,)
    }
    assert not list(audit.faults())


@pytest.mark.django_db
def test_lines_that_change_nothing_ask_a_batch_s_few_questions(cast):
    """Reading a whole region again is a few questions for every two hundred lines, and one savepoint each."""

    def lines(many):
        return [anna(key=f"anna-{n}", number="", hsa_id=f"SE2321000131-P{n:012}") for n in range(many)]

    def asked(many):
        assert not take(*lines(many)).faults
        with CaptureQueriesContext(connection) as questions:
            take(*lines(many))
        return [one["sql"] for one in questions.captured_queries if "SAVEPOINT" not in one["sql"]]

    few, many = asked(3), asked(30)
    assert len(few) == len(many) <= 12


@pytest.mark.django_db
def test_somebody_whose_number_changed_is_found_by_the_new_one_on_the_next_line(cast):
    take(anna())
    permits = frozenset({filling.Permit.CHANGE_IDENTITY})
    outcome = take(anna(number=GUARDIAN), anna(key="", number=STAFF, given_name="Ida"), permits=permits)
    assert not outcome.faults
    names = dict(Person.objects.filter(family_name="Ny").values_list("identity_number", "given_name"))
    assert names == {GUARDIAN: "Anna", STAFF: "Ida"}
