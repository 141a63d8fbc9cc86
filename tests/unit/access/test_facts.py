"""Facts that the tables are asked with, and what a written reason opens in a session."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from kring.access import gate, session
from kring.access.permissions import Permission as P
from kring.access.policy.decision import Outcome


@pytest.mark.parametrize("who", ["maria", "alva", "karin", "sara"])
def test_a_child_that_does_not_exist_is_refused_by_a_rule_like_any_other(cast, who):
    actor = cast.actor(who)
    permission = {"maria": P.SEE_OWN_FAMILY, "alva": P.SEE_OWN_PAGES}.get(who, P.SEE_CHILD)
    decision = gate.explain(actor, permission, uuid4())
    assert decision.outcome is not Outcome.ALLOW
    assert decision.rule_id


def test_a_reason_opens_one_protected_child_in_one_session_for_its_time_and_no_longer(cast):
    request, sigrid = SimpleNamespace(session={}), cast.child("sigrid").pk
    assert session.opened_children(request, cast.now) == frozenset()
    session.open_protected(request, sigrid, cast.now)
    last = cast.now + timedelta(seconds=session.OPEN_FOR)
    assert session.opened_children(request, last) == {sigrid}
    assert session.opened_children(request, last + timedelta(seconds=1)) == frozenset()
    assert session.opened_children(SimpleNamespace(session={}), cast.now) == frozenset()


def test_another_reason_for_another_child_keeps_the_first_and_a_new_one_lasts_anew(cast):
    request, sigrid, other = SimpleNamespace(session={}), cast.child("sigrid").pk, cast.child("noa").pk
    session.open_protected(request, sigrid, cast.now)
    later = cast.now + timedelta(seconds=session.OPEN_FOR)
    session.open_protected(request, other, later)
    assert session.opened_children(request, later) == {sigrid, other}
    session.open_protected(request, sigrid, later)
    assert session.opened_children(request, later + timedelta(seconds=1)) == {sigrid, other}
