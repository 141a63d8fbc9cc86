"""What of the child's data is withheld from the family, item by item (8.5, rulings 18, 19, 21 and 24).

The author chooses when writing. Where nothing was chosen the kind of item decides, and what may put the child
at risk is withheld from guardians. This table stands after 8.5: both must say yes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kring.access.policy.decision import Facts, Rule, Table, allow, deny
from kring.access.policy.sources import FIRST_DAY, law, ruling

OSL = "OSL 12:3 p 1, 25 kap."


class FamilyReader(StrEnum):
    """Who of the family reads."""

    CHILD = "child"
    GUARDIAN = "guardian"


class Visibility(StrEnum):
    """What the author chose on writing; DEFAULT when nothing was chosen."""

    DEFAULT = "default"
    ALL = "all"
    NOT_GUARDIAN = "not_guardian"
    NOT_CHILD_UNTIL = "not_child_until"
    CARE_ONLY = "care_only"


class Category(StrEnum):
    """Kinds of content that the default treats apart."""

    GENERAL = "general"
    VIOLENCE = "violence"
    SEXUAL_HEALTH = "sexual_health"
    SUBSTANCE_USE = "substance_use"
    EARLY_HYPOTHESIS = "early_hypothesis"
    CONCERN = "concern"


class Nature(StrEnum):
    """Items whose very kind decides, whatever was chosen."""

    ORDINARY = "ordinary"
    CONCERN_REPORT = "concern_report"
    INTERNAL_NOTE = "internal_note"
    SURVEY_ANSWER = "survey_answer"


@dataclass(frozen=True)
class ItemShown(Facts):
    """`own_words`: the reader wrote it; `young_persons_words`: written by a child from 13, who has not shared
    it with the guardian; `about_guardian`: it tells of a guardian; `day_reached`: the day from which the
    child may read it has come; `draft`: not yet signed or sent.
    """

    reader: FamilyReader = FamilyReader.GUARDIAN
    nature: Nature = Nature.CONCERN_REPORT
    visibility: Visibility = Visibility.CARE_ONLY
    category: Category = Category.VIOLENCE
    own_words: bool = False
    young_persons_words: bool = True
    about_guardian: bool = True
    day_reached: bool = False
    draft: bool = True


GUARDIAN, CHILD = FamilyReader.GUARDIAN, FamilyReader.CHILD
SHOWN = law("8.5.item.shown", "Inget undantag gäller: uppgiften visas.", "PDL 5:5; patientlagen 3 kap.")

ITEMS = Table(
    "8.5 b",
    "Vad som undantas från barn och vårdnadshavare",
    ItemShown,
    law("8.5.item.none", "Det som ingen rad öppnar är stängt.", OSL),
    (
        deny(
            ruling(
                "8.5.item.concern",
                "En orosanmälan visas aldrig för en vårdnadshavare och inte för barnet på nätet.",
                18,
            ),
            nature=Nature.CONCERN_REPORT,
        ),
        deny(
            law(
                "8.5.item.internal", "Interna anteckningar lämnar inte vården.", "PDL 2 kap.; GetCareManagers"
            ),
            nature=Nature.INTERNAL_NOTE,
        ),
        deny(
            ruling("8.5.item.survey", "Enskilda enkätsvar visas inte för vårdnadshavare.", 24),
            nature=Nature.SURVEY_ANSWER,
            reader=GUARDIAN,
        ),
        deny(
            law("8.5.item.draft", "Ett utkast visas bara för den som skriver.", OSL),
            draft=True,
            own_words=False,
        ),
        deny(
            law("8.5.item.care_only", "Den som skrev valde: visas bara för vården.", OSL),
            visibility=Visibility.CARE_ONLY,
        ),
        deny(
            law("8.5.item.not_guardian", "Den som skrev valde: visas inte för vårdnadshavare.", OSL),
            visibility=Visibility.NOT_GUARDIAN,
            reader=GUARDIAN,
        ),
        deny(
            ruling(
                "8.5.item.violence",
                "Det som rör våld visas inte för vårdnadshavare, inte heller när författaren valt alla.",
                21,
            ),
            category=Category.VIOLENCE,
            reader=GUARDIAN,
        ),
        deny(
            ruling(
                "8.5.item.concern_words",
                "Det som rör oro för barnet visas inte på nätet för familjen, vad författaren än valt.",
                18,
            ),
            category=Category.CONCERN,
        ),
        deny(
            law("8.5.item.until", "Den som skrev valde ett datum från vilket barnet ser det.", OSL),
            visibility=Visibility.NOT_CHILD_UNTIL,
            reader=CHILD,
            day_reached=False,
        ),
        allow(
            ruling("8.5.item.all", "Den som skrev valde: visas för alla.", 21),
            visibility=Visibility.ALL,
        ),
        deny(
            ruling(
                "8.5.item.sensitive",
                "Sexuell hälsa, bruk av droger och tidiga hypoteser undantas från vårdnadshavare.",
                21,
            ),
            category={Category.SEXUAL_HEALTH, Category.SUBSTANCE_USE, Category.EARLY_HYPOTHESIS},
            reader=GUARDIAN,
        ),
        deny(
            law(
                "8.5.item.young",
                "Det som den unga själv har skrivit undantas från vårdnadshavare.",
                OSL,
            ),
            young_persons_words=True,
            reader=GUARDIAN,
        ),
        deny(
            ruling(
                "8.5.item.third_person",
                "Det som berättar om en vårdnadshavare visas av dem bara för den som skrev.",
                21,
            ),
            about_guardian=True,
            own_words=False,
            reader=GUARDIAN,
        ),
        allow(SHOWN),
    ),
)


@dataclass(frozen=True)
class ReviewLimit:
    """What is withheld is looked at again within so many days, by a dated rule."""

    days: int
    rule: Rule


REVIEW_LIMITS = (
    ReviewLimit(
        180,
        Rule(
            "8.5.item.review",
            "Det som inte visas för familjen ses över igen inom 180 dagar, av den verksamhet som skrev.",
            "OSL 12:3, 25 kap.; Kring, granskning av undantag",
            FIRST_DAY,
            needs_sign_off=True,
        ),
    ),
)


def review_by(on: date) -> date:
    """The last day on which something withheld on a day is looked at again.

    Raises:
        ValueError: no limit was in force then.
    """
    in_force = (one for one in REVIEW_LIMITS if one.rule.in_force(on))
    latest = max(in_force, key=lambda one: one.rule.valid_from)
    return on + timedelta(days=latest.days)
