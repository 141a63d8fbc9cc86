"""Deciding about a chart: who may, once each, kept for good, seen by everybody, never two at once."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.followup import commands, queries
from kring.followup.models import Calculation, ChartDecision
from kring.followup.presenters import deciding
from kring.followup.rules.decisions import Kind, Proposed
from kring.followup.rules.refusals import NotDecided
from kring.organisations.models import Controller, Municipality

pytestmark = pytest.mark.django_db
SLUG, CHART, OPEN = "adhd_in_care", "/uppfoljning/matt/adhd-in-care/diagram/", "/siffror/adhd-in-care/"
WAITS, WAITS_OPEN = "/uppfoljning/matt/not-brought/diagram/", "/siffror/not-brought/"
WHY = "Nytt arbetssätt från och med januari."
SPLIT = Proposed(Kind.SPLIT, year=2018, reason=WHY)


def decide(cast, given=SPLIT, *, who="petra", place="", seen=0, slug=SLUG):
    return commands.decide_on_chart(by=cast.actor(who), slug=slug, place=place, given=given, seen=seen)


def read(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def send(client, path: str, **fields):
    return client.post(path, {"submission": str(uuid4()), "seen": "0", **fields})


def test_a_decision_keeps_who_by_role_and_unit_when_and_why(calculation, cast):
    row = decide(cast)
    by = cast.actor("petra")
    assert (row.slug, row.place, row.number, row.kind, row.year, row.reason) == (
        SLUG,
        "",
        1,
        "split",
        2018,
        WHY,
    )
    assert (row.by_id, row.role, row.unit, row.at) == (by.person_id, "process_leader", by.unit_name, by.now)
    note = Proposed(Kind.NOTE, on=date(2019, 3, 1), words="Start pilot")
    assert decide(cast, note, seen=1).number == 2


def test_a_row_is_never_changed_nor_removed(calculation, cast):
    row = decide(cast)
    row.reason = "Annat"
    for wrong in (row.save, row.delete):
        with pytest.raises(TypeError):
            wrong()
    decide(cast, Proposed(Kind.UNDO, undoes=row.pk, reason="För tidigt."), seen=1)
    with pytest.raises(ProtectedError), transaction.atomic():
        ChartDecision.objects.filter(pk=row.pk).delete()
    assert ChartDecision.objects.count() == 2


def test_what_is_taken_back_is_taken_back_once_by_one_who_may(calculation, cast):
    row = decide(cast)
    back = Proposed(Kind.UNDO, undoes=row.pk, reason="För tidigt.")
    with pytest.raises(NotAllowed):
        decide(cast, back, who="sten", seen=1)
    decide(cast, back, seen=1, who="agnes")
    with pytest.raises(NotDecided, match="redan taget tillbaka"):
        decide(cast, back, seen=2)
    assert decide(cast, seen=2).number == 3


@pytest.mark.parametrize(
    ("who", "may"),
    [("petra", "sfn"), ("agnes", "sfn"), ("sten", "t"), ("karin", ""), ("nils", "")],
)
def test_who_decides_what(calculation, cast, who, may):
    proposed = {
        "s": SPLIT,
        "f": Proposed(Kind.FIX, year=2023, reason=WHY),
        "n": Proposed(Kind.NOTE, on=date(2019, 3, 1), words="Start"),
        "t": Proposed(Kind.TARGET, year=2020, value=5.0, reason=WHY),
    }
    done = ""
    for letter, given in proposed.items():
        try:
            decide(cast, given, who=who, seen=len(done), slug="not_brought")
            done += letter
        except NotAllowed:
            pass
    assert done == may


def test_each_organisation_decides_about_its_own_charts(calculation, cast):
    """A region's process leader about the region's; a municipality's about that municipality's."""
    with pytest.raises(NotDecided, match="en annan organisation"):
        decide(cast, place="1490")
    by = cast.actor("petra")
    Controller.objects.filter(pk=by.controller_id).update(municipality=Municipality.objects.get(code="1490"))
    assert queries.own_place(by) == "1490"
    with pytest.raises(NotDecided, match="en annan organisation"):
        decide(cast)
    row = decide(cast, Proposed(Kind.NOTE, on=date(2019, 3, 1), words="Start"), place="1490")
    assert (row.place, row.number) == ("1490", 1)


def test_two_at_once_are_one_after_the_other(calculation, cast, monkeypatch):
    decide(cast)
    with pytest.raises(EditConflict):
        decide(cast, Proposed(Kind.FIX, year=2023, reason=WHY), seen=0)
    # The one who read a moment before the other wrote: the table itself refuses the second of a number.
    one = queries.indicator(queries.latest_or_404(), SLUG, queries.of_municipality(""))
    stale = queries.Indicator(one.calculation, one.result, one.cells, ())
    monkeypatch.setattr(queries, "indicator", lambda *_rest: stale)
    with pytest.raises(EditConflict):
        decide(cast, Proposed(Kind.NOTE, on=date(2019, 3, 1), words="Start"), seen=0)
    assert [row.kind for row in ChartDecision.objects.all()] == ["split"]


def test_what_a_rule_refuses_leaves_no_row(calculation, cast):
    with pytest.raises(NotDecided, match="minst fem år"):
        decide(cast, Proposed(Kind.SPLIT, year=2013, reason=WHY))
    with pytest.raises(IntegrityError), transaction.atomic():
        ChartDecision.objects.create(
            slug=SLUG, number=1, kind="split", by_id=uuid4(), at=cast.actor("petra").now
        )
    assert not ChartDecision.objects.exists()


def test_a_process_leader_decides_by_click_and_everybody_sees_it_with_why(calculation, cast, client):
    petra = cast.log_in(client, "petra")
    text = read(petra, CHART)
    assert "Ingenting är bestämt: gränserna räknas på alla år." in text
    assert f'href="{CHART}?ar=2018#besluta"' in text
    chosen = read(petra, CHART + "?ar=2018")
    assert "Börja nya gränser 2018" in chosen and "Räkna gränserna på åren till och med 2018" in chosen
    assert "Sätt ett mål" not in chosen

    empty = send(petra, CHART + "?ar=2018", kind="split", year="2018", reason=" ")
    assert empty.status_code == 422
    assert "Skriv skälet. Det visas bredvid diagrammet." in empty.content.decode()
    assert not ChartDecision.objects.exists()

    key = str(uuid4())
    for _again in range(2):
        answer = petra.post(CHART + "?ar=2018", {
            "submission": key, "seen": "0", "kind": "split", "year": "2018", "reason": WHY,
        })  # fmt: skip
        assert answer.headers["Location"] == CHART
    assert ChartDecision.objects.count() == 1
    note = send(petra, CHART, kind="note", seen="1", on_0="1", on_1="mars", on_2="2017", words="Start pilot")
    assert note.status_code == 302

    for text in (read(petra, CHART), read(client, OPEN)):
        assert "Nya gränser 2018</text>" in text and "Start pilot</text>" in text
        assert "Nya gränser från 2018" in text and "1 mars 2017: Start pilot" in text
        assert WHY in text
        assert "Processledare, " in text and "Petra Hav" not in text.split("<main")[1].split("</main>")[0]
        assert "2018–2024: genomsnitt" in text
        assert "Preliminära gränser" in text
    told = read(client, OPEN + "diagram.json")
    assert WHY in told and "Start pilot" in told
    assert "Nya gränser från 2018" in read(client, OPEN + "diagram.csv")
    assert b"Nya gr" in client.get(OPEN + "diagram.svg").content
    assert client.get(OPEN + "diagram.png").content.startswith(b"\x89PNG")


def test_who_was_overtaken_reads_what_holds_and_keeps_the_words(calculation, cast, client):
    petra = cast.log_in(client, "petra")
    decide(cast, who="agnes")
    answer = send(petra, CHART + "?ar=2023", kind="fix", year="2023", reason="Mina egna ord")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Någon hann bestämma om diagrammet före dig." in text
    assert "Mina egna ord</textarea>" in text
    assert WHY in text
    assert 'name="seen" value="1"' in text
    assert ChartDecision.objects.count() == 1


def test_what_holds_is_taken_back_from_the_list(calculation, cast, client):
    row = decide(cast)
    petra = cast.log_in(client, "petra")
    assert f'href="{CHART}?tillbaka=1#besluta"' in read(petra, CHART)
    text = read(petra, CHART + "?tillbaka=1")
    assert "Ta tillbaka: Nya gränser från 2018" in text and f'value="{row.pk}"' in text
    answer = send(
        petra, CHART + "?tillbaka=1", kind="undo", undoes=str(row.pk), seen="1", reason="För tidigt."
    )
    assert answer.status_code == 302
    text = read(petra, CHART)
    assert "av Processledare, " in text and "För tidigt." in text
    assert "Nya gränser 2018</text>" not in text
    assert "?tillbaka=1" not in text
    assert "Ta tillbaka: " not in read(petra, CHART + "?tillbaka=1").split("<main")[1]


def test_the_steering_group_sets_the_target_and_it_is_judged(calculation, cast, client):
    sten = cast.log_in(client, "sten")
    text = read(sten, WAITS)
    assert "Sätt ett mål" in text and "Välj det år" not in text and "Inget mål" in text
    wrong = send(sten, WAITS, kind="target", value="sex", year="tjugo", reason="")
    assert wrong.status_code == 422
    for said in ("Ange målet som ett tal", "Ange ett år", "Skriv vem som beslutade"):
        assert said in wrong.content.decode()
    beyond = send(sten, WAITS, kind="target", value="140", year="2020", reason="Styrgruppen")
    assert "Ange ett tal mellan 0 och 100." in beyond.content.decode()
    assert (
        send(sten, WAITS, kind="target", value="99,5", year="2020", reason="Styrgruppen").status_code == 302
    )
    for path in (WAITS, WAITS_OPEN, "/uppfoljning/styrdiagram/", "/siffror/styrdiagram/"):
        text = read(sten, path)
        assert "högst 99,5 procent" in text, path
        assert "Når målet stabilt" in text, path
    # What is neither better nor worse has no target to set.
    assert "Sätt ett mål" not in read(sten, CHART)


def test_who_may_only_look_is_told_and_sends_in_vain(calculation, cast, client):
    nils = cast.log_in(client, "nils")
    assert nils.get(CHART).status_code == 403
    sten = cast.log_in(client, "sten")
    assert "<textarea" not in read(sten, CHART)
    assert send(sten, CHART, kind="split", year="2018", reason=WHY).status_code == 403
    petra = cast.log_in(client, "petra")
    text = read(petra, CHART + "?kommun=1490")
    assert "Ni bestämmer om diagrammen för hela regionen." in text and "<textarea" not in text
    answer = send(petra, CHART + "?kommun=1490", kind="split", year="2018", reason=WHY)
    assert answer.status_code == 422
    assert "Bara den bestämmer om det." in answer.content.decode()
    assert not ChartDecision.objects.exists()


@pytest.mark.parametrize(
    ("path", "kind"),
    [(CHART + "?kommun=9999", "split"), ("/uppfoljning/matt/finns-inte/diagram/", "split"), (CHART, "annat")],
)
def test_what_there_is_not(calculation, cast, client, path, kind):
    petra = cast.log_in(client, "petra")
    if kind == "split":
        read(petra, path, 404)
    assert send(petra, path, kind=kind, year="2018", reason=WHY).status_code == 404


def test_the_tables_of_icons_open_the_charts_and_ask_as_much_for_many_as_for_few(calculation, cast, client):
    petra = cast.log_in(client, "petra")
    for path, chart in (("/uppfoljning/styrdiagram/", CHART), ("/siffror/styrdiagram/", OPEN)):
        text = read(petra, path)
        assert len(re.findall(r'role="rowheader"', text)) == 46
        assert f'href="{chart}"' in text
        with CaptureQueriesContext(connection) as region:
            read(petra, path)
        with CaptureQueriesContext(connection) as place:
            text = read(petra, path + "?kommun=1490&visa=forsamring")
        assert len(place) == len(region) <= 12
        assert '<option value="1490" selected>Borås' in text
        assert set(re.findall(r"(Försämring|Förbättring|Förändring) \(", text)) <= {"Försämring"}
        assert "Visar" in text
    assert "kommun=1490" in read(petra, "/uppfoljning/styrdiagram/?kommun=1490")
    assert 'value="" selected' in read(petra, "/siffror/styrdiagram/?kommun=9999&visa=x")


def test_a_municipality_has_a_page_of_each_indicator_with_its_own_chart_and_files(calculation, cast, client):
    path = OPEN + "kommuner/1490/"
    text = read(client, path)
    assert "Borås, år för år" in text and 'href="/siffror/kommuner/1490/"' in text
    assert f'href="{OPEN}diagram.csv?kommun=1490"' in text
    rows = read(client, OPEN + "diagram.csv?kommun=1490").splitlines()
    assert len(rows) == 14 and all(",1490,Borås," in row for row in rows[1:])
    read(client, OPEN + "kommuner/9999/", 404)
    read(client, OPEN + "diagram.csv?kommun=9999", 404)
    read(client, OPEN + "diagram.exe", 404)
    with CaptureQueriesContext(connection) as asked:
        read(client, path)
    assert len(asked) <= 8


def test_the_chart_page_asks_as_much_whatever_has_been_decided(calculation, cast, client):
    petra = cast.log_in(client, "petra")
    read(petra, CHART)
    with CaptureQueriesContext(connection) as before:
        read(petra, CHART)
    for at in range(4):
        decide(cast, Proposed(Kind.NOTE, on=date(2015 + at, 3, 1), words=f"Händelse {at}"), seen=at)
    with CaptureQueriesContext(connection) as after:
        read(petra, CHART)
    assert len(before) == len(after) <= 12


def test_before_anything_is_counted_the_pages_say_so(calculation, cast, client):
    Calculation.objects.all().delete()
    petra = cast.log_in(client, "petra")
    assert "Inga siffror är räknade ännu" in read(petra, "/uppfoljning/styrdiagram/")
    read(petra, CHART, 404)
    read(petra, "/siffror/styrdiagram/", 404)
    assert deciding.at({}) == deciding.At("", None, None)
