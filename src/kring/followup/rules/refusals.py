"""Why something about a chart is refused, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.access.refusals import FromTable

WORDS: dict[str, tuple[str, Any]] = {
    "too_few_before": ("", _("Det behövs minst fem år med värden före, annars säger gränserna ingenting.")),
    "too_few_after": (
        "",
        _("Det behövs minst fem år med värden från och med året, annars säger gränserna ingenting."),
    ),
    "already": ("", _("Det är redan bestämt för det året.")),
    "not_counted": ("", _("Välj ett år som har ett värde.")),
    "no_direction": (
        "",
        _("Måttet har inget mål att sätta: varken högre eller lägre är i sig bättre."),
    ),
    "not_own_place": ("", _("Diagrammet hör till en annan organisation. Bara den bestämmer om det.")),
    "not_standing": ("", _("Det är redan taget tillbaka.")),
    "outside_years": ("on", _("Ange en dag som ligger inom diagrammets år.")),
    "target_not_share": ("value", _("Ange ett tal mellan 0 och 100.")),
}


class NotDecided(FromTable):
    """What cannot be decided about a chart, by its code in `WORDS`."""

    table = WORDS
