"""The roles, as one table that a nurse can read.

A role gives permissions and a profile of information types; it never gives a child. Roles without any
information type (administration, programme work, log review) meet no child at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kring.access.permissions import InformationType as Info
from kring.access.permissions import Permission as P

NOTHING: frozenset[Info] = frozenset()
BOOKINGS = frozenset({Info.APPOINTMENT, Info.CONTACT_DETAILS})
PLAN = frozenset({Info.PLAN, Info.APPOINTMENT, Info.CONTACT_DETAILS, Info.MESSAGE})
OWN = PLAN | {Info.RECORD, Info.MOOD_ANSWER}
EVERYTHING = frozenset(Info)

EVERYONE = frozenset({P.USE_SYSTEM})
PARTY = EVERYONE | {
    P.SEE_WORKLIST,
    P.SEE_NOTICES,
    P.SEARCH_CHILD,
    P.SEE_CHILD,
    P.SEE_PLAN,
    P.REQUEST_PLAN,
    P.START_PLAN,
    P.EDIT_PLAN,
    P.RECORD_CONSENT,
    P.SUMMON,
    P.ANSWER_SUMMONS,
    P.HOLD_MEETING,
    P.FOLLOW_UP_PLAN,
    P.SEE_APPOINTMENTS,
    P.BOOK_APPOINTMENT,
    P.SEE_ACCESS_MATRIX,
    P.SEE_CLOSE_PEOPLE,
    P.WRITE_CLOSE_PEOPLE,
    P.SEE_MESSAGES,
    P.ANSWER_MESSAGES,
    P.REPORT_CONCERN,
    P.SET_LOOK,
}
"""What every party around the child does in the shared plan, each in its own parts of it."""
CARE = PARTY | {
    P.REGISTER_CHILD,
    P.SEE_RECORD,
    P.REQUEST_SAME_DAY,
    P.REVEAL_PROTECTED_FIELD,
    P.ASSESS_MATURITY,
    P.DOCUMENT_BLOCK,
    P.REQUEST_LIFT,
    P.OPEN_EMERGENCY,
    P.SEE_MOOD,
    P.ASK_MOOD,
}
"""What licensed care adds: the record of its own care provider, and new children."""
LEADS_PLAN = frozenset({P.ESTABLISH_PLAN, P.CLOSE_PLAN, P.ASSIGN_TASKS})


@dataclass(frozen=True)
class Role:
    """A kind of work: Swedish title, a sentence about it, what it may do, which information it meets."""

    key: str
    title: str
    sentence: str
    permissions: frozenset[P]
    covers: frozenset[Info] = NOTHING

    @property
    def meets_children(self) -> bool:
        """Whether people in this role ever see an identifiable child."""
        return bool(self.covers)


_TABLE = (
    Role(
        "coordinator",
        "Samordnare",
        "Håller ihop planen runt barnet och ser till att alla vet vem som gör vad.",
        CARE | LEADS_PLAN | {P.APPOINT_CARE_CONTACT},
        EVERYTHING,
    ),
    Role(
        "school_nurse",
        "Skolsköterska",
        "Möter eleverna i elevhälsan och skriver i elevhälsans journal, inte i regionens.",
        CARE | LEADS_PLAN,
        EVERYTHING,
    ),
    Role(
        "principal_teacher",
        "Rektor och skolpersonal",
        "Ansvarar för skolans stöd och deltar i planen, men ser aldrig en journal.",
        PARTY | LEADS_PLAN,
        PLAN,
    ),
    Role("physician", "Läkare", "Utreder och behandlar barn på sin enhet.", CARE | LEADS_PLAN, EVERYTHING),
    Role(
        "psychologist", "Psykolog", "Utreder och behandlar barn på sin enhet.", CARE | LEADS_PLAN, EVERYTHING
    ),
    Role(
        "speech_therapist",
        "Logoped",
        "Bedömer och tränar tal, språk och kommunikation.",
        CARE | LEADS_PLAN,
        EVERYTHING,
    ),
    Role(
        "nurse_bvc",
        "BVC-sjuksköterska",
        "Följer de yngsta barnens hälsa på barnavårdscentralen.",
        CARE | LEADS_PLAN,
        EVERYTHING,
    ),
    Role(
        "dental",
        "Tandvårdspersonal",
        "Sköter barnets tänder och deltar i planen när tandvården är inbjuden.",
        CARE - {P.START_PLAN, P.SUMMON},
        EVERYTHING,
    ),
    Role(
        "social_worker",
        "Socialsekreterare",
        "Ansvarar för socialtjänstens insatser och deltar i planen, men ser aldrig en journal.",
        PARTY | LEADS_PLAN | {P.HANDLE_CONCERN, P.RECORD_PLACEMENT},
        PLAN,
    ),
    Role(
        "lss_worker",
        "LSS-handläggare",
        "Ansvarar för stöd enligt LSS och deltar i planen.",
        PARTY | LEADS_PLAN | {P.SEE_RECORD},
        EVERYTHING,
    ),
    Role(
        "unit_head",
        "Verksamhetschef",
        "Ansvarar för enheten, utser fast vårdkontakt och beslutar vilka som når skyddade barn.",
        CARE
        | LEADS_PLAN
        | {P.APPOINT_CARE_CONTACT, P.MANAGE_PROTECTED_GROUP, P.DECIDE_GUARDIAN_ACCESS, P.SET_ANSWER_TIME},
        EVERYTHING,
    ),
    Role(
        "receptionist",
        "Receptionist",
        "Tar emot och bokar på den egna enheten och ser bara det som bokningen kräver.",
        EVERYONE | {P.SEE_UNIT_LIST, P.SEE_NOTICES, P.SEARCH_CHILD, P.SEE_APPOINTMENTS, P.BOOK_APPOINTMENT},
        BOOKINGS,
    ),
    Role(
        "process_leader",
        "Processledare",
        "Driver förbättringsarbeten och ser aldrig ett enskilt barn.",
        EVERYONE | {P.SEE_FOLLOW_UP, P.DECIDE_LIMITS},
    ),
    Role(
        "steering_group",
        "Styrgrupp",
        "Beslutar om förbättringsarbeten och ser aldrig ett enskilt barn.",
        EVERYONE | {P.SEE_FOLLOW_UP, P.SET_TARGET, P.PUBLISH_REPORT},
    ),
    Role(
        "analyst",
        "Analytiker",
        "Följer upp barns hälsa i siffror och ser aldrig ett enskilt barn.",
        EVERYONE
        | {P.SEE_FOLLOW_UP, P.MAKE_FIGURES, P.DECIDE_LIMITS, P.SEE_JOBS, P.WRITE_REPORT, P.PUBLISH_REPORT},
    ),
    Role(
        "administrator",
        "Administratör",
        "Sköter enheter, uppdrag och inläsning och ser aldrig ett enskilt barn.",
        EVERYONE | {P.ADMINISTER_ORGANISATION, P.IMPORT_RECORDS, P.SEE_JOBS, P.SEE_OUTBOX},
    ),
    Role(
        "log_reviewer",
        "Loggranskare",
        "Granskar vem som har läst vad och om det var rätt.",
        EVERYONE | {P.REVIEW_LOG},
    ),
    Role(
        "unlock_officer",
        "Behörig att häva spärr",
        "Häver en spärr när barnet samtycker eller när det är fara för livet.",
        EVERYONE | {P.SEARCH_CHILD, P.SEE_CHILD, P.SEE_RECORD, P.LIFT_BLOCK, P.OPEN_EMERGENCY},
        EVERYTHING,
    ),
    Role(
        "guardian",
        "Vårdnadshavare",
        "Ser sina egna barns sidor så länge barnet är under åldersgränsen.",
        EVERYONE
        | {
            P.SEE_OWN_FAMILY,
            P.SEE_CLOSE_PEOPLE,
            P.WRITE_CLOSE_PEOPLE,
            P.SEE_OWN_RECORD,
            P.SEE_MOOD,
            P.SEE_MESSAGES,
            P.WRITE_MESSAGE,
            P.SET_LOOK,
            P.SEE_NOTICES,
            P.SEE_PLAN,
            P.REQUEST_PLAN,
            P.ACKNOWLEDGE_PLAN,
            P.WRITE_FAMILY_PART,
            P.ANSWER_AS_FAMILY,
            P.SEE_APPOINTMENTS,
            P.REQUEST_SAME_DAY,
            P.SEE_ACCESS_MATRIX,
        },
        OWN,
    ),
    Role(
        "child",
        "Barn eller ungdom",
        "Ser sina egna sidor och sin egen plan.",
        EVERYONE
        | {
            P.SEE_OWN_PAGES,
            P.ANSWER_MOOD,
            P.SEE_MESSAGES,
            P.WRITE_MESSAGE,
            P.SET_LOOK,
            P.SEE_NOTICES,
            P.SEE_OWN_RECORD,
            P.SHARE_WITH_GUARDIAN,
            P.SET_BLOCK,
            P.SEE_PLAN,
            P.REQUEST_PLAN,
            P.ACKNOWLEDGE_PLAN,
            P.WRITE_FAMILY_PART,
            P.ANSWER_AS_FAMILY,
            P.PREPARE_MEETING,
            P.SEE_APPOINTMENTS,
            P.SEE_ACCESS_MATRIX,
        },
        OWN,
    ),
    Role(
        "machine",
        "Anslutet system",
        "Hämtar och lämnar uppgifter åt sin ägare, inom ett avtalat ändamål och en avtalad tid.",
        EVERYONE | {P.SEE_CHILD, P.SEE_RECORD, P.SEE_PLAN, P.SEE_APPOINTMENTS, P.IMPORT_RECORDS},
        EVERYTHING,
    ),
)

TREATS = frozenset({"physician", "psychologist", "speech_therapist", "school_nurse", "nurse_bvc", "dental"})
"""The roles of licensed professionals who treat children themselves, and so judge a child's maturity."""

ROLES: Mapping[str, Role] = MappingProxyType({role.key: role for role in _TABLE})
"""Role key -> role. The key is what an assignment stores."""
