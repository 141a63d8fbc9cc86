"""The code that shows that an address is somebody's own: drawn and never kept, compared as a keyed hash."""

from datetime import datetime
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from kring import clock
from kring.access.policy.notices import code_limits

from .models import AddressCode

DRAWN, HASHED = "kring.notifications.codes.drawn", "kring.notifications.codes.hashed"


def drawn(code_id: UUID, digits: int) -> str:
    """The digits of one code. Only who holds the house's secret key can draw them; a letter that has to be
    sent again says the same.
    """
    number = int.from_bytes(salted_hmac(DRAWN, str(code_id), algorithm="sha256").digest()[:8])
    return f"{number % 10**digits:0{digits}d}"


def hashed(code_id: UUID, address: str, written: str) -> str:
    """What is stored of a code, bound to the address that it was sent to."""
    return salted_hmac(HASHED, f"{code_id}|{address}|{written}", algorithm="sha256").hexdigest()


def fits(code: AddressCode, written: str) -> bool:
    """Whether this is the code."""
    return constant_time_compare(code.hashed, hashed(code.pk, code.address, written))


def letters_of(code: AddressCode) -> str:
    """The digits as they stand in the letter."""
    return drawn(code.pk, code_limits(clock.day_of(code.asked_at)).digits)


def is_over(code: AddressCode, now: datetime) -> bool:
    """Whether it cannot be used any more: used, followed by another, too old, or tried too often."""
    limits = code_limits(clock.day_of(code.asked_at))
    return bool(code.ended_at) or now >= code.asked_at + limits.holds or code.tries >= limits.tries
