"""What the walk through all pages needs beyond the demo's stories: a row of each kind that a page is about.

Told by the commands that people use. Each answers with where somebody comes to it, for pages that their own
first page does not lead to.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse

from kring.care.concerns import commands as concerns
from kring.care.concerns.models import ConcernReport
from kring.care.contacts import commands as contacts
from kring.care.contacts.models import Appointment
from kring.care.plans import commands
from kring.care.plans.models import Goal, Plan, ReceivedCopy
from kring.children.commands import give_custody, register_child, relate
from kring.children.models import Child, EmergencyAccess, Guardian
from kring.demo import stories
from kring.organisations.models import Unit
from kring.secrecy.commands.placements import record_placement
from kring.secrecy.rules.placements import Proposed

Ways = Mapping[str, list[str]]
"""subject -> addresses."""


def rows_of_more_kinds(now: datetime) -> Ways:
    """Tell them once; who comes to which."""
    told, teller = defaultdict[str, list[str]](list), stories.Teller(now)
    for tell in TELLING:
        for subject, address in tell(teller).items():
            told[subject].append(address)
    return told


def _child(subject: str) -> Child:
    return Child.objects.get(person__subject=subject)


def _times(teller: stories.Teller) -> dict[str, str]:
    """A question about several times for Alva's next meeting."""
    karin, plan = teller.at("karin", 0), Plan.objects.get(child=_child("alva"), status="established")
    begun = commands.draft_summons(
        by=karin, plan_id=plan.pk, question="Hur går det?", place="Eken", child_takes_part="a_while"
    )
    times = [teller.now + timedelta(days=days) for days in (8, 9, 10)]
    asked = commands.ask_times(by=karin, summons_id=begun.pk, seen=begun.revision, times=times)
    return {"karin": reverse("summons-times", args=[asked.pk])}


def _same_day(teller: stories.Teller) -> dict[str, str]:
    """Maria asks two units to gather Alva's visits, and Karin asks another time."""
    alva, maria = _child("alva"), teller.at("maria", 0)
    for subject, days in (("sara", 20), ("peter", 22)):
        at = teller.now + timedelta(days=days)
        contacts.book(by=teller.at(subject, 0), child_id=alva.pk, starts_at=at, what="Besök")
    visits = Appointment.objects.filter(child=alva, starts_at__gte=teller.now + timedelta(days=19))
    about = {"child_id": alva.pk, "appointment_ids": list(visits.values_list("pk", flat=True))}
    asked = contacts.request_same_day(by=maria, on=teller.day(24), **about)
    question = reverse("same-day-question", args=[alva.pk, asked.pk])
    back = reverse("family-same-day-withdraw", args=[alva.pk, asked.pk])
    return {"sara": question, "maria": back}


def _placement(teller: stories.Teller) -> dict[str, str]:
    """A placement with consent, written in by the social services."""
    fatima, child = teller.at("fatima", 0), _child("omar")
    today = fatima.today
    given = Proposed("voluntary", "foster", today, today, signer="guardians", guardians_keep_access=True)
    placed = record_placement(by=fatima, child_id=child.pk, given=given)
    return {"fatima": reverse("change-placement", args=[child.pk, placed.pk])}


def _concern(teller: stories.Teller) -> dict[str, str]:
    """What Karin has noted is handed to the social services, who read it."""
    fatima = teller.at("fatima", 0)
    report = ConcernReport.objects.get(child=_child("alva"))
    how = ConcernReport.Way.PHONE
    concerns.hand_over(by=teller.at("karin", 0), report_id=report.pk, unit_id=fatima.unit_id, how=how)
    return {"fatima": reverse("concern-received", args=[report.pk])}


def _emergency(teller: stories.Teller) -> dict[str, str]:
    """Otto has learnt in an emergency who has something closed about Noa."""
    begun = EmergencyAccess.objects.get(child=_child("noa"), person__subject="otto")
    return {"otto": reverse("child-emergency", args=[begun.child_id, begun.pk])}


def _begun(teller: stories.Teller, parties: tuple[str, ...] = ()) -> Plan:
    """A plan just begun around a new child of Karin's unit, with a guardian who has no log-in."""
    karin, born = teller.at("karin", -2), teller.day(-3000)
    child = register_child(given_name="Prov", family_name="Barn", birth_date=born)
    for key in ("hh-habilitering-boras", *parties):
        relate(child=child, unit=Unit.objects.get(key=key), starts_on=teller.day(-30))
    guardian = Guardian.objects.create(given_name="Prov", family_name="Vuxen")
    give_custody(child=child, guardian=guardian, starts_on=born)
    plan = stories.start(karin, child.pk, teller.day(-3), parties, situation="Prov.")
    stories.everyone_says_yes(karin, plan)
    return plan


def _kept(teller: stories.Teller) -> dict[str, str]:
    """A guardian beside one with protected identity, whose own access the unit may let stand."""
    child, born = _begun(teller).child, teller.day(-3000)
    protected = Guardian.objects.create(given_name="Skyddad", family_name="Vuxen", protected_identity=True)
    give_custody(child=child, guardian=protected, starts_on=born)
    other = child.custodies.exclude(guardian=protected).get().guardian
    return {"eva": reverse("keep-guardian", args=[child.pk, other.pk])}


def _ended_plan(teller: stories.Teller) -> dict[str, str]:
    """A plan that has ended, with words that may be shown to fewer."""
    plan, karin = _begun(teller), teller.at("karin", 0)
    said = {"reason": "moved", "words": "Familjen flyttar.", "child_words": "Jag var med."}
    commands.close_plan(by=karin, plan_id=plan.pk, seen=stories.revision(plan), **said)
    return {"karin": reverse("plan-close-readers", args=[plan.pk])}


def _followed_up(teller: stories.Teller) -> dict[str, str]:
    """Hugo's or Alva's plan has been followed up."""
    karin, plan = teller.at("karin", 0), Plan.objects.get(child=_child("alva"), status="established")
    goals = {goal.pk: ("on_the_way", "") for goal in Goal.objects.filter(plan=plan, removed_at=None)}
    held = commands.hold_follow_up(
        by=karin, plan_id=plan.pk, seen=stories.revision(plan), statuses=goals, next_on=teller.day(90)
    )
    return {"karin": reverse("plan-follow-up-readers", args=[held.pk])}


def _copy(teller: stories.Teller) -> dict[str, str]:
    """A unit that has left a plan keeps what it was given."""
    plan, unit = _begun(teller, ("sas-bum-boras",)), Unit.objects.get(key="sas-bum-boras")
    commands.leave_party(by=teller.at("karin", 0), plan_id=plan.pk, unit_id=unit.pk)
    return {"peter": reverse("plan-copy", args=[ReceivedCopy.objects.get(plan=plan).pk])}


def _draft(teller: stories.Teller) -> dict[str, str]:
    """A summons that is written and not sent."""
    plan, starts_at = _begun(teller), teller.now + timedelta(days=9)
    about = {"question": "Hur går det?", "place": "Eken", "child_takes_part": "whole"}
    begun = commands.draft_summons(by=teller.at("karin", 0), plan_id=plan.pk, starts_at=starts_at, **about)
    return {"karin": reverse("summons-check", args=[begun.pk])}


def _asked_by_staff(teller: stories.Teller) -> dict[str, str]:
    """Karin has asked two units to gather a child's visits, and may take it back."""
    plan, visits = _begun(teller, ("sas-logopedi", "sas-bum-boras")), []
    for subject, days in (("sara", 20), ("peter", 22)):
        at = teller.now + timedelta(days=days)
        by = teller.at(subject, 0)
        visits.append(contacts.book(by=by, child_id=plan.child_id, starts_at=at, what="Besök").pk)
    about = {"child_id": plan.child_id, "appointment_ids": visits}
    asked = contacts.request_same_day(by=teller.at("karin", 0), on=teller.day(24), **about)
    return {"karin": reverse("same-day-withdraw", args=[plan.child_id, asked.pk])}


def _protected(teller: stories.Teller) -> dict[str, str]:
    """What is hidden around Sigrid, for one of the few who may open her; the other comes to the door."""
    key = [_child("sigrid").pk]
    return {"karin": reverse("hidden-fields", args=key), "eva": reverse("open-protected", args=key)}


def open_doors(client: Client, subject: str) -> None:
    """Karin has written why she opens Sigrid, once in her session."""
    if subject == "karin":
        reason = {"reason": "Ska planera hennes möte"}
        client.post(reverse("open-protected", args=[_child("sigrid").pk]), reason)


TELLING = (
    _times,
    _same_day,
    _placement,
    _concern,
    _emergency,
    _kept,
    _ended_plan,
    _followed_up,
    _copy,
    _draft,
    _asked_by_staff,
    _protected,
)
