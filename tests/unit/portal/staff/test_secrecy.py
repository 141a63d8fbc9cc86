"""The pages about secrecy around a child, asked and sent through HTTP by those whose they are."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kring import clock
from kring.audit.models import AccessLogRow
from kring.children.models import (
    AccessBlock,
    EmergencyAccess,
    GuardianDecision,
    LiftRequest,
    MaturityAssessment,
    ProtectedGroupMember,
)
from kring.demo import blocking, stories
from tests.cast import NOW
from tests.own_pages import fields_of, sign_in

pytestmark = pytest.mark.django_db
BLOCKED, OPEN_ = ("Samtal om sömn", "Samtal om kompisar"), ("Första samtalet", "Samtal om skolan")


@pytest.fixture
def noa(cast):
    """Noa with a record at child psychiatry, of which she has blocked two visits."""
    blocking.tell(stories.Teller(NOW).at, NOW)
    return cast.child("noa")


@pytest.fixture
def go(client, cast):
    """Ask for a page as somebody, or send its form with what is filled in."""

    def ask(who: str, name: str, *keys, send: dict | None = None, role: str | None = None):
        sign_in(client, getattr(cast, who), role)
        url = reverse(name, args=keys)
        page = client.get(url)
        if send is None:
            return page
        return client.post(url, fields_of(page.content.decode()) | send, follow=True)

    return ask


def words(page) -> str:
    return page.content.decode()


def chosen(go, client, who: str, child):
    """The record after the active choice."""
    go(who, "record-units", child.pk, send={"purpose": "care"})
    return words(client.get(reverse("child-record", args=[child.pk])))


def test_what_is_blocked_is_not_in_another_units_list_count_filter_or_address(go, client, cast, noa):
    david = words(go("david", "child-record", noa.pk))
    assert all(what in david for what in (*BLOCKED, *OPEN_))
    href = david.split(BLOCKED[0])[0].rsplit('href="', 1)[1].split('"')[0]
    seen = chosen(go, client, "karin", noa)
    assert not any(what in seen for what in BLOCKED)
    assert all(what in seen for what in OPEN_)
    assert "2 poster." in seen
    assert "Det finns spärrade uppgifter hos din vårdgivare" in seen
    narrowed = words(client.get(reverse("child-record", args=[noa.pk]) + "?fran=2026-09-01&till=2026-10-20"))
    assert not any(what in narrowed for what in BLOCKED)
    missing = client.get(reverse("record-entry", args=[noa.pk, noa.pk])).status_code
    for path in (href, href + "json/", href + "?version=1"):
        answer = client.get(path)
        assert (answer.status_code, BLOCKED[0] in words(answer)) == (missing, False)


def test_lifted_it_is_there_at_the_next_click_and_blocked_again_it_is_gone(go, client, cast, noa):
    block = AccessBlock.objects.get()
    assert BLOCKED[0] not in chosen(go, client, "karin", noa)
    done = go("david", "lift-block", noa.pk, block.pk, send={"wish": "on"})
    assert "Spärren är hävd." in words(done)
    assert BLOCKED[0] in chosen(go, client, "karin", noa)
    done = go("david", "set-block", noa.pk, send={"kind": "inner", "wish": "on"})
    assert "Uppgifterna är spärrade." in words(done)
    seen = chosen(go, client, "karin", noa)
    assert not any(what in seen for what in (*BLOCKED, *OPEN_))
    assert all(what in words(go("david", "child-record", noa.pk)) for what in (*BLOCKED, *OPEN_))


def test_a_block_needs_the_childs_wish_and_says_how_to_mend(go, noa):
    page = words(go("david", "set-block", noa.pk, send={"documented_from_0": "40"}))
    for told in ("Välj vem som inte ska se uppgifterna.", "Bara barnet självt kan vilja ha en spärr."):
        assert told in page
    assert "Ange ett datum som finns" in page
    MaturityAssessment.objects.update(mature_from=None)
    assert "Spärra uppgifter" not in words(go("david", "child-blocks", noa.pk)).split("<main")[1]


def test_an_emergency_from_the_list_to_the_record_and_its_review(go, client, cast, noa):
    otto = words(go("otto", "child-record", noa.pk))
    assert reverse("child-emergencies", args=[noa.pk]) in otto
    assert "BUP" not in otto
    empty = words(go("otto", "emergency-units", noa.pk, send={}))
    assert "Utan skäl öppnas inget." in empty
    assert not EmergencyAccess.objects.exists()
    stated = {"consent_impossible": "on", "indispensable": "on", "reason": "Medvetslös på akuten"}
    second = words(go("otto", "emergency-units", noa.pk, send=stated))
    assert cast.unit("sas-bup-boras").name in second
    row = EmergencyAccess.objects.get()
    done = words(go("otto", "child-emergency", noa.pk, row.pk, send={"units": "0"}))
    assert "Nödöppning pågår till kl. 11.00" in done
    assert all(what in done for what in BLOCKED)
    assert not any(what in done for what in OPEN_), "without an active choice the rest stays closed"
    rules = set(AccessLogRow.objects.filter(what__startswith="emergency.").values_list("what", "rule"))
    assert {("emergency.reveal", "8.2.5.reveal"), ("emergency.open", "8.2.5.open")} <= rules
    assert "8.2.5.open" in set(
        AccessLogRow.objects.filter(what="record.entries").values_list("rule", flat=True)
    )
    assert "Medvetslös på akuten" in words(go("ann", "emergency-reviews"))
    judged = go("ann", "review-emergency", row.pk, send={"verdict": "right", "words": "Fallet är känt"})
    assert "Granskad: riktig" in words(judged)
    with clock.frozen(NOW + timedelta(minutes=1)):
        closed = words(go("otto", "close-emergency", noa.pk, row.pk, send={}))
        assert "Nödöppningen är avslutad." in closed
        assert BLOCKED[0] not in words(go("otto", "child-record", noa.pk))


def test_the_officer_lifts_when_the_child_agrees_without_learning_whose_it_is(go, cast, noa):
    block = AccessBlock.objects.get()
    listed = words(go("otto", "officer-blocks", noa.pk))
    assert "Spärr 1" in listed
    assert cast.unit("sas-bup-boras").name not in listed
    without = words(go("otto", "officer-lift", noa.pk, block.pk, send={}))
    assert "En inre spärr hävs bara när barnet samtycker nu." in without
    assert "Spärren är hävd." in words(go("otto", "officer-lift", noa.pk, block.pk, send={"consents": "on"}))
    block.refresh_from_db()
    assert block.lifted_by_rule == "8.4.officer.inner"


def test_a_request_is_answered_with_a_reason(go, cast, noa):
    asked = LiftRequest.objects.create(
        block=AccessBlock.objects.get(), unit=cast.unit("bokskogen-boras"), asked_by=cast.mona, asked_at=NOW,
        reason="Medvetslös",
    )  # fmt: skip
    assert "Medvetslös" in words(go("otto", "lift-requests"))
    no = {"answer": "lifted", "reason": "Bråttom"}
    assert "Utan patientens samtycke hävs ingen inre spärr." in words(
        go("otto", "lift-request", asked.pk, send=no)
    )
    done = go("otto", "lift-request", asked.pk, send={"answer": "refused", "reason": "Faran är över"})
    assert "Svaret är skickat." in words(done)
    asked.refresh_from_db()
    assert (asked.answer, asked.answer_reason) == ("refused", "Faran är över")


def test_a_blocked_guardian_has_no_trace_of_the_child_at_the_next_click(go, client, cast):
    stories.tell(NOW)
    alva, maria = cast.child("alva"), cast.guardian("maria")
    assert "Alva" in words(go("maria", "family-child", alva.pk))
    done = go("eva", "block-guardian", alva.pk, maria.pk, send={"reason": "Våld", "how": "acute"})
    assert "Bjud in och informera vårdnadshavaren utanför portalen." in words(done)
    assert GuardianDecision.objects.get().review_on == (NOW + timedelta(days=3)).date()
    sign_in(client, cast.maria, "guardian")
    for name in ("family-child", "family-plan", "family-times", "family-sharing", "family-readings"):
        answer = client.get(reverse(name, args=[alva.pk]))
        assert (answer.status_code, "Alva" in words(answer)) == (404, False), name
    for name in ("home", "notices", "family-choose", "family-home"):
        assert "Alva" not in words(client.get(reverse(name), follow=True)), name
    matrix = words(go("sara", "child-access", alva.pk))
    assert "Barnets sidor är stängda för vårdnadshavaren på nätet." in matrix
    assert "Våld" not in matrix
    assert "Våld" not in words(go("johan", "family-child", alva.pk))


def test_a_decision_is_tried_again_or_ended(go, cast):
    alva, maria = cast.child("alva"), cast.guardian("maria")
    go("eva", "block-guardian", alva.pk, maria.pk, send={"reason": "Våld", "how": "acute"})
    made = GuardianDecision.objects.get()
    page = words(go("eva", "child-guardians", alva.pk))
    assert "Ska prövas igen senast" in page
    assert "fortsätter gälla" in words(go("eva", "confirm-guardian-decision", alva.pk, made.pk, send={}))
    ended = words(go("eva", "end-guardian-decision", alva.pk, made.pk, send={}))
    assert "De vanliga reglerna gäller igen." in ended
    for who in ("karin", "sara"):
        assert go(who, "child-guardians", alva.pk).status_code == 403


def test_maturity_is_judged_with_grounds_and_stands_as_history(go, noa):
    sent = {"question": "consent", "verdict": "no", "grounds": "Förstår inte vilka som läser"}
    done = words(go("david", "child-maturity", noa.pk, send=sent))
    assert "Bedömningen är sparad." in done
    assert "Inte moget" in done
    assert "Läsa sin journal på nätet" not in done, "the head decides that"
    assert "Spara bedömningen" not in words(go("karin", "child-maturity", noa.pk))


def test_the_group_of_a_protected_child_and_the_acute_way(go, client, cast):
    sigrid, eva = cast.child("sigrid"), cast.eva
    sign_in(client, eva)
    client.post(reverse("open-protected", args=[sigrid.pk]), {"reason": "Ny kollega i gruppen"})
    url = reverse("child-group", args=[sigrid.pk])
    form = fields_of(words(client.get(url)))
    done = client.post(url, form | {"person_id": cast.maja.pk, "reason": "Behandlar"}, follow=True)
    assert "Hen når nu barnet." in words(done)
    assert ProtectedGroupMember.objects.filter(child=sigrid, person=cast.maja).exists()
    answers = [
        words(go("eva", "protected-acute", send={"number": n, "person_id": cast.maja.pk, "reason": "Akut"}))
        for n in (sigrid.numbers.get().value, "20170101-2393", cast.child("tuva").numbers.get().value)
    ]
    shown = {page.split("<main")[1].split("<form")[0] for page in answers}
    assert len(shown) == 1, "whatever number was written"


def test_concern_says_first_what_to_do_and_whom_to_call(go, cast):
    alva = cast.child("alva")
    page = words(go("karin", "child-concern", alva.pk)).split("<main")[1]
    assert page.index("112") < page.index("Skriv en anteckning")
    assert cast.unit("socialtjanst-boras").phone in page
    done = words(go("karin", "write-concern", alva.pk, send={"text": "Hon vågar inte gå hem."}))
    assert "Anteckningen är sparad och låst." in done
    from kring.care.concerns.models import ConcernReport

    report = ConcernReport.objects.get()
    sent = {"unit_id": cast.unit("socialtjanst-boras").pk, "how": "phone"}
    assert "Lämnad till socialtjänsten" in words(
        go("karin", "hand-concern-over", alva.pk, report.pk, send=sent)
    )
    assert "Hon vågar inte gå hem." in words(go("fatima", "concern-received", report.pk))
    assert "Alva" in words(go("fatima", "concerns-received"))


@pytest.mark.parametrize("who", ["maria", "johan", "alva"])
def test_no_page_of_the_family_leads_to_secrecy_or_concern(go, cast, who):
    alva = cast.child("alva")
    for name in ("child-concern", "child-blocks", "child-guardians", "child-maturity", "child-emergencies"):
        assert go(who, name, alva.pk).status_code == 403
