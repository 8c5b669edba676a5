"""What a person can read of an answer that is meant for a machine, as far as it has come."""

from __future__ import annotations

import re

OPENS = re.compile(r"\s*(?:```\w*\s*)?[{\[]\s*[\"{]")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\Z)', re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def legible(text: str) -> str:
    """Prose as it is; of JSON what its strings say, a line each, but for keys and single words."""
    if not OPENS.match(text):
        return text
    said = (_unescaped(string).strip() for string in STRING.findall(text))
    return "\n".join(line for line in said if " " in line)


def _unescaped(string: str) -> str:
    return ESCAPED.sub(lambda found: " " if found[1] in "nrt" else found[1], string)
