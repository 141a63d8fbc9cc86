"""S75 for the young: from 16, or when one reads one's own record; what is hidden stands as unit and time."""

import io
import re
from datetime import date, datetime, time, timedelta

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from kring import clock
from kring.audit.models import AccessLogRow
from kring.log_review.models import ReadingQuestion
from tests.cast import Cast
from tests.own_pages import sign_in
from tests.unit.log_review.logged import key_of, opened

BIRTHDAY_16 = datetime.combine(date(2027, 6, 2), time(10), clock.STOCKHOLM)
PAGES = ("young-readings", "young-readings-pdf")


@pytest.fixture
def at_16(cast: Cast):
    """Noa's sixteenth birthday."""
    AccessLogRow.objects.all()._raw_delete("default")
    with clock.frozen(BIRTHDAY_16):
        yield cast.child("noa")


@pytest.fixture
def noa(at_16, cast: Cast) -> Client:
    return sign_in(Client(), cast.noa)


def before(hours: int) -> datetime:
    return BIRTHDAY_16 - timedelta(hours=hours)


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_day_too_early_it_is_refused_in_the_open(cast, name):
    with clock.frozen(BIRTHDAY_16 - timedelta(days=1)):
        answer = sign_in(Client(), cast.noa).get(reverse(name))
        assert answer.status_code == 403
        refused = AccessLogRow.objects.filter(outcome="refused").latest("id")
        assert refused.rule == "8.7.extract.young"


def test_the_way_there_comes_on_the_birthday(cast, noa):
    noa.post(reverse("young-welcome"))
    assert reverse("young-readings") in text(noa.get(reverse("child-home")))
    with clock.frozen(BIRTHDAY_16 - timedelta(days=1)):
        assert reverse("young-readings") not in text(sign_in(Client(), cast.noa).get(reverse("child-home")))


def test_who_has_read_and_what_is_hidden_as_unit_and_time(at_16, noa):
    opened("david", at_16.pk, before(2))
    opened("eva", at_16.pk, before(3), what="concern.report")
    page = text(noa.get(reverse("young-readings")))
    assert "Psykolog, " in page and "BUP Borås" in page
    assert "Mer än så visas inte om den här läsningen." in page
    assert "Verksamhetschef" not in page and "concern" not in page
    assert not [name for name in ("David", "Öberg", "Eva", "Strand") if re.search(rf"\b{name}\b", page)]


def test_guardians_and_oneself_are_told_apart(at_16, noa):
    opened("anders", at_16.pk, before(5), role="guardian", what="family.home")
    page = text(noa.get(reverse("young-readings") + "?vem=familjen"))
    assert "En vårdnadshavare" in page and "Du själv" in page and "Anders" not in page


def test_the_paper(at_16, noa):
    opened("david", at_16.pk, before(2))
    answer = noa.get(reverse("young-readings-pdf"))
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "Psykolog" in words and "David" not in words
    assert "vem-har-last-2027-06-02.pdf" in answer.headers["Content-Disposition"]


def test_of_a_protected_child_no_file_is_made_and_none_is_offered(cast, at_16, noa):
    opened("david", at_16.pk, before(2))
    at_16.protection = "flag"
    at_16.save()
    page = text(noa.get(reverse("young-readings")))
    assert "BUP Borås" in page and reverse("young-readings-pdf") not in page
    assert noa.get(reverse("young-readings-pdf")).status_code == 403


def test_asking_about_a_reading(at_16, noa):
    row = opened("david", at_16.pk, before(2))
    ask = reverse("young-ask-reading", args=[key_of(row)])
    assert "Dina vårdnadshavare ser den inte." in text(noa.get(ask))
    answer = noa.post(ask, {"words": "Varför läste ni då?"})
    assert answer.headers["Location"] == reverse("young-readings")
    question = ReadingQuestion.objects.get()
    assert (question.child, question.row_id, question.words) == (at_16, row.pk, "Varför läste ni då?")
    assert "Du har frågat: Skickad" in text(noa.get(reverse("young-readings")))


def test_another_child_s_reading_is_not_there(cast, noa):
    row = opened("karin", cast.child("alva").pk, before(2))
    assert noa.get(reverse("young-ask-reading", args=[key_of(row)])).status_code == 404
