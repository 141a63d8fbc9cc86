"""What a child may decide itself at the social services, by age (8.6; SoL 2025:400).

Social services decide by their own law: no judgement of maturity by care opens these rows, and no yes of
theirs opens a plan or a record. Kring takes no applications; whoever asks reads here who may say yes. From 12
a child may itself apply for certain needs-tested support, from 15 take support without a needs test without
its guardians, and it then is a party with its own right to speak. A placement with consent is always the
guardians' to consent to.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kring.access.policy import ages
from kring.access.policy.ages import Birth
from kring.access.policy.decision import Facts, Rule, Table, allow, deny
from kring.access.policy.family import Close

SOURCE = "SoL 2025:400"
IN_FORCE = ages.SOCIAL_SERVICES_ACT


class SocialAct(StrEnum):
    """APPLY: for needs-tested support; TAKE: support without a needs test; SPEAK: for oneself as a party;
    PLACE: to consent to a placement.
    """

    APPLY = "apply"
    TAKE = "take"
    SPEAK = "speak"
    PLACE = "place"


@dataclass(frozen=True)
class Social(Facts):
    """`may_apply`, `takes_itself`: by age, as `by_age` tells; `certain`: the support is among those that the
    law lets a child apply for; `custody`: of this guardian, today.
    """

    who: Close = Close.NOT_GUARDIAN
    act: SocialAct = SocialAct.PLACE
    certain: bool = False
    may_apply: bool = False
    takes_itself: bool = False
    adult: bool = False
    custody: bool = False


def by_age(birth: Birth, on: date) -> dict[str, bool]:
    """The facts that come of age alone; closed where a birth date is not sure, or no limit is in force."""
    keys = {"may_apply": "social_apply", "takes_itself": "social_own", "adult": "adult"}
    return {fact: _turned(key, birth, on) for fact, key in keys.items()}


def _turned(key: str, birth: Birth, on: date) -> bool:
    try:
        return birth.has_turned(ages.limit(key, on).years, on)
    except LookupError:
        return False


def _rule(rule_id: str, says: str) -> Rule:
    # Read through the region's programme for autism, not from the act: a lawyer reads that (domain.md 8.6).
    return Rule(rule_id, says, SOURCE, IN_FORCE, needs_sign_off=True)


CHILD, GUARDIAN = {"who": Close.CHILD}, {"who": Close.GUARDIAN}

SOCIAL = Table(
    "8.6 f",
    "Vad ett barn bestämmer själv hos socialtjänsten",
    Social,
    _rule("8.6.social.none", "Det som ingen rad i socialtjänstlagen öppnar bestämmer barnet inte själv än."),
    (
        deny(
            _rule("8.6.social.stranger", "Den som inte är vårdnadshavare svarar inte för barnet."),
            who=Close.NOT_GUARDIAN,
        ),
        allow(_rule("8.6.social.adult", "Den som har fyllt 18 år bestämmer själv."), adult=True, **CHILD),
        deny(
            _rule(
                "8.6.social.adult_child", "När barnet har fyllt 18 år svarar ingen vårdnadshavare för det."
            ),
            adult=True,
        ),
        deny(_rule("8.6.social.custody", "Vårdnaden ska gälla i dag."), custody=False, **GUARDIAN),
        deny(
            _rule("8.6.social.place", "En placering med samtycke kräver alltid vårdnadshavarnas samtycke."),
            act=SocialAct.PLACE,
            **CHILD,
        ),
        allow(
            _rule(
                "8.6.social.apply_12", "Från 12 år får barnet självt ansöka om vissa behovsprövade insatser."
            ),
            act=SocialAct.APPLY,
            certain=True,
            may_apply=True,
            **CHILD,
        ),
        allow(
            _rule(
                "8.6.social.take_15",
                "Från 15 år tar barnet emot insatser utan behovsprövning utan vårdnadshavares godkännande.",
            ),
            act=SocialAct.TAKE,
            takes_itself=True,
            **CHILD,
        ),
        allow(
            _rule("8.6.social.party_15", "Från 15 år för barnet självt sin talan i mål och ärenden."),
            act=SocialAct.SPEAK,
            takes_itself=True,
            **CHILD,
        ),
        allow(
            _rule("8.6.social.guardian", "Vårdnadshavaren svarar för det yngre barnet, som hörs."),
            takes_itself=False,
            **GUARDIAN,
        ),
        allow(
            _rule(
                "8.6.social.guardian_15",
                "Från 15 år söker vårdnadshavaren för barnet och samtycker till en placering.",
            ),
            act={SocialAct.APPLY, SocialAct.PLACE},
            **GUARDIAN,
        ),
    ),
)
