"""The two searches. Both start from the gate's set, and both are logged, hits and misses alike."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.children.models import Child
from kring.design.alphabet import Swedish

MOST_NAMES = 20


def children_with_number(actor: Actor, number: str) -> list[Child]:
    """The child that carries the number, if the actor meets it; at most one, but a number of another source
    may be
    shared.
    """
    found = _reached(actor).filter(numbers__value=number).distinct()
    return _logged(actor, list(found[:MOST_NAMES]), "search.number")


def children_named(actor: Actor, name: str) -> list[Child]:
    """Children of the own unit whose names begin with the words; one more than is shown tells that there are
    more.

    A protected child is never found by name, not even by its restricted group.
    """
    found = _reached(actor).filter(protection=Child.Protection.NONE)
    for word in name.split():
        found = found.filter(_begins(word))
    ordered = found.order_by(Swedish("given_name"), Swedish("family_name"), "birth_date", "pk")
    return _logged(actor, list(ordered[: MOST_NAMES + 1]), "search.name")


def _reached(actor: Actor) -> "QuerySet[Child]":
    return gate.children_for(actor, Permission.SEARCH_CHILD).select_related("municipality")


def _begins(word: str) -> Q:
    # SQLite folds only a-z when it compares, so å, ä and ö are tried in both cases.
    spellings = {word, word.capitalize(), word.lower(), word.upper()}
    begins = Q()
    for spelling in sorted(spellings):
        begins |= Q(given_name__istartswith=spelling) | Q(family_name__istartswith=spelling)
    return begins


def _logged(actor: Actor, found: list[Child], what: str) -> list[Child]:
    children: Sequence[Child | None] = found or [None]
    gate.log(actor, Action.SEARCH, [child and child.pk for child in children], what=what)
    return found
