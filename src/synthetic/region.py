"""The whole synthetic region, child by child, so that it never has to fit in memory."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from . import events, families, plans, population, relations, visits
from .draw import Draw
from .numbers import TestSeries
from .records import Around, Place, SyntheticChild


def make(
    children: int,
    seed: int,
    today: date,
    municipalities: Sequence[str],
    places: Iterable[Place],
    *,
    taken_numbers: Iterable[str] = (),
    plans_per_child: float | None = None,
) -> Iterator[Around]:
    """So many children with all that is around them, as of `today`.

    The same arguments give the same region. `municipalities` are codes; `places` the units, whose keys come
    back in relations, plans and visits. `taken_numbers` are not given out again. `plans_per_child` asks for a
    number of plans on average over all children (for measurements); without it about a tenth of the
    children with much need have a plan.
    """
    draw = Draw(seed)
    around = relations.Neighbourhood(places)
    for number, child in enumerate(
        make_children(children, seed, today, municipalities, around, taken_numbers=taken_numbers), 1
    ):
        draw.start_over_for(3, number)
        made = plans.make(child, around, draw, today, plans_per_child)
        draw.start_over_for(4, number)
        booked = visits.make(child, around, draw, today)
        draw.start_over_for(5, number)
        yield Around(child, made, booked, events.make(child, made, around, draw, today))


def make_children(
    children: int,
    seed: int,
    today: date,
    municipalities: Sequence[str],
    places: Iterable[Place] | relations.Neighbourhood,
    *,
    taken_numbers: Iterable[str] = (),
) -> Iterator[SyntheticChild]:
    """The children alone, with guardians and relations: about six relations each."""
    draw = Draw(seed)
    around = places if isinstance(places, relations.Neighbourhood) else relations.Neighbourhood(places)
    cells = population.spread(population.cells_of(municipalities), children, Draw(seed).chance_source)
    homes = families.make(cells, draw, today, TestSeries(taken_numbers), list(municipalities))
    # A second source, because the one above is drawn from while this loop stands still.
    second = Draw(seed)
    for number, home in enumerate(homes, 1):
        second.start_over_for(2, number)
        yield home.child._replace(relations=relations.make(home, around, second, today))
