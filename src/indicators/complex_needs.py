"""Complex needs by long illness and many contacts: a condition from parameters, and its variants.

Almgren et al., Läkartidningen 2020 (the region's report of 2018): long-term or chronic ill-health and/or many
contacts with care. Their own limits are not published; ours stand in parameters.toml of the definition, and
a table of what other limits would give is published beside the figure.
"""

from collections.abc import Mapping
from typing import Any

from .conditions import AtLeast, Condition, Has, both
from .selections import begins_with, is_in, rows

NAMES = {
    "window_months", "min_areas", "min_contacts", "contact_forms", "min_units", "rule", "areas",
    "sensitivity",
}  # fmt: skip
RULES = {"or": 1, "and": 2}


def condition(given: Mapping[str, Any]) -> Condition:
    """What a child must meet. ValueError in words for parameters that say nothing or too much."""
    wrong = NAMES ^ set(given)
    if wrong:
        raise ValueError(f"parametrarna {', '.join(sorted(wrong))} saknas eller är okända")
    if given["rule"] not in RULES or given["window_months"] not in (12, 24):
        raise ValueError("rule ska vara or eller and, window_months 12 eller 24")
    years = given["window_months"] // 12
    done = is_in("status", "done")
    contacts = rows("contact", done, is_in("form", *given["contact_forms"]))
    needs = AtLeast(RULES[given["rule"]], (_ill(given, years), Has(contacts, given["min_contacts"], years)))
    if given["min_units"] == 1:
        return needs
    return both(needs, Has(rows("contact", done), given["min_units"], different="unit"))


def _ill(given: Mapping[str, Any], years: int) -> Condition:
    """Diagnoses of so many areas; of one area, any on the list."""
    areas = [tuple(codes) for codes in given["areas"].values()]
    if given["min_areas"] == 1:
        areas = [tuple(code for codes in areas for code in codes)]
    each = [Has(rows("diagnosis", begins_with("code", *codes)), years=years) for codes in areas]
    return AtLeast(given["min_areas"], tuple(each))


def variants(given: Mapping[str, Any]) -> dict[str, Condition]:
    """The lines of the sensitivity table: each changes some parameters and keeps the others."""
    return {name: condition({**given, **changed}) for name, changed in given["sensitivity"].items()}
