"""Fast vårdkontakt and coordinator on pages: appointed, handed over, changed, ended, with a mandate."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from kring.audit.models import AccessLogRow
from kring.care.contacts import commands, queries
from kring.care.contacts.models import CareContact, Mandate
from kring.care.contacts.presenters import READS, mandate_lines
from kring.portal.staff.contacts.appointing.forms import AppointForm, MandateForm
from tests.own_pages import fields_of, texts_of
from tests.unit.portal.staff.desk import HOME, questions_of, text_of

TODAY = date(2026, 11, 16)
WITHOUT = "/arbetslista/utan-fast-vardkontakt/"
NO_MANDATE = {"may_book": False, "may_summon_sip": False, "may_read": []} | dict.fromkeys(
    ("may_speak_with", "escalates_to", "ends_when"), ""
)


def home(child) -> str:
    return f"/barn/{child.pk}/vardkontakter/"


def about(contact, act: str) -> str:
    return f"{home(contact.child)}{contact.pk}/{act}/"


def send(client, path, **fields):
    return client.post(path, fields_of(text_of(client.get(path))) | fields)


def appointed(cast, alva, role="named_care_contact", who="karin", **more) -> CareContact:
    return commands.appoint(
        by=cast.actor("eva"), child_id=alva.pk, role=role, person_id=getattr(cast, who).pk, **more
    )


class TestAppointing:
    def test_a_named_contact_is_appointed_and_the_family_reads_whom_to_call(self, cast, alva, enter):
        eva = enter("eva")
        said = {"role": "named_care_contact", "person": str(cast.karin.pk), "phone": "031-390 06 43"}
        answer = send(eva, home(alva) + "utse/", **said, external_note="Karin svarar på det mesta.")
        assert answer.headers["Location"] == home(alva)
        row = CareContact.objects.get()
        assert (row.person, row.unit.key, row.starts_on) == (cast.karin, HOME, TODAY)
        page = texts_of(text_of(enter("maria").get(f"/mina-sidor/{alva.pk}/")))
        assert "Karin svarar på det mesta." in page
        assert any(text.startswith("Karin Lund") for text in texts_of(text_of(eva.get(home(alva)))))

    def test_the_team_may_be_the_contact(self, alva, enter):
        send(enter("eva"), home(alva) + "utse/", role="named_care_contact", person="")
        assert CareContact.objects.get().person is None

    def test_handing_over_lets_both_work_for_a_while(self, cast, alva, enter):
        former = appointed(cast, alva, who="karin")
        eva = enter("eva")
        link = re.search(r'href="([^"]*\?roll=named_care_contact)"', text_of(eva.get(home(alva))))[1]
        page = text_of(eva.get(link))
        assert re.search(r'value="named_care_contact"[^>]*checked', page)
        assert "Karin Lund" in page
        until = {"handover_until_0": "30", "handover_until_1": "11", "handover_until_2": "2026"}
        send(eva, link, role="named_care_contact", person=str(cast.maja.pk), **until)
        former.refresh_from_db()
        assert former.ends_on == date(2026, 11, 30)
        assert CareContact.objects.get(person=cast.maja).ends_on is None
        texts = texts_of(text_of(eva.get(home(alva))))
        assert "Till och med mån 30 nov 2026" in texts
        assert "Sedan mån 16 nov 2026" in texts

    def test_without_a_handover_the_former_ends_the_day_before(self, cast, alva, enter):
        former = appointed(cast, alva, starts_on=TODAY - timedelta(days=40))
        send(enter("eva"), home(alva) + "utse/", role="named_care_contact", person=str(cast.maja.pk))
        former.refresh_from_db()
        assert former.ends_on == TODAY - timedelta(days=1)

    @pytest.mark.parametrize(
        ("sent", "target", "words"),
        [
            ({"role": ""}, "role_0", "Välj vilken kontakt det gäller."),
            ({"person": "inte-en-nyckel"}, "person", "Välj en person som arbetar på enheten i dag."),
            (
                {"starts_on_0": "31", "starts_on_1": "2", "starts_on_2": "2026"},
                "starts_on_0",
                "Ange ett datum som finns, till exempel 1 12 2026.",
            ),
            (
                {"handover_until_0": "1", "handover_until_1": "11", "handover_until_2": "2026"},
                "handover_until_0",
                "Ange en sista dag för den förra kontakten som inte ligger före den nyas första.",
            ),
        ],
    )
    def test_what_is_wrong_is_said_on_top_and_at_the_field(self, cast, alva, enter, sent, target, words):
        appointed(cast, alva)
        fields = {"role": "named_care_contact", "person": str(cast.maja.pk)} | sent
        answer = send(enter("eva"), home(alva) + "utse/", **fields)
        assert answer.status_code == 422
        assert f'<a href="#{target}">{words}</a>' in text_of(answer)
        assert CareContact.objects.count() == 1

    def test_sent_twice_one_contact(self, alva, enter):
        eva = enter("eva")
        path = home(alva) + "utse/"
        fields = fields_of(text_of(eva.get(path))) | {"role": "named_physician", "person": ""}
        for _ in range(2):
            assert eva.post(path, fields).status_code == 302
        assert CareContact.objects.count() == 1

    def test_only_colleagues_can_be_chosen(self, cast, alva, enter):
        page = text_of(enter("eva").get(home(alva) + "utse/"))
        assert str(cast.karin.pk) in page
        assert str(cast.peter.pk) not in page

    def test_an_address_fills_in_only_roles_that_exist(self, alva, enter):
        page = text_of(enter("eva").get(home(alva) + "utse/?roll=kung"))
        assert "checked" not in page


class TestWhoMay:
    def test_who_does_not_appoint_reads_without_acts(self, cast, alva, enter):
        contact = appointed(cast, alva)
        sara = enter("sara")
        for path in (home(alva) + "utse/", about(contact, "andra"), about(contact, "avsluta"), WITHOUT):
            assert sara.get(path).status_code == 403
        assert "/utse/" not in text_of(sara.get(home(alva)))

    def test_another_unit_s_contact_is_not_touched_and_it_is_logged(self, cast, alva, enter):
        contact = appointed(cast, alva)
        CareContact.objects.filter(pk=contact.pk).update(unit=cast.unit("sas-logopedi"))
        for act in ("andra", "avsluta", "mandat"):
            assert enter("eva").get(about(contact, act)).status_code in (403, 404)

    def test_an_address_that_mixes_two_children_is_none(self, cast, alva, enter):
        path = about(appointed(cast, alva), "andra").replace(str(alva.pk), str(cast.child("noa").pk))
        assert enter("eva").get(path).status_code == 404

    @pytest.mark.parametrize("who", ["ulla", "mona"])
    def test_who_takes_no_part_gets_the_answer_of_a_missing_child(self, alva, enter, who):
        client = enter(who)
        answer, missing = client.get(home(alva)), client.get(f"/barn/{uuid4()}/vardkontakter/")
        assert (answer.status_code, answer.content) == (missing.status_code, missing.content)

    def test_reading_is_logged_once(self, cast, alva, enter):
        enter("eva").get(home(alva))
        assert AccessLogRow.objects.filter(child_id=alva.pk, person_id=cast.eva.pk).count() == 1


class TestChanging:
    def test_a_deputy_and_the_words_are_changed(self, cast, alva, enter):
        contact = appointed(cast, alva, phone="031-1")
        eva = enter("eva")
        assert 'value="031-1"' in text_of(eva.get(about(contact, "andra")))
        said = {"deputy": str(cast.maja.pk), "phone": "031-2", "internal_note": "Ring före nio"}
        assert send(eva, about(contact, "andra"), **said).status_code == 302
        contact.refresh_from_db()
        assert (contact.deputy, contact.phone, contact.internal_note) == (cast.maja, "031-2", "Ring före nio")
        texts = texts_of(text_of(eva.get(home(alva))))
        assert f"Ersättare: {cast.maja.name}" in texts
        assert "Intern anteckning: Ring före nio" in texts
        assert "Ring före nio" not in text_of(enter("maria").get(f"/mina-sidor/{alva.pk}/"))

    def test_the_same_person_is_no_deputy(self, cast, alva, enter):
        contact = appointed(cast, alva)
        answer = send(enter("eva"), about(contact, "andra"), deputy=str(cast.karin.pk))
        assert '<a href="#deputy">Välj någon annan än den ordinarie som ersättare.</a>' in text_of(answer)

    def test_changed_by_a_colleague_meanwhile_both_are_seen(self, cast, alva, enter):
        contact, eva = appointed(cast, alva), enter("eva")
        fields = fields_of(text_of(eva.get(about(contact, "andra")))) | {"deputy": "", "phone": "031-9"}
        commands.change_contact(by=cast.actor("eva"), contact_id=contact.pk, seen=1, phone="031-7")
        answer = eva.post(about(contact, "andra"), fields)
        page = text_of(answer)
        assert answer.status_code == 409
        assert "031-7" in texts_of(page)
        assert 'value="031-9"' in page
        assert eva.post(about(contact, "andra"), fields_of(page) | {"phone": "031-9"}).status_code == 302
        contact.refresh_from_db()
        assert (contact.phone, contact.revision) == ("031-9", 3)

    @pytest.mark.parametrize("form", [AppointForm, MandateForm])
    def test_nothing_is_cut_off(self, form):
        made = form(
            {"phone": "1" * 41, "ends_when": "x" * 161}, **({"people": []} if form is AppointForm else {})
        )
        made.is_valid()
        assert any("Skriv högst" in words[0] for words in made.errors.values())


class TestEnding:
    def test_the_last_day_counts(self, cast, alva, enter):
        contact, eva = appointed(cast, alva), enter("eva")
        day = {"ends_on_0": "30", "ends_on_1": "11", "ends_on_2": "2026"}
        send(eva, about(contact, "avsluta"), **day)
        contact.refresh_from_db()
        assert (contact.ends_on, contact.revision) == (date(2026, 11, 30), 2)

    def test_not_before_it_began(self, cast, alva, enter):
        contact = appointed(cast, alva)
        day = {"ends_on_0": "1", "ends_on_1": "11", "ends_on_2": "2026"}
        answer = send(enter("eva"), about(contact, "avsluta"), **day)
        assert '<a href="#ends_on_0">Ange en sista dag som inte ligger före den första.</a>' in text_of(
            answer
        )

    def test_what_has_ended_stands_with_its_day_and_nothing_to_do(self, cast, alva, enter):
        contact = appointed(cast, alva, starts_on=TODAY - timedelta(days=9))
        CareContact.objects.filter(pk=contact.pk).update(ends_on=TODAY - timedelta(days=1))
        page = text_of(enter("eva").get(home(alva)))
        assert "Avslutat sön 15 nov 2026" in texts_of(page)
        assert "/avsluta/" not in page
        assert "Ingen fast vårdkontakt är utsedd." in texts_of(page)


class TestTheMandate:
    GIVEN = {"may_book": "on", "may_read": ["plan", "appointment"], "may_speak_with": "Skolan"}
    WORDS = ("Bokar familjens besök.", "Läser: planen, bokade tider.", "Pratar med: Skolan")

    def test_it_is_written_and_read_by_staff_and_family_alike(self, cast, alva, enter):
        contact, eva = appointed(cast, alva, role="coordinator"), enter("eva")
        assert about(contact, "mandat") in text_of(eva.get(home(alva)))
        assert send(eva, about(contact, "mandat"), **self.GIVEN).status_code == 302
        pages = (
            text_of(eva.get(home(alva))),
            text_of(eva.get(f"/barn/{alva.pk}/")),
            text_of(enter("maria").get(f"/mina-sidor/{alva.pk}/")),
        )
        for page in pages:
            for words in self.WORDS:
                assert words in texts_of(page)
        assert "Kallar till möte om planen." not in pages[2]

    def test_what_is_unticked_is_taken_away(self, cast, alva, enter):
        contact, eva = appointed(cast, alva, role="coordinator"), enter("eva")
        send(eva, about(contact, "mandat"), **self.GIVEN)
        page = text_of(eva.get(about(contact, "mandat")))
        assert page.count("checked") == 3
        send(eva, about(contact, "mandat"), may_speak_with="")
        row = Mandate.objects.get()
        assert (row.may_book, row.may_read, row.may_speak_with) == (False, [], "")

    def test_given_by_a_colleague_meanwhile_it_is_not_overwritten(self, cast, alva, enter):
        contact, eva = appointed(cast, alva, role="coordinator"), enter("eva")
        fields = fields_of(text_of(eva.get(about(contact, "mandat")))) | {"may_book": "on"}
        commands.give_mandate(by=cast.actor("eva"), contact_id=contact.pk, ends_when="I vår")
        answer = eva.post(about(contact, "mandat"), fields)
        assert answer.status_code == 409
        assert "Uppdraget slutar: I vår" in texts_of(text_of(answer))
        assert Mandate.objects.get().may_book is False

    def test_only_a_coordinator_has_one(self, cast, alva, enter):
        contact, eva = appointed(cast, alva), enter("eva")
        assert "/mandat/" not in text_of(eva.get(home(alva)))
        answer = send(eva, about(contact, "mandat"), may_book="on")
        assert "Bara en samordnare har ett mandat." in text_of(answer)

    def test_of_a_protected_child_only_its_own_unit_reads_it(self, cast, alva):
        contact = appointed(cast, alva, role="coordinator")
        commands.give_mandate(by=cast.actor("eva"), contact_id=contact.pk, may_speak_with="Skolan i Borås")
        shown = {who: queries.who_holds_together(cast.actor(who), alva.pk) for who in ("eva", "maria")}
        assert all(cards[0].mandate for cards in shown.values())
        card = shown["maria"][0]
        card.contact.child.protection = "protected_registration"
        from kring.care.contacts.queries.holders import _mandate

        assert _mandate(cast.actor("maria"), card.contact) is None
        assert _mandate(cast.actor("eva"), card.contact) is not None

    @pytest.mark.parametrize(
        ("given", "lines"),
        [
            ({}, []),
            ({"may_book": True}, ["Bokar familjens besök."]),
            ({"may_summon_sip": True}, ["Kallar till möte om planen."]),
            ({"may_read": ["record", "okänt"]}, ["Läser: journalen."]),
            ({"may_read": ["okänt"]}, []),
            ({"escalates_to": "Chefen"}, ["Lyfter frågor till: Chefen"]),
            ({"ends_when": "I vår"}, ["Uppdraget slutar: I vår"]),
            (
                {"may_book": True, "may_read": list(READS)},
                [
                    "Bokar familjens besök.",
                    "Läser: planen, bokade tider, journalen, svar på «Hur mår jag?», meddelanden, "
                    "kontaktuppgifter.",
                ],
            ),
        ],
    )
    def test_in_words(self, given, lines):
        assert mandate_lines(SimpleNamespace(**NO_MANDATE | given)) == lines

    def test_none_is_nothing(self):
        assert mandate_lines(None) == []


class TestChildrenWithoutContact:
    @pytest.fixture
    def eva(self, enter):
        return enter("eva")

    def names(self, client, query="") -> list[str]:
        main = text_of(client.get(WITHOUT + query)).split("<main", 1)[1]
        return re.findall(r"<li><a [^>]*><strong>(.*?)</strong>", main)

    def test_only_those_who_have_none_now(self, cast, desk, eva):
        has, had, team = desk.child("Har Kontakt"), desk.child("Hade Kontakt"), desk.child("Har Teamet")
        other, none = desk.child("Annan Roll"), desk.child("Ingen Alls")
        by = cast.actor("eva")
        for child, more in ((has, {"person_id": cast.karin.pk}), (had, {}), (team, {})):
            commands.appoint(by=by, child_id=child.pk, role="named_care_contact", **more)
        commands.appoint(by=by, child_id=other.pk, role="coordinator")
        gone = CareContact.objects.filter(child=had)
        gone.update(starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
        shown = self.names(eva)
        assert {"Hade Kontakt", "Annan Roll", "Ingen Alls"} <= set(shown)
        assert not {"Har Kontakt", "Har Teamet"} & set(shown)
        assert none.pk

    def test_the_heading_counts_all_and_pages_reach_them(self, desk, eva):
        before = len(self.names(eva))
        for n in range(55):
            desk.child(f"Barn Nummer{n:02}")
        assert f"{before + 55} barn." in text_of(eva.get(WITHOUT))
        first, second = self.names(eva), self.names(eva, "?sida=2")
        assert (len(first), len(second)) == (50, before + 5)
        assert self.names(eva, "?sida=99") == second
        assert self.names(eva, "?sida=x") == first

    def test_a_protected_child_has_no_name_and_all_are_logged(self, desk, eva):
        desk.child("Hemligt Namn", protection="marking")
        seen = desk.child("Synligt Namn")
        page = text_of(eva.get(WITHOUT))
        assert "Hemligt Namn" not in page
        assert AccessLogRow.objects.filter(what="contact.none", child_id=seen.pk, action="list").exists()

    def test_it_costs_the_same_however_many(self, desk, eva):
        desk.child("Första Barnet")
        eva.get(WITHOUT)
        few = questions_of(eva, WITHOUT)
        for n in range(20):
            desk.child(f"Barn Nummer{n:02}")
        assert questions_of(eva, WITHOUT) == few

    def test_another_unit_s_children_are_not_in_it(self, cast, desk, eva):
        child = desk.child("Annan Enhet")
        child.care_relations.update(unit=cast.unit("sas-logopedi"))
        assert "Annan Enhet" not in self.names(eva)
