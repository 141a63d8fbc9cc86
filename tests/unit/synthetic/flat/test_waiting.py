"""What is true of waits, held against waits that are drawn."""

from math import log

import numpy as np
import pytest

from synthetic.flat import people, waiting, ways, world
from synthetic.flat.draws import Year


@pytest.mark.parametrize("scale", [0.5, 4.0, 35.0, 60.0, 135.0])
def test_half_have_come_by_the_median(scale: float) -> None:
    found = waiting.median(scale)
    assert found == max(np.floor(scale * log(2)), 0)
    assert waiting.median(scale, 30) == found + 30


def test_the_median_of_a_mix_is_of_all_together() -> None:
    scales = np.array([10.0, 10.0, 100.0])
    days = waiting.median(scales)
    come = (1 - np.exp(-(days + 1) / scales)).mean()
    assert come >= 0.5 > (1 - np.exp(-days / scales)).mean()
    assert 7 < days < waiting.median(100.0)


def test_who_still_waits_as_drawn() -> None:
    """Sixty thousand children's referrals of four years, and who of those here still waits when they end."""
    lived = people.make(60_000, 2018, 2021, 2)
    ruled = world.make(len(lived.municipalities), 2)
    true = waiting.still_waiting(lived, ruled, 2021)
    end, waits = people.day(2022) - 1, []
    here = np.isin(np.arange(len(lived.born)), lived.at_end(2021)[0])
    for year in range(2018, 2022):
        made = Year({})
        ways.make(made, lived, ruled, year, 2, np.random.default_rng(year))
        steps = made.tables["step"]
        bup = steps["process"] == ways.PROCESSES.index("bup")
        sent, came = (
            bup & (steps["kind"] == ways.NUMBER[kind]) for kind in ("referral_sent", "first_visit_done")
        )
        done = set(steps["case"][came & (steps["day"] <= end)].tolist())
        for case, day, child in zip(*(steps[name][sent] for name in ("case", "day", "child")), strict=True):
            if here[child] and case not in done:
                waits.append(end - day)
    for name, limit in waiting.LIMITS.items():
        share = true[name]["region"] / 100
        found = np.mean(np.array(waits) > limit)
        assert found == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / len(waits)))
    assert (
        true["still_waiting_child_psychiatry"]["region"] > true["still_waiting_90_child_psychiatry"]["region"]
    )


def test_a_place_that_is_slow_has_more_long_waits() -> None:
    lived = people.make(30_000, 2021, 2021, 2)
    ruled = world.make(len(lived.municipalities), 2)
    true = waiting.still_waiting(lived, ruled, 2021)["still_waiting_60_child_psychiatry"]
    slow, fast = np.argmax(ruled.waiting), np.argmin(ruled.waiting)
    assert true[lived.municipalities[slow]] > true["region"] > true[lived.municipalities[fast]]
