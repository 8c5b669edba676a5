"""What a model means whose answer is a little off the shape that it was asked for.

Only where there is one way to read it; what is left as it came is for others to complain about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from l2mac_write.errors import UsageError

COUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{1,9}")
DIGITS = re.compile(r"\d{1,9}")
AFTER_A_NAME = re.compile(r"\s*[,:(–—]\s*")
BETWEEN_NAMES = re.compile(r"\s*[,;\n]\s*")
SAID_OF_TRUTH = {"true": True, "yes": True, "false": False, "no": False}

Reading: TypeAlias = Callable[[Any], Any]


def read(row: Mapping[str, Any], readings: Mapping[str, Reading]) -> dict[str, Any]:
    """What the row says under the keys that there are; null says nothing."""
    return {
        key: readings[key](value)
        for key, value in row.items()
        if key in readings and value is not None
    }


def text(value: Any) -> Any:
    """A title such as 1984 may come as a number."""
    return str(value) if type(value) is int else value


def texts(value: Any) -> Any:
    """Several may come as one text, line by line."""
    if isinstance(value, str):
        return value.splitlines()
    return [text(one) for one in value if one is not None] if isinstance(value, list) else value


def names(value: Any) -> Any:
    """Several may come as one text with commas, or each with more than its name."""
    if isinstance(value, str):
        return BETWEEN_NAMES.split(value)
    rows = value if isinstance(value, list) else [value]
    return texts([row.get("name") if isinstance(row, dict) else row for row in rows])


def whole(value: Any) -> Any:
    """The number in `about 1,200 words`."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    found = COUNT.search(value) if isinstance(value, str) else None
    return int(re.sub(r"\D", "", found[0])) if found else value


def wholes(value: Any) -> Any:
    if isinstance(value, str):
        return [int(number) for number in DIGITS.findall(value)] or [value]
    return [whole(one) for one in (value if isinstance(value, list) else [value])]


def truth(value: Any) -> Any:
    return SAID_OF_TRUTH.get(value.strip().casefold(), value) if isinstance(value, str) else value


def entries(key: str, name: str, what: str) -> Reading:
    """Of records with a name and what is to be known of it; those without a name say nothing."""

    def rows(value: Any) -> list[dict[str, Any]]:
        given = value if isinstance(value, list) else [value]
        found = [_entry(row, name, what) for row in given]
        if None in found:
            raise UsageError(f"`{key}` must list objects with `{name}` and `{what}`.")
        return [row for row in found if row and row.get(name)]

    return rows


def _entry(row: Any, name: str, what: str) -> dict[str, Any] | None:
    """One that comes as one text is a title, or a name and what follows it."""
    readings = {name: text, what: text, "known_as": text, "chapters": whole, "words": whole}
    if not isinstance(row, str):
        return read(row, readings) if isinstance(row, dict) else None
    first, *rest = AFTER_A_NAME.split(row, maxsplit=1) if name == "name" else (row,)
    return {name: first, what: "".join(rest).removesuffix(")")}


OF_THE_BOOK: Mapping[str, Reading] = {
    **dict.fromkeys(("title", "premise", "style"), text),
    "fiction": truth,
    **dict.fromkeys(("matter", "rules"), texts),
    "people": entries("people", "name", "who"),
    "places": entries("places", "name", "what"),
    "terms": entries("terms", "name", "what"),
    "parts": entries("parts", "title", "goal"),
}
OF_A_CHAPTER: Mapping[str, Reading] = {
    **dict.fromkeys(("title", "part", "goal", "point_of_view", "setting"), text),
    **dict.fromkeys(("beats", "must", "must_not"), texts),
    **dict.fromkeys(("people", "terms"), names),
    **dict.fromkeys(("covers", "after"), wholes),
    "words": whole,
}
