"""What indicators mean, as plain data: kept beside their figures, and shown in the catalogue."""

from functools import cache
from typing import Any

from indicators import catalogue


def frozen(definition: catalogue.Definition) -> dict[str, Any]:
    """A definition as it is kept beside its figures, so that later versions cannot change what they meant."""
    return {
        **definition.texts,
        "direction": definition.direction,
        "stratifiers": [list(one) for one in definition.stratifiers],
        "minimum_n": definition.minimum_n,
        "kind": type(definition.measure).__name__,
        "per": getattr(definition.measure, "per", 0),
        "limit": getattr(definition.measure, "limit", 0),
        "pooled_years": getattr(definition.measure, "years", 1),
        "valid_from": definition.valid_from.isoformat(),
        "next_review": definition.next_review.isoformat(),
        "version": definition.version,
    }


@cache
def every() -> dict[str, dict[str, Any]]:
    """Today's definitions by slug, in the order of their names."""
    loaded = {slug: frozen(catalogue.load(slug)) for slug in catalogue.slugs()}
    return dict(sorted(loaded.items(), key=lambda one: str(one[1]["name"])))
