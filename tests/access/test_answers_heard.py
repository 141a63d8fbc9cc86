"""Staff write in what a family was told of sharing across care providers, and what it answered (ruling 13).

Nothing at another care provider opens, not even in an emergency, for a child whose family nobody has told
(8.3): so there has to be a way to tell them that does not go through the family's own pages.
"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from kring.access import gate
from kring.access.consents import across_of
from kring.access.policy.answers import CHILD
from kring.access.policy.other_provider import SharingConsent
from kring.access.policy.recording import Said
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.models import AccessBlock, Child, Consent, Guardian, GuardianDecision
from kring.organisations.models import Controller
from kring.secrecy.commands.across import record_across
from kring.secrecy.queries.standings import sharing_consent
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


def heard(cast: Cast, said: Said = Said.YES, who: str = "maria", by: str = "peter", **more) -> Consent:
    """Each answer a minute after the one before, as in a day at work."""
    signer = cast.guardian(who).pk if who else CHILD
    fields = {"form": "oral", "signer": signer, "said": said} | more
    at = NOW + timedelta(minutes=Consent.objects.count())
    return record_across(by=cast.actor(by, now=at), child_id=cast.child("alva").pk, **fields)


def code(cast: Cast, *args, **more) -> str:
    with pytest.raises(Refusal) as refused:
        heard(cast, *args, **more)
    return refused.value.code if refused.value.code != "closed" else refused.value.rule


def reads(cast: Cast, subject: str = "peter") -> SharingConsent | None:
    return sharing_consent(cast.actor(subject), cast.child("alva"))


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (Said.NOT_ASKED, SharingConsent.NONE),
        (Said.YES, SharingConsent.GIVEN),
        (Said.NO, SharingConsent.REFUSED),
    ],
)
def test_what_was_heard_counts_at_once_for_the_own_unit_alone(cast, said, stands):
    assert reads(cast) is None
    heard(cast, said)
    assert reads(cast) is stands
    assert reads(cast, "mona") is (SharingConsent.NONE if said is Said.YES else stands)


def test_the_log_has_the_rule_and_no_words(cast):
    made = heard(cast)
    row = AccessLogRow.objects.filter(what="consent.across", action="write").get()
    assert (row.rule, row.object_id) == ("8.6.across.yes", str(made.pk))


def test_a_yes_adds_the_own_unit_and_takes_nothing_from_the_others(cast):
    heard(cast, by="sara")
    heard(cast, by="peter")
    assert (reads(cast, "sara"), reads(cast, "peter")) == (SharingConsent.GIVEN, SharingConsent.GIVEN)


@pytest.mark.parametrize(
    ("first", "then", "through"),
    [
        (None, None, None),
        (TODAY + 9 * DAY, None, TODAY + 9 * DAY),
        (None, TODAY + 5 * DAY, TODAY + 5 * DAY),
        (TODAY + 9 * DAY, TODAY + 5 * DAY, TODAY + 5 * DAY),
        (TODAY + 5 * DAY, TODAY + 9 * DAY, TODAY + 5 * DAY),
    ],
    ids=str,
)
def test_an_earlier_yes_is_never_made_longer(cast, first: date | None, then: date | None, through):
    heard(cast, by="sara", ends_on=first)
    assert heard(cast, by="peter", ends_on=then).ends_on == through


def test_a_yes_that_has_run_out_is_not_taken_along(cast):
    heard(cast, by="sara", ends_on=TODAY)
    later = replace(cast.actor("peter"), now=NOW + DAY)
    fields = {"signer": cast.guardian("maria").pk, "said": Said.YES, "form": "oral"}
    made = record_across(by=later, child_id=cast.child("alva").pk, **fields)
    assert [scope.unit.key for scope in made.scopes.select_related("unit")] == ["sas-bum-boras"]
    assert made.ends_on is None


def test_a_no_closes_what_the_same_person_opened(cast):
    heard(cast)
    heard(cast, Said.NO, by="sara")
    assert reads(cast) is SharingConsent.REFUSED


def test_a_blocked_guardian_keeps_the_right_to_answer_and_a_protected_one(cast):
    """Ruling 13: the way over the net is closed, the signature is not."""
    GuardianDecision.objects.create(
        child=cast.child("alva"), guardian=cast.guardian("maria"), unit=cast.unit("sas-bum-boras"),
        kind="blocked", starts_on=TODAY, reason="Hot", decided_by=cast.karin, decided_at=NOW,
    )  # fmt: skip
    Guardian.objects.filter(pk=cast.guardian("johan").pk).update(protected_identity=True)
    heard(cast)
    heard(cast, who="johan")
    assert reads(cast) is SharingConsent.GIVEN


def test_a_child_judged_mature_answers_and_its_guardian_does_not(cast):
    heard(cast, who="", judged_mature=True)
    assert reads(cast) is SharingConsent.GIVEN
    assert code(cast, who="maria").startswith("8.6.")


REFUSED = [
    ({"who": ""}, "8.6.across.child"),
    ({"who": "", "judged_mature": True, "by": "karin"}, "8.6.across.child"),
    ({"who": "leila"}, "signer_unknown"),
    ({"ends_on": TODAY - DAY}, "consent_over"),
]


@pytest.mark.parametrize(("given", "why"), REFUSED, ids=[one[1] for one in REFUSED])
def test_what_cannot_be_written_in(cast, given, why):
    assert code(cast, **given) == why
    assert not Consent.objects.filter(purpose="across_providers").exists()


def test_a_stranger_cannot_be_the_signer(cast):
    with pytest.raises(Refusal):
        record_across(
            by=cast.actor("peter"), child_id=cast.child("alva").pk, signer=uuid4(), said=Said.NO, form="oral"
        )


@pytest.mark.parametrize("said", [Said.YES, Said.NO, Said.NOT_ASKED])
def test_who_has_answered_has_been_told(cast, said):
    heard(cast, said)
    assert code(cast, Said.NOT_ASKED) == "already_told"
    heard(cast, Said.NOT_ASKED, who="johan")


def test_that_one_was_told_takes_no_answer_back(cast):
    heard(cast)
    heard(cast, Said.NOT_ASKED, who="johan")
    assert reads(cast) is SharingConsent.GIVEN


def test_staff_who_do_not_reach_the_child_write_nothing(cast):
    with pytest.raises(gate.Invisible):
        heard(cast, by="mona")


def test_a_grown_child_answers_for_itself(cast):
    Child.objects.filter(pk=cast.child("alva").pk).update(birth_date=TODAY.replace(year=TODAY.year - 18))
    assert code(cast, who="maria") == "signer_unknown"
    heard(cast, who="")
    assert reads(cast) is SharingConsent.GIVEN
    told = across_of(cast.actor("peter"), Child.objects.get(pk=cast.child("alva").pk))
    assert told.standing.last_day is None


# The page


ADDRESS = "/barn/{}/journal/svar/"


def sent(client, cast: Cast, **given):
    address = ADDRESS.format(cast.child("alva").pk)
    return client.post(address, {"submission": str(uuid4())} | given)


@pytest.fixture
def peter(cast, client):
    return cast.log_in(client, "peter")


def test_the_page_says_that_nobody_knows_and_then_who_does(cast, peter):
    address = ADDRESS.format(cast.child("alva").pk)
    assert "Ingen i familjen har fått veta" in peter.get(address).content.decode()
    answer = sent(peter, cast, signer=str(cast.guardian("maria").pk), said="given", form="oral")
    assert (answer.status_code, answer["Location"]) == (302, address)
    shown = peter.get(address).content.decode()
    assert "Ingen i familjen" not in shown
    assert "Maria Berg" in shown
    assert "Svaret är inskrivet." in shown


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("signer", "Välj vem som har fått veta eller svarat."),
        ("said", "Välj vad personen svarade."),
        ("form", "Välj hur det gick till."),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(cast, peter, missing, words):
    given = {"signer": str(cast.guardian("maria").pk), "said": "refused", "form": "written"}
    answer = sent(peter, cast, **{name: value for name, value in given.items() if name != missing})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert page.count(" checked") == 2
    assert not Consent.objects.filter(purpose="across_providers").exists()


def test_sent_twice_it_is_written_once(cast, peter):
    given = {"signer": "child", "said": "refused", "form": "oral", "submission": str(uuid4())}
    for _ in range(2):
        assert sent(peter, cast, **given).status_code == 302
    assert Consent.objects.filter(purpose="across_providers").count() == 1


def test_nothing_on_the_page_tells_whether_others_hold_anything(cast, peter):
    """The same page for a child with entries and blocks elsewhere as for one without."""
    address = ADDRESS.format(cast.child("alva").pk)
    before = peter.get(address).content.decode()
    Controller.objects.update(shares_across_providers=True)
    AccessBlock.objects.create(
        child=cast.child("alva"), kind="outer", documented_by=cast.karin,
        controller=cast.unit("sas-bup-boras").controller, created_at=NOW - DAY,
    )  # fmt: skip
    strip = lambda text: text.split("<main")[1].split('name="csrfmiddlewaretoken"')[0]  # noqa: E731
    assert strip(peter.get(address).content.decode()) == strip(before)
