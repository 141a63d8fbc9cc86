"""The parts of pages: words beside every colour and picture; what people write never becomes HTML."""

import re
from typing import Any

import pytest

from kring.design.build import STATIC

BAD = '<script>alert("x")</script>'

# Every macro that shows words from outside, called with words that try to be HTML.
CALLS = [
    "{{ m.icon('check', label=bad) }}",
    "{{ m.symbol('plan', bad) }}",
    "{{ m.tag(bad, 'good') }}",
    "{{ m.status('overdue', bad) }}",
    "{{ m.ball('other', bad) }}",
    "{% call m.card(bad, href=bad) %}{{ bad }}{% endcall %}",
    "{{ m.next_card(bad, bad, bad, bad, bad) }}",
    "{% call m.notice('info', bad) %}{{ bad }}{% endcall %}",
    "{{ m.protected_banner(bad) }}",
    "{{ m.back_link(bad, bad) }}",
    "{{ m.tabs([{'label': bad, 'href': bad, 'count': bad}], bad) }}",
    "{{ m.counters([{'label': bad, 'href': bad, 'n': bad}], bad) }}",
    "{% call m.table(bad, [{'label': bad, 'href': bad, 'sort': 'asc'}]) %}{{ bad }}{% endcall %}",
    "{{ m.summary_list([{'label': bad, 'value': bad, 'href': bad}]) }}",
    "{{ m.facts([{'label': bad, 'value': bad}]) }}",
    "{{ m.empty('nothing', bad, bad, bad) }}",
    "{{ m.timeline([{'when': bad, 'iso': bad, 'what': bad, 'who': bad, 'text': bad, 'href': bad}]) }}",
    "{{ m.stepper([{'label': bad, 'when': bad, 'days': bad, 'state': 'now'}], bad) }}",
    "{{ m.weeks([{'label': bad, 'cells': [(1, bad)]}], [bad], bad, bad) }}",
    "{{ m.context_bar({'name': bad, 'age': bad, 'number': bad, 'communication': bad, 'protected': bad}) }}",
    "{{ m.child_words(bad, bad) }}",
    "{{ m.pager(bad, bad, bad) }}",
    "{% call m.help(bad) %}{{ bad }}{% endcall %}",
    "{{ m.job_steps({'steps': [{'label': bad, 'state': 'failed'}], 'failed': bad, 'result_href': bad}) }}",
    "{{ m.diff([('added', bad), ('removed', bad), ('same', bad)]) }}",
    "{{ m.button_link(bad, bad) }}",
    "{{ m.person_line(bad, bad, bad, bad) }}",
    "{{ m.saved(bad) }}",
    "{{ m.around({'picture': 'plan', 'word': bad}, [{'picture': 'home', 'word': bad, 'text': bad}], bad) }}",
]


@pytest.mark.parametrize("source", CALLS)
def test_words_never_become_html(source: str, render: Any) -> None:
    read = render(source, bad=BAD)
    assert read.all("script") == []
    assert BAD in read.text or any(BAD in attrs.get("aria-label", "") for _tag, attrs in read.tags)


def test_an_icon_is_silent_unless_it_has_a_label(render: Any) -> None:
    (silent,) = render("{{ m.icon('check') }}").all("svg")
    (told,) = render("{{ m.icon('check', label='Klar') }}").all("svg")
    assert silent["aria-hidden"] == "true"
    assert (told["role"], told["aria-label"]) == ("img", "Klar")
    assert "aria-hidden" not in told


def test_a_symbol_stands_with_its_word(render: Any) -> None:
    read = render("{{ m.symbol('plan', 'Min plan') }}")
    assert read.text == "Min plan"
    # The name carries a fingerprint where static files have been collected.
    assert re.search(r"symbols(\.\w+)?\.svg#plan$", read.all("use")[0]["href"])


@pytest.mark.parametrize("kind", ["overdue", "waiting", "nobody", "blocked", "emergency", "done"])
def test_a_status_has_word_icon_and_tone(kind: str, render: Any) -> None:
    read = render("{{ m.status(kind, 'Ord') }}", kind=kind)
    assert read.text == "Ord"
    assert len(read.all("use")) == 1
    assert read.with_class("k-tag")[0]["data-tone"]


def test_nobody_having_the_ball_stands_out(render: Any) -> None:
    (ball,) = render("{{ m.ball('nobody', 'Ingen') }}").with_class("k-ball")
    assert ball["data-who"] == "nobody"


def test_the_next_thing_has_a_time_a_machine_can_read(render: Any) -> None:
    read = render("{{ m.next_card('tis 24 nov kl. 10.00', '2026-11-24T10:00', 'SIP-möte') }}")
    assert read.all("time") == [{"datetime": "2026-11-24T10:00"}]
    assert read.text == "Nästa tis 24 nov kl. 10.00 SIP-möte"


@pytest.mark.parametrize(("live", "role"), [("True", "status"), ("False", "")])
def test_only_news_is_announced(live: str, role: str, render: Any) -> None:
    read = render(f"{{% call m.notice('success', live={live}) %}}<p>Klart</p>{{% endcall %}}")
    assert read.with_class("k-notice")[0].get("role", "") == role


def test_a_sorted_column_says_so(render: Any) -> None:
    columns = [{"label": "Barn", "href": "?s=b"}, {"label": "Förfaller", "href": "?s=f", "sort": "desc"}]
    heads = render("{% call m.table('T', c) %}{% endcall %}", c=columns).all("th")
    assert [head.get("aria-sort") for head in heads] == [None, "descending"]
    assert {head["scope"] for head in heads} == {"col"}


def test_a_table_that_becomes_cards_keeps_its_roles_and_labels(render: Any) -> None:
    source = (
        "{% call m.table('Barn', [{'label': 'Barn'}, {'label': 'Steg', 'number': true}]) %}"
        "{% call m.row('late') %}{% call m.cell(head=True) %}Alva{% endcall %}"
        "{% call m.cell('Steg', number=True) %}2{% endcall %}{% endcall %}{% endcall %}"
    )
    read = render(source)
    roles = [attrs["role"] for _tag, attrs in read.tags if "role" in attrs]
    assert roles == [
        "region",
        "table",
        "rowgroup",
        "row",
        "columnheader",
        "columnheader",
        "rowgroup",
        "row",
        "rowheader",
        "cell",
    ]
    assert read.text == "Barn Barn Steg Alva Steg 2"
    assert read.with_class("k-tablebox")[0]["tabindex"] == "0"
    assert read.all("tr")[1]["data-tone"] == "late"


def test_a_change_link_says_what_it_changes(render: Any) -> None:
    read = render("{{ m.summary_list([{'label': 'Mötet', 'value': '24 nov', 'href': '/a/'}]) }}")
    assert read.text == "Mötet 24 nov Ändra Mötet"


@pytest.mark.parametrize("kind", ["nothing", "filter", "permission", "notyet"])
def test_the_four_kinds_of_empty_look_different(kind: str, render: Any) -> None:
    read = render("{{ m.empty(kind, 'Inga barn.') }}", kind=kind)
    assert read.with_class("k-empty")[0]["data-kind"] == kind
    assert read.all("a") == []


def test_an_empty_filter_can_be_cleared(render: Any) -> None:
    assert "Rensa filter" in render("{{ m.empty('filter', 'Inga barn.', href='/') }}").text


@pytest.mark.parametrize(
    ("state", "words"), [("done", "Klart."), ("now", "Här är vi nu."), ("todo", "Inte ännu.")]
)
def test_a_step_says_where_it_stands(state: str, words: str, render: Any) -> None:
    read = render("{{ m.stepper([{'label': 'Fråga', 'state': s}], 'Vårdprocess') }}", s=state)
    assert words in read.text
    assert bool(read.all("li")[0].get("aria-current")) == (state == "now")


def test_weeks_are_a_table_with_words(render: Any) -> None:
    rows = [{"label": "Skolan", "cells": [(0, ""), (1, "1 besök"), (4, "4 besök")]}]
    read = render("{{ m.weeks(r, ['49', '50', '51'], 'Fem besök.', 'Besök') }}", r=rows)
    assert "Fem besök." in read.text
    assert "inga besök" in read.text
    assert "4 besök" in read.text
    assert len(read.all("i")) == 4
    assert [("data-many" in cell) for cell in read.all("td")] == [False, False, True]


def test_the_child_is_told_apart_by_name_and_tint(render: Any) -> None:
    read = render("{{ m.context_bar({'name': 'Alva Berg', 'tint': 3}) }}")
    assert read.text == "Alva Berg"
    assert read.with_class("k-childbar")[0]["data-tint"] == "3"
    assert read.with_class("k-protected") == []


def test_the_pager_leaves_out_what_is_not_there(render: Any) -> None:
    assert [a["rel"] for a in render("{{ m.pager('1–50 av 60', next='?p=2') }}").all("a")] == ["next"]
    assert render("{{ m.pager('1–3 av 3') }}").all("a") == []


def test_a_job_asks_again_only_while_it_runs(render: Any) -> None:
    steps = [{"label": "Räknar", "state": "now"}]
    running = render("{{ m.job_steps(j) }}", j={"steps": steps, "poll_href": "/jobb/1/", "percent": 40})
    done = render("{{ m.job_steps(j) }}", j={"steps": steps, "result_href": "/fil/"})
    assert running.with_class("k-job")[0]["hx-get"] == "/jobb/1/"
    assert "40 procent klart" in running.text
    assert "Du kan lämna sidan" in running.text
    assert "hx-get" not in done.with_class("k-job")[0]
    assert done.all("progress") == []


def test_a_job_says_where_it_is_and_can_be_stopped(render: Any) -> None:
    steps = [{"label": "Läser", "state": "done"}, {"label": "Räknar", "state": "failed"}]
    read = render(
        "{{ m.job_steps(j) }}", j={"steps": steps, "failed": "Filen saknas.", "cancel_href": "/stopp/"}
    )
    assert "Läser : klart Räknar : stannade" in read.text
    assert "Du kan lämna sidan" not in read.text
    assert read.all("form")[0] == {"method": "post", "action": "/stopp/"}


def test_a_change_is_told_in_words_too(render: Any) -> None:
    read = render("{{ m.diff([('same', 'Stöd'), ('removed', 'varje månad'), ('added', 'varje vecka')]) }}")
    assert read.text == "Stöd Borttaget: varje månad Tillagt: varje vecka"


def test_a_phone_number_can_be_pressed(render: Any) -> None:
    (link,) = render("{{ m.person_line('Karin', phone='010-123 45 67') }}").all("a")
    assert link["href"] == "tel:0101234567"


def test_everyone_stands_around_the_child(render: Any) -> None:
    people = [
        {"picture": "home", "word": "Hemma"},
        {"picture": "teacher", "word": "Skolan", "text": "Eva", "href": "/e/"},
    ]
    read = render("{{ m.around({'picture': 'good-at', 'word': 'Alva'}, p, 'Alla runt Alva') }}", p=people)
    assert read.text == "Alva Hemma Skolan Eva"
    assert read.all("figure")[0]["aria-label"] == "Alla runt Alva"
    assert read.all("ul")[0]["data-n"] == "2"
    assert [a["href"] for a in read.all("a")] == ["/e/"]


@pytest.mark.parametrize("n", range(2, 9))
def test_the_ring_has_a_place_for_each(n: int) -> None:
    css = (STATIC / "source" / "50-parts.css").read_text("utf-8")
    assert f'.k-around [data-n="{n}"] {{\n  --step: {360 / n:g}deg;' in css
    assert f".k-around li:nth-child({n}) {{\n  --at: {n - 1};" in css
