"""The matrix as ready strings: each cell a word with an icon, each row its rule in a sentence."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.gate import rule_of
from kring.access.policy.ages import Birth, standing
from kring.access.policy.catalogue import sentence
from kring.access.policy.family import (
    EXTENDED,
    GUARDIAN_PAGES,
    MATURE,
    OWN_E_SERVICES,
    OWN_PAGES,
    OWN_RECORD,
    SHARED,
)
from kring.access.policy.plans import CONSENTED, NOT_DISCLOSED
from kring.care.plans.queries import SignerRow
from kring.children.models import ConsentScope, Disclosure, Guardian
from kring.children.presenters import guardian_name
from kring.design import days
from kring.organisations.models import Unit

from .queries import Matrix

CATEGORIES = tuple(ConsentScope.Category)


@dataclass(frozen=True)
class Cell:
    """One kind of information for one row. Kinds: good (sees), neutral (own part), lock (does not see)."""

    tone: str
    word: str
    icon: str


@dataclass(frozen=True)
class MatrixRow:
    """One unit or person: what they are to the child, a cell for each kind, and the rule."""

    name: str
    relation: str
    cells: list[Cell]
    rule: str
    until: str


@dataclass(frozen=True)
class Answer:
    """One who is asked for consent, and the answer."""

    name: str
    word: str
    tone: str
    since: str


def _sees() -> Cell:
    return Cell("good", _("Ser"), "eye")


def _own() -> Cell:
    return Cell("neutral", _("Bara det egna"), "note")


def _not() -> Cell:
    return Cell("lock", _("Ser inte"), "eye-off")


def rows(actor: Actor, found: Matrix) -> list[MatrixRow]:
    """The own unit, the keeper of the plan, the other parties, the guardians, the child."""
    return [
        _own_unit(actor, found),
        *_other_units(actor, found),
        *(_guardian(actor, found, one) for one in found.guardians),
        _child(actor, found),
    ]


def _own_unit(actor: Actor, found: Matrix) -> MatrixRow:
    keeps = found.keeper is not None and found.keeper.pk == actor.unit_id
    told = {row.category for row in found.told.get(actor.unit_id, ())} if actor.unit_id else set()
    cells = [_sees() if keeps and one == "plan" or one in told else _own() for one in CATEGORIES]
    relation = _("Din enhet. Håller i planen.") if keeps else _("Din enhet")
    return MatrixRow(actor.unit_name, relation, cells, sentence(rule_of(actor)), "")


def _other_units(actor: Actor, found: Matrix) -> list[MatrixRow]:
    others = [unit for unit in found.units if unit.pk != actor.unit_id]
    listed = [_unit(found, unit) for unit in others]
    if found.keeper and found.keeper.pk != actor.unit_id:
        listed.insert(0, _keeper(found.keeper))
    return listed


def _keeper(unit: Unit) -> MatrixRow:
    cells = [_sees() if one == "plan" else _own() for one in CATEGORIES]
    return MatrixRow(unit.name, _("Håller i planen"), cells, sentence(CONSENTED.id), "")


def _unit(found: Matrix, unit: Unit) -> MatrixRow:
    told = found.told[unit.pk]
    open_kinds = {row.category for row in told}
    cells = [_sees() if one in open_kinds else _own() for one in CATEGORIES]
    relation = _("Deltar i planen, %(controller)s") % {"controller": unit.controller.name}
    return MatrixRow(unit.name, relation, cells, sentence(CONSENTED.id), _until(told))


def _until(told: list[Disclosure]) -> str:
    """Through the last day that anything is told; what has no last day goes on."""
    ends = [row.ends_on for row in told if row.ends_on]
    if len(ends) < len(told):
        return _("Gäller tills vidare")
    return _("Gäller till %(day)s") % {"day": days.plain_day(max(ends))}


def _guardian(actor: Actor, found: Matrix, one: Guardian) -> MatrixRow:
    """What the gate answers a guardian; why it is closed is told no further than to those who decided it."""
    child = found.child
    young = standing(Birth.of(child.birth_date, child.birth_precision), actor.today).under_guardian_limit
    seen = found.seeing.get(one.pk, frozenset())
    cells = [_sees() if kind in seen else _not() for kind in CATEGORIES]
    words = _why(seen, young) if seen else _why_not(found, one, young)
    return MatrixRow(guardian_name(one), _("Vårdnadshavare, på Mina sidor"), cells, words, "")


def _why(seen: frozenset[str], young: bool) -> str:
    """By which rule a guardian sees: the younger child's pages, or what was shared and decided later on."""
    if young:
        return sentence(GUARDIAN_PAGES.id)
    opened = [(SHARED, bool(seen - {"record"})), (EXTENDED, "record" in seen)]
    return " ".join(sentence(rule.id) for rule, holds in opened if holds)


def _why_not(found: Matrix, one: Guardian, young: bool) -> str:
    if found.child.protection != "none" or one.protected_identity:
        return _("Skyddade uppgifter: ingen vårdnadshavare ser barnets sidor på nätet.")
    if young:
        return _(
            "Barnets sidor är stängda för vårdnadshavaren på nätet. Bjud in och informera på annat sätt."
        )
    return sentence("ages.guardian_e_access")


def _child(actor: Actor, found: Matrix) -> MatrixRow:
    child = found.child
    age = standing(Birth.of(child.birth_date, child.birth_precision), actor.today)
    cells = [_sees() if kind != "record" or found.own_record else _not() for kind in CATEGORIES]
    rules = [OWN_E_SERVICES if age.has_own_e_services else OWN_PAGES]
    if found.own_record:
        rules.append(OWN_RECORD if age.has_own_record else MATURE)
    words = " ".join(sentence(rule.id) for rule in rules)
    return MatrixRow(_("Barnet"), _("På sina egna sidor"), cells, words, "")


def answers(found: Matrix) -> list[Answer]:
    """Who must say yes to the plan, and what each has said."""
    return [_answer(row) for row in found.consent.signers if row.required] if found.consent else []


def _answer(row: SignerRow) -> Answer:
    other = _("Barnet") if row.is_child else _("Socialnämnden")
    name = guardian_name(row.guardian) if row.guardian else other
    latest = row.latest
    if latest is None:
        return Answer(name, _("Ej tillfrågad"), "wait", "")
    since = days.plain_day(latest.starts_on)
    if latest.withdrawn_at:
        return Answer(name, _("Återtaget"), "lock", since)
    return Answer(name, latest.get_state_display(), "good" if row.holds else "warn", since)


def closed_rule() -> str:
    """Why nobody else sees the plan."""
    return sentence(NOT_DISCLOSED.id)


def labels() -> list[str]:
    """The headings: the kinds of information."""
    return [str(one.label) for one in CATEGORIES]


def secrecy(found: Matrix) -> list[str]:
    """What is closed or has been opened in an emergency, as far as the own unit is told."""
    told = []
    if found.blocks:
        n = {"n": found.blocks}
        told.append(
            ngettext(
                "%(n)s spärr gäller för det ni har antecknat.",
                "%(n)s spärrar gäller för det ni har antecknat.",
                found.blocks,
            )
            % n
        )
        told.append(sentence("8.2.3"))
    if found.emergencies:
        n = {"n": found.emergencies}
        told.append(
            ngettext(
                "%(n)s nödöppning har gjorts på er enhet.",
                "%(n)s nödöppningar har gjorts på er enhet.",
                found.emergencies,
            )
            % n
        )
    return told


@dataclass(frozen=True)
class Review:
    """A withheld text: when it is looked at again, and where; `late`: the day has passed."""

    text: str
    href: str
    late: bool


def reviews(found: Matrix, today: date) -> list[Review]:
    """What the own unit keeps from the family, soonest first."""
    text = _("En text i planen visas inte för alla i familjen. Ses över senast %(day)s.")
    return [
        Review(
            text % {"day": days.plain_day(task.due_on)},
            reverse("plan-review", args=[task.subject]),
            task.due_on < today,
        )
        for task in found.reviews
    ]
