"""S02, S70 and S71: what a guardian sees of the own child."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kring.care.plans import commands as plans
from kring.care.plans.models import Meeting
from tests.own_pages import MEETING, Scene, sign_in, texts_of

PAGES = (
    "",
    "planen/",
    "planen/patientkontrakt/",
    "planen/sip/",
    "planen/historik/",
    "planen/be-om/",
    "planen/foresla/",
    "tider/",
    "tider/samma-dag/",
)


def of(scene: Scene, rest: str = "") -> str:
    return f"/mina-sidor/{scene.child.pk}/{rest}"


def paths(scene: Scene) -> list[str]:
    about_one = (
        f"planen/versioner/{scene.version.pk}/",
        f"planen/{scene.plan.pk}/samtycke/",
        f"kallelser/{scene.summons.pk}/",
        f"kallelser/{scene.summons.pk}/bilder/",
        f"tider/{scene.visit.pk}/passar/",
        f"tider/{scene.visit.pk}/andra/",
        f"tider/{scene.visit.pk}/avboka/",
    )
    return [of(scene, rest) for rest in PAGES + about_one]


def test_children_are_chosen_by_name(cast, maria, read):
    page = read(maria, "/mina-barn/")
    assert "Alva Berg" in page
    assert "10 år" in page


def test_with_one_child_there_is_nothing_to_choose(cast, maria):
    answer = maria.get("/mina-sidor/")
    assert answer.headers["Location"] == f"/mina-sidor/{cast.child('alva').pk}/"


def test_the_next_thing_comes_first(scene, maria, read):
    texts = texts_of(read(maria, of(scene)))
    assert texts.index("Tisdag 24 november kl. 10.00") < texts.index("Att göra")
    assert "Möte om Alvas plan (samordnad individuell plan, SIP)" in texts
    assert "Fjällskolan, rum 12 · Karin Lund håller i mötet" in texts


def test_a_visit_before_the_meeting_goes_before_it(scene, maria, read):
    scene.visit.starts_at = scene.summons.starts_at.replace(day=18)
    scene.visit.save()
    page = read(maria, of(scene))
    assert "Onsdag 18 november" in page
    assert "Ta med: Bilderna" in page


def test_what_waits_is_said_and_never_more_than_three(scene, maria, read):
    page = read(maria, of(scene))
    todo = page[page.index("Att göra") : page.index("Vem håller ihop vården?")]
    assert "Svara på kallelsen till mötet (tis 24 nov 2026)" in todo
    assert "Läs den nya planen" in todo
    assert todo.count("<li>") <= 3


def test_more_than_three_is_counted(scene, maria, read):
    for visit in (scene.visit, scene.second):
        visit.status = "proposed"
        visit.save()
    page = read(maria, of(scene))
    assert "Och 1 sak till." in page


def test_whom_to_call_with_hours_and_never_the_inner_note(scene, maria, read):
    texts = texts_of(read(maria, of(scene)))
    card = texts[texts.index("Vem håller ihop vården?") :]
    assert card.index("Karin Lund") < card.index("Eva Strand")
    assert {
        "010-441 20 10",
        "vardagar 8–12",
        "Fast vårdkontakt, Barn- och ungdomshabiliteringen Borås",
    } <= set(card)
    assert "Hemligt" not in " ".join(texts)


def test_the_plan_s_coordinator_is_named_when_nobody_else_is(cast, maria, read):
    scene = Scene(cast).begun()
    texts = texts_of(read(maria, of(scene)))
    assert "Karin Lund" in texts[texts.index("Vem håller ihop vården?") :]


def test_acute_numbers_stand_on_every_page(scene, maria, read):
    for path in paths(scene):
        page = read(maria, path)
        assert 'href="tel:112"' in page, path
        assert 'href="tel:1177"' in page, path


def test_nothing_yet_says_what_will_come(cast, read):
    petter, hugo = sign_in(Client(), cast.petter), cast.child("hugo")
    home = read(petter, f"/mina-sidor/{hugo.pk}/")
    assert "Inga tider är bokade just nu." in home
    assert "Inget just nu." in home
    assert "Ingen är utsedd ännu." in home
    plan = read(petter, f"/mina-sidor/{hugo.pk}/planen/")
    assert "Det finns ingen plan ännu." in plan
    assert "Be om en plan" in plan


@pytest.mark.parametrize("tab", ["planen/patientkontrakt/", "planen/sip/", "planen/historik/", "tider/"])
def test_every_part_opens_without_a_plan(cast, read, tab):
    read(sign_in(Client(), cast.petter), f"/mina-sidor/{cast.child('hugo').pk}/{tab}")


def test_the_plan_is_goals_in_the_child_s_words_with_who_does_what(scene, maria, read):
    texts = texts_of(read(maria, of(scene, "planen/")))
    assert "«Jag vill berätta för mina kompisar»" in texts
    assert "Sara Nyman, Logopedmottagningen för barn, Borås" in texts
    assert "varje tisdag · Planerad" in texts
    assert "Maria och Johan" in texts
    assert "tis 16 feb 2027" in texts


def test_the_plan_says_who_sees_it(scene, maria, read):
    page = read(maria, of(scene, "planen/"))
    assert "Planen ses av er, barnet och de som är med i den:" in page
    assert "Albackeskolan" in page


def test_the_patient_contract_is_a_view_in_four_parts(scene, maria, read):
    page = read(maria, of(scene, "planen/patientkontrakt/"))
    headings = re.findall(r"<h2[^>]*>(\d\. [^<]+)</h2>", page)
    assert headings == [
        "1. Överenskommelse",
        "2. Sammanhållen planering",
        "3. Fast vårdkontakt",
        "4. Överenskommen tid",
    ]
    assert "Dokumenterad överenskommelse (patientkontrakt)" in page
    assert "inte juridiskt bindande" in page
    assert "signatur" not in page.lower()


def test_the_contract_has_both_sides_and_the_times(scene, maria, read):
    texts = texts_of(read(maria, of(scene, "planen/patientkontrakt/")))
    ours = texts.index("Det här gör vi själva")
    assert texts.index("Bildstöd i klassrummet") < ours < texts.index("Läsa tillsammans")
    assert "tors 26 nov 2026 kl. 13.15" in texts[texts.index("4. Överenskommen tid") :]


def test_the_sip_tab_shows_how_far_it_has_come(scene, maria, read):
    page = read(maria, of(scene, "planen/sip/"))
    assert "samordnad individuell plan" in page
    assert 'data-state="now"' in page
    assert "Simskola på fritiden." in page
    assert "Kallelse till möte" in page


def test_the_history_has_every_version_with_what_changed(scene, maria, read):
    karin = scene.act("karin")
    from kring.care.plans import commands as plans

    plans.contribute_goal(by=karin, plan_id=scene.plan.pk, words="Jag vill sova gott")
    scene.plan.refresh_from_db()
    plans.publish_version(
        by=karin, plan_id=scene.plan.pk, seen=scene.plan.revision, reason="Sömnen är med nu."
    )
    texts = texts_of(read(maria, of(scene, "planen/historik/")))
    assert texts.index("Version 2") < texts.index("Version 1")
    assert "Nytt: mål – Jag vill sova gott" in texts
    assert "Sömnen är med nu." in texts
    assert "Planen fastställdes." in texts


def test_no_page_s_title_names_anybody(scene, maria, read):
    for path in paths(scene):
        title = re.search(r"<title>(.*?)</title>", read(maria, path), re.DOTALL)[1]
        assert not re.search(r"Alva|Berg|Maria|Karin", title), path


def test_nothing_is_kept_by_the_browser(scene, maria):
    for path in paths(scene):
        assert maria.get(path).headers["Cache-Control"] == "no-store", path


def test_one_heading_and_the_landmarks(scene, maria, read):
    for path in paths(scene):
        page = read(maria, path)
        assert page.count("<h1>") == 1, path
        for landmark in ("<main", "<header", "<footer", "<nav"):
            assert landmark in page, (path, landmark)


def test_at_most_four_places(scene, maria, read):
    page = read(maria, of(scene))
    nav = page[page.index("k-nav--bottom") : page.index("</nav>")]
    assert nav.count("<li>") == 4
    assert nav.count("aria-current") == 1


def test_what_is_written_during_a_meeting_is_read_when_it_has_ended(cast, scene, maria, read):
    during = MEETING + timedelta(minutes=10)
    by = cast.actor("karin", now=during)
    meeting = plans.start_meeting(by=by, summons_id=scene.summons.pk)
    plans.write_meeting(by=by, meeting_id=meeting.pk, seen=meeting.revision, child_words="Halvskrivna ord")
    page = read(maria, of(scene, "planen/sip/"))
    assert "Halvskrivna ord" not in page
    assert "Möte hölls" not in page
    Meeting.objects.filter(pk=meeting.pk).update(ended_at=during)
    assert "Halvskrivna ord" in read(maria, of(scene, "planen/sip/"))
