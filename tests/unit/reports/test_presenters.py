"""A report's name, state, lists and files in words, with rows that no database has."""

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.utils import translation

from kring.jobs.models import Job
from kring.reports.models import Chapter, Part, Publication, Report
from kring.reports.presenters import blocks, front, package, paper, staff
from kring.reports.queries import Opened
from kring.reports.rules.contents import contents
from tests.cast import NOW
from tests.unit.followup import by_hand
from tests.unit.reports.colleagues import AGNES, STEN, colleague

KEY = UUID(int=5)
PETRA = colleague(15, "process_leader")


def report(edition: int = 1, *, synthetic: bool = True, **fields) -> Report:
    known = {
        "pk": KEY,
        "year": 2024,
        "edition": edition,
        "made_at": NOW,
        "correction": "Ett tal." if edition > 1 else "",
    }
    made = Report(calculation=by_hand.calculation(synthetic=synthetic), **(known | fields))
    made._state.fields_cache["publication"] = None
    return made


def opened(one: Report, *, is_published: bool = False, address: str = "", **chapters: Chapter) -> Opened:
    publication = Publication(report=one, published_at=NOW, checksum="c" * 64) if is_published else None
    return Opened(one, publication, chapters, [], contents().chapter_at(address))


@pytest.mark.parametrize(
    ("edition", "swedish", "english"),
    [
        (1, "Lägesrapport 2024", "Situation report 2024"),
        (2, "Lägesrapport 2024, utgåva 2", "Situation report 2024, edition 2"),
    ],
)
def test_a_report_is_named_by_its_year_and_its_edition_when_it_is_not_the_first(edition, swedish, english):
    assert front.title(report(edition)) == swedish
    with translation.override("en"):
        assert front.title(report(edition)) == english


def test_made_up_data_say_so_and_real_data_do_not():
    assert front.label(report()) == "Syntetiska uppgifter"
    assert front.label(report(synthetic=False)) == ""
    assert "Syntetiska" in front.citation(report())
    assert "Syntetiska" not in front.citation(report(synthetic=False))


def test_how_to_refer_to_it_says_whether_it_is_a_draft():
    one = report()
    assert front.citation(one) == "Kring: Lägesrapport 2024, utkast, data 0123456789ab. Syntetiska uppgifter"
    opened(one, is_published=True)
    assert "publicerad 2026-11-16" in front.citation(one)
    assert "utkast" not in front.citation(one)


def test_where_it_comes_from_has_a_checksum_only_when_it_is_published():
    told = {row["label"]: row["value"] for row in front.facts(opened(report()))}
    assert told["Publicerad"] == "Inte publicerad"
    assert "Kontrollsumma" not in told
    told = {row["label"]: row["value"] for row in front.facts(opened(report(), is_published=True))}
    assert told["Kontrollsumma"] == "c" * 16
    assert told["Dataversion"] == "0123456789ab"


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("  \n\n ", []), ("Ett.", ["Ett."]), ("Ett.\r\n\r\n Två. ", ["Ett.", "Två."])],
)
def test_what_somebody_wrote_becomes_paragraphs(text, lines):
    assert front.paragraphs(text) == lines


def test_only_an_older_edition_points_at_a_newer_one():
    found = opened(report(), is_published=True)
    assert front.around(replace(found, newest=1))["newer_href"] == ""
    assert front.around(replace(found, newest=2))["newer_href"] == "/lagesrapport/2024/"
    assert front.around(found)["newer_href"] == ""


def test_the_chapter_that_is_read_is_the_current_one():
    told = front.chapters(opened(report(), address="behov"))
    assert [one["title"] for one in told if one["current"]] == ["Behov"]
    assert told[0]["href"] == "/lagesrapport/2024/utgava-1/befolkning/"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({}, ""),
        ({"introduction": "a"}, "inledning"),
        ({"comment": "a"}, "kommentar"),
        ({"introduction": "a", "comment": "b"}, "inledning, kommentar"),
    ],
)
def test_the_list_of_chapters_says_what_is_written(texts, said):
    told = staff.chapters(opened(report(), needs=Chapter(key="needs", **texts)))
    assert {one["title"]: one["written"] for one in told}["Behov"] == said
    assert {one["title"]: one["written"] for one in told}["Ohälsa"] == ""


@pytest.mark.parametrize(
    ("asked", "published", "state", "word"),
    [
        (None, False, "draft", "Utkast"),
        (NOW, False, "asked", "Väntar på publicering"),
        (NOW, True, "published", "Publicerad"),
    ],
)
def test_a_report_has_come_so_far(asked, published, state, word):
    found = opened(report(asked_at=asked), is_published=published)
    assert found.state == state
    assert staff.tag(found.state)[0] == word


# Who may do what: (state, actor, author) -> what is offered
OFFERS = [
    ("draft", AGNES, True, {"may_ask"}),
    ("draft", STEN, False, set()),
    ("draft", PETRA, False, set()),
    ("asked", AGNES, True, {"may_take_back"}),
    ("asked", AGNES, False, {"may_take_back", "may_publish"}),
    ("asked", STEN, False, {"may_take_back", "may_publish"}),
    ("asked", PETRA, False, set()),
    ("published", AGNES, True, set()),
    ("published", STEN, False, set()),
]


@pytest.mark.parametrize(("state", "actor", "author", "offered"), OFFERS)
def test_each_is_offered_what_is_theirs_to_do(state, actor, author, offered):
    one = report(asked_at=None if state == "draft" else NOW)
    told = staff.publishing(opened(one, is_published=state == "published"), actor, is_author=author)
    assert {name for name in ("may_ask", "may_publish", "may_take_back") if told[name]} == offered
    assert bool(told["why_not"]) == (state == "asked" and author)


def test_nobody_may_ask_for_a_report_that_gives_cells_back():
    told = staff.publishing(opened(report(recovered=1)), AGNES, is_author=True)
    assert told["may_ask"] is False
    assert staff.verdict(report(recovered=1)).startswith("1 dolda tal")


def test_the_review_begins_with_what_can_be_worked_out_and_adds_up():
    zero = dict.fromkeys(staff.COLUMNS, 0)
    rows = [
        zero | {"slug": "a", "name": "A", "shown": 1200, "few": 3},
        zero | {"slug": "b", "name": "B", "few": 2, "recovered": 1},
    ]
    one = report(review=rows)
    assert [row["name"] for row in staff.review(one)] == ["B", "A"]
    assert staff.review(one)[1]["shown"] == "1\u202f200"
    assert (staff.summary(one)["few"], staff.summary(one)["recovered"]) == ("5", "1")


@pytest.mark.parametrize(
    ("state", "said"),
    [("waiting", "En rapport görs nu."), ("running", "En rapport görs nu."), ("failed", "blev inte klar.")],
)
def test_work_under_way_is_followed_only_by_whoever_began_it(state, said):
    job = Job(pk=KEY, state=state, started_by=AGNES.person_id)
    assert staff.working(job, AGNES)["text"].endswith(said)
    assert staff.working(job, AGNES)["href"] == f"/korningar/{KEY}/"
    assert staff.working(job, STEN)["href"] == ""
    assert staff.working(None, AGNES) == {}


@pytest.mark.parametrize(
    ("chapter", "slug", "kind"),
    [
        ("needs", "complex_needs_vgr", "measure"),
        ("population", "population", "population"),
        ("equality", "overview", "overview"),
        ("equality", "adhd_in_care", "equality"),
        ("changes", "changes", "changes"),
    ],
)
def test_a_piece_is_drawn_by_its_kind_with_ids_of_its_own(chapter, slug, kind):
    told = blocks.block(Part(chapter=chapter, slug=slug, content={"chart": None}))
    assert (told["kind"], told["drawn"]) == (kind, None)
    assert told["id"] == f"{chapter}-{slug}".replace("_", "-")
    assert kind in paper.WAYS


def test_a_comparison_of_municipalities_stands_on_no_chapter_s_page():
    parts = [Part(chapter="equality", slug=slug, content={}) for slug in ("overview", "adhd_in_care")]
    assert [one["kind"] for one in blocks.blocks(parts)] == ["overview"]


def test_what_the_tables_tell_of_themselves():
    told = package.metadata(report(2, versions={"not_brought": 1}))
    assert (told["edition"], told["correction"], told["definition_versions"]) == (
        2,
        "Ett tal.",
        {"not_brought": 1},
    )
    assert package.read_me(report()).splitlines()[:2] == ["Lägesrapport 2024", "Syntetiska uppgifter"]
    assert "few: fewer than 5" in package.read_me(report())


def test_the_same_tables_are_the_same_bytes():
    one = by_hand.indicator(*by_hand.row_of_years([6.0, None]))
    same = report()
    made = [package.package(same, [one], {}) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].startswith(b"PK")


def test_the_headline_s_words_are_its_tags():
    icons = SimpleNamespace(
        variation="Normal variation", tone="neutral", icon="ring", met="", met_tone="", met_icon="", trial=""
    )
    from kring.reports.presenters import measures

    assert measures.tags(SimpleNamespace(icons=icons)) == [["Normal variation", "neutral", "ring"]]
    icons.trial, icons.met, icons.met_tone, icons.met_icon = "Preliminära gränser", "Nås", "good", "goal-met"
    assert [word for word, _tone, _icon in measures.tags(SimpleNamespace(icons=icons))] == [
        "Normal variation",
        "Preliminära gränser",
        "Nås",
    ]
