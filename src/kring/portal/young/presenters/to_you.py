"""The tables' rules told to the young person itself: «du», short, no word of law. The rule is the same."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.access.policy.catalogue import sentence

TO_YOU: Mapping[str, Any] = MappingProxyType(
    {
        "8.5.guardian.adult": _("Du är vuxen. Ingen är din vårdnadshavare längre."),
        "8.5.custody": _("Den som inte har vårdnaden om dig i dag ser inget."),
        "8.5.child_protected": _("Dina uppgifter är skyddade. Då ser ingen annan dina sidor."),
        "8.5.placed": _("Nämnden har inte beslutat att vårdnadshavare får se dina sidor."),
        "8.5.guardian.extended": _("Du och mottagningen är överens om att låta den här personen läsa."),
        "8.5.guardian.shared": _("Du har valt att visa det."),
        "8.5.guardian.older": _("Nu när du är äldre är dina sidor stängda för vårdnadshavare."),
        "8.5.child.record": _("Du är gammal nog att läsa din journal."),
        "8.5.child.mature": _("Chefen på en mottagning kan besluta att du får läsa tidigare."),
        "8.5.child.too_young": _("Du är inte gammal nog att läsa journalen på nätet än."),
        "8.4.child.block": _("Du är mogen för frågan och får spärra själv."),
        "8.4.child.not_mature": _("Du får inte spärra själv än."),
        "8.6.child": _("Du bestämmer själv vilka som får se din plan."),
        "8.6.child.not_mature": _(
            "Du får säga vad du tycker om vilka som ska se din plan. Du bestämmer inte själv än."
        ),
        "8.6.conflict": _("Någon har sagt nej. Då är det stängt. Prata med din mottagning."),
        "8.2.1": _("De ser det som de själva har skrivit."),
        "8.2.2.choice": _("De ser bara att det finns något hos en annan, tills de behöver det för din vård."),
        "lists.care": _("De ser sina egna bokningar med dig."),
        "8.1.own_unit": _("De ser det som de själva gör med dig."),
        "8.1.school": _("Skolans personal hör inte till vården."),
        "8.1.social_services": _("Socialtjänsten hör inte till vården."),
        "8.1.lss": _("Stöd enligt LSS hör inte till vården här."),
        "plan.draft": _("Planen är inte klar. Bara familjen och de som skriver den ser den."),
        "plan.disclosed": _("Ni har sagt ja till att de ser planen."),
        "plan.not_disclosed": _("Ingen har sagt ja till att de ser planen."),
    }
)


def to_you(rule_id: str) -> str:
    """What a rule says to the young person; in the table's own words where it has none of these."""
    return str(TO_YOU[rule_id]) if rule_id in TO_YOU else sentence(rule_id)
