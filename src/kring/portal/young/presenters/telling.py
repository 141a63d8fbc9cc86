"""What the pages tell without asking anything: S03, what changes on a birthday, and S95."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.access.policy.catalogue import sentence
from kring.design import days

from .home import turning_words
from .to_you import to_you


@dataclass(frozen=True)
class Part:
    """A heading with a few sentences under it, and the line icon beside it."""

    icon: str
    heading: str
    texts: Sequence[str]


def welcome_cards(*, reads_record: bool, adult: bool) -> list[Part]:
    """The four cards of the first visit."""
    return [_you_see(reads_record), _guardians_see(adult), _secret(), _must_tell()]


def _you_see(reads_record: bool) -> Part:
    journal = (
        _("Du läser din journal.")
        if reads_record
        else _("Din journal läser du från 16 år. Du kan be om det tidigare.")
    )
    return Part(
        "eye", _("Det här ser du"), [_("Din plan, dina möten och tider, och vilka som hjälper dig."), journal]
    )


def _guardians_see(adult: bool) -> Part:
    if adult:
        texts = [to_you("8.5.guardian.adult")]
    else:
        texts = [
            _("Inget av dina sidor, om du inte själv väljer att visa något."),
            _("Du väljer under Vad andra ser. Ingen får ett meddelande när du ändrar."),
            _("De kan fortfarande ringa vården. Då prövar vi vad vi får berätta."),
        ]
    return Part("people", _("Det här ser dina vårdnadshavare"), texts)


def _secret() -> Part:
    return Part(
        "lock",
        _("Det här är hemligt mellan dig och vården"),
        [
            _("Vi som arbetar i vården har tystnadsplikt."),
            _("Det du skriver här läser bara de som det står på sidan."),
            _("Allt som läses om dig skrivs upp. Du kan fråga mottagningen vilka som har läst."),
        ],
    )


def _must_tell() -> Part:
    return Part(
        "shield",
        _("När måste vi berätta?"),
        [
            _("Om du är i fara måste vi berätta för en vuxen som kan hjälpa."),
            _("Om vi tror att någon gör dig illa måste vi berätta för socialtjänsten."),
            _("Vi försöker alltid prata med dig först."),
        ],
    )


@dataclass(frozen=True)
class TurningPage:
    """What changes on the day, and by which rule."""

    heading: str
    day: str
    changes: Sequence[str]
    rule: str


def turning_page(turning: Any) -> TurningPage:
    """The birthday to come."""
    texts = {"own_e_services": _at_13, "own_record": _at_16, "adult": _at_18}[turning.limit]()
    rule = sentence(f"ages.{turning.limit}")
    return TurningPage(turning_words(turning), days.plain_day(turning.on), texts, rule)


def _at_13() -> list[str]:
    return [
        _("Dina vårdnadshavare ser inte längre dina sidor."),
        _("Du bestämmer själv vad de får se."),
        _("Du loggar in själv med en egen e-legitimation."),
        _("Din journal läser du från 16 år."),
    ]


def _at_16() -> list[str]:
    return [
        _("Du läser själv din journal på nätet."),
        _("Om en vårdnadshavare har fått läsa en del av journalen slutar det gälla."),
        _("Det du har valt att visa för vårdnadshavare visas tills du ändrar det."),
    ]


def _at_18() -> list[str]:
    return [
        _("Du är vuxen. Ingen är längre din vårdnadshavare."),
        _("Det du har visat för vårdnadshavare slutar visas."),
        _("Du bestämmer själv om vård, samtycke och spärrar."),
        sentence("ages.plan_ends"),
    ]


def adult_care_parts() -> list[Part]:
    """S95: what to have in place before care for children ends."""
    return [
        Part(
            "people",
            _("Vem tar över?"),
            [
                _("Vilken mottagning ska du gå till? Har de sagt ja?"),
                _("Vem ringer du fram till dess?"),
                _("Vill du träffa dem innan du byter?"),
            ],
        ),
        Part(
            "plan",
            _("Din plan"),
            [
                _("Läs planen. Stämmer den med hur du har det nu?"),
                _("Vad vill du att de nya ska veta först?"),
                sentence("ages.plan_ends"),
            ],
        ),
        Part(
            "heart",
            _("Medicin och hjälpmedel"),
            [
                _("Vem skriver ut recept efter bytet?"),
                _("Vem lagar eller byter ut hjälpmedel?"),
            ],
        ),
        Part(
            "note",
            _("Det du gör själv"),
            [
                _("Boka och ändra tider."),
                _("Läsa din journal och säga till om något är fel."),
                _("Bestämma vem som får vara med på besöken."),
            ],
        ),
        Part(
            "flag",
            _("Pengar och stöd"),
            [
                _("Fråga om det kostar något efter 18 eller 20 år."),
                _("Stöd från kommunen eller Försäkringskassan kan behöva sökas på nytt."),
            ],
        ),
    ]
