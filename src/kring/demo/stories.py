"""The cast's plans, lived through with the same commands as people use, each step at its own moment.

Alva's plan has come all the way to its first follow-up; Omar's waits for consent; Noa's is new; Hugo's is
the school's. A handful of children at Karin's unit stand in between, so that her worklist is that of an
ordinary Monday.
"""

import calendar
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from kring import clock
from kring.access import gate
from kring.access.actors import Actor, possible_actors
from kring.access.permissions import Permission
from kring.access.policy.working_days import on_or_after, on_or_before
from kring.care.contacts import commands as contacts
from kring.care.plans import commands
from kring.care.plans.models import Invitation, Plan
from kring.children.models import Child, Custody, Guardian
from kring.organisations.models import Person, Unit
from kring.secrecy.commands.shares import start_sharing

from . import moods, posts

ALVAS_PARTIES = ("sas-logopedi", "sas-bum-boras", "elevhalsa-boras", "skola-boras-1")
ANSWERS = {
    "sas-logopedi": "sara",
    "sas-bum-boras": "peter",
    "elevhalsa-boras": "lena",
    "skola-boras-1": "jonas",
}
"""Whom the family and the others meet at each of Alva's parties."""
ROOM = "Grupprum Eken, Albackeskolan"
HALFWAY = 12
"""How many of the made-up children at Karin's unit get a plan on its way."""


class Teller:
    """Acts as people of the cast, so many days before or after now."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def at(self, subject: str, days: int, role: str | None = None) -> Actor:
        """The person as an actor, that many days from now at ten in the morning."""
        moment = datetime.combine(self.day(days), time(10), clock.STOCKHOLM)
        person = Person.objects.get(subject=subject)
        ways = possible_actors(person, now=min(moment, self.now), strong_auth=True)
        return next(way for way in ways if role in (None, way.role))

    def day(self, days: int) -> date:
        """That day, moved to a working day: what has been to one before, what comes to one after."""
        day = clock.day_of(self.now) + timedelta(days=days)
        return on_or_before(day) if days < 0 else on_or_after(day) if days else day

    def coming(self, weeks: int, weekday: int) -> date:
        """A weekday of the first whole week ahead, or so many weeks after that."""
        today = clock.day_of(self.now)
        return today + timedelta(days=7 - today.weekday() + 7 * weeks + weekday)


def tell(now: datetime) -> None:
    """Tell every story once; told again it does nothing."""
    if Plan.objects.filter(child__person__subject="alva").exists():
        return
    teller = Teller(now)
    alva(teller)
    alvas_people_and_visits(teller)
    omar(teller)
    noa(teller)
    hugo(teller)
    sigrid(teller)
    first_steps(teller)
    ordinary_monday(teller)
    moods.ask_them(teller.at, child_id)
    posts.write_them(teller.at, child_id)


def child_id(subject: str) -> UUID:
    return Child.objects.get(person__subject=subject).pk


def unit_id(key: str) -> UUID:
    return Unit.objects.get(key=key).pk


def revision(plan: Plan) -> int:
    return Plan.objects.get(pk=plan.pk).revision


def everyone_says_yes(by: Actor, plan: Plan) -> None:
    """Every guardian consents, by word of mouth, to all parties seeing the plan and the booked times."""
    cells = {(party.unit_id, kind) for party in plan.parties.all() for kind in ("plan", "appointment")}
    for custody in Custody.objects.filter(child_id=plan.child_id, ends_on__isnull=True):
        commands.record_consent(
            by=by, plan_id=plan.pk, guardian_id=custody.guardian_id, state="given", form="oral", cells=cells
        )


def start(by: Actor, who: UUID, need_on: date, parties: tuple[str, ...], **fields: Any) -> Plan:
    """Begin a plan with its parties."""
    plan = commands.start_plan(by=by, child_id=who, need_identified_on=need_on)
    for key in parties:
        person = Person.objects.filter(subject=ANSWERS.get(key, "")).first()
        contact = person.pk if person else None
        commands.join_party(by=by, plan_id=plan.pk, unit_id=unit_id(key), contact_id=contact)
    commands.describe_plan(by=by, plan_id=plan.pk, seen=revision(plan), **fields)
    return plan


def alva(teller: Teller) -> None:
    """From need to the day before the first follow-up."""
    karin = teller.at("karin", -40)
    plan = start(
        karin,
        child_id("alva"),
        teller.day(-42),
        ALVAS_PARTIES,
        what_matters="Jag vill berätta själv men först med bild. Jag vill ha paus när det är för många ord.",
        situation="Alva har en språkstörning. Hon förstår mer än hon kan säga. I klassen går det ofta fort.",
        needed_efforts="Bildstöd hela dagen, träning hos logoped, en vuxen i skolan som känner Alva.",
        other_measures="Biblioteket har sagostund med bildstöd varje onsdag. Alva går dit med Johan.",
        early_signs="Alva slutar svara och lägger sig över bänken. Då: paus på soffan och inga frågor.",
        overall_responsible_id=karin.controller_id,
    )
    everyone_says_yes(teller.at("karin", -38), plan)
    _alvas_contributions(teller, plan)
    _at_home(teller, plan)
    _alvas_meeting(teller, plan)


def _alvas_contributions(teller: Teller, plan: Plan) -> None:
    karin, sara, jonas = teller.at("karin", -36), teller.at("sara", -35), teller.at("jonas", -34)
    lena, peter = teller.at("lena", -34, "school_nurse"), teller.at("peter", -33)
    needs = (
        (sara, "communication", "Få tid och bilder för att kunna säga det hon vill."),
        (jonas, "school", "Veta vad som ska hända under dagen, och när det är paus."),
        (karin, "play", "Leka med någon utan att behöva många ord."),
        (karin, "culture", "Få vara med när klassen sjunger och spelar teater."),
        (lena, "leisure", "En aktivitet på fritiden där bildstödet följer med."),
    )
    for by, area, text in needs:
        commands.contribute_need(by=by, plan_id=plan.pk, area=area, text=text)
    tell_story = commands.contribute_goal(
        by=sara, plan_id=plan.pk, words="Jag tränar på att berätta.",
        explanation="Alva berättar om något som har hänt med stöd av tre bilder.",
    )  # fmt: skip
    friends = commands.contribute_goal(
        by=karin, plan_id=plan.pk, words="Jag vill leka med Elsa på rasten.", term="long",
        explanation="Alva har en kompislek varje dag med stöd av en vuxen i början.",
    )  # fmt: skip
    _activities(plan, tell_story.pk, sara, jonas)
    _more_activities(teller, plan, friends.pk, jonas, lena, peter)


def _at_home(teller: Teller, plan: Plan) -> None:
    """What Maria and Alva write themselves in the plan, and who else is close to Alva."""
    maria, alva = teller.at("maria", -32), teller.at("alva", -31)
    commands.contribute_activity(
        by=maria, plan_id=plan.pk, what="Packa bildkartan kvällen före.", when_words="Varje skoldag"
    )
    commands.contribute_goal(by=alva, plan_id=plan.pk, words="Jag vill spela teater.")
    contacts.add_close_person(
        by=teller.at("karin", -30), child_id=plan.child_id, kind="grandparent", name="Sven Berg",
        role="Hämtar Alva på tisdagar", may_contact=True, phone="031-390 06 77", in_plan=True,
        for_guardians=True,
    )  # fmt: skip
    contacts.add_close_person(
        by=maria, child_id=plan.child_id, kind="sibling", name="Tova Berg", role="Leker teater med Alva"
    )


def _activities(plan: Plan, goal: UUID, sara: Actor, jonas: Actor) -> None:
    train = {"goal_id": goal, "responsible_person_id": sara.person_id, "status": "ongoing"}
    commands.contribute_activity(
        by=sara, plan_id=plan.pk, what="Träna på att berätta med bilder.", when_words="Varje torsdag", **train
    )
    commands.contribute_activity(
        by=jonas, plan_id=plan.pk, goal_id=goal, what="Bildschema på tavlan och på bänken.",
        responsible_person_id=jonas.person_id, when_words="Varje dag", status="ongoing",
    )  # fmt: skip


def _more_activities(teller: Teller, plan: Plan, goal: UUID, jonas: Actor, lena: Actor, peter: Actor) -> None:
    commands.contribute_activity(
        by=jonas, plan_id=plan.pk, goal_id=goal, what="En vuxen hjälper igång leken på första rasten.",
        responsible_person_id=jonas.person_id, due_on=teller.day(10),
    )  # fmt: skip
    commands.contribute_activity(
        by=lena, plan_id=plan.pk, what="Hälsobesök med bildstöd.", responsible_person_id=lena.person_id,
        due_on=teller.day(-2),
    )  # fmt: skip
    commands.contribute_activity(
        by=peter, plan_id=plan.pk, what="Undersöka hörseln.", responsible_person_id=peter.person_id,
        due_on=teller.day(17),
    )  # fmt: skip
    karin = teller.at("karin", -33)
    commands.contribute_activity(
        by=karin, plan_id=plan.pk, what="Hålla ihop planen och ringa familjen.",
        responsible_person_id=karin.person_id, when_words="Var fjortonde dag", status="ongoing",
    )  # fmt: skip
    maria = teller.at("maria", -33)
    commands.contribute_activity(
        by=maria, plan_id=plan.pk, goal_id=goal, what="Bjuda hem Elsa.", responsible="family",
        responsible_words="Maria och Johan", when_words="En gång i veckan",
    )  # fmt: skip


def _alvas_meeting(teller: Teller, plan: Plan) -> None:
    child = teller.at("alva", -30)
    wishes = {"good_at": "Jag är bra på att rita.", "hard": "När alla pratar.", "wish": "Att Elsa vill leka."}
    commands.prepare_meeting(
        by=child, plan_id=plan.pk, step=8, takes_part="a_while", pause_sign="Min röda bild", **wishes
    )
    commands.send_preparation(by=child, plan_id=plan.pk)
    karin = teller.at("karin", -29)
    summons = commands.draft_summons(
        by=karin, plan_id=plan.pk, question="Hur kan vi hjälpas åt så att Alva får berätta själv?",
        starts_at=_at_ten(teller, -21), minutes=60, place=ROOM,
        adaptations="Bilder på alla som kommer. Paus efter tjugo minuter.",
    )  # fmt: skip
    summons = commands.send_summons(by=karin, summons_id=summons.pk, seen=summons.revision)
    for invitation in Invitation.objects.filter(summons=summons, answer="none", guardian__isnull=False):
        commands.answer_summons(by=karin, invitation_id=invitation.pk, answer="comes")
    for subject in ("sara", "jonas"):
        by = teller.at(subject, -27)
        invitation = Invitation.objects.get(summons=summons, unit_id=by.unit_id)
        commands.answer_summons(by=by, invitation_id=invitation.pk, answer="comes")
    lena, peter = teller.at("lena", -27, "school_nurse"), teller.at("peter", -26)
    own = {by.unit_id: Invitation.objects.get(summons=summons, unit_id=by.unit_id).pk for by in (lena, peter)}
    commands.answer_summons(by=lena, invitation_id=own[lena.unit_id], answer="comes")
    commands.answer_summons(
        by=peter, invitation_id=own[peter.unit_id], answer="declines",
        reason="Mottagningen är stängd den dagen. Ring mig om hörselprovet.",
    )  # fmt: skip
    _hold(teller, plan, summons.pk)


def _hold(teller: Teller, plan: Plan, summons: UUID) -> None:
    karin = teller.at("karin", -21)
    meeting = commands.start_meeting(by=karin, summons_id=summons)
    came = Invitation.objects.filter(summons=summons, answer="comes").values_list("pk", flat=True)
    commands.attend(by=karin, meeting_id=meeting.pk, invitation_ids=list(came))
    meeting = commands.write_meeting(
        by=karin, meeting_id=meeting.pk, seen=meeting.revision,
        child_words="Jag vill att det är bilder överallt.", child_took_part="a_while",
        notes="Alla är överens om bildstöd hela dagen.",
    )  # fmt: skip
    commands.end_meeting(by=karin, meeting_id=meeting.pk, seen=meeting.revision)
    version = commands.establish_plan(
        by=karin, plan_id=plan.pk, seen=revision(plan), follow_up_on=teller.day(3)
    )
    commands.acknowledge(by=teller.at("maria", -20), version_id=version.pk)
    _change_and_publish(teller, plan)


def _change_and_publish(teller: Teller, plan: Plan) -> None:
    sara = teller.at("sara", -8)
    commands.contribute_activity(
        by=sara, plan_id=plan.pk, what="Lära personalen i matsalen sex tecken.",
        responsible_person_id=sara.person_id, due_on=teller.day(12),
    )  # fmt: skip
    commands.publish_version(
        by=teller.at("karin", -7), plan_id=plan.pk, seen=revision(plan), reason="Ny insats från logopeden"
    )
    summons = commands.draft_summons(
        by=teller.at("karin", -5), plan_id=plan.pk, question="Hur har det gått med bilderna?",
        starts_at=_at_ten(teller, 3), minutes=45, place=ROOM, child_takes_part="a_while",
    )  # fmt: skip
    commands.send_summons(by=teller.at("karin", -5), summons_id=summons.pk, seen=summons.revision)


def alvas_people_and_visits(teller: Teller) -> None:
    """Who to call, and three units that have booked the same week without knowing of each other."""
    eva, who = teller.at("eva", -40), child_id("alva")
    karin = Person.objects.get(subject="karin").pk
    contact = contacts.appoint(
        by=eva, child_id=who, role="coordinator", person_id=karin, phone="031-390 06 43",
        phone_hours="Vardagar 8–12", external_note="Karin håller ihop planen.",
        internal_note="Ring helst Maria, Johan arbetar natt.",
    )  # fmt: skip
    contacts.give_mandate(
        by=eva, contact_id=contact.pk, may_book=True, may_summon_sip=True, may_read=["plan", "appointment"],
        may_speak_with="Skolan, BUM Borås och logopeden", escalates_to="Verksamhetschefen",
        ends_when="När planen avslutas",
    )  # fmt: skip
    maja = Person.objects.get(subject="maja").pk
    contacts.appoint(
        by=eva, child_id=who, role="named_care_contact", person_id=maja, phone="031-390 06 43",
        phone_hours="Vardagar 8–12", external_note="Maja svarar på frågor om Alvas vård.",
    )  # fmt: skip
    visits = (
        ("karin", 0, calendar.THURSDAY, "Samtal hemma", "Karin Lund", "home"),
        ("peter", 1, calendar.WEDNESDAY, "Hörselundersökning", "Peter Holm", "on_site"),
        ("sara", 1, calendar.THURSDAY, "Träna på att berätta", "Sara Nyman", "on_site"),
        ("karin", 1, calendar.FRIDAY, "Prova ut bildstöd", "Karin Lund", "on_site"),
        ("sara", 2, calendar.THURSDAY, "Träna på att berätta", "Sara Nyman", "on_site"),
    )
    for subject, weeks, weekday, what, whom, mode in visits:
        by, day = teller.at(subject, -6), teller.coming(weeks, weekday)
        contacts.book(
            by=by, child_id=who, starts_at=datetime.combine(day, time(10), clock.STOCKHOLM),
            what=what, with_whom=whom, mode=mode, bring="Bildkartan",
        )  # fmt: skip


def _at_ten(teller: Teller, days: int) -> datetime:
    return datetime.combine(teller.day(days), time(10), clock.STOCKHOLM)


def omar(teller: Teller) -> None:
    """A draft that waits for the guardian's answer."""
    fatima = teller.at("fatima", -4)
    start(
        fatima,
        child_id("omar"),
        teller.day(-6),
        ("hh-habilitering-boras", "skola-boras-1", "elevhalsa-boras"),
        situation="Omar ska börja i förskoleklass. Hemma talas arabiska, i skolan bara svenska.",
        needed_efforts="Tolk vid alla samtal, och en gemensam bild av vad Omar behöver i skolan.",
    )
    contacts.book(
        by=teller.at("karin", -3), child_id=child_id("omar"), starts_at=_at_ten(teller, 8),
        what="Samtal om skolstarten", with_whom="Karin Lund och en tolk på arabiska",
    )  # fmt: skip


def noa(teller: Teller) -> None:
    """Fifteen years old: her guardian sees the times, which she shares, and not the plan."""
    david = teller.at("david", -2)
    start(
        david,
        child_id("noa"),
        teller.day(-3),
        ("elevhalsa-boras",),
        what_matters="Jag vill kunna vara i skolan utan att förklara mig för alla.",
    )
    _visit(teller, "david", "noa", calendar.TUESDAY, "Samtal om skolan")
    by, anders = teller.at("noa", -1), Guardian.objects.get(person__subject="anders")
    start_sharing(by=by, child_id=child_id("noa"), guardian_id=anders.pk, thing="appointment")


def _visit(teller: Teller, subject: str, child: str, weekday: int, what: str, bring: str = "") -> None:
    """A visit booked for a weekday of the first whole week ahead, with the one who books it."""
    by, starts_at = (
        teller.at(subject, -2),
        datetime.combine(teller.coming(0, weekday), time(10), clock.STOCKHOLM),
    )
    contacts.book(
        by=by, child_id=child_id(child), starts_at=starts_at, what=what, with_whom=by.name, bring=bring
    )


def hugo(teller: Teller) -> None:
    """Another care provider is around him too; the plan is the hospital's."""
    peter = teller.at("peter", -26)
    start(
        peter,
        child_id("hugo"),
        teller.day(-28),
        ("bokskogen-boras", "skola-boras-2"),
        what_matters="En sak i taget.",
    )
    _visit(teller, "peter", "hugo", calendar.MONDAY, "Träffa läkaren", "Det du vill visa")


def sigrid(teller: Teller) -> None:
    """Protected: a row without a name in the lists of the two who may open her, and of nobody else."""
    start(teller.at("karin", -8), child_id("sigrid"), teller.day(-9), (), what_matters="Att få måla.")


def first_steps(teller: Teller) -> None:
    """A plan just begun at two units that otherwise only take part in others'."""
    for subject, situation in (
        ("birgitta", "Barnet säger få ord. Förskolan undrar också."),
        ("tove", "Familjen har flera insatser och vet inte alltid vem som gör vad."),
    ):
        by = teller.at(subject, -2)
        children = gate.children_for(by, Permission.START_PLAN).filter(protection="none")
        child = children.filter(person__isnull=True, plans__isnull=True).order_by("-birth_date").first()
        if child:
            start(by, child.pk, teller.day(-3), (), situation=situation)


def ordinary_monday(teller: Teller) -> None:
    """Plans that have come to different places among the other children of Karin's unit."""
    # Children whom Karin meets all the time that the plans take.
    meets = [gate.children_for(teller.at("karin", day), Permission.START_PLAN) for day in (-36, 0)]
    others = meets[0].filter(pk__in=meets[1].values("pk"), person__isnull=True, plans__isnull=True)
    for number, child in enumerate(others.order_by("birth_date")[:HALFWAY]):
        _one_of_many(teller, child, number)


def _one_of_many(teller: Teller, child: Child, number: int) -> None:
    began = number - HALFWAY - 3
    karin = teller.at("karin", began)
    around = child.care_relations.filter(ends_on__isnull=True).exclude(unit_id=karin.unit_id)
    keys = tuple(around.values_list("unit__key", flat=True)[:3])
    plan = start(karin, child.pk, teller.day(began - 2), keys, situation="Flera möter barnet var för sig.")
    if number % 3 != 1:
        everyone_says_yes(teller.at("karin", began + 2), plan)
