r"""What Pandoc and its kin set apart by colons or bars, in marks that every reader of Markdown knows.

    ::: verse          {.verse}                | Half a league,      {.verse}
    Rain,         →    Rain,\                   |   half a league  →  Half a league,\
      and snow         &nbsp;&nbsp;and snow                           &nbsp;&nbsp;half a league
    :::

Of a division that is called by a name unknown here, only the colons go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from l2mac_write.exporters.calls import KINDS

CODE = re.compile(r" {0,3}(`{3,}|~{3,})")
OPENS = re.compile(
    r" {0,3}:{3,}[ \t]*(?:\{[ \t]*(?P<said>[^{}]*)\}|(?P<name>[A-Za-z][\w-]*)[ \t]*(?P<title>[^:]*?))[ \t]*:*[ \t]*"
)
CLOSES = re.compile(r" {0,3}:{3,}[ \t]*")
CLASS = re.compile(r"\.([\w-]+)")
BAR = re.compile(r"\|(?: ([^|]*))?")
RULER = re.compile(r"[ \t:-]+")
LISTED = re.compile(r"^(\d*)(?=[-+*#>.)](?:\s|$))")
SETS = frozenset({"center", "right"})
QUOTES = frozenset({"letter", "epigraph"})
VERSES = frozenset({"verse", "poem", "poetry", "line-block"})
SPACE, WIDEST, DEEPEST = "&nbsp;", 40, 8


def undivided(source: str) -> str:
    if ":::" not in source and "\n|" not in f"\n{source}":
        return source
    lines = [*_without_bars(source.split("\n"))] if "\n|" in f"\n{source}" else source.split("\n")
    return "\n".join(_without_colons(lines) if ":::" in source else lines)


def _outside_code(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is no part of a block of code."""
    fence = ""
    for line in lines:
        found = CODE.match(line)
        yield line, not (fence or found)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not line[found.end() :].strip():
            fence = ""


def _without_bars(lines: Sequence[str]) -> Iterator[str]:
    """Two lines or more that each begin with a bar, and have no other, are verse."""
    outside = _outside_code(lines)
    for has_bar, group in groupby(outside, lambda seen: seen[1] and bool(BAR.fullmatch(seen[0]))):
        held = [line for line, _ in group]
        yield from _verse([line[2:] for line in held]) if has_bar and _is_verse(held) else held


def _is_verse(held: Sequence[str]) -> bool:
    return len(held) > 1 and not any(RULER.fullmatch(line[1:]) for line in held if line[2:])


def _without_colons(lines: Sequence[str]) -> list[str]:
    out: list[str] = []
    open_ones: list[tuple[int, re.Match[str]]] = []
    for line, is_text in _outside_code(lines):
        if is_text and open_ones and CLOSES.fullmatch(line):
            start, opening = open_ones.pop()
            out[start:] = ["", *_division(opening, out[start + 1 :]), ""]
            continue
        opens = OPENS.fullmatch(line) if is_text and len(open_ones) < DEEPEST else None
        if opens:
            open_ones.append((len(out), opens))
        out.append(line)
    return out


def _division(opening: re.Match[str], inside: Sequence[str]) -> Sequence[str]:
    names = CLASS.findall(opening["said"] or "") or [(opening["name"] or "").lower()]
    title = [f"**{opening['title']}**", ""] if opening["title"] else []
    for name in (name.removeprefix("callout-") for name in names):
        if name in VERSES:
            return [*title, *_verse(inside)]
        if name in SETS:
            return [*title, *_each(inside, f"{{.{name}}}")]
        if name in QUOTES:
            return [f"{{.{name}}}", *(f"> {line}" for line in (*title, *inside))]
        if name in KINDS:
            return [f"> {line}" for line in (f"[!{name}]", *title, *inside)]
    words = [f"**{opening['name']} {opening['title']}**", ""] if title else []
    return [*words, *inside]


def _each(lines: Sequence[str], said: str) -> Iterator[str]:
    """What is said of it, above each paragraph."""
    for before, line in zip(("", *lines), lines, strict=False):
        if line.strip() and not before.strip():
            yield said
        yield line


def _verse(lines: Sequence[str]) -> Iterator[str]:
    yield ""
    for before, line, after in zip(("", *lines), lines, (*lines[1:], ""), strict=False):
        if line.strip() and not before.strip():
            yield "{.verse}"
        yield _indented(line) + "\\" * bool(line.strip() and after.strip())
    yield ""


def _indented(line: str) -> str:
    """The same line of verse, its spaces kept, and with nothing at its start that is a mark."""
    words = line.strip()
    spaces = min(len(line.rstrip()) - len(words), WIDEST)
    return SPACE * spaces + (words if spaces else LISTED.sub(r"\1\\", words, count=1))
