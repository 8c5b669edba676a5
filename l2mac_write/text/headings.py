"""A text in its file: the title line, and the body below it."""

from __future__ import annotations


def headed(title: str, text: str) -> str:
    """A chapter as its file holds it: the title as heading, then the text."""
    return f"# {title}\n\n{text.strip()}\n"


def body(text: str) -> str:
    """The inverse of `headed`; a text without a title line is its own body."""
    first, _, rest = text.partition("\n")
    return (rest if first.startswith("# ") else text).strip()


def title(text: str) -> str:
    """What the title line of a file says, if it has one."""
    first = text.partition("\n")[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else ""
