"""What must never stand in a repository: a real person's number, or the name of somebody's machine."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture import source

# Digits that stand alone: not part of a checksum, a decimal, an identifier or a longer number.
_CANDIDATE = re.compile(
    r"(?<![0-9A-Za-z_.,/-])(?:18|19|20)?(\d{2})(\d{2})(\d{2})[-+]?(\d{3})(\d)(?![0-9A-Za-z_]|[.,-]\d)"
)
TEST_BIRTH_NUMBERS = {"238", "239"}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|/tmp/lab|/tmp/kring/")


def real_looking_numbers(text: str) -> Iterator[str]:
    """Personal and coordination numbers with a right check digit, outside the Tax Agency's test series."""
    for found in _CANDIDATE.finditer(text):
        year, month, day, birth_number, check = found.groups()
        is_date = 1 <= int(month) <= 12 and (1 <= int(day) <= 31 or 61 <= int(day) <= 91)
        is_real = birth_number not in TEST_BIRTH_NUMBERS
        if is_date and is_real and check == check_digit(year + month + day + birth_number):
            yield found[0]


def check_digit(nine: str) -> str:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def test_no_number_of_a_person_who_may_exist():
    found = [
        f"{source.place(path, number)} {line.strip()[:80]}"
        for path in source.text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(real_looking_numbers(line))
    ]
    assert not found, "use birth number 238 or 239, which are never given to people:\n" + "\n".join(found)


def test_no_path_of_somebody_s_machine():
    found = [
        f"{source.place(path, number)} {line.strip()[:80]}"
        for path in source.text_files()
        if path != source.ROOT / "tests" / "architecture" / "test_privacy.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert not found, "write paths from the repository's own folder:\n" + "\n".join(found)


# Built here so that this file holds no such number itself; birth number 121 is handed out to people.
OUTSIDE = "121212" + "121" + check_digit("121212121")


@pytest.mark.parametrize(
    "text",
    [
        OUTSIDE,
        f"19{OUTSIDE}",
        f"{OUTSIDE[:6]}-{OUTSIDE[6:]}",
        f"19{OUTSIDE[:6]}+{OUTSIDE[6:]}",
        f'"{OUTSIDE}"',
    ],
)
def test_a_real_looking_number_is_found(text):
    assert list(real_looking_numbers(f"x = {text};"))


@pytest.mark.parametrize(
    "text",
    [
        "201701012393",  # the Tax Agency's own example, in the test series
        "20170101-2393",
        OUTSIDE[:-1] + str((int(OUTSIDE[-1]) + 1) % 10),  # wrong check digit
        f"a{OUTSIDE}",
        f"0.{OUTSIDE}",
        f"{OUTSIDE}7",
        "1399990000",  # no such month
    ],
)
def test_other_digits_are_left_alone(text):
    assert not list(real_looking_numbers(f"x {text} y"))
