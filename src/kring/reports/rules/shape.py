"""Charts to and from what a database can keep: what was kept is drawn also when charts have new parts."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any, get_args, get_type_hints

from kring.design.charts import Chart


def kept(chart: Chart | None) -> dict[str, Any] | None:
    """The geometry of a chart as plain data."""
    return asdict(chart) if chart else None


def drawn(told: Mapping[str, Any] | None) -> Chart | None:
    """The chart again; what charts no longer have is left out."""
    return None if told is None else _made(Chart, told)


def _made(kind: Any, told: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    known = [field.name for field in fields(kind) if field.name in told]
    return kind(**{name: _value(hints[name], told[name]) for name in known})


def _value(hint: Any, told: Any) -> Any:
    """Lists become the tuples they were, of what they were made of."""
    if not isinstance(told, list | tuple):
        return _made(hint, told) if is_dataclass(hint) else told
    inner = next(iter(get_args(hint)), None)
    return tuple(_made(inner, one) if is_dataclass(inner) else one for one in told)
