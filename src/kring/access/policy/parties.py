"""Who is a party to whom (table 8.1): what kind of authority each sector is, and how it ordinarily shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kring.access.policy.decision import Rule
from kring.access.policy.sources import law, ruling


class Sector(StrEnum):
    """The kinds of services around a child; the words are those of `organisations.Unit.Sector`."""

    REGION_CARE = "region_care"
    DENTAL = "dental"
    PRIVATE_CARE = "private_care"
    SCHOOL_HEALTH = "school_health"
    SCHOOL = "school"
    SOCIAL_SERVICES = "social_services"
    LSS = "lss"


class Way(StrEnum):
    """The ordinary way in which a sector lets others take part of what it knows."""

    INNER_SECRECY = "inner_secrecy"
    ACROSS_PROVIDERS = "across_providers"
    DISCLOSURE_WITH_CONSENT = "disclosure_with_consent"
    CONSENT_OR_HARM_TEST = "consent_or_harm_test"
    CONSENT_OR_DUTY_TO_REPORT = "consent_or_duty_to_report"


@dataclass(frozen=True)
class Party:
    """One row of 8.1. `reachable`: whether cross-provider sharing can ever reach it, once connected."""

    sector: Sector
    rule: Rule
    care_provider: bool
    reachable: bool
    ordinary_way: Way


_ROWS = (
    Party(
        Sector.REGION_CARE,
        law(
            "8.1.region",
            "Regionens sjukhus, vårdcentraler och habilitering är en enda vårdgivare.",
            "PDL 1:3, 4 kap., 5:4",
        ),
        care_provider=True,
        reachable=True,
        ordinary_way=Way.INNER_SECRECY,
    ),
    Party(
        Sector.DENTAL,
        law("8.1.dental", "Folktandvården hör till regionen och är samma vårdgivare.", "PDL 1:3, 5:4"),
        care_provider=True,
        reachable=True,
        ordinary_way=Way.INNER_SECRECY,
    ),
    Party(
        Sector.PRIVATE_CARE,
        law(
            "8.1.private",
            "En privat vårdgivare är en egen vårdgivare också när den arbetar på avtal.",
            "PDL 1:3; PSL 6:12; lag 2022:913",
        ),
        care_provider=True,
        reachable=True,
        ordinary_way=Way.ACROSS_PROVIDERS,
    ),
    Party(
        Sector.SCHOOL_HEALTH,
        law(
            "8.1.school_health",
            "Elevhälsans medicinska insats är vård, med skolans huvudman som vårdgivare.",
            "PDL 1:3; OSL 25:1",
        ),
        care_provider=True,
        reachable=True,
        ordinary_way=Way.DISCLOSURE_WITH_CONSENT,
    ),
    Party(
        Sector.SCHOOL,
        law(
            "8.1.school",
            "Rektor och skolans personal är inte vård och nås aldrig av sammanhållen vårddokumentation.",
            "OSL 23 kap.; lag 2022:913 2:1",
        ),
        care_provider=False,
        reachable=False,
        ordinary_way=Way.CONSENT_OR_HARM_TEST,
    ),
    Party(
        Sector.SOCIAL_SERVICES,
        law(
            "8.1.social_services",
            "Socialtjänsten för barn och familj nås aldrig av sammanhållen vårddokumentation.",
            "OSL 10:1, 26 kap.; SoL 2025:400 19:1; lag 2022:913 1:3, 2:1",
        ),
        care_provider=False,
        reachable=False,
        ordinary_way=Way.CONSENT_OR_DUTY_TO_REPORT,
    ),
    Party(
        Sector.LSS,
        ruling(
            "8.1.lss",
            "Stöd enligt LSS är omsorgsgivare och följer samma rader som vården när det är anslutet.",
            6,
            sign_off=True,
        ),
        care_provider=False,
        reachable=True,
        ordinary_way=Way.ACROSS_PROVIDERS,
    ),
)

PARTIES: Mapping[Sector, Party] = MappingProxyType({row.sector: row for row in _ROWS})


def can_be_connected(sector: str) -> bool:
    """Whether cross-provider sharing may ever reach this sector; False for a sector nobody has judged."""
    return sector in PARTIES and PARTIES[Sector(sector)].reachable


def is_care_provider(sector: str) -> bool:
    """Whether the sector keeps patient records under PDL; False for a sector nobody has judged."""
    return sector in PARTIES and PARTIES[Sector(sector)].care_provider


def both_connected(*, asking: str, asking_shares: bool, holding: str, holding_shares: bool) -> bool:
    """Whether two parties reach each other: both connected, and neither of a kind that never may be."""
    return asking_shares and holding_shares and can_be_connected(asking) and can_be_connected(holding)
