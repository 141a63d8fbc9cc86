"""Who gets which version on paper. Pure: the table and nothing else."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Version(StrEnum):
    """Whom the paper is for."""

    PROFESSIONAL = "professional"
    FAMILY = "family"
    CHILD = "child"


WRONG_VERSION = "paper.version"
"""The rule in the log when somebody asks for a version that is not theirs."""
NOT_WHOLE = "paper.not_whole"
"""The same for a version that is made of the whole plan, asked for by who sees only own items."""

STAFF = tuple(Version)
FAMILY: Mapping[str, tuple[Version, ...]] = MappingProxyType(
    {"guardian": (Version.FAMILY,), "child": (Version.CHILD,)}
)


def versions_for(role: str) -> tuple[Version, ...]:
    """The versions a role may have, its own first. Staff may hand over all of them."""
    return FAMILY.get(role, STAFF)


def refused(role: str, version: Version, *, whole: bool) -> str:
    """The rule by which this version is not for this reader; empty when it is."""
    if version not in versions_for(role):
        return WRONG_VERSION
    return "" if whole or version == Version.PROFESSIONAL else NOT_WHOLE
