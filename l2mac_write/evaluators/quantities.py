"""Is the same thing counted twice, with two numbers, or a sum that does not add up?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from l2mac_write.evaluators.count_clauses import PASSING, Kind, count_clauses
from l2mac_write.evaluators.count_words import LEAST, head_words, table
from l2mac_write.evaluators.figures import ONES, SCALES, TENS, number
from l2mac_write.evaluators.passages import excerpt
from l2mac_write.evaluators.sets import Sets
from l2mac_write.findings import Evidence, Finding, Severity, Text, Whole, Work
from l2mac_write.text.languages import primary

NUMBER = re.compile(rf"\b(?:\d+|{'|'.join((*ONES[LEAST:], *TENS, *SCALES))})\b", re.IGNORECASE)
MOST_WORDS, ROUND, FAR = 2, 120, 2000
"""Words of an owner; what follows them may be a verb."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many of a thing that somebody or something has; all of them, as the text says."""

    number: int
    thing: str
    owner: tuple[str, ...]
    path: str
    start: int
    said: str
    kind: Kind
    changing: bool


def judge(work: Work) -> tuple[Finding, ...]:
    return judge_whole(Whole((Text(work.path, work.text),), work.language))


def judge_whole(whole: Whole) -> tuple[Finding, ...]:
    if primary(whole.language) != "en":
        return ()
    told = tuple(_told_twice(whole.texts))
    return (*told, *_come_back_to(whole.texts, {(each.path, each.quote) for each in told}))


def _told_twice(texts: Sequence[Text]) -> Iterator[Finding]:
    known: dict[tuple[str, str], Count] = {}
    for text in texts:
        for count in sorted(_counts(text), key=lambda count: count.start):
            before = next(filter(None, (_same(known, count, word) for word in count.owner)), None)
            if before and before.number != count.number and not _differ(count, before):
                yield _finding(count, before)
            for word in count.owner:
                known.setdefault((count.thing, word), count)


def _come_back_to(texts: Sequence[Text], told: AbstractSet[tuple[str, str]]) -> Iterator[Finding]:
    """Things that a text brings up and then speaks of as all of them, but what is told already."""
    sets = Sets()
    for text in texts:
        for path, again in sets.read(text.path, text.text):
            if any(text.path == where and again.then.said in quote for where, quote in told):
                continue
            is_sure = path == text.path and again.surely
            yield Finding(
                code="NUM-QTY",
                severity=Severity.REVISE if is_sure else Severity.ADVISE,
                path=text.path,
                message=f"Here they are {again.then.number}, and {again.first.number} elsewhere.",
                quote=excerpt(again.then.quote),
                hint="If it is the same, give it one number.",
                conflict=Evidence(path, excerpt(again.first.quote)),
            )


def _differ(count: Count, before: Count) -> bool:
    """May both be right, at two times or of two such things?"""
    if count.kind in PASSING:
        return count.kind is Kind.NEAR or count.changing or before.changing
    return count.kind is Kind.TOLD and (count.changing or before.changing)


def _same(known: Mapping[tuple[str, str], Count], count: Count, word: str) -> Count | None:
    """The count of the same thing, if one owner is called as the other is, or by less."""
    before = known.get((count.thing, word))
    if before and (set(before.owner) <= set(count.owner) or set(count.owner) <= set(before.owner)):
        return before
    return None


def _counts(text: Text) -> Iterator[Count]:
    around = [*_around_numbers(text.text)]
    for kind, pattern in count_clauses():
        for match in (found for span in around for found in pattern.finditer(text.text, *span)):
            counted = number(match["n"])
            thing, owner = _of_group(*_counted(text.text, match, kind))
            if counted >= LEAST and thing and owner:
                yield Count(
                    counted,
                    thing,
                    tuple(owner[:MOST_WORDS]),
                    text.path,
                    match.start(),
                    match[0],
                    kind,
                    _changes().search(*_sentence(text.text, match)) is not None,
                )


def _around_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where any number stands, with as much around it as a clause takes."""
    start = end = 0
    for found in NUMBER.finditer(text):
        if found.start() - ROUND > end:
            if end:
                yield start, end
            start = max(0, found.start() - ROUND)
        end = found.end() + ROUND
    if end:
        yield start, end


def _counted(text: str, match: re.Match[str], kind: Kind) -> tuple[str, list[str]]:
    """What, and whose, or what was done to them; in passing, of one paragraph alone: elsewhere she is another."""
    thing, who = " ".join(head_words(match["noun"])), match["owner"].casefold()
    if kind in PASSING:
        paragraph = text.rfind(chr(10), max(0, match.start() - FAR), match.start())
        return thing, [f"{table()['one'].get(who, who)} {paragraph}"]
    is_group = thing in _words("groups")
    return thing, [*head_words(match["owner"]), *([thing] if is_group else ())]


def _of_group(thing: str, owner: list[str]) -> tuple[str, list[str]]:
    """The men of a crew are counted as the crew is."""
    group = next((word for word in owner if word in _words("groups")), None)
    if not group or thing not in {group, *_words("members")}:
        return thing, owner
    return group, [group, *(word for word in owner if word != group)]


def _sentence(text: str, match: re.Match[str]) -> tuple[str, int, int]:
    """Where it stands, as arguments of a search."""
    start = max(text.rfind(end, match.start() - ROUND, match.start()) for end in ".?!\n")
    end = min(
        (at for end in ".?!\n" if (at := text.find(end, match.end(), match.end() + ROUND)) >= 0),
        default=match.end(),
    )
    return text, max(start, match.start() - ROUND, 0), end


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table()[kind].split("|"))


@cache
def _changes() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{table()['changes']})\b")


def _finding(count: Count, before: Count) -> Finding:
    is_told_twice = count.kind is before.kind is Kind.TOLD
    is_sure = count.path == before.path and count.kind not in PASSING and not is_told_twice
    return Finding(
        code="NUM-QTY",
        severity=Severity.REVISE if is_sure else Severity.ADVISE,
        path=count.path,
        message=f"Here they are {count.number}, and {before.number} elsewhere.",
        quote=excerpt(count.said),
        hint="If it is the same, give it one number.",
        conflict=Evidence(before.path, excerpt(before.said)),
    )
