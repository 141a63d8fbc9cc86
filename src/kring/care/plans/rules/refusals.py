"""Why something about a plan is refused: a code, the words a person reads, and the field to mend."""

from django.utils.translation import gettext_lazy as _

from kring.access import refusals
from kring.access.policy.doors import NOT_YOURS

WORDS = {
    "need_in_future": (
        "need_identified_on",
        _("Ange dagen då behovet upptäcktes. Den kan inte ligga framåt i tiden."),
    ),
    "need_too_early": (
        "need_identified_on",
        _("Ange dagen då behovet upptäcktes. Den kan inte ligga före år %(year)s."),
    ),
    "too_old": ("", _("En samordnad individuell plan kan löpa till och med 20 års ålder.")),
    "unit_may_not_start": (
        "",
        _("Er verksamhet deltar när den är inbjuden. Be en annan verksamhet att starta planen."),
    ),
    "open_plan_exists": ("", _("Barnet har redan en plan som pågår. Fortsätt i den.")),
    "unit_not_around_child": ("unit_id", _("Välj en verksamhet som redan möter barnet.")),
    "already_started": ("", _("Planen är redan påbörjad.")),
    "not_started": ("", _("Besluta först att planen ska göras.")),
    "plan_is_over": ("", _("Planen är avslutad och går inte att ändra.")),
    "not_a_draft": ("", _("Planen är redan fastställd.")),
    "reason_missing": ("reason", _("Skriv skälet. Det sparas i planen.")),
    "not_in_charge": ("", _("Det här gör den verksamhet som håller i planen.")),
    "already_party": ("unit_id", _("Verksamheten är redan med i planen.")),
    "not_a_party": ("unit_id", _("Verksamheten är inte med i planen. Bjud in den först.")),
    "in_charge_stays": ("unit_id", _("Verksamheten som håller i planen kan inte lämna den.")),
    "words_missing": ("text", _("Skriv något i fältet.")),
    "child_words_for_goal_missing": ("words", _("Skriv målet med barnets egna ord.")),
    "what_missing": ("what", _("Skriv vad som ska göras.")),
    "responsible_missing": ("responsible", _("Skriv vem som ansvarar.")),
    "person_not_at_unit": ("responsible_person_id", _("Välj en person som arbetar på verksamheten.")),
    "review_day": (
        "review_on",
        _("Ange en dag efter i dag, inom ett halvår. Lämna tomt för den längsta tiden."),
    ),
    "visible_from_missing": (
        "visible_to_child_from",
        _("Ange en dag framåt i tiden då barnet får läsa texten."),
    ),
    "readers_unseen": (
        "",
        _("Fler får läsa texten med det här valet. Läs hur den visas och spara sedan."),
    ),
    "unit_writes_its_own": (
        "responsible",
        _("Skriv det ni själva eller någon nära er gör. Ska någon annan göra något: föreslå en ändring."),
    ),
    "goal_of_another_plan": ("goal_id", _("Välj ett mål i den här planen.")),
    "not_your_item": ("", _("Bara den som har skrivit det här kan ändra det.")),
    "removed": ("", _("Det här är borttaget ur planen.")),
    "choice_missing": ("state", _("Välj ett av svaren.")),
    "signer_unknown": ("guardian_id", _("Välj någon som har vårdnaden om barnet i dag.")),
    "someone_else_s_answer": ("guardian_id", _("Du kan bara svara för dig själv här.")),
    "child_decides": (
        "state",
        _("Barnet är moget för frågan och bestämmer själv. Ett ja från en vårdnadshavare behövs inte."),
    ),
    "board_decides": ("state", _("Barnet är placerat. Socialnämndens beslut säger vem som samtycker.")),
    "board_unnamed": ("", _("Beslutet om placeringen säger inte att socialnämnden samtycker.")),
    "board_in_writing": (
        "form",
        _("Nämndens ja är ett skriftligt beslut. Välj skriftligt när ni har fått det."),
    ),
    "across_conflict": (
        "state",
        _("Det går inte att svara ja här just nu. Ring den mottagning ni har kontakt med."),
    ),
    "yes_elsewhere": ("state", _("Ett ja skrivs in av den verksamhet som håller i planen.")),
    "not_treating": (
        "judged_mature",
        _("Att barnet är moget för frågan bedöms av den som behandlar barnet."),
    ),
    "form_missing": ("form", _("Välj hur svaret lämnades.")),
    "cells_missing": ("cells", _("Välj minst en verksamhet och vad den får se.")),
    "consent_starts_later": (
        "starts_on",
        _("Ange i dag eller en tidigare dag. Samtycket börjar gälla när det har lämnats."),
    ),
    "consent_ends_before": ("ends_on", _("Ange en sista dag som inte ligger före den första.")),
    "consent_over": ("ends_on", _("Ange en sista dag från och med i dag, eller lämna fältet tomt.")),
    "already_withdrawn": ("", _("Samtycket är redan återtaget.")),
    "consent_waiting": ("", _("Planen kan inte lämna utkastet än. Samtycke saknas från: %(who)s.")),
    "consent_conflict": (
        "",
        _("Någon har sagt nej. Då delas planen inte. Prata med familjen innan ni går vidare."),
    ),
    "consent_board": ("", _("Barnet är placerat. Socialnämndens beslut säger vem som samtycker.")),
    "consent_no_signer": ("", _("Det är inte känt vem som får samtycka för barnet. Fråga socialnämnden.")),
    "child_wish_missing": (
        "child_takes_part",
        _("Fyll i «Så vill barnet vara med» innan kallelsen skickas."),
    ),
    "question_missing": ("question", _("Skriv vad mötet handlar om.")),
    "time_missing": ("starts_at", _("Ange dag och tid för mötet.")),
    "time_passed": ("starts_at", _("Ange en tid framåt för mötet.")),
    "too_few_times": (
        "times",
        _("Föreslå minst %(n)s tider. Är tiden redan bestämd: kalla till den i stället."),
    ),
    "too_many_times": ("times", _("Föreslå högst %(n)s tider.")),
    "times_same": ("times", _("Två av tiderna är samma. Ändra den ena.")),
    "times_asked": (
        "",
        _("Ni har frågat om flera tider. Välj en av dem, eller ta tillbaka frågan först."),
    ),
    "times_not_asked": ("", _("Frågan om tider är avslutad. Läs kallelsen i stället.")),
    "times_changed": ("", _("Tiderna har ändrats medan du läste. Läs dem som står nu och svara på dem.")),
    "time_unpicked": ("time", _("Välj en av tiderna.")),
    "place_missing": ("place", _("Ange en plats eller en länk till mötet.")),
    "party_not_consented": ("unit_ids", _("Familjen har inte samtyckt till att kalla: %(who)s.")),
    "minutes_out_of_range": ("minutes", _("Ange mötets längd i minuter, mellan 15 och 240.")),
    "already_sent": ("", _("Kallelsen är redan skickad.")),
    "not_sent": ("", _("Kallelsen är inte skickad än.")),
    "summons_cancelled": ("", _("Mötet är inställt.")),
    "summons_unmoved": ("starts_at", _("Ange en annan tid eller plats än den som redan gäller.")),
    "meeting_too_early": (
        "",
        _("Mötet är %(day)s och kan börjas den dagen. Ska det bli tidigare: flytta mötet först."),
    ),
    "meeting_started": ("", _("Mötet har redan börjat.")),
    "meeting_ended": ("", _("Mötet är avslutat.")),
    "meeting_not_ended": ("", _("Avsluta mötet först.")),
    "answer_missing": ("answer", _("Välj ett av svaren.")),
    "decline_reason_missing": ("reason", _("Skriv varför ni inte kan komma.")),
    "substitute_missing": ("substitute", _("Skriv namnet på den som kommer i stället.")),
    "child_words_missing": (
        "child_words",
        _("Skriv barnets egna ord, eller varför de saknas."),
    ),
    "child_part_missing": ("child_took_part", _("Ange hur barnet var med.")),
    "nobody_present": ("present", _("Markera vilka som var med på mötet.")),
    "gaps": ("", _("Planen kan inte fastställas än. Det här saknas: %(what)s.")),
    "follow_up_missing": ("follow_up_on", _("Ange när planen ska följas upp.")),
    "follow_up_passed": ("follow_up_on", _("Ange en dag framåt för uppföljningen.")),
    "follow_up_unchanged": ("follow_up_on", _("Ange en annan dag än den som redan gäller.")),
    "held_in_future": ("held_on", _("Ange dagen då uppföljningen hölls. Den kan inte ligga framåt i tiden.")),
    "not_established": ("", _("Planen är inte fastställd än.")),
    "goal_status_missing": ("statuses", _("Ange hur det går med varje mål.")),
    "closing_reason_missing": ("reason", _("Välj varför planen avslutas.")),
    "closing_words_missing": ("words", _("Skriv kort varför planen avslutas.")),
    "face_out_of_range": ("child_listened", _("Välj ett av de fem ansiktena.")),
    "step_out_of_range": ("step", _("Välj ett av de åtta stegen.")),
    "nothing_to_send": ("", _("Skriv eller välj något innan du skickar.")),
    "child_has_said": (
        "child_takes_part_words",
        _("Barnet har själv svarat hur det vill vara med. Skriv här vad barnet har sagt sedan dess."),
    ),
    "preparation_sent": ("", _("Du har redan skickat.")),
    "nothing_changed": ("", _("Inget har ändrats sedan den senaste versionen.")),
}


RULES = dict.fromkeys(
    ("not_in_charge", "not_your_item", "unit_writes_its_own", "someone_else_s_answer"), NOT_YOURS.id
)
"""Refused because of who asks, by which rule; the others are about what was written, or when."""


class Refusal(refusals.FromTable):
    """Something about a plan that may not be done as asked."""

    table, rules = WORDS, RULES
