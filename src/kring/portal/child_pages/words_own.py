"""The sentences of the child's own part of its plan, and of how the plan went: in the three sets of
`words`.
"""

from django.utils.translation import gettext_lazy as _

OWN = {
    "own": (_("Mitt eget"), _("Mitt eget"), _("Min egen del")),
    "own_lead": (_("Här skriver du själv."), _("Här skriver du själv i planen.")),
    "own_goal": (_("Det här vill jag"),),
    "own_need": (_("Det här behöver jag"),),
    "own_activity": (_("Det här gör jag"), _("Det här gör jag själv")),
    "own_about": (_("Vad handlar det om?"),),
    "own_write": (_("Skriv med dina ord"),),
    "own_save": (_("Spara"),),
    "own_saved": (_("Nu står det i planen."),),
    "own_none": (_("Du har inte skrivit än."), _("Du har inte skrivit något än.")),
    "own_mine": (_("Det du har skrivit"),),
    "own_home": (_("Det ni gör hemma"),),
    "own_tick": (_("Det är klart"),),
    "own_ticked": (_("Bra! Det är klart."),),
    "own_done": (_("Klart"),),
    "own_remove": (_("Ta bort"),),
    "own_remove_sure": (_("Vill du ta bort det här?"),),
    "own_removed": (_("Nu är det borta."),),
    "own_keep": (_("Nej, låt det stå"),),
    "own_moved_on": (_("Någon ändrade det. Titta igen."), _("Någon hann ändra det. Titta igen.")),
    "own_empty": (_("Skriv några ord."),),
    "own_no_plan": (_("Du har ingen plan än."),),
    "own_closed": (_("Planen är slut."), _("Planen är slut. Du kan inte ändra.")),
    "agreed": (
        _("Det vi har bestämt"),
        _("Det vi har kommit överens om"),
        _("Min överenskommelse (patientkontrakt)"),
    ),
    "agreed_lead": (_("Så här gör vi."), _("Så här har vi sagt att vi gör.")),
    "agreed_theirs": (_("Det gör andra"), _("Det här gör andra")),
    "agreed_ours": (_("Det gör ni hemma"), _("Det här gör ni hemma"), _("Det här gör ni själva")),
    "agreed_contact": (_("Din egen kontakt"), _("Den du kan fråga")),
    "agreed_times": (_("Dina tider"),),
    "agreed_none": (_("Vi har inte bestämt än."), _("Vi har inte bestämt något än.")),
    "evaluate": (_("Hur gick det?"), _("Hur har det gått?"), _("Hur har det gått med planen?")),
    "evaluate_lead": (_("Du får hoppa över."), _("Du får svara på det du vill.")),
    "evaluate_listened": (_("De lyssnade på mig"),),
    "evaluate_helped": (_("Planen hjälpte mig"),),
    "evaluate_words": (_("Vill du säga något?"), _("Vad var bra? Vad kan bli bättre?")),
    "evaluate_send": (_("Skicka"),),
    "evaluate_thanks": (_("Tack! Ditt svar hjälper oss."),),
    "evaluate_before": (_("Det du har svarat"),),
    "evaluate_seen": (
        _("De i planen ser svaret."),
        _("De i planen ser svaret. Vuxna hemma ser det inte."),
        _("De som är med i planen ser svaret. Dina vårdnadshavare ser det inte."),
    ),
    "evaluate_empty": (_("Välj en bild eller skriv."), _("Välj en bild. Eller skriv något.")),
    "evaluate_not_yet": (_("Planen har inte börjat än."),),
}

GUARDIANS_SEE = {
    "own_seen": (
        _("De i planen ser det. Vuxna hemma också."),
        _("De i planen ser det. Vuxna hemma ser det också."),
        _("De som är med i planen ser det, och de du visar planen för."),
    ),
}
GUARDIANS_DO_NOT = {
    "own_seen": (
        _("De i planen ser det."),
        _("De i planen ser det. Vuxna hemma ser det inte här."),
        _("De som är med i planen ser det. Dina vårdnadshavare ser det inte här."),
    ),
}
