"""The answer to a question: every table that its route names, and the first refusal among them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kring.access.policy.catalogue import sentence
from kring.access.policy.decision import Decision, Outcome
from kring.access.policy.protected import FIELDS
from kring.access.policy.routes import FIRST, Act, AnyTable, Route, Thing, route_of, verdict, widest

from .facts import FACTS
from .question import Question, Unreadable, line, read
from .words import KINDS, PARTIES, asker, side

ALLOW: Mapping[Outcome, bool | str] = {Outcome.ALLOW: True, Outcome.MASKED: "masked", Outcome.DENY: False}


def decide(question: Question) -> Decision:
    """What the gate says.

    Raises:
        Unreadable: a word is not one of the vocabulary.
        AttributeError, KeyError, TypeError, ValueError: a value is not of its kind.
    """
    _check(question)
    act, thing = Act(question.action), Thing(question.resource["kind"])
    route = route_of(asker(question), act, thing, side(question))
    if route.closed:
        return Decision(Outcome.DENY, route.closed.id)
    return verdict(list(_asked(route, question)))


def _asked(route: Route, question: Question) -> Iterator[tuple[AnyTable, Decision]]:
    for table in (*FIRST.get(question.subject["kind"], ()), *route.every):
        yield table, _ask(table, question)
    if route.any_of:
        yield widest([(table, _ask(table, question)) for table in route.any_of])


def _ask(table: AnyTable, question: Question) -> Decision:
    answer = table.decide(FACTS[table.name](question), on=question.today)
    if table is FIELDS and not answer.opens:
        # The field is hidden; what it stands in is still there.
        return Decision(Outcome.MASKED, answer.rule_id, answer.reveal, answer.needs)
    return answer


def _check(question: Question) -> None:
    words = (
        ("subject.kind", question.subject["kind"], KINDS),
        ("subject.party", question.subject["party"], PARTIES),
        ("action", question.action, set(Act)),
        ("resource.kind", question.resource["kind"], set(Thing)),
        ("resource.owner", question.resource["owner"], PARTIES),
    )
    for where, word, known in words:
        if not isinstance(word, str) or word not in known:
            raise Unreadable(f"{where}: {word!r} är inte ett känt ord.")


def answered(text: str) -> Mapping[str, Any]:
    """One JSON line in, one answer out: allow, reveal, reason and rule - or an error in words."""
    key = None
    try:
        key, given = line(text)
        decision = decide(read(given))
    except Unreadable as fault:
        return {"id": key, "error": str(fault)}
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        return {"id": key, "error": f"Ett värde går inte att förstå: {fault}"}
    return {
        "id": key,
        "allow": ALLOW[decision.outcome],
        "reveal": decision.reveal.value,
        "reason": sentence(decision.rule_id),
        "rule": decision.rule_id,
    }


def answers(lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """An answer for each line that is not empty; a bad line is answered in words and stops nothing."""
    return (answered(text) for text in lines if text.strip())
