"""«Ni tycker olika»: what holds when one guardian says yes and another no, and what can be done (FB 6:13,
6:13 a, 8.6). The same words for the family and for staff.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Part:
    """A heading and its sentences."""

    heading: str
    lines: tuple[str, ...]


def guidance() -> tuple[Part, ...]:
    """What holds now, what helps, and what the social services board may decide."""
    return (_now(), _ways_on(), _board())


def _now() -> Part:
    return Part(
        _("Så är det nu"),
        (
            _("Den som har vårdnaden bestämmer tillsammans med den andra. Ett nej är inte ett ja."),
            _("Planen delas inte. Ingen annan verksamhet ser den."),
            _("Klockan för planen räknar vidare. Den stannar inte när svaren går isär."),
            _("Barnet ska få säga vad det vill, och det väger mer ju äldre barnet är."),
        ),
    )


def _ways_on() -> Part:
    return Part(
        _("Det här går att göra"),
        (
            _("Prata med den som håller i planen. Ofta går det att dela mindre, eller med färre."),
            _("Kommunens familjerätt erbjuder samarbetssamtal. De är gratis."),
            _("Var och en kan ändra sitt svar när som helst."),
        ),
    )


def _board() -> Part:
    return Part(
        _("Det här får socialnämnden besluta"),
        (
            _("Nämnden får ibland besluta att en insats görs fast den ena vårdnadshavaren säger nej."),
            _(
                "Det gäller psykiatrisk eller psykologisk undersökning och behandling, öppna insatser från "
                "socialtjänsten, en kontaktperson eller familj, och vissa insatser enligt LSS."
            ),
            _("Beslutet ska behövas för barnets bästa. Det går att överklaga."),
            _("Ett sådant beslut öppnar inte planen här. Den som håller i planen berättar vad som gäller."),
        ),
    )
