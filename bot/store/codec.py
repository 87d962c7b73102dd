"""Model dataclasses to JSON and back without loss; fields a later model gains or loses do no harm."""

import json
from dataclasses import fields
from typing import Any

from bot.model import Figure, Finding, Quotation, Relation, Side, Tone


def dump(item: Figure | Finding | Quotation | Relation | Tone) -> str:
    """Write one dataclass as JSON."""
    return json.dumps(item, default=flat, ensure_ascii=False, separators=(",", ":"))


def flat(item: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name, for `json.dumps(default=...)`: asdict copies all that is below."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def figure(text: str) -> Figure:
    """Read a figure."""
    return Figure(**_known(Figure, json.loads(text)))


def quotations(text: str) -> tuple[Quotation, ...]:
    """Read a list of quotations."""
    return tuple(Quotation(**_known(Quotation, item)) for item in json.loads(text))


def tone(text: str) -> Tone:
    """Read a tone."""
    return Tone(**_known(Tone, json.loads(text)))


def relation(text: str) -> Relation:
    """Read a relation."""
    return Relation(**_known(Relation, json.loads(text)))


def finding(text: str) -> Finding:
    """Read a finding with its sides."""
    values = _known(Finding, json.loads(text))
    values["sides"] = tuple(Side(**_known(Side, side)) for side in values["sides"])
    return Finding(**values)


def _known(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: _tuples(value) for name, value in values.items() if name in names}


def _tuples(value: Any) -> Any:
    # Every sequence of the model is a tuple, and JSON has lists only.
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
