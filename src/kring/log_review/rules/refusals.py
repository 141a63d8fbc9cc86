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
        "answered": ("", _("Frågan är redan besvarad.")),
        "asked": ("", _("Du har redan frågat om den här läsningen. Svaret kommer på sidan.")),
    }
