"""From what an identity provider vouches for to a person who may log in.

Claim names: Sweden's OpenID Connect profile (oidc.se) for the personal identity number, and the HSA id as
the staff providers send it. Assurance levels (tillitsnivåer) are those of the Swedish trust framework; level
3 or more is strong authentication in the sense of HSLF-FS 2016:40.
"""

from collections.abc import Mapping
from typing import Any

from kring.organisations.models import Person

PERSONAL_NUMBER = "https://id.oidc.se/claim/personalIdentityNumber"
COORDINATION_NUMBER = "https://id.oidc.se/claim/coordinationNumber"
STAFF_ID = ("employeeHsaId", "hsaid")


class Refused(Exception):
    """The log-in is refused; `code` is level, subject or unknown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def person_from(id_token: Mapping[str, Any], userinfo: Mapping[str, Any], levels: frozenset[str]) -> Person:
    """The person the provider has identified, strongly enough.

    Raises:
        Refused: *level* when the assurance is too low or unsaid, *subject* when the two answers are about
            different people (OpenID Connect Core 5.3.2), *unknown* when nobody active has that identity.
    """
    if id_token.get("acr") not in levels:
        raise Refused("level")
    if userinfo and userinfo.get("sub") != id_token.get("sub"):
        raise Refused("subject")
    claims = {**userinfo, **id_token}
    person = _by_staff_id(claims) or _by_number(claims)
    if person is None:
        raise Refused("unknown")
    return person


def _by_staff_id(claims: Mapping[str, Any]) -> Person | None:
    ids = [str(claims[name]) for name in STAFF_ID if claims.get(name)]
    return Person.objects.filter(hsa_id__in=ids, is_active=True).first()


def _by_number(claims: Mapping[str, Any]) -> Person | None:
    numbers = [str(claims[name]) for name in (PERSONAL_NUMBER, COORDINATION_NUMBER) if claims.get(name)]
    return Person.objects.filter(identity_number__in=numbers, is_active=True).first()
