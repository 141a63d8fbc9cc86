"""Publishing a situation report: it takes two people, and tables that give no hidden figure back."""

from dataclasses import dataclass

from kring.access.policy.decision import Facts, Rule, Table, allow, deny, require
from kring.access.policy.sources import FIRST_DAY
from kring.access.policy.staff import ASSIGNMENT, LOGIN


def chosen(rule_id: str, says: str) -> Rule:
    """The house's own choice: docs/decisions/0047-a-report-takes-two-people.md."""
    return Rule(rule_id, says, "Kring, beslut 47", FIRST_DAY)


@dataclass(frozen=True)
class PublishFacts(Facts):
    """`author`: has made the report, written in it or asked for its publishing; `asked`: somebody has asked;
    `recovered`: a hidden figure follows from those that are told.
    """

    strong_auth: bool = False
    assignment_active: bool = False
    author: bool = True
    asked: bool = False
    recovered: bool = True


PUBLISHING = Table(
    "publishing",
    "Publicera en lägesrapport",
    PublishFacts,
    chosen("report.not_asked", "En rapport publiceras när någon som har gjort den har bett om det."),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        deny(
            chosen("report.recovered", "En rapport där ett dolt tal går att räkna fram publiceras inte."),
            recovered=True,
        ),
        deny(
            chosen("report.four_eyes", "Den som har arbetat med rapporten publicerar den inte själv."),
            author=True,
        ),
        allow(
            chosen("report.publish", "Någon annan än de som har arbetat med rapporten publicerar den."),
            asked=True,
        ),
    ),
)
