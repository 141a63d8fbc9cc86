"""The region as a whole: repeatable to the byte, made child by child, and big enough."""

import hashlib
import os
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from synthetic import region

ROOT = Path(__file__).resolve().parents[3]
PRINT_A_REGION = """
import hashlib
from datetime import date
from synthetic import region
from synthetic.records import Place
places = [Place(f"care-{code}", "primary_care", code, "region", (code,), 0, 20) for code in ("1490", "1438")]
places += [Place("bup", "child_psychiatry", "1490", "region", ("1490", "1438"), 0, 17)]
made = region.make(300, 5, date(2026, 11, 21), ["1490", "1438"], places, plans_per_child=0.5)
print(hashlib.sha256("".join(map(repr, made)).encode()).hexdigest())
"""


def digest(made):
    return hashlib.sha256("".join(map(repr, made)).encode()).hexdigest()


def make(seed, codes, places, today, children=400, **more):
    return list(region.make(children, seed, today, codes, places, **more))


def test_the_same_seed_gives_the_same_region(codes, places, today):
    assert digest(make(1, codes, places, today)) == digest(make(1, codes, places, today))


def test_another_process_gives_the_same_bytes():
    def run(hash_seed):
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            [sys.executable, "-c", PRINT_A_REGION],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert run("1") == run("2") != ""


def test_another_seed_gives_another_region(codes, places, today):
    assert digest(make(1, codes, places, today)) != digest(make(2, codes, places, today))


def test_it_is_made_child_by_child(codes, places, today):
    made = region.make(371_316, 1, today, codes, places)
    first = list(islice(made, 5))
    assert [one.child.key for one in first] == [f"c{number:07}" for number in range(1, 6)]


def test_plans_do_not_change_the_children(codes, places, today):
    alone = list(region.make_children(400, 1, today, codes, places))
    assert alone == [one.child for one in make(1, codes, places, today)]
    assert alone == [one.child for one in make(1, codes, places, today, plans_per_child=1.0)]


def test_as_many_children_as_asked_with_keys_of_their_own(children):
    assert len({child.key for child in children}) == len(children) == 3000


def test_as_many_plans_as_asked_on_average(codes, places, today):
    made = make(3, codes, places, today, children=2000, plans_per_child=1.08)
    assert sum(len(one.plans) for one in made) / 2000 == pytest.approx(1.08, abs=0.12)


def test_numbers_of_the_cast_are_left_to_the_cast(codes, places, today):
    free = make(1, codes, places, today)
    used = [one.child.number for one in free if one.child.number][:50]
    again = make(1, codes, places, today, taken_numbers=used)
    assert not {one.child.number for one in again} & set(used)


def test_records_are_never_changed(children):
    with pytest.raises(AttributeError):
        children[0].given_name = "Annan"


def test_a_region_with_hardly_any_units_still_has_children(today):
    made = make(1, ["9901"], [], today, children=50)
    assert len(made) == 50
    assert not any(one.child.relations or one.plans or one.appointments for one in made)


@pytest.mark.scale
def test_the_whole_region_is_made_in_a_minute(codes, places, today):
    started = time.process_time()
    relations = sum(len(child.relations) for child in region.make_children(371_316, 1, today, codes, places))
    assert relations > 2_100_000
    assert time.process_time() - started < 60
