"""Every sentence of the child's pages, in three sets: B1 (6-9 years), B2 (10-12) and U (13-17).

One idea a line, main clauses, the same word for the same thing, no metaphors. B1 holds at most six words a
line, B2 eight; a test counts. They stand here rather than in the templates so that a speech therapist can
read them all in one place.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from . import words_own
from .rules import EARLY, MIDDLE, YOUNG

_HOME = {
    "hello": (_("Hej %(name)s!"),),
    "what_now": (_("Vad vill du göra?"), _("Vad vill du göra?"), _("Det här finns på din sida.")),
    "plan": (_("Min plan"),),
    "meetings": (_("Mina möten"),),
    "mood": (_("Hur mår jag?"),),
    "prepare": (_("Före mötet"), _("Förbered mitt möte")),
    "after": (_("Det här bestämde vi"),),
    "say": (_("Jag vill säga något"),),
    "more": (_("Mer"),),
    "adults": (_("Mina vuxna"),),
    "good_to_know": (_("Bra att veta"),),
    "next": (_("Nästa"),),
    "nothing_booked": (_("Du har ingen tid nu."), _("Du har ingen bokad tid just nu.")),
    "talk_now": (_("Jag vill prata med någon nu"),),
    "go_home": (_("Min sida"),),
    "onward": (_("Nästa"),),
    "backward": (_("Tillbaka"),),
    "part": (_("%(now)s av %(last)s"),),
}

_PLAN = {
    "plan_lead": (_("Så här hjälps vi åt."), _("Det här vill du. Så hjälps vi åt.")),
    "matters": (_("Viktigt för mig"),),
    "my_words": (_("Mina ord"),),
    "goal": (_("Det jag vill"), _("Det jag vill"), _("Mitt mål")),
    "we_do": (_("Det vi gör"),),
    "do_not_understand": (_("Jag förstår inte"),),
    "understood_later": (_("Bra att du säger det!"), _("Bra att du säger det! En vuxen hjälper dig.")),
    "reached": (_("Du har klarat det!"), _("Det här har du klarat!"), _("Uppnått")),
    "on_the_way": (_("Du är på väg."), _("Du är på väg."), _("På väg")),
    "not_started": (_("Vi börjar snart."), _("Vi har inte börjat än."), _("Inte börjat")),
    "changed": (_("Vi ändrar det här."), _("Det här behöver vi ändra."), _("Behöver ändras")),
    "follow_up": (_("Då pratar vi igen"),),
    "have_read": (_("Jag har läst"), _("Jag har läst min plan")),
    "thanks_read": (_("Bra! Nu vet vi det."), _("Bra! Nu vet vi att du läst.")),
    "already_read": (_("Du har läst planen."),),
    "no_plan": (_("Du har ingen plan än."),),
    "plan_soon": (_("Vi skriver planen tillsammans."),),
    "print_plan": (_("Skriv ut"),),
    "want_plan": (_("Jag vill ha en plan"),),
    "want_plan_lead": (_("Du får be om en plan."), _("Du får be om en plan. En vuxen läser.")),
    "want_plan_seen": (
        _("Vuxna på din mottagning läser."),
        _("Vuxna som hjälper dig läser det du skriver."),
        _("De som hjälper dig läser det du skriver. Dina vårdnadshavare ser det inte här."),
    ),
    "want_plan_question": (_("Vad vill du ha hjälp med?"),),
    "want_plan_who": (_("Vem ska läsa det?"),),
    "want_plan_send": (_("Skicka"),),
    "want_plan_done": (_("Tack! En vuxen svarar dig."), _("Tack! En vuxen hör av sig till dig.")),
}

_MEETINGS = {
    "meetings_lead": (_("Det här ska hända."),),
    "meeting": (_("Möte om din plan"), _("Möte om din plan"), _("Möte om planen (SIP)")),
    "visit": (_("Besök"),),
    "how_long": (_("Så länge: %(n)s minuter."),),
    "who_comes": (_("De kommer"), _("De här kommer")),
    "no_meeting": (_("Du har inget möte nu."), _("Du har inget möte just nu.")),
    "prepared": (_("Du har skickat. Bra!"), _("Du har skickat ditt papper. Bra!")),
    "continue_prepare": (_("Fortsätt"), _("Fortsätt där du var")),
    "see_paper": (_("Mitt papper"),),
    "later": (_("Sedan"),),
}

_PREPARE = {
    "secret": (_("Ingen ser det här än."), _("Ingen ser det förrän du trycker Skicka.")),
    "step": (_("Steg %(now)s av %(last)s"),),
    "next_step": (_("Nästa"), _("Nästa"), _("Gå vidare")),
    "pause": (_("Pausa – det sparas"),),
    "skip": (_("Hoppa över"),),
    "own_words": (_("Något annat?"), _("Vill du skriva något eget?")),
    "saved_now": (_("Sparat."), _("Sparat klockan %(time)s.")),
    "not_saved": (
        _("Inte sparat än."),
        _("Inte sparat än. Tryck Nästa."),
        _("Inte sparat än. Gå vidare för att spara."),
    ),
    "saved": (_("Det är sparat."), _("Det är sparat. Fortsätt när du vill.")),
    "place": (_("Här är vi"),),
    "on_screen": (_("Vi ses på skärmen."),),
    "no_place": (_("En vuxen berättar var."),),
    "no_time": (_("En vuxen berättar när."),),
    "nobody_yet": (_("Vi vet inte än."), _("Vi vet inte än vilka som kommer.")),
    "bring_someone": (_("Du får ta med någon."), _("Du får ta med någon du känner.")),
    "check_heading": (_("Det här skickar du"),),
    "check_seen": (
        _("Den som leder mötet ser det."),
        _("Den som leder mötet får se det. Vuxna hemma ser det inte här."),
        _("Den som leder mötet får se det. Dina vårdnadshavare ser det inte här."),
    ),
    "change": (_("Ändra"),),
    "not_answered": (_("Du hoppade över."),),
    "send": (_("Skicka"),),
    "wait_send": (_("Inte än"), _("Skicka inte än")),
    "sent_heading": (_("Tack! Nu är det skickat."),),
    "sent_next": (_("Vi läser före mötet."), _("Vuxna läser det före mötet.")),
    "change_again": (_("Jag vill ändra"), _("Jag vill ändra något")),
    "print": (_("Skriv ut"), _("Skriv ut ditt papper")),
    "print_how": (_("Be en vuxen skriva ut."), _("Tryck Ctrl och P. Eller be en vuxen.")),
    "two_texts": (_("Det finns två svar."), _("Du har svarat på två ställen.")),
    "which_text": (_("Vilket vill du ha?"),),
    "text_here": (_("Det du skrev nu"),),
    "text_there": (_("Det som var sparat"),),
    "both_texts": (_("Båda"),),
}

_ADULTS = {
    "adults_lead": (_("De här hjälper dig."),),
    "coordinator": (_("Håller ihop allt"), _("Den som håller ihop"), _("Samordnare")),
    "named_care_contact": (_("Din egen kontakt"), _("Din egen kontakt"), _("Fast vårdkontakt")),
    "named_physician": (_("Din läkare"), _("Din egen läkare"), _("Fast läkarkontakt")),
    "in_plan": (_("Är med i planen"),),
    "at_home": (_("Vuxen hemma"), _("Vuxen hemma"), _("Vårdnadshavare")),
    "ring": (_("Ring"),),
    "no_adults": (_("Vi vet inte än."), _("Vi vet inte än vem det är.")),
    "write": (_("Skriv"), _("Skriv"), _("Skriv ett meddelande")),
    "now_heading": (_("Prata med någon nu"),),
    "now_lead": (_("Du får alltid be om hjälp."),),
    "danger": (_("Är det farligt? Ring 112."),),
    "danger_more": (_("De hjälper dig direkt."),),
    "bris": (_("Ring Bris: 116 111."),),
    "bris_more": (_("Bris lyssnar på barn."), _("Bris lyssnar på barn. Det kostar ingenting.")),
    "care": (_("Ring 1177."),),
    "care_more": (_("De kan svara om kroppen."), _("De svarar om sjukdom och ont.")),
    "school": (_("Skolsköterskan"),),
    "school_more": (_("Gå dit eller ring."), _("Gå dit, eller ring i skoltid.")),
    "honest": (
        _("Om du är i fara\nmåste vi berätta\nför en vuxen som kan hjälpa."),
        _("Om du är i fara måste vi berätta\nför en vuxen som kan hjälpa."),
        _("Om du är i fara måste vi berätta för en vuxen som kan hjälpa."),
    ),
}

_AFTER = {
    "no_decisions": (_("Mötet har inte varit än."), _("Vi har inte haft något möte än.")),
    "decided_none": (_("Det skrivs snart."), _("Det skrivs snart. Titta igen sedan.")),
    "as_you_wanted": (_("Blev det som du ville?"),),
    "as_you_wanted_seen": (
        _("Den som leder mötet ser."),
        _("Den som ledde mötet ser ditt svar."),
    ),
    "your_answer": (_("Du svarade: %(answer)s"),),
    "thanks_answer": (_("Tack! Ditt svar hjälper oss."),),
    "choose_face": (_("Välj en bild."), _("Välj en bild. Eller hoppa över.")),
    "done": (_("Klart"),),
}

_KNOW = {
    "know_visit": (_("Hur är ett besök?"), _("Hur går ett besök till?")),
    "know_visit_1": (_("Du får se bilder."), _("Du kan se det med bilder.")),
    "know_visit_2": (_("Du får ta med något."), _("Du får ta med något du tycker om.")),
    "visit_how": (_("Så är ett besök"), _("Så går ett besök till")),
    "visit_lead": (_("En sak i taget."), _("Så här brukar det vara.")),
    "visit_way": (_("Du åker dit."), _("Du åker dit med en vuxen.")),
    "visit_wait": (_("Du väntar en stund."), _("Du väntar en stund. Du får leka.")),
    "visit_meet": (_("Någon hämtar dig."), _("Någon hämtar dig och säger hej.")),
    "visit_talk": (_("Ni pratar."), _("Ni pratar om hur du har det.")),
    "visit_look": (_("Någon kanske undersöker dig."), _("Kanske undersöker någon dig. De berättar först.")),
    "visit_stop": (_("Du får säga stopp."), _("Du får säga stopp när du vill.")),
    "visit_home": (_("Sedan åker du hem."),),
    "know_play": (_("Får jag leka där?"),),
    "know_play_1": (_("Ofta finns det leksaker."), _("Ofta finns det leksaker och böcker.")),
    "know_play_2": (_("Fråga en vuxen där."), _("Fråga en vuxen där vad som finns.")),
    "know_plan": (_("Vad är en plan?"),),
    "know_plan_1": (_("Planen är din."), _("Planen är din. Den handlar om dig.")),
    "know_plan_2": (_("Där står vem som hjälper dig."), _("Där står vem som gör vad.")),
    "know_meeting": (_("Vad är ett möte?"),),
    "know_meeting_1": (_("Vuxna sitter vid ett bord."), _("Du och vuxna pratar om planen.")),
    "know_meeting_2": (_("Du väljer hur du är med."),),
    "know_pause": (_("Får jag ta paus?"),),
    "know_pause_1": (_("Ja! När du vill."), _("Ja! Säg till eller visa din bild.")),
    "know_pause_2": (
        _("Du får leka en stund."),
        _("Du får gå ut och leka en stund."),
        _("Du får gå ut en stund och komma tillbaka."),
    ),
    "know_no": (_("Får jag säga nej?"),),
    "know_no_1": (_("Ja. Du får hoppa över."), _("Ja. Du får hoppa över frågor.")),
    "know_no_2": (_("Ingen blir arg."), _("Ingen blir arg på dig.")),
    "know_see": (_("Vem ser vad?"),),
    "know_see_1": (_("Sidorna säger vem som ser."), _("Varje sida säger vem som ser.")),
    "know_see_2": (_("Ingen ser före Skicka."), _("Ingen ser det du skriver före Skicka.")),
    "know_wrong": (_("Är något fel?"), _("Är det något som är fel?")),
    "know_wrong_1": (_("Säg till en vuxen."), _("Säg till en vuxen du litar på.")),
    "know_wrong_2": (_("Du kan säga det här."), _("Eller säg till oss här.")),
}

_SAY = {
    "say_lead": (_("Vad vill du säga?"),),
    "wrong": (_("Något är fel"), _("Säg till om något är fel")),
    "wrong_question": (_("Vad är fel?"), _("Vad är det som är fel?")),
    "wrong_seen": (_("Vuxna på din mottagning läser."), _("Vuxna på din mottagning läser det du skickar.")),
    "wrong_send": (_("Skicka"),),
    "wrong_done": (_("Tack! En vuxen läser det."), _("Tack! En vuxen läser och svarar dig.")),
    "said": (_("Det du har sagt"), _("Det du har sagt till oss")),
    "said_answer": (_("Svar till dig"),),
    "clear": (_("Blev det tydligt?"),),
    "clear_yes": (_("Ja"),),
    "clear_little": (_("Lite"),),
    "clear_no": (_("Nej"),),
    "clear_thanks": (_("Bra!"),),
    "clear_again": (_("Tack! En vuxen förklarar igen."),),
    "said_waits": (_("En vuxen läser och svarar."),),
    "said_done": (_("En vuxen har läst det."),),
    "wrong_nobody": (_("Säg till en vuxen."), _("Säg till en vuxen du litar på.")),
    "wrong_choose": (_("Välj en bild."), _("Välj en bild. Eller skriv något.")),
}

_MOOD = {
    "mood_face": (_("Hur mår du i dag?"),),
    "mood_where": (_("Var känns det?"), _("Var i kroppen känns det?")),
    "mood_where_lead": (_("Välj flera om du vill."), _("Du får välja flera. Du får hoppa över.")),
    "mood_words": (_("Vad handlar det om?"), _("Vad handlar det om?")),
    "mood_no": (_("Vill inte svara"),),
    "mood_who": (_("Vem vill du berätta för?"),),
    "mood_nobody": (_("Ingen läser svar här nu."), _("Ingen läser svar här just nu.")),
    "mood_nobody_more": (_("Prata gärna med en vuxen."), _("Prata gärna med en vuxen du litar på.")),
    "mood_secret": (_("Ingen ser det här än."), _("Ingen ser det förrän du trycker Skicka.")),
    "mood_check": (_("Vem får se svaret?"), _("Vem får se det du svarat?")),
    "mood_can_see": (_("%(who)s kan se."), _("%(who)s kan se svaret.")),
    "mood_unit_sees": (_("Andra på mottagningen kan läsa."), _("Andra på samma mottagning kan läsa.")),
    "mood_reads": (_("%(who)s läser på vardagar."), _("%(who)s läser svaren på vardagar.")),
    "mood_hurry": (_("Är det bråttom? Ring 112."),),
    "mood_change": (_("Vill du ändra?"), _("Vill du ändra vem som ser?")),
    "mood_all": (_("Nej, det är bra."), _("Nej, det är bra så.")),
    "mood_not": (_("Visa inte för %(who)s"),),
    "mood_answered": (_("Det här skickar du"),),
    "mood_nothing": (_("Du hoppade över."),),
    "mood_thanks": (_("Tack för att du berättade!"),),
    "mood_sent_to": (_("%(who)s får ditt svar."),),
    "mood_okay": (_("Det är okej."), _("Det är okej att inte svara.")),
    "mood_okay_more": (_("Vi sparar inget."), _("Vi sparar inget av det.")),
}

_LOOK = {
    "look": (_("Så ser min sida ut"),),
    "look_lead": (_("Välj det du tycker om."),),
    "look_by_age": (_("Vanlig sida"),),
    "look_by_age_more": (_("Som de flesta har."),),
    "look_early": (_("Enkel vy"),),
    "look_early_more": (_("Få ord. En sak i taget."),),
    "look_middle": (_("Mer att läsa"),),
    "look_middle_more": (_("Fler ord. Mer på varje sida."),),
    "look_pictures": (_("Mer bilder"),),
    "look_pictures_more": (_("Stora bilder. Bilder till orden."),),
    "look_choose": (_("Välj"),),
    "look_now": (_("Så är det nu."),),
    "look_done": (_("Klart. Din sida är ändrad."),),
    "look_free": (_("Du får ändra igen."), _("Du får ändra hur ofta du vill.")),
    "look_seen": (
        _("Vuxna får också välja."),
        _("Vuxna hemma och på mottagningen får också välja."),
        _("De som hjälper dig kan också välja här."),
    ),
}

_GUARDIANS_SEE = {
    "home_seen": (
        _("Vuxna hemma kan se planen."),
        _("Dina vuxna hemma kan se planen och tiderna."),
        _("Dina vårdnadshavare kan se planen och tiderna."),
    ),
    "plan_seen": (
        _("Vuxna hemma ser planen."),
        _("Vuxna hemma och de i planen ser den."),
        _("De du visar den för och de som är med i planen ser den."),
    ),
}
_GUARDIANS_DO_NOT = {
    "home_seen": (
        _("Vuxna hemma ser inte det här."),
        _("Dina vuxna hemma ser inte de här sidorna."),
        _("Dina vårdnadshavare ser inte de här sidorna."),
    ),
    "plan_seen": (
        _("De i planen ser den."),
        _("De i planen ser den. Vuxna hemma ser den inte här."),
        _("De som är med i planen ser den. Dina vårdnadshavare ser den inte här."),
    ),
}

_ALL = {**_HOME, **_PLAN, **_MEETINGS, **_PREPARE, **_ADULTS, **_AFTER, **_KNOW, **_SAY, **_MOOD, **_LOOK}
_ALL |= words_own.OWN
_PLACE = {EARLY: 0, MIDDLE: 1, YOUNG: 2}


def words_for(mode: str, guardians_see: bool = True) -> Mapping[str, str]:
    """All sentences of one set; where a set has none of its own it takes the one before it. What they say
    about guardians follows whether those see, never the set.
    """
    see = _GUARDIANS_SEE | words_own.GUARDIANS_SEE
    table = _ALL | (see if guardians_see else _GUARDIANS_DO_NOT | words_own.GUARDIANS_DO_NOT)
    return MappingProxyType({key: texts[min(_PLACE[mode], len(texts) - 1)] for key, texts in table.items()})
