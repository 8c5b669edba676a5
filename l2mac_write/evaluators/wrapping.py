"""Takes the wrapping off a text that came inside a code fence or a JSON value."""

from __future__ import annotations

import json
import re

FENCED = re.compile(r"\s*(`{3,}|~{3,})[\w+-]*[ \t]*\n(.*?)\n[ \t]*\1\s*\Z", re.DOTALL)
THOUGHT = re.compile(
    r"\s*<(think(?:ing)?|reasoning|thought)>.*?</\1>\s*", re.DOTALL | re.IGNORECASE
)
MOST = 0.5


def unwrapped(text: str) -> str | None:
    """The text inside, or None if nothing wraps it."""
    inner = _after_thought(text) or _unfenced(text) or _from_json(text)
    return inner.strip() + "\n" if inner and inner.strip() else None


def _after_thought(text: str) -> str | None:
    thought = THOUGHT.match(text)
    return text[thought.end() :] if thought else None


def _unfenced(text: str) -> str | None:
    fenced = FENCED.match(text)
    if not fenced or fenced[1] in fenced[2]:
        return None
    return fenced[2]


def _from_json(text: str) -> str | None:
    """The one string that makes up most of a JSON object, or a JSON string with escaped lines."""
    stripped = text.strip()
    is_object = stripped[:1] + stripped[-1:] == "{}"
    is_string = stripped[:1] + stripped[-1:] == '""' and "\\n" in stripped
    if not (is_object or is_string):
        return None
    try:
        value = json.loads(stripped, strict=False)
    except (ValueError, RecursionError):
        return None
    strings = [v for v in value.values() if isinstance(v, str)] if is_object else [value]
    longest = max(strings, key=len, default="")
    return longest if len(longest) > MOST * len(stripped) else None
