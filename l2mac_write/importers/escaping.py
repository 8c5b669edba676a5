"""Plain words as Markdown that shows just these words."""

from __future__ import annotations

import re

ALWAYS = re.compile(
    r"[\\`*{]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)"
)
LINKS = re.compile(r"\[\^|\](?=[(\[:{])")
AT_START = re.compile(
    r"(?:(#{1,6}|[-+:])(?=\s|$)|(>|=+\s*$|-{2,}\s*$|~{3,}|\|)|(\d{1,9})([.)])(?=\s|$))"
)


def escaped(text: str, *, in_link: bool = False) -> str:
    """Within a line. Brackets stay as they are where they can be no link."""
    said = ALWAYS.sub(r"\\\g<0>", text)
    if in_link or LINKS.search(text):
        said = re.sub(r"[\[\]]", r"\\\g<0>", said)
    return said.replace("$", r"\$") if text.count("$") > 1 else said


def at_start(line: str) -> str:
    """The line, which begins no heading, list or rule."""
    found = AT_START.match(line)
    if not found:
        return line
    if found[3]:
        return f"{found[3]}\\{line[len(found[3]) :]}"
    return f"\\{line}"


def code(text: str) -> str:
    """A span of code, between marks that do not occur in it."""
    words = " ".join(text.split("\n"))
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    marks = "`" * (longest + 1)
    needs_room = (
        words.startswith("`")
        or words.endswith("`")
        or (words.strip() and words.startswith(" ") and words.endswith(" "))
    )
    room = " " if needs_room else ""
    return f"{marks}{room}{words}{room}{marks}" if words else ""


def fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text.rstrip(chr(10))}\n{fence}"
