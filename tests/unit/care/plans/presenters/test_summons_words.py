"""Who can be called, and what a consent that is missing keeps closed."""

from types import SimpleNamespace as Row
from uuid import UUID

import pytest

from kring.care.plans.presenters import summons
from kring.care.plans.presenters.child import Names
from kring.care.plans.queries.unreached import Unreached

OURS, THEIRS, OTHERS = UUID(int=1), UUID(int=2), UUID(int=3)
MARIA = Row(pk=UUID(int=11), name="Maria Berg")
NAMES = Names([MARIA], hidden=False)
EVERYBODY = Unreached()
"""Whom Kring cannot tell: nobody."""


def content(cells=(), summonses=(), signers=(MARIA, None)):
    parties = [
        Row(unit_id=unit, unit=Row(name=name))
        for unit, name in ((OURS, "BUM"), (THEIRS, "Skolan"), (OTHERS, "Hab"))
    ]
    consent = Row(cells=set(cells), signers=[Row(guardian=one) for one in signers])
    return Row(plan=Row(pk=UUID(int=9), unit_id=OURS), parties=parties, consent=consent, summonses=summonses)


def test_the_child_is_called_first_and_always_and_then_its_guardians():
    called = summons.to_call(content(), NAMES, EVERYBODY)
    assert [(one.name, one.state) for one in called[:2]] == [
        ("Barnet", "Kallas alltid"),
        ("Maria Berg", "Kallas alltid"),
    ]
    assert [one.name for one in called].count("Barnet") == 1


@pytest.mark.parametrize(
    ("cells", "mark", "state"),
    [
        ([], "waiting", "Kan inte kallas: samtycke saknas"),
        ([(OTHERS, "plan")], "waiting", "Kan inte kallas: samtycke saknas"),
        ([(THEIRS, "contacts")], "waiting", "Kan inte kallas: samtycke saknas"),
        ([(THEIRS, "plan")], "done", "Familjen har samtyckt"),
    ],
)
def test_a_party_is_called_only_with_a_yes_to_the_plan_for_that_very_party(cells, mark, state):
    skolan = next(one for one in summons.to_call(content(cells), NAMES, EVERYBODY) if one.name == "Skolan")
    assert (skolan.mark, skolan.state, skolan.icon) == (mark, state, "building")


def test_the_unit_that_calls_is_there_without_asking():
    ours = next(one for one in summons.to_call(content(), NAMES, EVERYBODY) if one.name == "BUM")
    assert (ours.mark, ours.state) == ("done", "Håller i planen")


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([], []),
        ([(THEIRS, "plan")], ["Skolan"]),
        ([(THEIRS, "plan"), (OTHERS, "plan")], ["Skolan", "Hab"]),
        ([(THEIRS, "contacts"), (OURS, "plan")], []),
    ],
)
def test_only_those_that_may_be_called_can_be_ticked(cells, names):
    assert [name for _id, name in summons.units_to_call(content(cells))] == names


def test_a_begun_summons_is_found_and_a_sent_one_is_not_a_draft():
    sent, begun = Row(summons=Row(sent_at=1)), Row(summons=Row(sent_at=None))
    assert summons.draft_of(content(summonses=[sent, begun])) is begun.summons
    assert summons.draft_of(content(summonses=[sent])) is None
