"""S20: only the whole number finds, a name only among one's own, and silence tells nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.audit.models import AccessLogRow
from kring.children.models import ChildNumber
from kring.children.personal_numbers import official_test_numbers
from tests.unit.portal.staff.desk import questions_of, text_of

SEARCH = "/barn/"
FORBIDDEN = re.compile(r"ogiltig|felaktig|vänligen|tyvärr|oops", re.IGNORECASE)


def number_of(child) -> str:
    return ChildNumber.objects.get(child=child).value


def find(client, **fields: str):
    return client.post(SEARCH, fields)


def without_keys(answer) -> str:
    """A page without what differs between any two: the forms' keys and the words that were sent."""
    page = re.sub(r"[A-Za-z0-9]{64}", "", text_of(answer))
    return re.sub(r'(name="(?:number|name)" value)="[^"]*"', r"\1", page)


@pytest.mark.parametrize(
    "written",
    [
        "{0}",
        "{0[0]}{0[1]}{0[2]}{0[3]}{0[4]}{0[5]}{0[6]}{0[7]}-{tail}",
        "{short}",
        "{short_date}-{tail}",
        " {0} ",
        "{short_date} {tail}",
    ],
)
def test_a_number_is_read_in_every_way_it_is_written(karin, cast, written):
    alva = cast.child("alva")
    twelve = number_of(alva)
    form = {"tail": twelve[8:], "short": twelve[2:], "short_date": twelve[2:8]}
    assert find(karin, number=written.format(twelve, **form)).headers["Location"] == f"/barn/{alva.pk}/"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("20160312-2380", "Kontrollsiffran"),
        ("20161312-2381", "Månaden"),
        ("20160332-2381", "Dagen"),
        ("123", "antal siffror"),
        ("2016-0312-2381", "Strecket"),
    ],
)
def test_a_slip_is_told_by_the_group_that_seems_wrong(karin, number, words):
    page = text_of(find(karin, number=number))
    assert words in page
    assert "<title>Fel: " in page
    assert 'href="#id_number"' in page
    assert f'value="{number}"' in page
    assert not FORBIDDEN.search(page)


def test_empty_asks_for_either(karin):
    page = text_of(find(karin, number="", name=" "))
    assert "Skriv ett nummer eller ett namn" in page
    assert text_of(karin.get(SEARCH)).count("k-error") == 0


class TestNobody:
    def test_unknown_invisible_and_protected_look_the_same(self, client, cast):
        peter = cast.log_in(client, "peter")
        tuva, sigrid = cast.child("tuva"), cast.child("sigrid")
        unknown = list(official_test_numbers(tuva.birth_date.replace(year=2017)))[-1].digits12
        assert not ChildNumber.objects.filter(value=unknown).exists()
        answers = [find(peter, number=n) for n in (unknown, number_of(tuva), number_of(sigrid))]
        assert {one.status_code for one in answers} == {200}
        assert len({without_keys(one) for one in answers}) == 1
        assert "Inget barn hittades" in text_of(answers[0])

    def test_they_cost_the_same_questions(self, client, cast):
        peter = cast.log_in(client, "peter")
        tuva = cast.child("tuva")
        unknown = list(official_test_numbers(tuva.birth_date.replace(year=2017)))[-1].digits12
        find(peter, number=unknown)
        counts = []
        for number in (unknown, number_of(tuva), number_of(cast.child("sigrid"))):
            with CaptureQueriesContext(connection) as asked:
                find(peter, number=number)
            counts.append(len(asked))
        assert len(set(counts)) == 1

    def test_a_miss_is_logged_without_the_number(self, client, cast):
        peter = cast.log_in(client, "peter")
        find(peter, number=number_of(cast.child("tuva")))
        row = AccessLogRow.objects.get(action="search")
        assert (row.child_id, row.what, row.person_id) == (None, "search.number", cast.peter.pk)
        assert not {row.object_id, row.reason} - {""}


class TestNames:
    @pytest.mark.parametrize("name", ["Alva", "alva berg", "BERG", "Alv", "Berg Alva"])
    def test_beginnings_of_names_among_one_s_own(self, karin, cast, name):
        page = text_of(find(karin, name=name))
        assert f'<a href="/barn/{cast.child("alva").pk}/">Alva Berg</a>' in page
        assert "1 barn" in page

    def test_swedish_letters_in_any_case(self, karin, desk):
        desk.child("Åsa Öman")
        for name in ("åsa", "Åsa", "öman", "ÅSA ÖMAN"):
            assert "Åsa Öman" in text_of(find(karin, name=name)), name

    def test_not_among_others(self, karin):
        assert "Inget barn hittades" in text_of(find(karin, name="Tuva"))

    def test_a_protected_child_has_no_name_to_find(self, karin):
        assert "Inget barn hittades" in text_of(find(karin, name="Sigrid"))

    def test_one_letter_is_too_little(self, karin):
        assert "Skriv minst två bokstäver av namnet." in text_of(find(karin, name="A"))

    def test_too_many_asks_for_more(self, karin, desk):
        for n in range(22):
            desk.child(f"Anna Andra{n}")
        page = text_of(find(karin, name="Anna"))
        assert "Fler än 20 barn. Skriv mer av namnet" in page
        assert page.count('role="rowheader"') == 20

    @pytest.mark.parametrize(
        "name", ["%%", "__", "' OR 1=1--", "<script>alert(1)</script>", "å" * 80, "\x00ab"]
    )
    def test_hostile_names_find_nobody(self, karin, name):
        answer = find(karin, name=name)
        assert answer.status_code == 200
        assert "<script>alert" not in text_of(answer)
        assert 'role="rowheader"' not in text_of(answer)

    def test_too_long_is_told(self, karin):
        assert "högst 80 tecken" in text_of(find(karin, name="x" * 81))

    def test_each_hit_is_logged(self, karin, cast):
        find(karin, name="Alva")
        assert AccessLogRow.objects.get(action="search").child_id == cast.child("alva").pk


def test_a_protected_child_is_found_by_number_by_its_group_only_and_opens_by_a_door(karin, cast):
    sigrid = cast.child("sigrid")
    answer = find(karin, number=number_of(sigrid))
    assert answer.headers["Location"] == f"/barn/{sigrid.pk}/"
    door = karin.get(answer.headers["Location"]).headers["Location"]
    assert door == f"/barn/{sigrid.pk}/oppna/?next=%2Fbarn%2F{sigrid.pk}%2F"


def test_reception_finds_and_books_but_does_not_open(client, cast):
    rune, alva = cast.log_in(client, "rune"), cast.child("alva")
    page = text_of(find(rune, number=number_of(alva)))
    assert f'<a href="/barn/{alva.pk}/besok/nytt/">Alva Berg</a>' in page
    assert f'href="/barn/{alva.pk}/"' not in page


def test_a_reserve_number_is_found_as_written(karin, desk):
    child = desk.child("Reserv Nummer")
    ChildNumber.objects.create(child=child, kind="reserve", system="vgr", value="19S-1234-AB")
    assert find(karin, number="19s-1234-ab").headers["Location"] == f"/barn/{child.pk}/"


def test_a_number_in_the_address_is_not_read(karin, cast):
    page = text_of(karin.get(SEARCH + "?number=" + number_of(cast.child("alva"))))
    assert "Alva" not in page
    assert 'value="20' not in page


def test_the_form_costs_few_questions(karin):
    karin.get(SEARCH)
    assert questions_of(karin, SEARCH) <= 4
