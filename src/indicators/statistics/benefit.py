"""Benefit and cost of doing something, against doing nothing new: low, likely and high.

After the method used by Swedish regions (Inera's benefit calculation; HM Treasury, The Green Book): one price
level, a discount rate that can be changed, an estimate in three values, each benefit with who gains it. What
falls in year t is divided by (1 + rate)^t; year 0 is never discounted. *Low* pairs the low benefit with the
high cost. What has no value in money is named, never counted as nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

DISCOUNT = 0.03


@dataclass(frozen=True)
class Range:
    """An amount at its lowest, most likely and highest."""

    low: float
    likely: float
    high: float

    def plus(self, other: "Range") -> "Range":
        """The lows together, the likely together and the highs together."""
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def less(self, cost: "Range") -> "Range":
        """What is left after a cost: at its lowest when the cost is at its highest."""
        return Range(self.low - cost.high, self.likely - cost.likely, self.high - cost.low)

    def times(self, factor: float) -> "Range":
        """Each amount so many times."""
        return Range(self.low * factor, self.likely * factor, self.high * factor)


NOTHING = Range(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Item:
    """A benefit or a cost: an amount a year in each of `years`, in the share that each year reaches.

    `value` None: real, but not in money. `measured`: followed up by an indicator, not only assumed.
    """

    name: str
    value: Range | None
    years: tuple[int, ...]
    shares: tuple[float, ...]
    category: str = ""
    stakeholder: str = ""
    cashable: bool = False
    measured: bool = False

    def worth(self, discount: float) -> Range:
        """All its years together, in the money of year 0."""
        if self.value is None:
            return NOTHING
        pairs = zip(self.years, self.shares, strict=True)
        return self.value.times(sum(share / (1 + discount) ** year for year, share in pairs))


@dataclass(frozen=True)
class Calculation:
    """What an alternative gives and costs; see the module for how low, likely and high are paired."""

    benefit: Range
    cost: Range
    net: Range
    by_category: Mapping[str, Range]
    by_stakeholder: Mapping[str, Range]
    cost_by_stakeholder: Mapping[str, Range]
    net_cashable_only: Range
    benefit_measured: Range
    zero_alternative_cost: Range
    net_against_zero: Range
    undiscounted: Mapping[str, Range]
    not_money: tuple[str, ...]


def item(
    name: str,
    value: Range | None,
    *,
    years: Sequence[int],
    ramp_up: Sequence[float] = (),
    category: str = "",
    stakeholder: str = "",
    cashable: bool = False,
    measured: bool = False,
) -> Item:
    """An item whose n:th year reaches the n:th share of `ramp_up`, and from then on the last (all of it when
    there is none). Raises ValueError for values out of order or years before 0.
    """
    if value is not None and not value.low <= value.likely <= value.high:
        raise ValueError(f"{name}: lågt, troligt och högt ska stå i storleksordning")
    if min(years, default=0) < 0 or any(share < 0 for share in ramp_up):
        raise ValueError(f"{name}: år och andelar är aldrig mindre än 0")
    last = ramp_up[-1] if ramp_up else 1.0
    shares = [*ramp_up[: len(years)], *[last] * (len(years) - len(ramp_up))]
    return Item(name, value, tuple(years), tuple(shares), category, stakeholder, cashable, measured)


def calculation(
    benefits: Sequence[Item],
    costs: Sequence[Item],
    *,
    discount: float = DISCOUNT,
    zero_costs: Sequence[Item] = (),
) -> Calculation:
    """An alternative against the zero alternative, whose cost is what doing nothing new costs."""
    if discount <= -1:
        raise ValueError("kalkylräntan ska vara större än -100 procent")
    benefit, cost, zero = (_sum(one, discount) for one in (benefits, costs, zero_costs))
    net = benefit.less(cost)
    plain_benefit, plain_cost = _sum(benefits, 0), _sum(costs, 0)
    return Calculation(
        benefit=benefit,
        cost=cost,
        net=net,
        by_category=_grouped(benefits, discount, lambda one: one.category),
        by_stakeholder=_grouped(benefits, discount, lambda one: one.stakeholder),
        cost_by_stakeholder=_grouped(costs, discount, lambda one: one.stakeholder),
        net_cashable_only=_sum((one for one in benefits if one.cashable), discount).less(cost),
        benefit_measured=_sum((one for one in benefits if one.measured), discount),
        zero_alternative_cost=zero,
        net_against_zero=net.plus(zero),
        undiscounted={"benefit": plain_benefit, "cost": plain_cost, "net": plain_benefit.less(plain_cost)},
        not_money=tuple(one.name for one in [*benefits, *costs] if one.value is None),
    )


def _sum(items: Iterable[Item], discount: float) -> Range:
    total = NOTHING
    for one in items:
        total = total.plus(one.worth(discount))
    return total


def _grouped(items: Sequence[Item], discount: float, key: Callable[[Item], str]) -> dict[str, Range]:
    names = dict.fromkeys(key(one) for one in items if one.value is not None)
    return {name: _sum((one for one in items if key(one) == name), discount) for name in names}
