"""Which straight marks of a paragraph become which quotation marks, dashes and ellipses?

A paragraph is read once, from left to right. What stands on either side of a mark decides most
cases; what is open, and whether it could still close, decides the rest. Every paragraph starts
afresh, so a speech that runs over several of them needs no closing mark in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from l2mac_write.exporters.elision import drops_letters, is_whole
from l2mac_write.exporters.marks import Marks, is_wide, marks
from l2mac_write.exporters.spacing import spaces


@dataclass(frozen=True, slots=True)
class Change:
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What is open where the reading stands; `before` is what the last mark looks like now."""

    double: bool = False
    single: bool = False
    before: str = ""
    at: int = -1


APOSTROPHE, PRIME, DOUBLE_PRIME = "’", "′", "″"
OPENED, CLOSED = "(", ")"

STRAIGHT = re.compile(r"[\"']|--|\.\.\.|\. \. \.")
MARK = re.compile(
    r"https?://\S+"
    r"|<[a-zA-Z/!?][^<>]*>"
    r"|(?<![<!-])-{2,3}(?![->])"
    r"|(?<!\.)(?:\.{3,4}|\.{6})(?!\.)|(?<!\.)\. \. \.(?: \.)?(?!\.)"
    r"|[\"'“”„«»]"
)
BEGINS_WORD = frozenset("([{—–-\u2012\u2015/")
LONE = re.compile(r"'(?![^\W_])|(?<![^\W_])'")
CLOSER = re.compile(r"(?<=[^\s(\[{])'(?![^\W_])")
ENDS_SPEECH = frozenset(".,!?;:—–…-")
DROPPED_ENDING = re.compile(r"(?:in|an|o|th|wi|ol|s)$", re.IGNORECASE)
SHORT_PHRASE = 40


def typeset(text: str, language: str) -> str:
    """The text of one paragraph or title, set properly. Marks already curly stay as they are."""
    parts, position = [], 0
    for change in changes(text, language):
        parts += [text[position : change.start], change.new]
        position = change.end
    return "".join((*parts, text[position:]))


def changes(text: str, language: str) -> Iterator[Change]:
    """What to replace, in order, without overlaps."""
    found = (Change(*space) for space in spaces(text, language))
    if not STRAIGHT.search(text):
        yield from found
    else:
        yield from sorted(
            (*found, *_straight(text, marks(language))), key=attrgetter("start", "end")
        )


def _straight(text: str, style: Marks) -> Iterator[Change]:
    seen = Seen()
    for mark in MARK.finditer(text):
        new, seen = _set(text, mark, style, seen)
        if new != mark[0]:
            yield Change(mark.start(), mark.end(), new)


def _set(text: str, mark: re.Match[str], style: Marks, seen: Seen) -> tuple[str, Seen]:
    match mark[0]:
        case '"':
            return _double(text, mark.start(), style, seen)
        case "'":
            return _single(text, mark.start(), style, seen)
        case "“" | "”" | "„" | "«" | "»":
            return mark[0], _curly(mark, style, seen)
        case "--" | "---":
            return (mark[0] if _is_option(text, mark) else style.dash), seen
        case dots if dots[0] == ".":
            return _ellipsis(dots, style), seen
        case untouched:
            return untouched, seen


def _ellipsis(dots: str, style: Marks) -> str:
    """Six dots are the ellipsis of Chinese, a fourth is the full stop after one."""
    return "……" if dots == "......" else style.ellipsis + "." * (dots.count(".") - 3)


def _double(text: str, at: int, style: Marks, seen: Seen) -> tuple[str, Seen]:
    before, after = _before(text, at, seen), _after(text, at)
    if before.isdigit() and not after.isalnum() and _is_inches(text, at, seen):
        return DOUBLE_PRIME, replace(seen, before=CLOSED, at=at)
    if _opens(before, after, is_open=seen.double):
        return style.open, Seen(double=True, single=seen.single, before=OPENED, at=at)
    return style.close, Seen(before=CLOSED, at=at)


def _single(text: str, at: int, style: Marks, seen: Seen) -> tuple[str, Seen]:
    before, after = _before(text, at, seen), _after(text, at)
    if style.unspaced and (is_wide(before) or is_wide(after)):
        return _alternating(at, style, seen)
    if before.isalnum() and after.isalnum():
        feet = before.isdigit() and after.isdigit()
        return (PRIME if feet else APOSTROPHE), seen
    if _is_blank(before) or before in BEGINS_WORD:
        return _leading(text, at, style, seen)
    if seen.single and not _is_possessive(text, at):
        return style.inner_close, replace(seen, single=False, before=CLOSED, at=at)
    if before.isdigit() and not seen.single:
        return PRIME, seen
    return APOSTROPHE, replace(seen, before=CLOSED, at=at)


def _alternating(at: int, style: Marks, seen: Seen) -> tuple[str, Seen]:
    """Among characters without spaces or apostrophes a mark opens what the next one closes."""
    if seen.single:
        return style.inner_close, replace(seen, single=False, before=CLOSED, at=at)
    return style.inner_open, replace(seen, single=True, before=OPENED, at=at)


def _leading(text: str, at: int, style: Marks, seen: Seen) -> tuple[str, Seen]:
    """A single mark where a word begins: it opens a quotation, or stands for lost letters."""
    if _is_blank(_after(text, at)):
        return (style.inner_close if seen.single else APOSTROPHE), replace(seen, single=False)
    if not (at == 0 or _closes_later(text, at, seen)) or _drops_letters(text, at, seen):
        return APOSTROPHE, seen
    return style.inner_open, replace(seen, single=True, before=OPENED, at=at)


def _drops_letters(text: str, at: int, seen: Seen) -> bool:
    """Not where one closing mark follows, and nothing else that could be meant: 'and more'."""
    if seen.single or not is_whole(text, at):
        return drops_letters(text, at)
    return drops_letters(text, at) and not _is_pair(text, at, seen)


def _is_pair(text: str, at: int, seen: Seen) -> bool:
    """The next single mark closes, and those after it open and close in turn, up to a speech."""
    end = _end_of_speech(text, at) if seen.double else f'{text}"'.index('"', at)
    others = [mark.start() for mark in LONE.finditer(text, at + 1, end)]
    closing = [bool(CLOSER.match(text, other)) for other in others]
    in_turn = closing == [True, *((False, True) * (len(others) // 2))]
    return in_turn and _is_closer(text, at - SHORT_PHRASE, others[0])


def _opens(before: str, after: str, *, is_open: bool) -> bool:
    if _is_blank(before) or before in "([{":
        return not is_open if _is_blank(after) else True
    return after.isalnum() and not is_open


def _before(text: str, at: int, seen: Seen) -> str:
    if at and seen.at == at - 1:
        return seen.before
    return text[at - 1] if at else ""


def _after(text: str, at: int) -> str:
    """The next character that is not itself a quotation mark."""
    at += 1
    while at < len(text) and text[at] in "\"'":
        at += 1
    return text[at] if at < len(text) else ""


def _is_blank(character: str) -> bool:
    return not character or character.isspace()


def _is_inches(text: str, at: int, seen: Seen) -> bool:
    """After a digit: nothing is open that this could close, or the next mark will close it."""
    return not seen.double or text.count('"', at + 1) % 2 == 1


def _is_option(text: str, mark: re.Match[str]) -> bool:
    """`--verbose` names an option; in a paragraph that a dash opens, dashes part the speech."""
    start, end = mark.span()
    return (
        not text.startswith(("--", "—"))
        and text[start - 1].isspace()
        and text[end : end + 1].isalpha()
    )


def _closes_later(text: str, at: int, seen: Seen) -> bool:
    end = _end_of_speech(text, at) if seen.double else len(text)
    return any(_is_closer(text, at, mark.start()) for mark in CLOSER.finditer(text, at + 1, end))


def _end_of_speech(text: str, at: int) -> int:
    """Where the double quotation around `at` ends."""
    for mark in re.finditer(r"[^\s(\[{—](\"|”)", text[at + 1 :]):
        return at + 1 + mark.start(1)
    return len(text)


def _is_closer(text: str, start: int, at: int) -> bool:
    """Not merely the lost ending of a word: comin', the boys', o'."""
    if text[at - 1] in ENDS_SPEECH or at - start < SHORT_PHRASE:
        return True
    return not DROPPED_ENDING.search(text[max(0, at - 4) : at])


def _is_possessive(text: str, at: int) -> bool:
    """The boys' room: an s before, a word after, and the true closing mark still to come."""
    return (
        text[at - 1] in "sS"
        and text[at + 1 : at + 3].strip()[:1].islower()
        and bool(re.search(r"[.,!?;:—…]'(?!\w)", text[at + 1 :]))
    )


def _curly(mark: re.Match[str], style: Marks, seen: Seen) -> Seen:
    if style.open.startswith(mark[0]):
        return Seen(double=True, before=OPENED, at=mark.start())
    if style.close.endswith(mark[0]):
        return Seen(before=CLOSED, at=mark.start())
    return seen
