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
    return Figure(**known(Figure, json.loads(text)))


def quotations(text: str) -> tuple[Quotation, ...]:
    """Read a list of quotations."""
    return tuple(Quotation(**known(Quotation, item)) for item in json.loads(text))


def tone(text: str) -> Tone:
    """Read a tone."""
    return Tone(**known(Tone, json.loads(text)))


def relation(text: str) -> Relation:
    """Read a relation."""
    return Relation(**known(Relation, json.loads(text)))


def finding(text: str) -> Finding:
    """Read a finding with its sides."""
    values = known(Finding, json.loads(text))
    values["sides"] = tuple(Side(**known(Side, side)) for side in values["sides"])
    return Finding(**values)


def known(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that a dataclass has fields for, as it has them: each sequence of the model is a tuple."""
    names = _names(kind)
    return {name: _tuples(value) if type(value) is list else value for name, value in values.items() if name in names}


_NAMES: dict[type[Any], frozenset[str]] = {}


def _names(kind: type[Any]) -> frozenset[str]:
    # Asked for each figure of a story: to look through the fields each time was a third of reading them.
    if kind not in _NAMES:
        _NAMES[kind] = frozenset(field.name for field in fields(kind))
    return _NAMES[kind]


def _tuples(values: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuples(value) if type(value) is list else value for value in values])
