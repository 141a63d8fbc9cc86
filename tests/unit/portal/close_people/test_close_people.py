"""«Nära barnet»: who writes and reads who is close to a child, and that nobody gets in by it."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.audit.models import AccessLogRow
from kring.care.contacts import commands
from kring.care.contacts.queries import close_in_plan, close_people_of, visible_close_people
from kring.care.plans.forms.content import ActivityForm
from kring.care.plans.models import Activity
from kring.care.plans.presenters.plan import close_lines
from kring.children.models import Child, CloseRelation, ProtectedGroupMember
from kring.portal.close_people import presenters
from kring.portal.close_people.forms import ClosePersonForm
from tests.cast import NOW
from tests.own_pages import Scene, sign_in

TODAY = NOW.date()
NUMBER = "010-441 20 10"


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast).begun().consented()


def add(scene, who: str, name: str = "Sven Berg", **fields) -> CloseRelation:
    fields = {"kind": "grandparent"} | fields
    return commands.add_close_person(by=scene.act(who), child_id=scene.child.pk, name=name, **fields)


def seen_by(scene, who: str) -> set[str]:
    return {row.name for row in visible_close_people(scene.act(who), scene.child.pk)}


class TestWords:
    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"may_contact": False, "phone": ""}, "Har inte sagt ja till att ni ringer."),
            ({"may_contact": True, "phone": NUMBER}, NUMBER),
            ({"may_contact": True, "phone": ""}, "Har sagt ja till att ni ringer. Inget nummer visas."),
        ],
    )
    def test_whether_one_may_call_is_always_told(self, fields, told):
        assert presenters._call(Row(**fields)) == told

    @pytest.mark.parametrize(
        ("ends_on", "told"),
        [(None, "Sedan mån 16 nov 2026"), (TODAY, "mån 16 nov 2026 till och med mån 16 nov 2026")],
    )
    def test_from_when_and_until_when(self, ends_on, told):
        assert presenters.when(Row(starts_on=TODAY, ends_on=ends_on)) == told

    @pytest.mark.parametrize(("may", "phone"), [(True, NUMBER), (False, "")])
    def test_the_plan_s_list_has_a_number_only_with_a_yes(self, may, phone):
        row = Row(name="Sven", get_kind_display=lambda: "Syskon", role="", phone=NUMBER, may_contact=may)
        assert close_lines([row])[0].phone == phone

    @pytest.mark.parametrize(
        ("staff", "numbers", "left_out"),
        [
            (True, True, set()),
            (False, True, {"for_guardians"}),
            (True, False, {"may_contact", "phone"}),
        ],
    )
    def test_nobody_is_asked_what_is_not_theirs_to_say(self, staff, numbers, left_out):
        every = set(ClosePersonForm(staff=True).fields)
        assert every - set(ClosePersonForm(staff=staff, numbers=numbers).fields) == left_out

    @pytest.mark.parametrize(("words", "named"), [("", "Sven"), ("Sven och Ulla", "Sven och Ulla")])
    def test_somebody_close_may_be_the_one_who_does_it(self, words, named):
        form = ActivityForm(
            {"what": "Simma", "who": "close:0", "responsible_words": words, "status": "planned"},
            people=[], close=[("Sven", "Sven, syskon")],
        )  # fmt: skip
        assert form.is_valid(), form.errors
        given = form.given()
        assert (given["responsible"], given["responsible_words"]) == ("third_party", named)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "boss"}, "kind_missing"),
        ({"name": "  "}, "name_missing"),
        ({"phone": NUMBER}, "number_without_a_yes"),
        ({"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)}, "ends_before_start"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(scene, fields, code):
    with pytest.raises(commands.Refusal) as refused:
        add(scene, "karin", **({"name": "Sven"} | fields))
    assert refused.value.code == code
    assert not CloseRelation.objects.exists()


def test_who_reads_what_somebody_has_written(scene):
    """Staff: guardians' and their own provider's, others' when it is for the plan's list. A guardian: its
    own, and what a unit shows; never the other guardian's.
    """
    add(scene, "maria", "Marias")
    add(scene, "johan", "Johans")
    add(scene, "karin", "Regionens")
    add(scene, "karin", "Visad", for_guardians=True)
    add(scene, "karin", "Planens", in_plan=True)
    everybodys = {"Marias", "Johans"}
    ours = everybodys | {"Regionens", "Visad", "Planens"}
    seen = {who: seen_by(scene, who) for who in ("karin", "sara", "jonas", "maria", "johan", "leila", "alva")}
    assert seen == {
        "karin": ours, "sara": ours, "jonas": everybodys | {"Planens"}, "maria": {"Marias", "Visad"},
        "johan": {"Johans", "Visad"}, "leila": set(), "alva": set(),
    }  # fmt: skip


def test_from_thirteen_no_guardian_is_told_who_is_close(scene):
    add(scene, "maria", "Marias")
    Child.objects.filter(pk=scene.child.pk).update(birth_date=date(2013, 11, 16))
    assert seen_by(scene, "maria") == set()
    assert seen_by(scene, "karin") == {"Marias"}


def test_a_guardian_whose_link_is_closed_reads_and_writes_nothing(scene):
    add(scene, "maria", "Marias")
    row = add(scene, "karin", "Visad", for_guardians=True)
    Child.objects.filter(pk=scene.child.pk).update(protection="flag")
    for work in (lambda: add(scene, "maria"), lambda: commands.remove_close_person(
        by=scene.act("maria"), close_id=row.pk, seen=1)):  # fmt: skip
        with pytest.raises(Http404):
            work()
    assert seen_by(scene, "maria") == set()


def test_each_changes_its_own_and_meets_what_others_wrote_meanwhile(scene):
    row = add(scene, "karin", may_contact=True, phone=NUMBER)
    by = {"by": scene.act("karin"), "close_id": row.pk}
    assert commands.change_close_person(**by, seen=1, role="Hämtar").revision == 2
    with pytest.raises(EditConflict):
        commands.change_close_person(**by, seen=1, role="Lämnar")
    with pytest.raises(commands.Refusal) as refused:
        commands.change_close_person(by=scene.act("sara"), close_id=row.pk, seen=2, role="Mitt")
    assert refused.value.code == "not_your_close_person"
    for who in ("jonas", "maria", "leila"):
        with pytest.raises((Http404, NotAllowed)):
            commands.remove_close_person(by=scene.act(who), close_id=row.pk, seen=2)
    commands.remove_close_person(**by, seen=2)
    row.refresh_from_db()
    assert (row.role, row.phone, row.removed_at) == ("Hämtar", NUMBER, NOW)
    assert seen_by(scene, "karin") == set()
    written = AccessLogRow.objects.filter(object_id=str(row.pk), action="write").values_list(
        "what", flat=True
    )
    assert set(written) == {"close_person.add", "close_person.change", "close_person.remove"}


def test_around_a_protected_child_no_number_stands_and_a_change_keeps_it(scene, cast):
    row = add(scene, "karin", may_contact=True, phone=NUMBER)
    elsewhere = add(scene, "maria", "Marias")
    Child.objects.filter(pk=scene.child.pk).update(protection="flag")
    who = {"added_by": cast.eva, "added_at": NOW, "reason": "Prov"}
    ProtectedGroupMember.objects.get_or_create(child=scene.child, person=cast.karin, defaults=who)
    child = Child.objects.get(pk=scene.child.pk)
    told = {one.pk: (one.name, one.phone) for one in close_people_of(scene.act("karin"), child)}
    assert told == {row.pk: ("Sven Berg", ""), elsewhere.pk: ("", "")}
    form = ClosePersonForm({"kind": "sibling", "name": "Sven"}, staff=True, numbers=False)
    assert form.is_valid()
    commands.change_close_person(by=scene.act("karin"), close_id=row.pk, seen=1, **form.given())
    row.refresh_from_db()
    assert (row.name, row.phone) == ("Sven", NUMBER)


def test_only_those_close_now_and_meant_for_the_plan_are_offered(scene):
    add(scene, "karin", "Nu", in_plan=True)
    add(scene, "karin", "Inte i planen")
    past = {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}
    add(scene, "karin", "Förr", in_plan=True, **past)
    assert [row.name for row in close_in_plan(scene.act("karin"), scene.child.pk)] == ["Nu"]


def test_staff_and_guardian_write_on_their_pages_and_the_plan_lists_whom_it_may(scene, cast):
    karin, maria = sign_in(Client(), cast.karin), sign_in(Client(), cast.maria)
    staff, home = f"/barn/{scene.child.pk}/nara/", f"/mina-sidor/{scene.child.pk}/nara/"
    sven = {"kind": "grandparent", "name": "Sven Berg", "may_contact": "on", "phone": NUMBER, "in_plan": "on"}
    key = str(uuid4())
    for _twice in range(2):
        answer = karin.post(f"{staff}ny/", {"submission": key, **sven, "for_guardians": "on"})
        assert answer.headers["Location"] == staff
    maria.post(f"{home}ny/", {"submission": str(uuid4()), "kind": "sibling", "name": "Tova Berg"})
    assert CloseRelation.objects.count() == 2
    page = karin.get(staff).content.decode()
    for text in ("Sven Berg", "Tova Berg", "får ingen tillgång", "Skrivet av vårdnadshavaren Maria Berg"):
        assert text in page
    at_home = maria.get(home).content.decode()
    for text in ("Sven Berg", NUMBER, "Skrivet av dig", "Andra vårdnadshavare ser det inte här."):
        assert text in at_home
    plan = karin.get(f"/planer/{scene.plan.pk}/").content.decode()
    assert "Sven Berg" in plan
    assert "Tova Berg" not in plan
    assert "De som står här får ingen tillgång till planen." in plan
    mine = CloseRelation.objects.get(name="Tova Berg")
    assert karin.get(f"{staff}{mine.pk}/").status_code == 403
    late = maria.post(
        f"{home}{mine.pk}/", {"submission": str(uuid4()), "seen": 9, "kind": "sibling", "name": "T"}
    )
    assert late.status_code == 409
    assert "Tova Berg" in late.content.decode()
    asked = maria.post(
        f"{home}ny/", {"submission": str(uuid4()), "kind": "sibling", "name": "X", "phone": "1"}
    )
    assert "Skriv ett nummer bara när" in asked.content.decode()
    path = f"/mina-sidor/{scene.child.pk}/planen/eget/insats/nytt/"
    maria.post(path, {"submission": str(uuid4()), "what": "Simma", "responsible": "near:0"})
    assert Activity.objects.get(what="Simma").responsible_words == "Sven Berg"
