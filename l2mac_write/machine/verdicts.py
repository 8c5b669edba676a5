"""`notes/judged/NN.toml`: what judges hold against one chapter, and what they have let pass."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import tomli_w

from l2mac_write.errors import UsageError
from l2mac_write.findings import Evidence, Finding, Severity
from l2mac_write.machine.situation import JUDGED, Situation
from l2mac_write.plan import ChapterPlan

UNJUDGED = "EDT-JUDGE"
CONTINUITY, FULFILMENT = "continuity", "fulfilment"
"""The judges, by the names that their cards have; behind an `@` stands the model they are."""
UNANIMOUS = 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim that both texts bear out, and how many judges found a contradiction in it.

    `chapter` and `other` are ids; `innocent` are the explanations that they thought of.
    """

    code: str
    chapter: str
    quote: str
    other: str
    other_quote: str
    why: str
    votes: int
    innocent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A beat of the plan, and the words of the chapter that tell it, if there are any."""

    beat: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`dropped` says which claims were not held up, `unjudged` what nobody could be asked."""

    model: str
    doubts: tuple[Doubt, ...] = ()
    beats: tuple[Told, ...] = ()
    dropped: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()


def dump(verdicts: Verdicts) -> str:
    """The file, without what is empty; `load` gives the same again."""
    head = {
        "model": verdicts.model,
        "unjudged": [*verdicts.unjudged],
        "dropped": [*verdicts.dropped],
    }
    body = {
        "doubt": [_table(asdict(doubt)) for doubt in verdicts.doubts],
        "beat": [asdict(told) for told in verdicts.beats],
    }
    return tomli_w.dumps({name: value for name, value in (head | body).items() if value}).strip()


def _table(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {k: [*v] if isinstance(v, tuple) else v for k, v in row.items() if v != ()}


def load(text: str, where: str) -> Verdicts:
    """What the file holds, without rows that are none: a person may have been at it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{where}` is not valid TOML: {error}. Mend or delete it.") from error
    return Verdicts(
        model=str(document.get("model", "")),
        doubts=tuple(_doubts(document.get("doubt"))),
        beats=tuple(_beats(document.get("beat"))),
        dropped=_lines(document.get("dropped")),
        unjudged=_lines(document.get("unjudged")),
    )


def _doubts(rows: Any) -> Iterator[Doubt]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {
                "code": str(code),
                "chapter": str(chapter),
                "quote": str(quote),
                "other": str(other),
                "other_quote": str(other_quote),
                "why": str(why),
                "votes": int(votes),
            }:
                innocent = _lines(row.get("innocent"))
                yield Doubt(code, chapter, quote, other, other_quote, why, votes, innocent)


def _beats(rows: Any) -> Iterator[Told]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {"beat": str(beat), "quote": str(quote)}:
                yield Told(beat, quote)


def _lines(said: Any) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, list) else ()


def about(situation: Situation) -> tuple[Finding, ...]:
    """What the file of the chapter says against it, signed by who judged; nothing without one."""
    chapter = situation.chapter
    path = JUDGED.format(chapter.number) if chapter else ""
    if not chapter or not (text := situation.text(path)):
        return ()
    return tuple(findings(load(text, path), chapter, situation))


def findings(verdicts: Verdicts, chapter: ChapterPlan, situation: Situation) -> Iterator[Finding]:
    known = (*situation.before, chapter)
    paths = {each.id: each.path for each in known}
    for doubt in verdicts.doubts:
        if doubt.votes and doubt.other in paths:
            yield _doubted(doubt, chapter, paths).signed(f"{CONTINUITY}@{verdicts.model}")
    for told in verdicts.beats:
        if not told.quote:
            yield _untold(told, chapter).signed(f"{FULFILMENT}@{verdicts.model}")
    if verdicts.unjudged:
        yield _unjudged(verdicts.unjudged, chapter)


def _doubted(doubt: Doubt, chapter: ChapterPlan, paths: Mapping[str, str]) -> Finding:
    other = paths[doubt.other]
    agreed = doubt.votes >= UNANIMOUS
    where = "further up" if other == chapter.path else f"in `{other}`"
    return Finding(
        code=doubt.code,
        severity=Severity.BLOCK if agreed else Severity.ADVISE,
        path=chapter.path,
        message=f"This and what is said {where} cannot both be true: {doubt.why}",
        quote=doubt.quote,
        hint="Change as few words here as it takes for both to be true, and nothing else.",
        conflict=Evidence(other, doubt.other_quote),
    )


def _untold(told: Told, chapter: ChapterPlan) -> Finding:
    return Finding(
        code="PLT-PLAN",
        severity=Severity.REVISE,
        path=chapter.path,
        message=f"No words of the chapter could be quoted that tell what the plan asks for:"
        f" “{told.beat}”",
        hint="Tell it where it belongs, in as few words as it takes, and leave the rest as it is.",
    )


def _unjudged(why: Sequence[str], chapter: ChapterPlan) -> Finding:
    return Finding(
        code=UNJUDGED,
        severity=Severity.REVISE,
        path=chapter.path,
        message=f"Not all of this chapter could be judged: {' '.join(why)}"[:600],
        hint="Judge it again, with another model if need be: `l2mac-write check --judge`.",
    )
