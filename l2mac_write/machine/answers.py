"""Structured answers: the shapes that are asked for, and what is found in a model's reply."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.text.characters import encodable_all


def text(most: int = 600, least: int = 1) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most}


def number(least: int = 1) -> dict[str, Any]:
    return {"type": "integer", "minimum": least}


def some(items: Mapping[str, Any], least: int, most: int, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most, **more}


def record(optional: Iterable[str] = (), /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in {*optional}],
        "additionalProperties": False,
    }


def document(answer: str) -> dict[str, Any]:
    """The JSON object in a reply. Raises `UsageError` with a sentence for the model."""
    start, end = answer.find("{"), answer.rfind("}") + 1
    try:
        found = json.loads(answer[start:end], strict=False) if start >= 0 else None
    # Numbers of thousands of digits and brackets in brackets without end are no answer either.
    except (ValueError, RecursionError) as error:
        raise UsageError(f"The answer is not valid JSON: {error}.") from error
    if not isinstance(found, dict):
        raise UsageError("The answer holds no JSON object. Answer with the JSON object alone.")
    return encodable_all(found)
