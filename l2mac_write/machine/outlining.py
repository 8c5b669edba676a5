"""A plan of many chapters: first the book and its parts, then the chapters part by part."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from l2mac_write.book import Brief
from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document
from l2mac_write.machine.drafts import FED_BACK, Draft
from l2mac_write.machine.planning import no_plan, outline_schema, outlined, part_schema, so_far
from l2mac_write.messages import Reply, Structured
from l2mac_write.plan import ChapterPlan, Plan, shares
from l2mac_write.plan_file import MOST_WORDS

OUTLINE, PART = "outline.md.j2", "part.md.j2"
CHAPTERS, MOST = 12, 30
"""Of a part: about, and at most."""
TRIES = 3
ROUND = 1000
"""More than there are calls in one round; each has a seed of its own."""

Answer: TypeAlias = Mapping[str, Any]
"""The outline, with the chapters that are planned so far; each says its part's title."""
Planned: TypeAlias = tuple[Answer, Plan]
"""The same as it was answered, and as a plan."""


@dataclass(frozen=True, slots=True)
class PartAsked:
    """A part that is to be filled in, with how many chapters in how many words.

    `number` counts parts and `first` chapters from 1; `now` chapters are there already, and
    `findings` are what is wrong with them.
    """

    number: int
    title: str
    chapters: int
    words: int
    first: int = 1
    now: int = 0
    findings: Sequence[Finding] = ()


def by_parts(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """The whole plan, or the one that is there with its faulty parts planned anew."""
    try:
        if draft and draft.text:
            return _verdict(agent, _amended(agent, draft, round_))
        return _verdict(agent, _filled(agent, round_))
    except UsageError as error:
        return Draft("", (no_plan(str(error)),))


def _filled(agent: Agent, round_: int) -> Answer:
    brief = agent.situation.brief
    parts = -(-brief.chapters // CHAPTERS)
    schema = outline_schema(brief, parts)
    request = agent.request(OUTLINE, Structured(schema), attempt=round_ * ROUND, parts=parts)
    answer: Answer = outlined(document(agent.answer(request)), parts)
    book = _plan(agent, answer)
    for part in _parts(answer, brief):
        answer, book = _planned(agent, (answer, book), part, round_)
    return answer


def _amended(agent: Agent, draft: Draft, round_: int) -> Answer:
    """The answer that the draft was made of, with the chapters of its faulty parts anew."""
    answer: Answer = document(_raw(draft))
    plan, parts = _plan(agent, answer), [*_parts(answer, agent.situation.brief)]
    for part, findings in _blamed(draft.to_revise[:FED_BACK], plan, parts):
        blamed = replace(part, findings=findings)
        answer, plan = _planned(agent, (answer, plan), blamed, round_)
    return answer


def _blamed(
    findings: Sequence[Finding], plan: Plan, parts: Sequence[PartAsked]
) -> Iterator[tuple[PartAsked, Sequence[Finding]]]:
    """The parts that findings are about, with those.

    What is about none is about those with a wrong number of chapters, or else the last one.
    """
    miscounted = [p.number for p in parts if len(plan.of_part(p.number)) != p.chapters]
    places = [_place(f.quote, plan) if f.quote else miscounted or [len(parts)] for f in findings]
    for part in parts:
        mine = [f for f, place in zip(findings, places, strict=True) if part.number in place]
        if mine:
            yield part, mine


def _place(quote: str, plan: Plan) -> set[int]:
    """Numbers of the parts that have a chapter of that title, or else these words in one.

    People are the outline's: no part alone can call them otherwise.
    """
    if any(quote == person.name for person in plan.people):
        return set()
    titled = {chapter.part for chapter in plan.chapters if chapter.title == quote}
    return titled or {chapter.part for chapter in plan.chapters if _says(chapter, quote)}


def _says(chapter: ChapterPlan, quote: str) -> bool:
    return any(quote in said for said in (chapter.goal, *chapter.beats, *chapter.must))


def _parts(answer: Answer, brief: Brief) -> Iterator[PartAsked]:
    """The parts with as many chapters and words as the book has, dealt out as the outline says."""
    rows = answer["parts"]
    counts = _dealt([_number(row, "chapters") for row in rows], brief.chapters, most=MOST)
    lengths = _dealt([_number(row, "words") for row in rows], brief.words, most=brief.words)
    for number, told in enumerate(zip(_titles(answer), counts, lengths, strict=True), start=1):
        yield PartAsked(number, *told)


def _dealt(weights: Sequence[int], whole: int, *, most: int) -> Sequence[int]:
    dealt = shares(weights, whole)
    return dealt if min(dealt) > 0 and max(dealt) <= most else shares([1] * len(weights), whole)


def _planned(agent: Agent, so_far: Planned, part: PartAsked, round_: int) -> Planned:
    """The answer with the part's chapters, asked for again while their number is wrong.

    At last they are taken as they are, if they can be read: what is wrong is told later.
    """
    answer, book = made = so_far
    first = 1 + sum(chapter.part < part.number for chapter in book.chapters)
    part = replace(part, first=first, now=len(book.of_part(part.number)))
    schema = part_schema(first, part.chapters, max(1, part.words // part.chapters))
    why = ""
    for attempt in range(TRIES):
        seed = round_ * ROUND + part.number * TRIES + attempt
        request = agent.request(PART, Structured(schema), attempt=seed, book=book, part=part)
        try:
            candidate = _with(answer, part, document(agent.answer(request)).get("chapters"))
            plan = _plan(agent, candidate)
        except UsageError as error:
            why = str(error)
            continue
        chapters = plan.of_part(part.number)
        made = (candidate, plan) if chapters else made
        if len(chapters) == part.chapters and all(c.title and c.goal for c in chapters):
            break
    if made is so_far and not part.now:
        raise UsageError(f"Nothing came of part {part.number}, `{part.title}`. {why}")
    return made


def _with(answer: Answer, part: PartAsked, rows: Any) -> Answer:
    """The answer with these chapters in the part's place."""
    order = {one: number for number, one in enumerate(_titles(answer), start=1)}
    rows = rows if isinstance(rows, list) else ()
    new = [{**row, "part": part.title} for row in rows if isinstance(row, dict)]
    before = [row for row in answer["chapters"] if order[row["part"]] < part.number]
    after = [row for row in answer["chapters"] if order[row["part"]] > part.number]
    return {**answer, "chapters": [*before, *new, *after]}


def _titles(answer: Answer) -> list[str]:
    return [row["title"] for row in answer["parts"]]


def _plan(agent: Agent, answer: Answer) -> Plan:
    return so_far(answer, agent.situation.requirements)


def _verdict(agent: Agent, answer: Answer) -> Draft:
    """The draft that the answer makes; the answer itself stays with it, to be amended."""
    raw = json.dumps(answer, ensure_ascii=False)
    return agent.verdict(raw, (Reply(raw),))


def _raw(draft: Draft) -> str:
    last = draft.conversation[-1]
    return last.text if isinstance(last, Reply) else ""


def _number(row: Mapping[str, Any], key: str) -> int:
    value = row.get(key)
    return value if type(value) is int and 0 < value <= MOST_WORDS else 1
