"""A plan of many chapters: first the book and its parts, then the chapters part by part."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document
from l2mac_write.machine.drafts import FED_BACK, Draft
from l2mac_write.machine.planning import no_plan, outline_schema, part_schema
from l2mac_write.machine.toolbox import NO_TOOLS
from l2mac_write.machine.turn import take_turn
from l2mac_write.messages import Reply, Request, Structured
from l2mac_write.plan import shares

OUTLINE, PART = "outline.md.j2", "part.md.j2"
CHAPTERS = 12
"""Of a part, about."""
TRIES = 3
ROUND = 1000
"""More than there are calls in one round; each has a seed of its own."""


@dataclass(frozen=True, slots=True)
class PartAsked:
    """A part that is to be filled in: what it is for, and how many chapters in how many words.

    `number` counts parts and `first` chapters from 1; `now` are its chapters so far, and
    `findings` what is wrong with them.
    """

    number: int
    title: str
    goal: str
    first: int
    chapters: int
    words: int
    now: Sequence[Mapping[str, Any]] = ()
    findings: Sequence[Finding] = field(default=())


def by_parts(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """The whole plan, or the one that is there with its faulty parts planned anew."""
    try:
        if draft and draft.text:
            return _verdict(agent, _amended(agent, draft, round_))
        return _verdict(agent, _filled(agent, round_))
    except UsageError as error:
        return Draft("", (no_plan(str(error)),))


def _filled(agent: Agent, round_: int) -> dict[str, Any]:
    brief = agent.situation.brief
    parts = -(-brief.chapters // CHAPTERS)
    schema = outline_schema(brief, parts)
    request = agent.request(OUTLINE, Structured(schema), attempt=round_ * ROUND, parts=parts)
    outline = document(_said(agent, request))
    rows = outline.get("parts")
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not rows:
        raise UsageError("The outline has no parts.")
    answer = {**outline, "parts": rows, "chapters": []}
    for part in _parts(rows, brief.chapters, brief.words):
        told = {"answer": answer, "part": part}
        answer["chapters"] += _chapters(agent, part, told, round_ * ROUND + part.number * TRIES)
    return answer


def _amended(agent: Agent, draft: Draft, round_: int) -> dict[str, Any]:
    """The answer that the draft was made of, with the chapters of its faulty parts anew."""
    answer = document(_raw(draft))
    brief, rows = agent.situation.brief, answer["chapters"]
    parts = [*_parts(answer["parts"], brief.chapters, brief.words)]
    complaints = draft.to_revise[:FED_BACK]
    for part in parts:
        now = rows[part.first - 1 :][: part.chapters]
        titles = {row.get("title") for row in now}
        mine = [c for c in complaints if c.quote in titles or (not c.quote and part is parts[-1])]
        if mine:
            anew = PartAsked(**{**_fields(part), "now": now, "findings": mine})
            told = {"answer": answer, "part": anew}
            attempt = round_ * ROUND + part.number * TRIES
            rows[part.first - 1 : part.first - 1 + len(now)] = _chapters(agent, anew, told, attempt)
    return answer


def _parts(rows: Sequence[Mapping[str, Any]], chapters: int, words: int) -> Iterator[PartAsked]:
    """The parts with as many chapters and words as the book has, dealt out as the outline says."""
    counts = shares([_number(row, "chapters") for row in rows], chapters)
    if min(counts) < 1:
        counts = shares([1] * len(rows), chapters)
    lengths = shares([_number(row, "words") for row in rows], words)
    first = 1
    for number, (row, count, length) in enumerate(zip(rows, counts, lengths, strict=True), 1):
        title, goal = str(row.get("title", "")), str(row.get("goal", ""))
        yield PartAsked(number, title, goal, first, count, length)
        first += count


def _chapters(
    agent: Agent, part: PartAsked, told: Mapping[str, Any], attempt: int
) -> list[dict[str, Any]]:
    """The part's chapters, asked for again while their number is wrong; else as they came last."""
    schema = part_schema(part.first, part.chapters, max(1, part.words // part.chapters))
    chapters: list[dict[str, Any]] = []
    for number in range(attempt, attempt + TRIES):
        request = agent.request(PART, Structured(schema), attempt=number, **told)
        try:
            rows = document(_said(agent, request)).get("chapters")
        except UsageError:
            continue
        rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        chapters = [{**row, "part": part.title} for row in rows] or chapters
        if len(rows) == part.chapters:
            break
    if not chapters:
        raise UsageError(f"Nothing came of the chapters of part {part.number}, `{part.title}`.")
    return chapters


def _said(agent: Agent, request: Request) -> str:
    return take_turn(agent.line, NO_TOOLS, request, go_on=agent.say_go_on).text


def _verdict(agent: Agent, answer: Mapping[str, Any]) -> Draft:
    """The draft that the answer makes; the answer itself stays with it, to be amended."""
    raw = json.dumps(answer, ensure_ascii=False)
    return agent.verdict(raw, (Reply(raw),))


def _raw(draft: Draft) -> str:
    last = draft.conversation[-1]
    return last.text if isinstance(last, Reply) else ""


def _number(row: Mapping[str, Any], key: str) -> int:
    value = row.get(key)
    return value if type(value) is int and value > 0 else 1


def _fields(part: PartAsked) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}
