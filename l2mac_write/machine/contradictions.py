"""What cannot both be true in chapters that did not know of each other, as a model tells it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from textwrap import shorten
from typing import Any

import tomli_w

from l2mac_write.errors import NoSuchFile, UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.machine.answers import document, number, record, some, text
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.situation import SUMMARY, Situation
from l2mac_write.plan import Plan
from l2mac_write.text.characters import in_one_line

PLACE = "notes/contradictions.toml"
MOST, LONGEST = 12, 300


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Between two chapters, by their ids; `chapter` comes later and was written without `other`."""

    chapter: str
    quote: str
    other: str
    other_quote: str
    why: str


def schema(_: Situation) -> Mapping[str, Any]:
    claim = record(
        chapter=number(),
        quote=text(LONGEST),
        other=number(),
        other_quote=text(LONGEST),
        why=text(LONGEST),
    )
    return record(contradictions=some(claim, 0, MOST))


def settled(answer: str, situation: Situation) -> Draft:
    """The file for the answer: a claim whose quotes are not in the summaries is left out."""
    rows = _rows(answer)
    if rows is None:
        return Draft(_file(()), (_unjudged(),))
    return Draft(_file(tuple(islice(_founded(rows, situation), MOST))))


def about(situation: Situation) -> tuple[Finding, ...]:
    """What the file says against the chapter. Raises `UsageError` where it is no TOML any more."""
    try:
        document = tomllib.loads(situation.store.read(PLACE))
    except NoSuchFile:
        return ()
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{PLACE}` is not valid TOML: {error}. Mend or delete it.") from error
    mine = situation.chapter
    paths = {chapter.id: chapter.path for chapter in situation.before}
    return tuple(
        _finding(claim, mine.path, paths[claim.other])
        for claim in _kept(document.get("contradiction"))
        if mine and claim.chapter == mine.id and claim.other in paths
    )


def _rows(answer: str) -> list[Any] | None:
    """The rows of the answer, None where it is none."""
    try:
        found = document(answer)
    except UsageError:
        return None
    match found:
        case {"contradictions": list(rows)}:
            return rows
    return None


def _founded(rows: list[Any], situation: Situation) -> Iterator[Contradiction]:
    """The claims that both summaries bear out, of chapters the later of which was on its own."""
    for row in rows:
        match row:
            case {
                "chapter": int(chapter),
                "quote": str(quote),
                "other": int(other),
                "other_quote": str(other_quote),
                "why": str(why),
            }:
                places = situation.plan.counted if situation.plan else {}
                told = ((other, other_quote), (chapter, quote))
                said = sorted((places.get(n, 0), in_one_line(words)) for n, words in told)
                if situation.plan and _is_founded(said, situation.plan, situation):
                    (first, there), (later, here) = said
                    ids = [situation.plan.chapter(number).id for number in (first, later)]
                    why = shorten(in_one_line(why), LONGEST)
                    yield Contradiction(ids[1], here, ids[0], there, why)


def _is_founded(said: list[tuple[int, str]], plan: Plan, situation: Situation) -> bool:
    (first, _), (later, _) = said
    if not 1 <= first < later <= len(plan.chapters):
        return False
    return first not in {chapter.number for chapter in plan.before(later)} and all(
        quote and quote in in_one_line(situation.body(SUMMARY.format(number)))
        for number, quote in said
    )


def _kept(rows: Any) -> Iterator[Contradiction]:
    """Those of the file that are whole: a person may have been at it."""
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {
                "chapter": str(chapter),
                "quote": str(quote),
                "other": str(other),
                "other_quote": str(other_quote),
                "why": str(why),
            }:
                yield Contradiction(chapter, quote, other, other_quote, why)


def _file(claims: tuple[Contradiction, ...]) -> str:
    rows: Mapping[str, Any] = {"contradiction": [asdict(claim) for claim in claims]}
    return tomli_w.dumps(rows).strip()


def _finding(claim: Contradiction, path: str, other: str) -> Finding:
    return Finding(
        code="PLT-APART",
        severity=Severity.REVISE,
        path=path,
        message=f"This text and `{other}`, written without it, may contradict each other."
        f" Here: “{claim.quote}” There: “{claim.other_quote}” {claim.why}",
        hint=f"Read `{other}`. Where both cannot be true, change this text, and nothing else in it;"
        " where they can, leave it as it is.",
    )


def _unjudged() -> Finding:
    return Finding(
        code="PLT-APART",
        severity=Severity.REVISE,
        path=PLACE,
        message="Nobody could say what contradicts: the answer is no JSON object with a list"
        " `contradictions`.",
        hint="Answer with the JSON object alone.",
    )
