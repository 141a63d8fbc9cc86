"""What somebody may send who means no good, or whose program is broken."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes
from zlib import crc32

FORM = "application/x-www-form-urlencoded"

VALUES: list[bytes] = [
    b"",
    b" \t\r\n ",
    b"a\x00b",
    b"\xed\xa0\x80",  # half a character
    b"\xff\xfe\xfa",  # not UTF-8
    "\u202egnisrever\u2066 שלום \u200f".encode(),
    "👩‍👩‍👧‍👦🏳️‍🌈\U0010ffff".encode(),
    ("Z" + "\u0351\u036b\u0343" * 300).encode(),
    b"'; DROP TABLE plans_plan; -- ' OR '1'='1",
    b"</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>",
    b"{{7*7}}{% debug %}${7*7}%(x)s%s{0.__class__}",
    b"a\r\nSet-Cookie: taken=1\r\n\r\n",
    b"../../../../etc/passwd",
    b"-1",
    b"0",
    b"2147483648",
    b"9223372036854775808",
    b"9" * 5000,
    b"1e309",
    b"NaN",
    "٣²".encode(),
    b"true",
    b"[]",
    b'{"a": {"b": [1]}}',
    b"9999-12-31",
    b"0001-01-01",
    b"00000000-0000-4000-8000-000000000000",
    b"not-a-uuid-at-all-not-a-uuid-at-all-",
    "å".encode() * 100_000,
]

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "FETCH")

QUERIES: list[bytes] = [
    b"%",
    b"%00=%00&%ff=%fe",
    b"a[b][c][d][e][f]=1&a=2&a=3&=&&;",
    b"x=" + b"y" * 20_000,
    b"&".join(b"p%d=1" % number for number in range(2500)),
]

HEADERS: list[dict[str, str]] = [
    {"Accept-Language": "x" * 5000, "Accept": "\x7f", "Referer": "::::"},
    {"HX-Request": "true", "HX-Current-URL": "http://[::1", "HX-Target": "\\", "HX-Trigger-Name": "x" * 3000},
    {"X-Forwarded-For": "' OR 1=1", "X-Forwarded-Proto": "gopher", "User-Agent": "<script>"},
    {"Cookie": 'kring=; csrftoken="; sprak=\\; =;;;a=b=c; \x01'},
]


def encoded(pairs: list[tuple[str, bytes]]) -> bytes:
    """A form's body, also of what no browser would send."""
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs
    ).encode()


def rotations(
    names: list[str], seed: str, count: int, foreign: list[bytes]
) -> Iterator[list[tuple[str, bytes]]]:
    """So many ways of giving every field a hostile value; in the last, each field twice."""
    values, start = VALUES + foreign, crc32(seed.encode())
    pairs: list[tuple[str, bytes]] = []
    for turn in range(count):
        pairs = [(name, values[(start + turn * 7 + at) % len(values)]) for at, name in enumerate(names)]
        yield pairs
    yield pairs + pairs[::-1]


def one_at_a_time(
    fields: dict[str, str], seed: str, foreign: list[bytes], at_most: int
) -> Iterator[list[tuple[str, bytes]]]:
    """The form as a person might fill it in, but for one field."""
    values, start = VALUES + foreign, crc32(seed.encode()) // 3
    good = {name: value.encode() for name, value in fields.items()}
    for at, name in enumerate(list(fields)[:at_most]):
        yield list((good | {name: values[(start + at * 5) % len(values)]}).items())


def bodies(fields: dict[str, str]) -> list[tuple[str, bytes]]:
    """Whole bodies with their content types: too large, too many, of another kind, or broken."""
    named = json.dumps(fields)
    part = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    return [
        (FORM, b""),
        (FORM, b"a=" + b"x" * 3_000_000),
        (FORM, b"&".join(b"f%d=1" % number for number in range(2500))),
        (FORM, b"unknown=1&__class__=2&constructor%5Bprototype%5D=3"),
        (FORM + "; charset=nonsense", b"a=%E5"),
        (FORM + "; charset=utf-16", b"a=%E5&" + b"\xff\xfe\x00"),
        ("application/json", named.encode()),
        ("application/json", b"[" * 5000),
        ("text/plain", b"submission=x"),
        ("", b"submission=x"),
        ("multipart/form-data", part.encode()),
        ("multipart/form-data; boundary=other", part.encode()),
        ("multipart/form-data; boundary=b", part.encode()),
        ("multipart/form-data; boundary=b", (part + "--b--\r\n").encode()),
        ("multipart/form-data; boundary=" + "b" * 500, b"--\x00"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="\x00"\r\n'),
    ]  # fmt: skip


def as_bytes(values: list[Any]) -> list[bytes]:
    return [str(value).encode() for value in values]
