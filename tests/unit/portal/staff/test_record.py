"""The record: what is listed, filtered and opened, the active choice, versions, and the exact text."""

import json
import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils.html import strip_tags

from kring import clock
from kring.audit.models import AccessLogRow
from kring.care.record.models import Resource
from kring.care.record.queries import Wanted
from kring.children.commands import record_consent, relate
from kring.children.models import Child, ProtectedGroupMember
from kring.organisations.models import Controller, Unit
from kring.portal.staff.record.filters import number_from, query_of, wanted_from
from kring.timeline.models import Event
from tests.cast import NOW
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, source, stored
from tests.unit.portal.staff.desk import questions_of, text_of

pytestmark = pytest.mark.django_db
OTHER = "hh-bup-skovde"


def visit(id: str = "v1", **more) -> dict:
    return {
        "resourceType": "Encounter", "id": id, "status": "finished", "class": {"code": "AMB"},
        "subject": {"reference": "Patient/p1"}, "type": [{"text": "Läkarbesök"}],
        "period": {"start": "2026-03-01T10:00:00+01:00", "end": "2026-03-01T10:40:00+01:00"}, **more,
    }  # fmt: skip


def other_unit() -> Unit:
    """Another unit of Karin's own care provider."""
    own = Unit.objects.get(key=UNIT)
    return Unit.objects.filter(controller=own.controller).exclude(pk=own.pk).order_by("key")[0]


def private_unit() -> Unit:
    """A connected unit of another care provider."""
    unit = Unit.objects.filter(sector="private_care").order_by("key")[0]
    own = Unit.objects.get(key=UNIT)
    Controller.objects.filter(pk__in=[unit.controller_id, own.controller_id]).update(
        shares_across_providers=True
    )
    return unit


@pytest.fixture
def child(cast) -> Child:
    """A child with a visit and a measurement from Karin's own unit."""
    linked = observation(encounter={"reference": "Encounter/v1"})
    send(bundle(patient(), visit(), linked), to=source("journal", UNIT))
    return stored("Patient", "p1").child


def also(unit: Unit, obs: str = "o9", title: str = "Vikt") -> UUID:
    """The same child with a measurement from another unit; answers with its event."""
    system = source(f"from-{unit.key}"[:80], unit.key)
    send(bundle(patient("p9"), observation(obs, of="Patient/p9", code={"text": title})), to=system)
    return stored("Observation", obs).event_id


def page_of(child: Child, part: str = "") -> str:
    return f"/barn/{child.pk}/journal/{part}"


def main_of(answer) -> str:
    return text_of(answer).partition("<main")[2].partition("</main>")[0]


def words_of(answer) -> str:
    return " ".join(strip_tags(main_of(answer)).split())


def titles(answer) -> list[str]:
    return re.findall(r'<th role="rowheader" scope="row">(?:<a [^>]*>)?([^<]*)', main_of(answer))


def entry_of(child: Child, kind: str = "Observation", key: str = "o1") -> str:
    return page_of(child, f"{stored(kind, key).event_id}/")


def logged(child: Child, what: str) -> list[tuple[str, str, str]]:
    rows = AccessLogRow.objects.filter(child_id=child.pk, what=what).order_by("pk")
    return list(rows.values_list("action", "rule", "outcome"))


class TestTheList:
    def test_each_entry_has_time_title_type_value_unit_and_source(self, karin, child):
        said = words_of(karin.get(page_of(child)))
        for words in (
            "sön 1 mar 2026 kl. 10.00", "Längd", "Mätning", "1.1 m", "Läkarbesök", "Besök", "Avslutad",
            "Barn- och ungdomshabiliteringen Borås", "Journalen", "2 poster.",
        ):  # fmt: skip
            assert words in said

    def test_a_time_is_no_more_exact_than_it_was_written(self, karin, child):
        send(observation("o2", effectiveDateTime="2025", code={"text": "Syn"}))
        row = main_of(karin.get(page_of(child))).partition("Syn")[0].rpartition("<tr")[2]
        assert ">2025</time>" in row

    def test_every_type_that_the_record_tells_of_has_its_word(self, karin, child):
        of = {"subject": {"reference": "Patient/p1"}}
        pat = {"patient": {"reference": "Patient/p1"}}
        text = {"text": "Prov"}

        def told(kind: str, whom: dict, **more) -> dict:
            return {"resourceType": kind, "id": kind, **whom, **more}

        send(
            bundle(
                told("Immunization", pat, vaccineCode=text, occurrenceDateTime="2026-01-01"),
                told("AllergyIntolerance", pat, code=text, recordedDate="2026-01-02"),
                told("MedicationRequest", of, medicationCodeableConcept=text, authoredOn="2026-01-03"),
                told("DiagnosticReport", of, code=text, issued="2026-01-04T10:00:00Z"),
                told("Condition", of, code=text, onsetDateTime="2026-01-05"),
            )
        )  # fmt: skip
        said = words_of(karin.get(page_of(child)))
        for word in (
            "Vaccination",
            "Allergi eller överkänslighet",
            "Läkemedel",
            "Svar på undersökning",
            "Diagnos",
        ):
            assert word in said

    def test_before_anything_has_come_it_says_what_will(self, karin, cast):
        assert "Här kommer det som vården" in main_of(karin.get(page_of(cast.child("alva"))))

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ("?typ=encounter", ["Läkarbesök"]),
            ("?kalla=journal", ["Läkarbesök", "Längd", "Syn"]),
            ("?fran=2026-01-01", ["Läkarbesök", "Längd"]),
            ("?till=2025-12-31", ["Syn"]),
            ("?till=2026-02-28&fran=2025-06-01", []),
            ("?fran=2026-03-01&till=2026-03-01&typ=observation", ["Längd"]),
            ("?typ=nothing&kalla=%00&fran=x&till=2026-13-99&sida=-1", []),
            ("?kalla=%00&fran=x&till=2026-13-99&sida=-1", ["Läkarbesök", "Längd", "Syn"]),
        ],
    )
    def test_type_source_and_period_narrow_it(self, karin, child, query, left):
        send(observation("o2", effectiveDateTime="2025-05-05", code={"text": "Syn"}))
        answer = karin.get(page_of(child) + query)
        assert sorted(titles(answer)) == left
        if not left:
            assert "Inget i journalen passar filtret." in main_of(answer)
            assert "Rensa filter" in main_of(answer)

    def test_what_lasts_is_found_on_every_day_of_it(self, karin, child):
        send(visit("v2", period={"start": "2026-04-01", "end": "2026-04-20"}, type=[{"text": "Inskriven"}]))
        assert titles(karin.get(page_of(child) + "?fran=2026-04-10")) == ["Inskriven"]

    def test_only_what_is_there_is_offered_as_a_choice(self, karin, child):
        page = main_of(karin.get(page_of(child)))
        offered = re.findall(r'<option value="([^"]*)"', page)
        assert offered == ["", "encounter", "observation", "", "journal"]

    def test_pages_of_fifty_keep_the_filter_and_ask_a_settled_number_of_questions(self, karin, child):
        karin.get(page_of(child))
        few = questions_of(karin, page_of(child))
        lines = [json.dumps(observation(f"m{n}", code={"text": "Puls"})) for n in range(120)]
        send("\n".join(lines))
        assert questions_of(karin, page_of(child)) == few <= 22
        second = karin.get(page_of(child, "?typ=observation&sida=2"))
        assert "Visar 51–100 av 121 poster." in words_of(second)
        assert 'href="?typ=observation"' in main_of(second)
        assert 'href="?typ=observation&amp;sida=3"' in main_of(second)
        assert len(titles(karin.get(page_of(child, "?typ=observation&sida=99")))) == 21

    def test_who_reads_no_records_is_turned_away_and_finds_no_link(self, client, cast, child):
        relate(child=child, unit=cast.unit("skola-boras-1"), starts_on=NOW.date())
        jonas = cast.log_in(client, "jonas")
        assert jonas.get(page_of(child)).status_code == 403
        assert "/journal/" not in text_of(jonas.get(f"/barn/{child.pk}/"))

    def test_a_child_one_does_not_meet_is_as_one_that_is_not_there(self, client, cast, child):
        lena = cast.log_in(client, "lena", "school_nurse")
        for part in ("", f"{uuid4()}/", f"{stored('Observation', 'o1').event_id}/", "andra-enheter/"):
            hidden, missing = lena.get(page_of(child, part)), lena.get(f"/barn/{uuid4()}/journal/{part}")
            assert (hidden.status_code, hidden.content) == (404, missing.content)


class TestTheActiveChoice:
    def test_that_others_hold_something_is_told_without_saying_who(self, karin, child):
        event = also(other_unit())
        page = karin.get(page_of(child))
        assert "Det finns uppgifter hos andra enheter hos din vårdgivare." in words_of(page)
        assert other_unit().name not in main_of(page)
        assert "Vikt" not in main_of(page)
        assert karin.get(page_of(child, f"{event}/")).status_code == 403
        assert karin.get(page_of(child, f"{event}/json/")).status_code == 403

    def test_a_purpose_opens_them_for_this_child_and_is_logged_with_its_rule(self, karin, child):
        event = also(other_unit())
        answer = karin.post(page_of(child, "andra-enheter/"), {"purpose": "other_work"})
        assert answer.headers["Location"] == page_of(child)
        page = karin.get(page_of(child))
        assert "Vikt" in titles(page)
        assert other_unit().name in main_of(page)
        assert "Du har valt att se andra enheters uppgifter." in words_of(page)
        assert "Det finns uppgifter hos" not in words_of(page)
        assert karin.get(page_of(child, f"{event}/")).status_code == 200
        row = AccessLogRow.objects.get(what="record.choice", purpose="other_work")
        assert (row.rule, row.outcome, row.object_id) == ("8.2.2", "allowed", "units")
        assert ("read", "8.2.2", "allowed") in logged(child, "record.entries")
        assert ("read", "8.2.2", "allowed") in logged(child, "record.entry")

    def test_without_a_purpose_nothing_is_opened_or_logged(self, karin, child):
        also(other_unit())
        for purpose in ("", "curiosity", "none"):
            page = text_of(karin.post(page_of(child, "andra-enheter/"), {"purpose": purpose}))
            assert "<title>Fel: " in page
        assert "Vikt" not in titles(karin.get(page_of(child)))
        assert not AccessLogRow.objects.filter(what="record.choice", rule="8.2.2").exists()

    def test_it_holds_for_one_child_one_session_and_at_most_an_hour(self, karin, child, cast, client):
        also(other_unit())
        karin.post(page_of(child, "andra-enheter/"), {"purpose": "care"})
        session = karin.session
        assert list(session["chosen"]) == [str(child.pk)]
        with clock.frozen(NOW + timedelta(minutes=14)):
            assert "Vikt" in titles(karin.get(page_of(child)))
        chosen = session["chosen"]
        chosen[str(child.pk)]["units"][1] -= 3601
        session["chosen"] = chosen
        session.save()
        assert "Vikt" not in titles(karin.get(page_of(child)))
        assert "Vikt" not in titles(cast.log_in(type(client)(), "karin").get(page_of(child)))

    def test_where_nothing_may_be_told_there_is_nothing_to_choose(self, karin, child):
        """The same refusal when another provider holds something and when none does."""
        before = karin.get(page_of(child, "andra-vardgivare/"))
        also(private_unit())
        after = karin.get(page_of(child, "andra-vardgivare/"))
        assert before.status_code == after.status_code == 403
        case = re.compile(r"Ärendekod \w+")
        assert case.sub("", main_of(before)) == case.sub("", main_of(after))
        assert "vårdgivare" not in words_of(karin.get(page_of(child))).partition("Varför")[0]

    def asked(self, cast, child: Child, state: str) -> None:
        karin = cast.actor("karin")
        record_consent(
            scope=[(karin.unit_id, "record")], child=child, purpose="across_providers", state=state,
            form="oral", starts_on=karin.today, documented_by=cast.karin, recorded_at=karin.now,
            judged_mature=True,
        )  # fmt: skip

    def test_another_provider_opens_by_consent_and_choice_and_never_by_name_before(self, karin, cast, child):
        event = also(private_unit())
        self.asked(cast, child, "given")
        page = karin.get(page_of(child))
        assert "Det finns uppgifter hos en annan vårdgivare." in words_of(page)
        assert private_unit().name not in main_of(page)
        form = main_of(karin.get(page_of(child, "andra-vardgivare/")))
        assert re.findall(r'name="purpose"[^>]*value="(\w+)"', form) == ["care"], "opened for care only"
        karin.post(page_of(child, "andra-vardgivare/"), {"purpose": "care"})
        assert private_unit().name in main_of(karin.get(page_of(child)))
        assert karin.get(page_of(child, f"{event}/")).status_code == 200
        assert logged(child, "record.choice")[-1] == ("read", "8.3.1", "allowed")

    def test_without_consent_the_choice_shows_only_why_not_and_says_so_in_the_log(self, karin, cast, child):
        event = also(private_unit())
        self.asked(cast, child, "refused")
        karin.post(page_of(child, "andra-vardgivare/"), {"purpose": "care"})
        page = karin.get(page_of(child))
        assert "De visas inte, eftersom det saknas ett samtycke." in words_of(page)
        assert "Vikt" not in titles(page)
        assert karin.get(page_of(child, f"{event}/")).status_code == 403
        assert logged(child, "record.choice")[-1] == ("read", "8.3.3", "refused")

    def test_the_two_choices_are_two(self, karin, cast, child):
        also(other_unit())
        also(private_unit(), "o8", "Längd hos läkare")
        self.asked(cast, child, "given")
        karin.post(page_of(child, "andra-vardgivare/"), {"purpose": "care"})
        assert "Vikt" not in titles(karin.get(page_of(child)))
        assert "Längd hos läkare" in titles(karin.get(page_of(child)))


class TestAnEntry:
    def test_facts_content_and_what_it_belongs_with(self, karin, child):
        said = words_of(karin.get(entry_of(child)))
        for words in ("Mätning", "Journalen", "Färdig", "1.1 m", "Läkarbesök", "Version 1", "Gäller nu"):
            assert words in said
        around = main_of(karin.get(entry_of(child, "Encounter", "v1"))).partition("Hör ihop med")[2]
        assert f'href="{entry_of(child)}"' in around

    def test_the_reading_is_logged_with_the_entry_and_its_rule(self, karin, child):
        karin.get(entry_of(child))
        row = AccessLogRow.objects.filter(
            what="record.entry", object_id=str(stored("Observation", "o1").event_id)
        )
        assert list(row.values_list("action", "rule")) == [("read", "8.2.1")]

    def test_no_title_address_or_file_name_tells_of_anybody(self, karin, child):
        page = text_of(karin.get(entry_of(child)))
        assert "<title>Post i journalen – Kring</title>" in page
        file = karin.get(entry_of(child) + "json/")
        assert file.headers["Content-Disposition"] == 'attachment; filename="post-version-1.json"'
        assert file.headers["Cache-Control"] == "no-store"

    def test_the_file_is_the_very_text_that_was_sent_and_logged_as_taken_out(self, karin, child):
        text = '{"resourceType": "Observation",   "id":"o7","status":"final","code":{"text":"Puls"},'
        text += '"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-02-02",'
        text += '"valueQuantity":{"value":1.10}}'
        send(text)
        file = karin.get(entry_of(child, key="o7") + "json/")
        assert file.content.decode() == text
        assert file.headers["Content-Type"].startswith("application/fhir+json")
        assert logged(child, "record.text") == [("export", "8.2.1", "allowed")]

    def test_an_earlier_version_is_read_and_an_old_address_leads_to_the_current_one(self, karin, child):
        first = entry_of(child)
        send(observation(valueQuantity={"value": 1.2, "unit": "m"}))
        current = entry_of(child)
        assert first != current
        assert karin.get(first).headers["Location"] == current
        assert "1.2 m" in words_of(karin.get(current))
        older = karin.get(current + "?version=1")
        assert "Det här är version 1. Det finns en nyare." in words_of(older)
        assert "1.1 m" in words_of(older)
        assert "1.2 m" not in words_of(older)
        assert json.loads(karin.get(current + "json/?version=1").content)["valueQuantity"]["value"] == 1.1
        assert karin.get(current + "?version=3").status_code == 403

    def test_a_version_that_was_about_another_child_is_not_shown(self, karin, child):
        """The source had put the measurement on the wrong child."""
        send(
            bundle(
                patient("p2", number="201701022392"),
                observation("o5", of="Patient/p2", note=[{"text": "Annans"}]),
            )
        )
        send(observation("o5", of="Patient/p1"))
        own = entry_of(child, key="o5")
        page = karin.get(own)
        assert "1 version visas inte" in words_of(page)
        assert "?version=1" not in main_of(page)
        for address in (own + "?version=1", own + "json/?version=1"):
            answer = karin.get(address)
            assert answer.status_code == 403
            assert b"Annans" not in answer.content

    def test_a_withdrawn_entry_is_gone(self, karin, child):
        own = entry_of(child)
        send(observation(status="entered-in-error"))
        assert karin.get(own).status_code == 403
        assert "Längd" not in titles(karin.get(page_of(child)))

    def test_an_entry_of_another_child_is_not_opened_through_this_one(self, karin, child):
        send(bundle(patient("p2", number="201701022392"), observation("o5", of="Patient/p2")))
        event = stored("Observation", "o5").event_id
        assert karin.get(page_of(child, f"{event}/")).status_code == 403

    def test_what_kring_itself_tells_of_has_no_page(self, karin, child, cast):
        own = Event.objects.create(
            child=child,
            kind="encounter",
            unit=cast.unit(UNIT),
            effective_at=NOW,
            recorded_at=NOW,
            title="Egen",
        )
        assert "Egen" in titles(karin.get(page_of(child)))
        assert f"{own.pk}" not in main_of(karin.get(page_of(child)))
        assert karin.get(page_of(child, f"{own.pk}/")).status_code == 403

    @pytest.mark.parametrize("version", ["0", "-1", "x", "%00", "1e3", "999999999"])
    def test_a_version_that_cannot_be_read_is_the_current_one(self, karin, child, version):
        assert karin.get(entry_of(child) + f"?version={version}").status_code == 200

    def test_as_many_questions_whatever_hangs_on_it(self, karin, child):
        karin.get(entry_of(child))
        few = questions_of(karin, entry_of(child, "Encounter", "v1"))
        lines = [json.dumps(observation(f"m{n}", encounter={"reference": "Encounter/v1"})) for n in range(60)]
        send("\n".join(lines))
        assert questions_of(karin, entry_of(child, "Encounter", "v1")) == few <= 26

    def test_what_is_hostile_is_shown_as_text(self, karin, child):
        bad = "<script>alert(1)</script>"
        send(observation("o6", code={"text": bad}, note=[{"text": bad}]))
        for address in (page_of(child), entry_of(child, key="o6")):
            assert bad not in text_of(karin.get(address))
            assert "&lt;script&gt;" in text_of(karin.get(address))


class TestAProtectedChild:
    @pytest.fixture
    def hidden(self, karin, child, cast):
        """The child protected, Karin in its restricted group, her reason given and her choice made."""
        event = also(other_unit())
        Child.objects.filter(pk=child.pk).update(protection="flag")
        ProtectedGroupMember.objects.create(child=child, person=cast.karin, added_by=cast.karin, added_at=NOW)
        return event

    def come_in(self, karin, child) -> None:
        karin.post(f"/barn/{child.pk}/oppna/", {"reason": "Förbereder mötet"})
        karin.post(page_of(child, "andra-enheter/"), {"purpose": "care"})

    def test_the_door_stands_before_every_page(self, karin, child, hidden):
        for part in ("", "andra-enheter/", f"{hidden}/", f"{hidden}/json/"):
            assert karin.get(page_of(child, part)).headers["Location"].startswith(f"/barn/{child.pk}/oppna/")

    def test_where_and_when_others_met_the_child_is_hidden_in_list_and_entry(self, karin, child, hidden):
        self.come_in(karin, child)
        page = main_of(karin.get(page_of(child)))
        row = page.partition("Vikt")[0].rpartition("<tr")[2] + page.partition("Vikt")[2].partition("</tr>")[0]
        assert "Dolt" in row
        assert "2026" not in row
        entry = main_of(karin.get(page_of(child, f"{hidden}/")))
        for told in (other_unit().name, "mar 2026", f"from-{other_unit().key}"):
            assert told not in row + entry
        assert "1.1 m" in entry

    @pytest.mark.parametrize("query", ["?fran=2026-03-01", "?till=2026-03-02", "?kalla=from-"])
    def test_no_filter_answers_what_is_hidden(self, karin, child, hidden, query):
        self.come_in(karin, child)
        whole = query + (other_unit().key if query.endswith("-") else "")
        page = karin.get(page_of(child) + whole)
        assert "Vikt" not in titles(page)
        assert f'value="from-{other_unit().key}"' not in main_of(page).partition("</form>")[0]

    def test_nothing_is_taken_out_as_a_file(self, karin, child, hidden):
        self.come_in(karin, child)
        own = entry_of(child)
        assert "går därför inte att hämta som fil" in words_of(karin.get(own))
        assert karin.get(own + "json/").status_code == 403
        assert not AccessLogRow.objects.filter(what="record.text").exists()


class TestTheTimeline:
    def test_the_own_unit_s_entries_lead_to_their_pages(self, karin, child):
        page = main_of(karin.get(f"/barn/{child.pk}/handelser/"))
        assert f'href="{entry_of(child)}"' in page
        assert f'href="{entry_of(child)}"' in main_of(karin.get(f"/barn/{child.pk}/"))

    def test_a_corrected_entry_stands_there_once(self, karin, child):
        send(observation(valueQuantity={"value": 1.2, "unit": "m"}))
        assert main_of(karin.get(f"/barn/{child.pk}/handelser/")).count("Längd") == 1


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, Wanted()),
        ({"typ": "condition", "sida": "3"}, Wanted(kind="condition", page=3)),
        ({"fran": "2026-02-30", "till": "2026-3-1"}, Wanted()),
        ({"fran": "2026-02-28"}, Wanted(since=date(2026, 2, 28))),
        ({"kalla": "a" * 81, "typ": "a\nb", "sida": "²"}, Wanted()),
        ({"sida": "0"}, Wanted()),
    ],
)
def test_an_address_is_read_and_what_it_says_wrongly_is_as_if_not_asked(asked, wanted):
    assert wanted_from(asked) == wanted


@pytest.mark.parametrize("query", ["?fran=0001-01-01", "?till=9999-12-31", "?till=0001-01-01"])
def test_a_day_that_nobody_means_is_as_if_not_asked(karin, child, query):
    assert len(titles(karin.get(page_of(child, query)))) == 2


@pytest.mark.parametrize(
    "query", ["?till=1900-01-01", "?fran=2199-12-31", "?fran=2026-03-02&till=2026-02-28"]
)
def test_between_days_when_nothing_was_there_is_nothing(karin, child, query):
    answer = karin.get(page_of(child, query))
    assert (answer.status_code, titles(answer)) == (200, [])


def test_an_address_made_of_a_wish_is_read_as_the_same_wish():
    wish = Wanted(
        kind="condition", source="a&b=c å", since=date(2020, 1, 2), until=date(2026, 12, 31), page=4
    )
    from django.http import QueryDict

    assert wanted_from(QueryDict(query_of(wish, page=4)[1:])) == wish


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("", None), ("0", None), ("1234567", None), ("٣", None)]
)
def test_a_version_or_page_is_a_small_whole_number(text, number):
    assert number_from(text) == number


def test_every_entry_of_a_resource_is_found_by_its_event(child):
    """The address of an entry is its event's key, which is random and tells nothing."""
    told = Resource.objects.filter(child=child).exclude(event_id=None)
    assert {one.pk for one in told} == {
        event.data["resource"] for event in Event.objects.filter(pk__in=told.values("event_id"))
    }
