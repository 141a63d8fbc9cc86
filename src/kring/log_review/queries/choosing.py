"""What a new review can cover, from what the reviewer has filled in."""

from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Concat

from kring.access import gate, reviewing
from kring.access.actors import Actor
from kring.audit.models import Action
from kring.design.alphabet import Swedish
from kring.log_review.rules.refusals import ReviewRefused
from kring.organisations.models import Person, Unit


def units_to_choose(actor: Actor) -> list[Unit]:
    """The units whose log the actor reviews, by name."""
    reviewing.reviewer(actor, what="log_review.start")
    return list(reviewing.own_units(actor).order_by(Swedish("name")))


def person_with(actor: Actor, words: str) -> UUID:
    """The member of staff with this HSA id, or whole name, who works or has worked at the actor's care
    provider.

    Raises:
        ReviewRefused: nobody there has it, or several have the name.
    """
    here = Person.objects.filter(assignments__unit__controller_id=actor.controller_id)
    whole = here.annotate(whole=Concat("given_name", Value(" "), "family_name"))
    said = " ".join(words.split())
    found = set(whole.filter(Q(hsa_id__iexact=said) | Q(whole=said)).values_list("pk", flat=True)[:10])
    if len(found) != 1:
        raise ReviewRefused("several" if found else "no_person")
    return found.pop()


def chosen_child(actor: Actor, number: str, *, what: str = "log_review.start") -> UUID:
    """The child with this number, the search logged.

    Raises:
        ReviewRefused: no child has it, or only one with protected identity; the two cannot be told apart.
    """
    by = reviewing.reviewer(actor, what=what)
    found = reviewing.child_with_number(number)
    rule = reviewing.decision(by).rule_id
    gate.log(by, Action.SEARCH, [found], what=what, rule=rule)
    if found is None:
        raise ReviewRefused("no_child")
    return found
