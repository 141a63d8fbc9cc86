"""What a page or a command asks for, one permission for each kind of act.

A permission is only the first lock: it says that the role does this kind of work. Which children it may be
done for is decided by `policy`, child by child and day by day.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class InformationType(StrEnum):
    """The kinds of information a permission profile may cover (PDL 4:2)."""

    RECORD = "record"
    PLAN = "plan"
    APPOINTMENT = "appointment"
    CONTACT_DETAILS = "contact_details"
    MOOD_ANSWER = "mood_answer"
    MESSAGE = "message"


class Permission(StrEnum):
    """One act; `sentence` says it in Swedish to the person who grants or lacks it."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Permission":
        """Keep the sentence beside the value, so that a permission cannot be added without its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    USE_SYSTEM = "use_system", "Logga in och se sin egen startsida."

    SEE_WORKLIST = "see_worklist", "Se sin arbetslista."
    SEE_UNIT_LIST = "see_unit_list", "Se den egna enhetens lista med bara de uppgifter som listan kräver."
    ASSIGN_TASKS = "assign_tasks", "Lämna över uppgifter till en kollega."
    SEARCH_CHILD = "search_child", "Söka efter ett barn."
    REGISTER_CHILD = "register_child", "Lägga upp ett barn som söker hjälp."
    SEE_CHILD = "see_child", "Öppna ett barns sida."
    SEE_RECORD = "see_record", "Läsa uppgifter ur barnets journal."
    SEE_APPOINTMENTS = "see_appointments", "Se barnets bokade tider."
    BOOK_APPOINTMENT = "book_appointment", "Boka, flytta och avboka besök på den egna enheten."
    REQUEST_SAME_DAY = "request_same_day", "Föreslå att flera besök samlas på samma dag."
    SEE_ACCESS_MATRIX = "see_access_matrix", "Se vem som får se vad om barnet."
    SEE_CLOSE_PEOPLE = "see_close_people", "Se vilka fler som är nära barnet."
    WRITE_CLOSE_PEOPLE = "write_close_people", "Skriva vilka fler som är nära barnet."
    REVEAL_PROTECTED_FIELD = "reveal_protected_field", "Visa en dold uppgift i taget, med ett skäl."

    SEE_PLAN = "see_plan", "Läsa den gemensamma planen."
    REQUEST_PLAN = "request_plan", "Be om en gemensam plan."
    START_PLAN = "start_plan", "Besluta att en gemensam plan ska göras."
    EDIT_PLAN = "edit_plan", "Skriva den egna verksamhetens delar i planen."
    ESTABLISH_PLAN = "establish_plan", "Fastställa planen."
    RECORD_CONSENT = "record_consent", "Dokumentera ett samtycke eller att det tas tillbaka."
    SUMMON = "summon", "Kalla till ett SIP-möte."
    ANSWER_SUMMONS = "answer_summons", "Svara på en kallelse."
    HOLD_MEETING = "hold_meeting", "Leda och anteckna ett SIP-möte."
    FOLLOW_UP_PLAN = "follow_up_plan", "Följa upp planen."
    CLOSE_PLAN = "close_plan", "Avsluta planen."
    WRITE_FAMILY_PART = "write_family_part", "Skriva familjens egna delar i planen."
    ANSWER_AS_FAMILY = "answer_as_family", "Svara på kallelser och frågor om samtycke för egen del."
    ACKNOWLEDGE_PLAN = "acknowledge_plan", "Bekräfta att man har läst planen."
    APPOINT_CARE_CONTACT = "appoint_care_contact", "Utse fast vårdkontakt."

    SEE_OWN_FAMILY = "see_own_family", "Se de egna barnens sidor som vårdnadshavare."
    SEE_OWN_PAGES = "see_own_pages", "Se sina egna sidor som barn eller ungdom."
    SEE_OWN_RECORD = "see_own_record", "Läsa sitt barns eller sin egen journal på nätet."
    SHARE_WITH_GUARDIAN = "share_with_guardian", "Bestämma vad vårdnadshavare ser av ens egna sidor."
    PREPARE_MEETING = "prepare_meeting", "Förbereda sitt eget möte."
    SET_LOOK = "set_look", "Välja hur barnets egna sidor ser ut."
    ANSWER_MOOD = "answer_mood", "Svara på hur man mår."
    SEE_MOOD = "see_mood", "Läsa vad barnet har svarat om hur det mår."
    ASK_MOOD = "ask_mood", "Be barnet svara på hur det mår, och säga vem som läser."
    SEE_MESSAGES = "see_messages", "Läsa meddelanden mellan familjen och en enhet."
    WRITE_MESSAGE = "write_message", "Skriva meddelanden till en enhet, för sitt barn eller för sig själv."
    ANSWER_MESSAGES = "answer_messages", "Svara familjen i enhetens meddelanden, och avsluta dem."
    SET_ANSWER_TIME = "set_answer_time", "Bestämma inom hur många vardagar enheten svarar på meddelanden."

    MANAGE_PROTECTED_GROUP = (
        "manage_protected_group",
        "Bestämma vilka som når ett barn med skyddade uppgifter.",
    )
    DECIDE_GUARDIAN_ACCESS = "decide_guardian_access", "Besluta om en vårdnadshavares tillgång på nätet."
    RECORD_PLACEMENT = "record_placement", "Skriva in nämndens beslut om att ett barn är placerat."
    ASSESS_MATURITY = "assess_maturity", "Bedöma om barnet är moget för en fråga."
    SET_BLOCK = "set_block", "Spärra sina egna uppgifter."
    DOCUMENT_BLOCK = "document_block", "Skriva in en spärr som barnet vill ha på det enheten har antecknat."
    REQUEST_LIFT = "request_lift", "Be den som har en spärr att häva den."
    OPEN_EMERGENCY = "open_emergency", "Nödöppna när det är fara för barnets liv eller hälsa."
    REPORT_CONCERN = "report_concern", "Skriva om oro för att ett barn far illa."
    HANDLE_CONCERN = "handle_concern", "Ta hand om orosanmälningar."
    LIFT_BLOCK = "lift_block", "Häva en spärr efter samtycke eller vid nöd."
    SEE_NOTICES = "see_notices", "Se sina egna aviseringar och välja hur de kommer."
    SEE_OUTBOX = "see_outbox", "Se hur utskicken går, utan att se till vem eller om vem."
    IMPORT_RECORDS = "import_records", "Läsa in uppgifter från andra system."
    SEE_JOBS = "see_jobs", "Följa långa körningar."
    ADMINISTER_ORGANISATION = "administer_organisation", "Ändra enheter, personer och uppdrag."
    REVIEW_LOG = "review_log", "Granska loggen över vem som har läst."
    SEE_FOLLOW_UP = "see_follow_up", "Se uppföljning där inget enskilt barn går att känna igen."
    MAKE_FIGURES = "make_figures", "Räkna om uppföljningens siffror ur regionens uppgifter."
    WRITE_REPORT = "write_report", "Göra en lägesrapport, skriva i den och be om att den publiceras."
    PUBLISH_REPORT = "publish_report", "Publicera en lägesrapport som någon annan har gjort."
    DECIDE_LIMITS = "decide_limits", "Bestämma styrdiagrammens gränser och skriva in händelser i dem."
    SET_TARGET = "set_target", "Bestämma mål för den egna organisationens mått."


INFORMATION: Mapping[Permission, InformationType] = MappingProxyType(
    {
        Permission.SEE_RECORD: InformationType.RECORD,
        Permission.SEE_OWN_RECORD: InformationType.RECORD,
        Permission.OPEN_EMERGENCY: InformationType.RECORD,
        Permission.REQUEST_LIFT: InformationType.RECORD,
        Permission.SEE_APPOINTMENTS: InformationType.APPOINTMENT,
        Permission.REQUEST_SAME_DAY: InformationType.APPOINTMENT,
        Permission.SEE_UNIT_LIST: InformationType.APPOINTMENT,
        Permission.SEE_MOOD: InformationType.MOOD_ANSWER,
        Permission.ASK_MOOD: InformationType.MOOD_ANSWER,
        Permission.ANSWER_MOOD: InformationType.MOOD_ANSWER,
        Permission.SEE_MESSAGES: InformationType.MESSAGE,
        Permission.WRITE_MESSAGE: InformationType.MESSAGE,
        Permission.ANSWER_MESSAGES: InformationType.MESSAGE,
        Permission.REVEAL_PROTECTED_FIELD: InformationType.CONTACT_DETAILS,
        # Who is around a child is no thing that a young person shares: from 13 no guardian is told (20).
        Permission.SEE_ACCESS_MATRIX: InformationType.CONTACT_DETAILS,
        Permission.SEE_CLOSE_PEOPLE: InformationType.CONTACT_DETAILS,
        Permission.WRITE_CLOSE_PEOPLE: InformationType.CONTACT_DETAILS,
        **dict.fromkeys(
            (
                Permission.SEE_PLAN,
                Permission.REQUEST_PLAN,
                Permission.START_PLAN,
                Permission.EDIT_PLAN,
                Permission.ESTABLISH_PLAN,
                Permission.RECORD_CONSENT,
                Permission.SUMMON,
                Permission.ANSWER_SUMMONS,
                Permission.HOLD_MEETING,
                Permission.FOLLOW_UP_PLAN,
                Permission.CLOSE_PLAN,
                Permission.ACKNOWLEDGE_PLAN,
                Permission.PREPARE_MEETING,
                Permission.WRITE_FAMILY_PART,
                Permission.ANSWER_AS_FAMILY,
            ),
            InformationType.PLAN,
        ),
    }
)
"""The kind of information an act meets; the role's profile must cover it. An act not named meets none."""
