"""S05 and c14: how long a session lasts, how it is prolonged, and that nothing written is lost when it
ends.
"""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from kring import clock
from kring.access.session import KEEP_AT_MOST, SEEN, TOUCH_EVERY, open_session

MINUTE = timedelta(minutes=1)


@pytest.fixture
def karin(client, cast):
    return cast.log_in(client, "karin")


def logged_in(client: Client) -> bool:
    """Whether the next request is still somebody's: asks a page that needs a person and nothing else."""
    return client.get("/inloggad/").status_code == 200


def later(cast, **more: float):
    return clock.frozen(cast.now + timedelta(**more))


@pytest.mark.parametrize(
    ("subject", "role", "idle"), [("karin", None, 15), ("maria", None, 20), ("alva", None, 20)]
)
def test_a_session_ends_when_nothing_has_happened_for_so_long(client, cast, subject, role, idle):
    cast.log_in(client, subject, role)
    with later(cast, minutes=idle):
        assert logged_in(client)
    cast.log_in(client, subject, role)
    with later(cast, minutes=idle, seconds=1):
        assert not logged_in(client)


@pytest.mark.parametrize(("subject", "hours"), [("karin", 10), ("maria", 8), ("alva", 4)])
def test_a_session_ends_after_a_working_day_however_busy(client, cast, subject, hours):
    cast.log_in(client, subject)
    steps = hours * 6
    for step in range(1, steps + 1):
        with later(cast, minutes=10 * step):
            assert logged_in(client), f"after {10 * step} minutes"
    with later(cast, hours=hours, seconds=1):
        assert not logged_in(client)


def test_each_request_prolongs_the_session(karin, cast):
    for minutes in (10, 20, 30, 44):
        with later(cast, minutes=minutes):
            assert logged_in(karin)


def test_most_requests_write_no_session(karin, cast, django_assert_num_queries):
    with later(cast, seconds=TOUCH_EVERY - 1):
        karin.get("/hjalp/")
        assert karin.session[SEEN] == cast.now.timestamp()
    with later(cast, seconds=TOUCH_EVERY):
        karin.get("/hjalp/")
        assert karin.session[SEEN] == cast.now.timestamp() + TOUCH_EVERY


def test_an_ended_session_leads_back_to_the_same_page(karin, cast):
    with later(cast, minutes=16):
        answer = karin.get("/inloggad/?next=/hjalp/&x=1%262")
        assert answer.status_code == 302
        target = urlsplit(answer.headers["Location"])
        assert target.path == "/logga-in/"
        assert parse_qs(target.query) == {"tiden-ute": ["1"], "next": ["/inloggad/?next=/hjalp/&x=1%262"]}
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        page = karin.get(answer.headers["Location"]).content.decode()
        assert "Du blev utloggad" in page
        back = karin.post("/logga-in/", {"person": "karin", "next": "/inloggad/?next=/hjalp/&x=1%262"})
        assert back.headers["Location"] == "/inloggad/?next=/hjalp/&x=1%262"


def test_the_page_s_own_clock_runs_out_before_the_server_s(karin, cast):
    page = karin.get("/inloggad/").content.decode()
    assert 'data-session-end="870"' in page  # 14.5 minutes of 15
    assert 'data-session-warn="750"' in page


def test_near_the_absolute_limit_the_page_warns_in_time(karin, cast):
    for step in range(1, 60):
        with later(cast, minutes=10 * step):
            logged_in(karin)
    with later(cast, hours=10, minutes=-5):
        page = karin.get("/inloggad/").content.decode()
    assert 'data-session-end="300"' in page
    assert 'data-session-warn="180"' in page


def test_the_page_that_ran_out_ends_the_session_too(karin, cast):
    answer = karin.get("/logga-in/?tiden-ute=1&next=/hjalp/", follow=True)
    assert "Du blev utloggad" in answer.content.decode()
    assert 'name="next" value="/hjalp/"' in answer.content.decode()
    assert not logged_in(karin)


class TestProlonging:
    def test_by_the_dialog(self, karin, cast):
        with later(cast, minutes=14):
            assert karin.post("/inloggad/", headers={"accept": "*/*"}).status_code == 204
        with later(cast, minutes=28):
            assert logged_in(karin)

    def test_without_javascript(self, karin, cast):
        with later(cast, minutes=14):
            answer = karin.post("/inloggad/", {"next": "/hjalp/"}, headers={"accept": "text/html,*/*"})
            assert answer.headers["Location"] == "/hjalp/"
        with later(cast, minutes=28):
            assert logged_in(karin)

    def test_leads_to_no_other_site(self, karin):
        answer = karin.post("/inloggad/", {"next": "//evil.example"}, headers={"accept": "text/html"})
        assert answer.headers["Location"] == "/"

    def test_comes_too_late_after_the_end(self, karin, cast):
        with later(cast, minutes=15, seconds=1):
            answer = karin.post("/inloggad/", headers={"accept": "*/*"})
            assert answer.status_code == 302
            assert not logged_in(karin)


class TestLeaving:
    def test_log_out_ends_the_session_and_clears_the_browser(self, karin):
        answer = karin.post("/logga-ut/")
        assert answer.headers["Location"] == "/utloggad/"
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert "Du är utloggad" in karin.get("/utloggad/").content.decode()
        assert not logged_in(karin)

    def test_a_link_alone_logs_nobody_out(self, karin):
        assert karin.get("/logga-ut/").status_code == 200
        assert logged_in(karin)

    def test_a_second_tab_is_out_with_its_next_request(self, karin):
        tab = Client()
        tab.cookies["kring"] = karin.cookies["kring"].value
        assert logged_in(tab)
        karin.post("/logga-ut/")
        assert not logged_in(tab)

    def test_everywhere_ends_the_sessions_of_other_computers(self, karin, cast):
        elsewhere = cast.log_in(Client(), "karin")
        someone_else = cast.log_in(Client(), "peter")
        assert karin.get("/logga-ut/overallt/").status_code == 200
        assert logged_in(elsewhere)
        assert karin.post("/logga-ut/overallt/").headers["Location"] == "/utloggad/"
        assert not logged_in(elsewhere)
        assert not logged_in(karin)
        assert logged_in(someone_else)

    def test_everywhere_asks_nobody_who_is_not_there(self, client, cast):
        assert client.post("/logga-ut/overallt/").headers["Location"] == "/logga-in/"

    def test_log_out_twice_is_no_error(self, karin):
        karin.post("/logga-ut/")
        assert karin.post("/logga-ut/").status_code == 302

    def test_quickly(self, client, cast):
        cast.log_in(client, "noa")
        answer = client.post("/kalender/")
        assert answer.headers["Location"] == "/kalender/"
        assert "Clear-Site-Data" in answer.headers
        assert not logged_in(client)
        page = client.get("/kalender/").content.decode()
        assert "Kring" not in page
        assert "vecka 47" in page


class TestAFormThatCameTooLate:
    TEXT = "Alva vill börja med en bild.\nSedan berättar hon själv."

    def send(self, client: Client, cast, **fields: str):
        with later(cast, minutes=16):
            answer = client.post("/inloggad/", {"note": self.TEXT, "submission": str(uuid4()), **fields})
            assert answer.headers["Location"].startswith("/logga-in/?tiden-ute=1")

    def test_is_shown_to_its_sender_and_can_be_sent(self, karin, cast):
        self.send(karin, cast, csrfmiddlewaretoken="old")
        with later(cast, minutes=17):
            assert karin.post("/logga-in/", {"person": "karin"}).headers["Location"] == "/logga-in/fortsatt/"
            page = karin.get("/logga-in/fortsatt/").content.decode()
        assert self.TEXT in page
        assert 'action="/inloggad/"' in page
        assert 'name="note"' in page
        assert 'value="old"' not in page

    def test_is_gone_when_it_has_been_sent_again(self, karin, cast):
        self.send(karin, cast)
        with later(cast, minutes=17):
            karin.post("/logga-in/", {"person": "karin"})
            karin.post("/inloggad/", {"note": self.TEXT})
            assert karin.get("/logga-in/fortsatt/").headers["Location"] == "/"

    def test_can_be_let_go(self, karin, cast):
        self.send(karin, cast)
        with later(cast, minutes=17):
            karin.post("/logga-in/", {"person": "karin"})
            assert karin.post("/logga-in/fortsatt/").headers["Location"] == "/"
            assert karin.get("/logga-in/fortsatt/").headers["Location"] == "/"

    def test_is_never_shown_to_someone_else(self, karin, cast):
        self.send(karin, cast)
        with later(cast, minutes=17):
            assert karin.post("/logga-in/", {"person": "peter"}).headers["Location"] == "/"
            assert karin.get("/logga-in/fortsatt/").headers["Location"] == "/"
            karin.post("/logga-ut/")
            karin.post("/logga-in/", {"person": "karin"})
            assert karin.get("/logga-in/fortsatt/").headers["Location"] == "/"

    def test_is_not_kept_when_it_is_enormous(self, karin, cast):
        self.send(karin, cast, more="x" * KEEP_AT_MOST)
        with later(cast, minutes=17):
            assert karin.post("/logga-in/", {"person": "karin"}).headers["Location"] == "/"

    def test_is_not_kept_for_a_stranger_s_page(self, cast):
        """A page on another site cannot plant text that the person is then asked to send."""
        guarded = cast.log_in(Client(enforce_csrf_checks=True), "karin")
        with later(cast, minutes=16):
            assert guarded.post("/inloggad/", {"note": "planted"}).status_code == 403
            assert "kept" not in guarded.session


@pytest.mark.parametrize("what", ["epoch", "seen", "started"])
def test_a_session_that_lacks_its_facts_is_over(karin, what):
    session = karin.session
    del session[what]
    session.save()
    assert not logged_in(karin)


def test_a_person_who_may_no_longer_log_in_is_out_at_once(karin, cast):
    person = cast.karin
    person.is_active = False
    person.save()
    assert not logged_in(karin)


class TestHalfWritten:
    """What the page hands over when its own clock runs out, before anybody has pressed send."""

    KEEP = "/logga-in/fortsatt/spara/"

    def hand_over(self, client: Client, **more: str):
        fields = {"note": "Halvvägs", "kept_path": "/sprak/", "kept_page": "/hjalp/"}
        return client.post(self.KEEP, fields | more)

    def test_waits_for_the_same_person(self, karin, cast):
        assert self.hand_over(karin).status_code == 204
        karin.get("/logga-in/?tiden-ute=1&next=/hjalp/", follow=True)
        assert not logged_in(karin)
        assert karin.post("/logga-in/", {"person": "karin"}).headers["Location"] == "/logga-in/fortsatt/"
        page = karin.get("/logga-in/fortsatt/").content.decode()
        assert "Halvvägs" in page
        assert 'href="/hjalp/#kvar"' in page
        assert 'action="/sprak/"' in page

    def test_can_be_fetched_to_fill_in_the_form_again(self, karin):
        self.hand_over(karin)
        answer = karin.get("/logga-in/fortsatt/", headers={"accept": "application/json"})
        assert answer.json() == {"path": "/sprak/", "fields": {"note": ["Halvvägs"]}}
        page = karin.get("/hjalp/").content.decode()
        assert 'data-kept="/logga-in/fortsatt/"' in page

    def test_is_gone_after_an_ordinary_log_out(self, karin):
        self.hand_over(karin)
        karin.post("/logga-ut/")
        assert karin.post("/logga-in/", {"person": "karin"}).headers["Location"] == "/"

    def test_is_not_for_somebody_else(self, karin):
        self.hand_over(karin)
        karin.get("/logga-in/?tiden-ute=1", follow=True)
        assert karin.post("/logga-in/", {"person": "peter"}).headers["Location"] == "/"

    def test_is_gone_when_somebody_else_logs_in_over_an_open_session(self, karin, cast, rf):
        self.hand_over(karin)
        request = rf.get("/")
        request.session, request.user = karin.session, cast.karin
        open_session(request, cast.peter, strong_auth=True)
        assert "kept" not in request.session
        assert request.user == cast.peter

    @pytest.mark.parametrize(
        "where", ["", "//evil.example", "https://evil.example/", "javascript:1", "/logga-in/"]
    )
    def test_only_pages_of_ours_are_gone_back_to(self, karin, where):
        for name in ("kept_path", "kept_page"):
            assert self.hand_over(karin, **{name: where}).status_code == 302
        assert "kept" not in karin.session

    def test_a_link_keeps_nothing(self, karin):
        assert karin.get(self.KEEP).headers["Location"] == "/"

    def test_without_anything_kept_the_page_says_nothing_of_it(self, karin):
        assert "data-kept" not in karin.get("/hjalp/").content.decode()
        assert karin.get("/logga-in/fortsatt/").headers["Location"] == "/"
