"""Are quotation marks and the marks of emphasis and code set in pairs?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, pairwise
from typing import TypeAlias

from l2mac_write.evaluators.passages import Passage, excerpt, paragraphs, without_code
from l2mac_write.evaluators.speakers import another_speaks, is_surely_told, is_told, speaker
from l2mac_write.findings import Edit, Finding, Severity, Work

SYSTEMS: Mapping[str, re.Pattern[str]] = {
    "“": re.compile("[“”]"),
    "„": re.compile("[„“”]"),
    "«": re.compile("[«»]"),
    "»": re.compile("[«»]"),
    "「": re.compile("[「」]"),
    "『": re.compile("[『』]"),
    "‘": re.compile(r"‘|(?<=[.,!?…])’(?!\w)"),
}
"""By the mark that opens speech: what opens and what closes it. Only after a stop is a `’` no
apostrophe for certain."""
BEGINS = re.compile("(?m)^[“„«»‘「『]")
STRAIGHT = re.compile('"')
DOUBLED = re.compile(r"““|””|\"\"(?=\w)|(?<=\w)\"\"")
HIGH_AND_LOW = re.compile("[„«»「『]|”\\w[^“”\\n]{0,200}”")
"""Marks with which a text opens speech in other ways; there a `“` may well close it."""
STRONG = re.compile(r"(?<![\w*])\*\*(?!\*)|(?<!\*)\*\*(?![\w*])")
EMPHASIS = re.compile(r"(?<![\*\\])\*(?![\*\s])|(?<![\*\s\\])\*(?!\*)")
OPENING = re.compile(r"(?<![^\s(“\"'‘—–-])(\*\*|\*)(?=[^\s*])")
OLD_QUOTE = re.compile(r"`[^`\n]{1,400}?'")
"""A backtick that opens speech, as in old plain-text editions."""
BEFORE_OPENING = frozenset(" \t\n([{—–-“‘'*_…")
SELDOM = 5
"""Other marks may stand in a text so many times as seldom: in a foreign word, or broken."""
STOPS = frozenset(".,!?…—–’*_。，！？；：』")
DASHES = frozenset("—–")
PARTNER = {"“": "”", "”": "“"}
INNER = {"「": "『"}
"""What opens speech within speech, where it can be told from everything else."""
CLOSES = "A quotation mark closes what nothing has opened."
OPENS = "A quotation mark opens what nothing closes."
GOES_ON = frozenset(",—–，。！？")
AT_THE_HEAD = frozenset(" \t*_>—–-")
"""What may stand before the mark with which a paragraph goes on with a speech."""
MANY = 100
AROUND, REACH = 40, 1000

Marks: TypeAlias = Callable[[str], Sequence[tuple[int, bool]]]
"""Where the quotation marks of a paragraph stand, and whether each opens."""


@dataclass(frozen=True, slots=True)
class Left:
    """Where a paragraph leaves a speech open, and which paragraph it is."""

    number: int
    block: Passage
    place: int


def judge(work: Work) -> tuple[Finding, ...]:
    return tuple(islice(_findings(work), MANY))


def _findings(work: Work) -> Iterator[Finding]:
    plain = without_code(work.text)
    blocks = list(paragraphs(plain))
    yield from _speech(work, plain, blocks)
    for block in blocks:
        if doubled := DOUBLED.search(block.text):
            found = _finding(work, block, doubled.start(), "A quotation mark stands twice.")
            yield replace(found, mend=_once(block, doubled))
        if "*" in block.text or "`" in block.text:
            yield from islice(_unclosed(work, block), 1)


def _speech(work: Work, plain: str, blocks: Sequence[Passage]) -> Iterator[Finding]:
    opening = _opening(plain)
    if opening != "“" or len(HIGH_AND_LOW.findall(plain)) * SELDOM < plain.count("“"):
        for mark in (opening, *INNER.get(opening, "")):
            yield from _stray_quotes(work, blocks, mark)
            if mark != "‘":
                yield from _left_open(work, blocks, partial(_curly, opening=mark))
        if opening == "“":
            yield from _opened_again(work, blocks, partial(_curly, opening=opening))
    yield from _stray_straight(work, blocks)
    yield from _left_open(work, blocks, _straight)
    yield from _opened_again(work, blocks, _straight)


def _opening(plain: str) -> str:
    """The mark with which this text opens speech."""
    begins = Counter(BEGINS.findall(plain))
    return max(SYSTEMS, key=lambda mark: begins[mark])


def _stray_quotes(work: Work, blocks: Sequence[Passage], opening: str) -> Iterator[Finding]:
    """A speech of several paragraphs may end where it did not begin, after a full stop.

    So may one that goes on at a dash, with another speaker.
    """
    is_open = False
    for block in blocks:
        marks = list(SYSTEMS[opening].finditer(block.text))
        if marks:
            stray, depth = _stray(marks, opening)
            goes_on = block.text[0] in DASHES or (is_open and block.text[(stray or 1) - 1] in STOPS)
            if stray is not None and not goes_on:
                yield _finding(work, block, stray, CLOSES)
            is_open = depth > 0


def _stray(marks: Sequence[re.Match[str]], opening: str) -> tuple[int | None, int]:
    """Where speech ends that did not begin in this paragraph, and how many are open at its end."""
    depth, stray = 0, None
    for mark in marks:
        depth += 1 if mark.group() == opening else -1
        if depth < 0:
            depth, stray = 0, mark.start() if stray is None else stray
    return stray, depth


def _left_open(work: Work, blocks: Sequence[Passage], marks: Marks) -> Iterator[Finding]:
    """Where a speech is not ended before the next one begins.

    Unless that is the head of the very next paragraph: so goes on a speech of several.
    """
    left: Left | None = None
    for number, block in enumerate(blocks):
        if not (found := marks(block.text)):
            continue
        place, opens = found[0]
        if left and opens and not _goes_on(left, number, block, place):
            yield _finding(work, left.block, left.place, OPENS)
        place, opens = found[-1]
        left = Left(number, block, place) if opens and not DOUBLED.search(block.text) else None
    if left:
        yield _finding(work, left.block, left.place, OPENS)


def _goes_on(left: Left, number: int, block: Passage, place: int) -> bool:
    if left.number < number - 1 or not AT_THE_HEAD.issuperset(block.text[:place]):
        return False
    before = left.block.text
    return not (is_surely_told(before[left.place :]) or another_speaks(before, block.text))


def _opened_again(work: Work, blocks: Sequence[Passage], marks: Marks) -> Iterator[Finding]:
    """Where speech begins in a speech: after words that are none, or in the middle of a sentence.

    After a full stop, a new one may be a stanza.
    """
    for block in blocks:
        for (place, opens), (again, opens_too) in pairwise(marks(block.text)):
            if opens and opens_too and _is_ended(block.text, place, again):
                yield _finding(work, block, place, OPENS)


def _is_ended(text: str, place: int, again: int) -> bool:
    before = text[place:again].rstrip(" ")[-1]
    if before in GOES_ON or before.isalnum():
        return True
    told = is_told(text[place:again]) or speaker(text[again : again + REACH])
    return before != "\n" and bool(told)


def _curly(text: str, opening: str) -> list[tuple[int, bool]]:
    return [(m.start(), m.group() == opening) for m in SYSTEMS[opening].finditer(text)]


def _once(block: Passage, doubled: re.Match[str]) -> Edit | None:
    """Takes the second mark out where all others of its paragraph have a partner."""
    mark, text = doubled.group()[0], block.text
    odd = text.count(mark) % 2 if mark == '"' else text.count(mark) - text.count(PARTNER[mark]) == 1
    start = block.start + doubled.start()
    return Edit(start, start + 1) if odd else None


def _stray_straight(work: Work, blocks: Sequence[Passage]) -> Iterator[Finding]:
    is_open = False
    for block in blocks:
        if not (marks := _straight(block.text)):
            continue
        turns = zip([is_open, *(opens for _, opens in marks)], marks, strict=False)
        stray = next((place for before, (place, opens) in turns if not (opens or before)), None)
        if stray is not None:
            yield _finding(work, block, stray, CLOSES)
        is_open = marks[-1][1]


def _straight(text: str) -> list[tuple[int, bool]]:
    """The same where both marks look alike: their neighbours tell which is which."""
    found: list[tuple[int, bool]] = []
    is_open = False
    for mark in STRAIGHT.finditer(text):
        before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
        opens = (not before or before in BEFORE_OPENING) and bool(after.strip())
        closes = bool(before.strip()) and (not after or not after.isalnum()) and before not in "(["
        is_sure = opens != closes
        if is_open or not (is_sure and closes and before.isdigit()):
            is_open = opens if is_sure else not is_open
            found.append((mark.start(), is_open))
    return found


def _unclosed(work: Work, block: Passage) -> Iterator[Finding]:
    text = block.text
    if len(STRONG.findall(text)) % 2:
        yield _finding(work, block, text.rfind("**"), "Bold type is opened and never closed.")
    elif len(EMPHASIS.findall(text)) % 2 and (place := _lonely(text)) is not None:
        yield _finding(work, block, place, "Emphasis is opened and never closed.")
    if text.count("`") % 2 and not OLD_QUOTE.search(text):
        yield _finding(work, block, text.rfind("`"), "Code is opened and never closed.")


def _lonely(text: str) -> int | None:
    """Where a mark opens emphasis inside a paragraph; one at its head may be a footnote's."""
    places: Sequence[int] = [m.start() for m in OPENING.finditer(text) if m.start() and m[1] == "*"]
    return places[-1] if places else None


def _finding(work: Work, block: Passage, place: int, what: str) -> Finding:
    start = block.start + place
    begin = work.text.rfind(" ", block.start, max(block.start, start - AROUND)) + 1
    after = min(block.end, start + AROUND)
    end = work.text.find(" ", after, min(block.end, after + AROUND))
    return Finding(
        code="DOC-TYPO",
        severity=Severity.REVISE,
        path=work.path,
        message=what,
        quote=excerpt(work.text[max(block.start, begin) : max(after, end)]),
        hint="Set the mark that is missing, or remove the one that is too many.",
    )
