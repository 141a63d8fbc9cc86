"""Benefit calculations against published worked examples, and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.benefit import NOTHING, Item, Range, calculation, item


def sure(value: float) -> Range:
    return Range(value, value, value)


def flow(name: str, **by_year: float) -> list[Item]:
    """An item a year: flow("cost", y0=10, y1=5)."""
    return [item(f"{name} {year}", sure(value), years=[int(year[1:])]) for year, value in by_year.items()]


def test_health_informatics_self_test() -> None:
    """Friedman & Wyatt, Evaluation methods in biomedical informatics, 2006, self-test 11.3, 5 % a year."""
    costs = flow("c", y1=100_000, y2=40_000, y3=10_000, y4=10_000, y5=10_000)
    benefits = flow("b", y2=30_000, y3=40_000, y4=50_000, y5=60_000)
    found = calculation(benefits, costs, discount=0.05)
    assert found.cost.likely == pytest.approx(156_220, abs=1)
    assert found.benefit.likely == pytest.approx(149_911, abs=1.5)
    assert found.net.likely < 0 < found.undiscounted["net"].likely
    assert found.undiscounted["net"] == sure(10_000)


@pytest.mark.parametrize(("capital", "yearly", "net"), [(10, 2.5, -0.82), (5, 1.5, 0.51)])
def test_two_projects_of_the_green_book(capital: float, yearly: float, net: float) -> None:
    """HM Treasury, The Green Book, 2003, annex 6: capital in year 0, benefits in years 1-4, 3.5 %."""
    benefit = item("b", sure(yearly), years=range(1, 5))
    found = calculation([benefit], [item("c", sure(capital), years=[0])], discount=0.035)
    assert found.net.likely == pytest.approx(net, abs=0.005)


@pytest.mark.parametrize(
    ("costs", "first", "worth"),
    [((5, 10, 15), 1, 26.79), ((15, 10, 4), 1, 26.81), ((5, 10, 15), 0, 28.13), ((15, 10, 4), 0, 28.15)],
)
def test_two_programmes_of_drummond(costs: tuple[float, ...], first: int, worth: float) -> None:
    """Drummond et al., Methods for the economic evaluation of health care programmes, 4.2: at the end of each
    year, and at its beginning, 5 %.
    """
    items = [item(f"year {i}", sure(cost), years=[first + i]) for i, cost in enumerate(costs)]
    assert calculation([], items, discount=0.05).cost.likely == pytest.approx(worth, abs=0.005)


def test_low_pairs_low_benefit_with_high_cost() -> None:
    found = calculation(
        [item("b", Range(10, 20, 40), years=[0])], [item("c", Range(5, 8, 15), years=[0])], discount=0.03
    )
    assert (found.benefit, found.cost) == (Range(10, 20, 40), Range(5, 8, 15))
    assert found.net == Range(-5, 12, 35)


def test_year_0_is_never_discounted_and_year_2_twice() -> None:
    found = calculation([item("b", sure(121), years=[0, 2])], [], discount=0.1)
    assert found.benefit.likely == pytest.approx(121 + 100)
    assert found.undiscounted["benefit"].likely == 242


@pytest.mark.parametrize(
    ("ramp_up", "total"), [([], 400), ([0.5], 200), ([0.25, 0.5, 1], 275), ([0.1, 0.2, 0.3, 0.4, 0.5], 100)]
)
def test_ramp_up(ramp_up: list[float], total: float) -> None:
    assert calculation(
        [item("b", sure(100), years=range(1, 5), ramp_up=ramp_up)], [], discount=0
    ).benefit == (sure(pytest.approx(total)))


def test_who_gains_and_who_pays() -> None:
    benefits = [
        item("färre besök", sure(30), years=[0], category="omfördelning", stakeholder="regionen"),
        item(
            "mindre resor", sure(10), years=[0], category="finansiell", stakeholder="familjen", cashable=True
        ),
        item(
            "hyra",
            sure(5),
            years=[0],
            category="finansiell",
            stakeholder="regionen",
            cashable=True,
            measured=True,
        ),
        item("trygghet", None, years=[0], category="kvalitet", stakeholder="barnet"),
    ]
    costs = [
        item("utbildning", Range(8, 12, 20), years=[0], stakeholder="kommunen"),
        item("oro", None, years=[0]),
    ]
    found = calculation(benefits, costs)
    assert found.by_category == {"omfördelning": sure(30), "finansiell": sure(15)}
    assert found.by_stakeholder == {"regionen": sure(35), "familjen": sure(10)}
    assert found.cost_by_stakeholder == {"kommunen": Range(8, 12, 20)}
    assert found.net_cashable_only == Range(-5, 3, 7)
    assert found.benefit_measured == sure(5)
    assert found.not_money == ("trygghet", "oro")


def test_doing_nothing_costs_too() -> None:
    zero = [item("köer", Range(1, 2, 3), years=[0])]
    found = calculation([item("b", sure(5), years=[0])], [item("c", sure(4), years=[0])], zero_costs=zero)
    assert found.zero_alternative_cost == Range(1, 2, 3)
    assert found.net_against_zero == Range(2, 3, 4)


def test_nothing_at_all() -> None:
    found = calculation([], [])
    assert found.net == found.net_against_zero == NOTHING
    assert found.by_category == {}


@pytest.mark.parametrize(
    ("value", "years", "ramp_up"),
    [(Range(3, 2, 4), [0], []), (Range(1, 2, 1.5), [0], []), (sure(1), [-1], []), (sure(1), [0], [-0.5])],
)
def test_what_is_no_item(value: Range, years: list[int], ramp_up: list[float]) -> None:
    with pytest.raises(ValueError, match="besparing: "):
        item("besparing", value, years=years, ramp_up=ramp_up)


def test_no_such_rate() -> None:
    with pytest.raises(ValueError, match="kalkylräntan"):
        calculation([], [], discount=-1)


AMOUNTS = st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(lambda three: Range(*sorted(three)))
ITEMS = st.lists(st.tuples(AMOUNTS, st.integers(0, 9), st.sampled_from("ab"), st.booleans()), max_size=6)


def made(rows: list) -> list[Item]:
    return [item("x", v, years=[y], category=c, stakeholder=c, cashable=k) for v, y, c, k in rows]


@given(ITEMS, ITEMS, st.floats(0, 0.2))
def test_parts_make_the_whole(gains: list, pays: list, rate: float) -> None:
    found = calculation(made(gains), made(pays), discount=rate)
    for field in ("low", "likely", "high"):
        whole = getattr(found.benefit, field)
        assert sum(getattr(one, field) for one in found.by_category.values()) == pytest.approx(whole)
        assert getattr(found.undiscounted["benefit"], field) >= whole - 1e-6
        assert getattr(found.net_cashable_only, field) <= getattr(found.net, field) + 1e-6
    assert found.net.low <= found.net.likely + 1e-6 <= found.net.high + 2e-6
