"""Search terms (PDL 2:8, ruling 27): what may be used to find children in care, in lists and in follow-up."""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Table, allow, deny
from kring.access.policy.sources import law, ruling


class Term(StrEnum):
    """What is searched by; NOT_JUDGED is any term nobody has placed in the table."""

    NAME = "name"
    PERSONAL_NUMBER = "personal_number"
    DIAGNOSIS = "diagnosis"
    ALLERGY = "allergy"
    COMPULSORY_PSYCHIATRIC_CARE = "compulsory_psychiatric_care"
    RECEIVED_SOCIAL_SERVICES = "received_social_services"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    SEXUAL_LIFE = "sexual_life"
    POLITICAL_OPINION = "political_opinion"
    TRADE_UNION = "trade_union"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class SearchFacts(Facts):
    """`in_health_care`: the search is made in care, or in the follow-up or analysis of care."""

    term: Term = Term.NOT_JUDGED
    in_health_care: bool = False


SEARCH = Table(
    "search",
    "Sökbegrepp",
    SearchFacts,
    law("search.none", "Ett sökbegrepp som inte är bedömt används inte.", "PDL 2:8"),
    (
        allow(
            law(
                "search.identity",
                "Namn och personnummer får användas för att hitta ett barn.",
                "PDL 2:4, 4:1",
            ),
            term={Term.NAME, Term.PERSONAL_NUMBER},
        ),
        deny(
            law("search.social", "Att någon fått socialtjänst är aldrig ett sökbegrepp.", "PDL 2:8"),
            term=Term.RECEIVED_SOCIAL_SERVICES,
        ),
        deny(
            law("search.sensitive", "Känsliga uppgifter som inte rör hälsa är aldrig sökbegrepp.", "PDL 2:8"),
            term={
                Term.ETHNICITY,
                Term.RELIGION,
                Term.SEXUAL_LIFE,
                Term.POLITICAL_OPINION,
                Term.TRADE_UNION,
            },
        ),
        allow(
            law("search.health", "Hälsouppgifter får vara sökbegrepp i vården.", "PDL 2:8"),
            term={Term.DIAGNOSIS, Term.ALLERGY},
            in_health_care=True,
        ),
        allow(
            law("search.compulsory_care", "Psykiatrisk tvångsvård får vara sökbegrepp i vården.", "PDL 2:8"),
            term=Term.COMPULSORY_PSYCHIATRIC_CARE,
            in_health_care=True,
        ),
        deny(
            ruling("search.outside_care", "Hälsouppgifter är inte sökbegrepp utanför vården.", 27),
            in_health_care=False,
            term={Term.DIAGNOSIS, Term.ALLERGY, Term.COMPULSORY_PSYCHIATRIC_CARE},
        ),
    ),
)
