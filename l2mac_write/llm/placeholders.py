"""Makes the smallest plausible value of a JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

DEPTH = 12
"""A schema may refer to itself; below this, its lists stay empty."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the value we are: the nearest property's name and the numbers of list items.

    `fullness`, 0 to 1, is how much of what the schema allows is made use of. Of several examples
    in one place the first is the usual one, and the last what is `rare`.
    """

    root: Mapping[str, Any]
    name: str = "text"
    numbers: tuple[int, ...] = ()
    depth: int = 0
    fullness: float = 0.0
    rare: bool = False

    def property(self, name: str) -> Place:
        return replace(self, name=name, depth=self.depth + 1)

    def item(self, number: int) -> Place:
        return replace(self, numbers=(*self.numbers, number), depth=self.depth + 1)


def placeholder(schema: Mapping[str, Any], *, fullness: float = 0.0, rare: bool = False) -> Any:
    """A value the schema accepts; its strings tell their property and number, so they differ.

    `first` in the schema of a list is the number of its first item, where that is not 1.
    """
    return _value(schema, Place(schema, fullness=fullness, rare=rare))


def _value(schema: Mapping[str, Any], place: Place) -> Any:
    schema = _resolved(schema, place)
    fixed = [schema[key] for key in ("const", "default") if key in schema]
    examples = (*schema.get("examples", ()),)
    fixed += (*(examples[-1:] if place.rare else examples), *schema.get("enum", ()))
    return fixed[0] if fixed else MAKERS[_kind(schema)](schema, place)


def _resolved(schema: Mapping[str, Any], place: Place) -> Mapping[str, Any]:
    """The schema behind its references and choices; of a choice, the first that is not null."""
    for _ in range(DEPTH):
        choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
        if "$ref" in schema:
            schema = _referred(schema["$ref"], place.root)
        elif choices:
            schema = _first_not_null(choices)
    return schema


def _referred(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = root
    for key in reference.removeprefix("#/").split("/"):
        found = found[key]
    return dict(found)


def _first_not_null(choices: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next((choice for choice in choices if choice.get("type") != "null"), choices[0])


def _kind(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type") or ("object" if "properties" in schema else "string")
    if isinstance(kinds, str):
        return kinds
    return next((kind for kind in kinds if kind != "null"), "null")


def _object(schema: Mapping[str, Any], place: Place) -> dict[str, Any]:
    properties = schema.get("properties", {})
    names = schema.get("required", tuple(properties))
    return {name: _value(properties.get(name, {}), place.property(name)) for name in names}


def _array(schema: Mapping[str, Any], place: Place) -> list[Any]:
    least = 0 if place.depth > DEPTH else max(1, schema.get("minItems", 1))
    most = schema.get("maxItems", least)
    count = min(most, least + round(place.fullness * max(0, most - least)))
    items, first = schema.get("items", {}), schema.get("first", 1)
    return [_value(items, place.item(number)) for number in range(first, first + count)]


def _string(schema: Mapping[str, Any], place: Place) -> str:
    name = place.name.replace("_", " ")
    text = f"Rehearsal {name} {'.'.join(map(str, place.numbers))}".strip()
    wanted = max(schema.get("minLength", 0), place.fullness * schema.get("maxLength", 0))
    while len(text) < wanted:
        text += f", {name}"
    # the end tells it from the others
    return text[max(0, len(text) - schema.get("maxLength", len(text))) :].lstrip()


def _number(schema: Mapping[str, Any], _: Place) -> float:
    number: float = schema.get("minimum", min(0, schema.get("maximum", 0)))
    return number


MAKERS: Mapping[str, Callable[[Mapping[str, Any], Place], Any]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": _number,
    "number": _number,
    "boolean": lambda _schema, _place: False,
    "null": lambda _schema, _place: None,
}
