"""S10: the order, the counters, who has the ball, and what a protected child's row tells."""

import gzip
import re

import pytest

from kring.audit.models import AccessLogRow
from kring.children.models import Child, ProtectedGroupMember
from tests.unit.portal.staff.desk import questions_of, text_of

LIST = "/arbetslista/"


def rows(page: str) -> list[str]:
    return (
        re.findall(r'<tr role="row".*?</tr>', page.split("<tbody", 1)[1], re.DOTALL)
        if "<tbody" in page
        else []
    )


def names(page: str) -> list[str]:
    return [
        re.search(r'k-rowlink"[^>]*>(?:<svg.*?</svg>)?(.*?)</a>', row, re.DOTALL)[1] for row in rows(page)
    ]


def test_overdue_first_and_oldest_of_them_first(karin, desk):
    for name, days in (("Om Vecka", 7), ("I Dag", 0), ("Mest Sen", -12), ("Lite Sen", -2)):
        desk.task(desk.child(name), days=days)
    assert names(text_of(karin.get(LIST))) == ["Mest Sen", "Lite Sen", "I Dag", "Om Vecka"]


def test_due_days_in_words_and_dates(karin, desk):
    for days in (-12, -1, 0, 1, 3, 14, 15):
        desk.task(days=days)
    page = text_of(karin.get(LIST))
    for words in ("Försenad 12 dagar", "Försenad 1 dag<", "I dag<", "I morgon", "Om 3 dagar", "Om 14 dagar"):
        assert words in page
    assert "Om 15" not in page
    assert page.count('<time class="k-soft" datetime="2026-12-01">2026-12-01</time>') == 1


@pytest.mark.parametrize(
    "wanted", ["", "?forfaller=forsenade", "?forfaller=idag", "?forfaller=vecka", "?forfaller=vantar"]
)
def test_each_counter_equals_its_list(karin, desk, wanted):
    desk.tasks(20)
    desk.task(days=2, ball="other")
    desk.task(days=-3, ball="family")
    page = text_of(karin.get(LIST + wanted))
    counted = {
        href: int(n)
        for href, n in re.findall(r'<li><a href="([^"]*)" data-tone="\w+"[^>]*><strong>(\d+)</strong>', page)
    }
    if not wanted:
        assert list(counted.values()) == [11, 1, 8, 2]
        for href, number in counted.items():
            assert len(rows(text_of(karin.get(LIST + href.replace("&amp;", "&"))))) == number, href
    else:
        assert len(rows(page)) in counted.values()


def test_each_tab_equals_its_list(karin, desk):
    desk.tasks(3)
    desk.task(assignee=None)
    desk.task(assignee=None, ball="family")
    page = text_of(karin.get(LIST))
    tabs = re.findall(r'<li><a href="(\?vy=\w+[^"]*)"[^>]*>([\w\s]+)<span class="k-tabs__n">\((\d+)\)', page)
    assert [(label.strip(), int(n)) for _href, label, n in tabs] == [
        ("Mina barn", 3),
        ("Teamets", 5),
        ("Väntar på andra", 1),
        ("Utan ansvarig", 2),
    ]
    for href, _label, n in tabs:
        assert len(rows(text_of(karin.get(LIST + href)))) == int(n)


def test_one_row_a_child_with_its_most_urgent_task(karin, desk):
    child = desk.child("Ett Barn")
    desk.task(child, days=5, kind="sip_summon")
    desk.task(child, days=-5, kind="follow_up")
    page = text_of(karin.get(LIST))
    assert names(page) == ["Ett Barn"]
    assert "Följ upp SIP" in rows(page)[0]
    assert "och 1 uppgift till" in page


def test_who_has_the_ball(karin, desk, cast):
    desk.task(desk.child("Min Egen"))
    desk.task(desk.child("Kollegans Barn"), assignee=cast.eva)
    desk.task(desk.child("Skolans Tur"), ball="other", ball_unit=cast.unit("skola-boras-1"))
    desk.task(desk.child("Mångas Tur"), ball="other", ball_unit=None)
    desk.task(desk.child("Familjens Tur"), ball="family")
    desk.task(desk.child("Ingens Barn"), assignee=None)
    page = text_of(karin.get(LIST + "?vy=teamet"))
    balls = dict(zip(names(page), re.findall(r'<span class="k-ball" data-who="(\w+)">', page), strict=True))
    assert balls == {
        "Min Egen": "me",
        "Kollegans Barn": "other",
        "Skolans Tur": "other",
        "Mångas Tur": "other",
        "Familjens Tur": "family",
        "Ingens Barn": "nobody",
    }
    assert "Väntar på Albackeskolan" in page
    assert "Väntar på flera" in page
    assert "Eva Strand" in page


def test_who_has_nothing_of_their_own_gets_the_team_s(client, cast, desk):
    desk.tasks(2)
    page = text_of(cast.log_in(client, "eva").get(LIST))
    assert len(rows(page)) == 2
    assert '?vy=teamet" aria-current="page"' in page
    assert "inga egna uppgifter" in text_of(client.get(LIST + "?vy=mina"))


@pytest.mark.parametrize(
    ("address", "words", "action"),
    [
        ("", "Här kommer nästa steg", "Sök ett barn"),
        ("?forfaller=forsenade", "Inga försenade uppgifter. Bra!", "Rensa filter"),
        ("?kommun=1480", "Inget barn passar", "Rensa filter"),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(karin, address, words, action):
    page = text_of(karin.get(LIST + address))
    assert words in page
    assert action in page


class TestFilters:
    def test_by_kind_and_municipality(self, karin, desk):
        desk.task(desk.child("Fel Sort"), kind="sip_summon")
        desk.task(desk.child("Rätt Barn"))
        page = text_of(karin.get(LIST + "?uppgift=follow_up&kommun=1490"))
        assert names(page) == ["Rätt Barn"]
        assert "Rensa filter" in page
        assert '<option value="follow_up" selected>' in page

    def test_by_name_and_back(self, karin, desk):
        for name in ("Bo Berg", "Ada Ask", "Cia Ceder"):
            desk.task(desk.child(name))
        page = text_of(karin.get(LIST + "?ordning=namn"))
        assert names(page) == ["Ada Ask", "Bo Berg", "Cia Ceder"]
        assert 'aria-sort="ascending"' in page
        assert names(text_of(karin.get(LIST + "?ordning=-namn"))) == ["Cia Ceder", "Bo Berg", "Ada Ask"]

    def test_the_latest_due_first(self, karin, desk):
        desk.task(desk.child("Sist Klar"), days=9)
        desk.task(desk.child("Först Ut"), days=1)
        assert names(text_of(karin.get(LIST + "?ordning=-forfaller"))) == ["Sist Klar", "Först Ut"]

    @pytest.mark.parametrize(
        "hostile",
        [
            "?sida=0",
            "?sida=-1",
            "?sida=99999999999999999999",
            "?sida=٣",
            "?sida=abc",
            "?vy=%00",
            "?vy=alla&forfaller=igår",
            "?ordning=;drop+table",
            "?kommun=" + "9" * 3000,
            "?uppgift=%F0%9F%92%A9%00",
            "?uppgift='%20OR%201=1--",
            "?vy[]=mina&vy[]=x",
            "?alla=<script>alert(1)</script>",
        ],
    )
    def test_what_cannot_be_read_shows_the_whole_list(self, karin, desk, hostile):
        desk.task()
        answer = karin.get(LIST + hostile)
        assert answer.status_code == 200
        assert "<script>alert" not in text_of(answer)


class TestPages:
    def test_fifty_to_a_page(self, karin, desk):
        desk.tasks(53)
        first, second = text_of(karin.get(LIST)), text_of(karin.get(LIST + "?sida=2"))
        assert (len(rows(first)), len(rows(second))) == (50, 3)
        assert "Visar 1–50 av 53" in first
        assert "Visar 51–53 av 53" in second
        assert not set(names(first)) & set(names(second))
        assert 'rel="next"' in first
        assert 'rel="next"' not in second
        assert 'rel="prev"' in second

    def test_a_page_past_the_end_is_the_last_one(self, karin, desk):
        desk.tasks(3)
        assert len(rows(text_of(karin.get(LIST + "?sida=7")))) == 3

    def test_all_on_the_page_are_chosen_by_a_link(self, karin, desk):
        desk.tasks(4)
        page = text_of(karin.get(LIST))
        assert "Välj alla 4 på sidan" in page
        assert " checked>" not in page
        assert text_of(karin.get(LIST + "?alla=1")).count(" checked>") == 4


class TestProtected:
    @pytest.fixture
    def hidden(self, cast, desk) -> Child:
        child = cast.child("sigrid")
        desk.task(child, ball="other", ball_unit=cast.unit("elevhalsa-boras"))
        return child

    def test_a_member_of_the_group_sees_that_there_is_a_step(self, karin, hidden):
        page = text_of(karin.get(LIST))
        assert names(page) == ["[Skyddade uppgifter]"]
        assert "Sigrid" not in page
        assert "Elevhälsan" not in rows(page)[0]
        assert "Borås" not in rows(page)[0]
        assert "Dolt" in rows(page)[0]
        assert 'data-tone="lock"' in rows(page)[0]

    def test_nobody_else_sees_anything(self, client, cast, hidden):
        ProtectedGroupMember.objects.filter(person=cast.eva).delete()
        page = text_of(cast.log_in(client, "eva").get(LIST + "?vy=teamet"))
        assert rows(page) == []
        assert "Skyddade uppgifter" not in page

    def test_the_municipality_is_not_even_a_choice(self, karin, hidden, desk):
        Child.objects.filter(pk=hidden.pk).update(municipality=desk.child().municipality)
        assert "1490" not in text_of(karin.get(LIST))

    def test_sorting_by_name_tells_nothing_of_the_name(self, karin, hidden, desk):
        desk.task(desk.child("Östen Öst"))
        for order in ("namn", "-namn"):
            assert names(text_of(karin.get(LIST + f"?ordning={order}")))[-1] == "[Skyddade uppgifter]"


def test_another_unit_s_tasks_are_not_here(client, cast, desk):
    desk.tasks(2)
    assert rows(text_of(cast.log_in(client, "lena", "school_nurse").get(LIST))) == []


def test_every_child_on_the_page_is_logged_as_listed(karin, desk, cast):
    listed = {task.child_id for task in desk.tasks(3)}
    karin.get(LIST)
    logged = AccessLogRow.objects.filter(person_id=cast.karin.pk, action="list", what="worklist")
    assert set(logged.values_list("child_id", flat=True)) == listed


def test_the_number_of_questions_does_not_grow_with_the_list(karin, desk):
    desk.tasks(2)
    karin.get(LIST)  # the log's first row ever makes its chains
    few = questions_of(karin, LIST)
    desk.tasks(40)
    assert questions_of(karin, LIST) == few <= 15


def test_forty_rows_weigh_little(karin, desk):
    desk.tasks(40)
    assert len(gzip.compress(karin.get(LIST).content)) <= 20_000


def test_the_title_names_nobody(karin, desk):
    desk.task(desk.child("Hemlig Person"))
    assert re.search(r"<title>(.*?)</title>", text_of(karin.get(LIST)))[1] == "Min arbetslista – Kring"
