"""What is refused, in words for the person."""

from django.utils.translation import gettext_lazy as _

from kring.access.refusals import FromTable


class ReviewRefused(FromTable):
    """A refusal about reviews and questions, by code."""

    table = {
        "closed": ("", _("Granskningen är avslutad. Det som står i den ändras inte.")),
        "not_drawn": ("", _("Urvalet är inte klart än. Vänta tills raderna syns.")),
        "left": ("", _("Bedöm alla rader först. %(n)s rader är kvar.")),
        "no_reason": ("reason", _("Skriv hur du har bedömt raden, till exempel «Besök bokat samma dag».")),
        "no_unit": ("unit", _("Välj en enhet i listan.")),
        "no_person": ("person", _("Ingen medarbetare hos vårdgivaren har det namnet eller HSA-id:t.")),
        "several": ("person", _("Flera medarbetare heter så. Skriv HSA-id i stället.")),
        "no_child": ("number", _("Inget barn har det numret.")),
        "watched": ("number", _("Barnet är redan ställt under extra uppsikt.")),
        "watch_starts_late": ("starts_on", _("Ange en dag som har varit, senast i dag.")),
        "watch_over": ("ends_on", _("Ange en dag som inte har varit.")),
        "watch_too_long": ("ends_on", _("Ange en dag inom ett år. Sedan beslutas uppsikten på nytt.")),
        "watch_reason": ("reason", _("Skriv varför, till exempel «Känd familj som många är nyfikna på».")),
        "watch_ended": ("", _("Uppsikten är redan slut.")),
        "answered": ("", _("Frågan är redan besvarad.")),
        "asked": ("", _("Du har redan frågat om den här läsningen. Svaret kommer på sidan.")),
    }
