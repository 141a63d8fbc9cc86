"""Agnes writes in the report and asks, Sten publishes, and anybody reads it at every width."""

from tests.browser import WIDTHS, assert_good_page
from tests.cast import NOW
from tests.figures import kept, made
from tests.journeys.test_figures import come_in

__all__ = ["made"]
FRONT = "/lagesrapport/2024/utgava-1/"
OPEN = ("", "befolkning/", "delaktighet/", "jamlikhet/", "jamlikhet/adhd-in-care/", "andrat/")
DRAFT = ("", "jamlikhet/", "jamlikhet/adhd-in-care/", "publicera/")


def test_from_a_draft_to_what_everybody_reads(cast, new_page, made, monkeypatch):
    from kring.reports import making

    monkeypatch.setattr(making.tables, "package", lambda *_: b"PK")
    kept(made)
    draft = making.make(year=2024, correction="", by_id=cast.actor("agnes").person_id, now=NOW)
    page = new_page()
    page.set_default_timeout(30_000)
    come_in(page, "agnes")
    page.get_by_role("link", name="Lägesrapporter").click()
    assert_good_page(page)
    page.get_by_role("link", name="Gör en lägesrapport").click()
    assert_good_page(page)
    page.goto(f"/uppfoljning/rapporter/{draft.pk}/")
    assert_good_page(page)
    page.get_by_role("link", name="Behov").click()
    page.get_by_label("Inledning").fill("Så var året.")
    page.get_by_role("button", name="Spara texten").click()
    assert_good_page(page)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        for address in DRAFT:
            page.goto(f"/uppfoljning/rapporter/{draft.pk}/{address}")
            assert_good_page(page)
    page.get_by_role("button", name="Be en kollega publicera").click()
    assert page.get_by_role("button", name="Publicera rapporten").count() == 0
    assert_good_page(page)
    other = new_page()
    other.set_default_timeout(30_000)
    come_in(other, "sten")
    other.goto(f"/uppfoljning/rapporter/{draft.pk}/publicera/")
    other.get_by_role("button", name="Publicera rapporten").click()
    assert other.url.endswith(FRONT)
    for width in WIDTHS.values():
        anybody = new_page(width=width)
        anybody.set_default_timeout(30_000)
        for address in OPEN:
            anybody.goto(FRONT + address)
            assert_good_page(anybody)
    anybody.goto("/lagesrapport/2024/")
    assert anybody.url.endswith(FRONT)
    anybody.goto("/lagesrapport/")
    anybody.get_by_role("link", name="Lägesrapport 2024").click()
    anybody.get_by_role("link", name="Behov").click()
    assert "Så var året." in anybody.inner_text("main")
