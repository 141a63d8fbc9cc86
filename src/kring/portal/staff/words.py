"""The words of tasks and events on staff pages: one word for each kind, in one place (ux.md c2)."""

from django.utils.translation import gettext_lazy as _

TASKS = {
    "sip_start": _("Besluta om SIP"),
    "sip_consent": _("Få svar om samtycke"),
    "sip_consent_conflict": _("Prata om samtycket: svaren går isär"),
    "sip_summon": _("Kalla till SIP-möte"),
    "sip_answers": _("Få svar på kallelsen"),
    "summons_answer": _("Svara på kallelsen"),
    "sip_meeting": _("Håll SIP-mötet"),
    "sip_establish": _("Fastställ planen"),
    "child_unclear": _("Förklara planen: barnet förstår inte ett mål"),
    "change_proposed": _("Svara på familjens förslag till ändring"),
    "visit_change_asked": _("Svara familjen om en annan tid"),
    "follow_up": _("Följ upp SIP"),
    "sip_close": _("Avsluta planen"),
    "plan_activity": _("Gör er del i planen"),
    "same_day_answer": _("Svara om besök på samma dag"),
}
EVENTS = {
    "child_unclear": _("Barnet sa «Jag förstår inte»"),
    "change_proposed": _("Familjen föreslog en ändring"),
    "visit_change_asked": _("Familjen bad om en annan tid"),
    "contact_sought": _("Familjen sökte kontakt"),
    "contact_obtained": _("Kontakt"),
    "concern_raised": _("Någon såg ett behov"),
    "first_contact": _("Första kontakten"),
    "medical_assessment_done": _("Medicinsk bedömning"),
    "self_referral_made": _("Egen vårdbegäran"),
    "referral_sent": _("Remiss skickad"),
    "referral_received": _("Remiss mottagen"),
    "referral_accepted": _("Remiss godtagen"),
    "referral_returned": _("Remiss i retur"),
    "referral_redirected": _("Remiss skickad vidare"),
    "first_visit_offered": _("Erbjuden första tid"),
    "first_visit_done": _("Första besöket"),
    "visit_missed": _("Uteblivet besök"),
    "assessment_decided": _("Beslut om utredning"),
    "assessment_started": _("Utredningen började"),
    "assessment_completed": _("Utredningen blev klar"),
    "diagnosis_recorded": _("Diagnos antecknad"),
    "diagnosis_feedback_given": _("Återgivning till familjen"),
    "treatment_decided": _("Beslut om behandling"),
    "treatment_started": _("Behandlingen började"),
    "intervention_offered": _("Insats erbjuden"),
    "first_intervention_started": _("Första insatsen"),
    "plan_established": _("Planen fastställd"),
    "followed_up": _("Uppföljning"),
    "follow_up_planned": _("Uppföljning bestämd"),
    "sip_need_identified": _("Behov av SIP"),
    "sip_started": _("SIP påbörjad"),
    "sip_declined": _("SIP görs inte"),
    "plan_version": _("Ny version av planen"),
    "same_day_requested": _("Fråga om besök på samma dag"),
    "same_day_answered": _("Svar om besök på samma dag"),
    "same_day_withdrawn": _("Frågan om samma dag återtagen"),
    "care_contact_appointed": _("Kontakt utsedd"),
    "care_contact_ended": _("Kontaktens uppdrag avslutat"),
    "visit_booked": _("Besök bokat"),
    "visit_moved": _("Besök flyttat"),
    "visit_agreed": _("Besök överenskommet"),
    "visit_cancelled": _("Besök avbokat"),
    "sip_summons_sent": _("Kallelse skickad"),
    "sip_summons_answered": _("Svar på kallelsen"),
    "sip_meeting_held": _("SIP-möte"),
    "sip_meeting_cancelled": _("SIP-möte inställt"),
    "sip_closed": _("SIP avslutad"),
    "consent_recorded": _("Samtycke antecknat"),
    "consent_withdrawn": _("Samtycke återtaget"),
    "consent_ended": _("Samtycke gick ut"),
    "encounter": _("Besök"),
    "condition": _("Diagnos"),
    "procedure": _("Åtgärd"),
    "observation": _("Mätning"),
    "appointment": _("Bokad tid"),
    "care_plan": _("Vårdplan"),
    "immunization": _("Vaccination"),
    "moved": _("Flytt"),
    "wait_exception": _("Väntan med skäl"),
}


def task_word(kind: str) -> str:
    """What is to be done."""
    return str(TASKS.get(kind, _("Uppgift")))


def event_word(kind: str) -> str:
    """What has happened."""
    return str(EVENTS.get(kind, _("Händelse")))
