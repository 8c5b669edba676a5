"""Where a scene ends in a text without rules: at an ornament, or at more white than there is elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from l2mac_write.book import Part, Section

RULE = "* * *"
ORNAMENT = re.compile(
    r"(?:[*•·~⁂◆◇❖✦✻✽☙❦❧§#—–_=+◦○●♥♡★☆<>-]\s*){1,60}|-?(?:x+X+x+|o+[O0]+o+|X{3}|x{3})-?"
)
NO_PROSE = re.compile(
    r"[ ]{0,3}(?:#|>|[-+*][ \t]|\d{1,9}[.)][ \t]|\||\[\^|<|!\[|```|~~~|\$\$|:[ \t]|[*_=-]{3,}\s*\Z)"
    r"|[ ]{4}|\t"
)
FENCE = re.compile(r"(?m)^ {0,3}(`{3,}|~{3,})[^\n]*$")
WHITE = re.compile(r"(?m)^(?:[ \t\u00a0]+|[ \t]*(?:&nbsp;|\\|<br ?/?>)[ \t]*)$")
GAP = re.compile(r"\n{2,}")
RARE = 0.25
"""Of the gaps between paragraphs; what is wider more often parts no scenes."""


def parted(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with a rule at each gap that is wider than most, and one blank line at all others.

    Only what stands between two paragraphs of a chapter counts: white around headings, quotations
    and lists is how a page looks.
    """
    texts = [outside_of_code(section.markdown, _whitened) for section in sections]
    seen = Counter(
        len(gap)
        for section, text in zip(sections, texts, strict=True)
        if section.part is Part.BODY
        for gap in _between_prose(text)
    )
    usual = max(seen, key=lambda width: seen[width], default=0)
    wide = sum(count for width, count in seen.items() if width > usual)
    widest = usual if wide <= RARE * seen.total() else max(seen)
    return tuple(
        replace(section, markdown=_ruled(text, widest if section.part is Part.BODY else len(text)))
        for section, text in zip(sections, texts, strict=True)
    )


def outside_of_code(text: str, change: Callable[[str], str]) -> str:
    """The text, changed but for its fenced code."""
    pieces, at = [], 0
    for start, end in _code(text):
        pieces += [change(text[at:start]), text[start:end]]
        at = end
    return "".join((*pieces, change(text[at:])))


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Where each fence begins and the one ends that closes it."""
    mark, start = "", 0
    for fence in FENCE.finditer(text):
        if not mark:
            mark, start = fence[1], fence.start()
        elif fence[1].startswith(mark):
            yield start, fence.end()
            mark = ""


def _whitened(text: str) -> str:
    return WHITE.sub("", text)


def _between_prose(text: str) -> Iterable[str]:
    return (gap[0] for gap, is_between in _gaps(text) if is_between)


def _gaps(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Those outside of code, and whether a paragraph stands on each side."""
    code = [*_code(text)]
    found = [gap for gap in GAP.finditer(text) if not any(a < gap.start() < b for a, b in code)]
    starts = [0, *(gap.end() for gap in found)]
    ends = [*(gap.start() for gap in found), len(text)]
    prose = [_is_prose(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    for gap, before, after in zip(found, prose, prose[1:], strict=False):
        yield gap, before and after


def _is_prose(block: str) -> bool:
    return bool(block) and not NO_PROSE.match(block)


def _ruled(text: str, widest: int) -> str:
    pieces, at = [], 0
    for gap, is_between in _gaps(text):
        is_wide = is_between and len(gap[0]) > widest
        white = gap[0] if text[gap.end() : gap.end() + 1] in {" ", "\t"} else "\n\n"
        pieces += [text[at : gap.start()], f"\n\n{RULE}\n\n" if is_wide else white]
        at = gap.end()
    return "".join((*pieces, text[at:]))
