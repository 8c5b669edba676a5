"""A model's answer becomes a plan: the shape it must have, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from l2mac_write.book import Brief
from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.machine import forgiving
from l2mac_write.machine.answers import document, number, record, some, text
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.forgiving import read
from l2mac_write.machine.program import Program
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import PLAN, Plan, sized
from l2mac_write.plan_file import MATTER, frame, parse
from l2mac_write.plan_writing import dump

LONG_WORD = re.compile(r"\w{4,}")
FULL_NAME = re.compile(r"\b(?!(?:A|An|The|In|On|At|When|How|Why)\b)[A-Z][a-zà-ÿ]+ [A-Z][a-zà-ÿ]+\b")
PLAIN_ANSWER = re.compile(r"\w[\w' -]*\w\w")
MOST_ANSWERED = 60
"""Characters of a short answer; one that comes near was cut."""
TOO_MANY = 2
"""Times the chapters asked for: a plan of more is not written, however often it is given."""
LONGEST_COMPLAINT = 600
"""Characters; it may quote a model, and is told to one."""
OPTIONAL = ("parts",)
OF_THE_BOOK: Mapping[str, Any] = {
    "title": text(120),
    "premise": text(1200),
    "style": text(800),
    "fiction": {"type": "boolean", "default": True},
    "matter": some({"enum": [*MATTER]}, 0, len(MATTER), default=[]),
    "rules": some(text(300), 0, 20, default=[]),
    "people": some(record(name=text(80), who=text(400)), 0, 24),
    "places": some(record(name=text(80), what=text(300)), 0, 24, default=[]),
    "terms": some(record(name=text(80), what=text(300)), 0, 60, default=[]),
}
MOST_CHAPTERS = 60
"""Chapters one answer may plan where the person asked for no number."""


def plan_schema(situation: Situation) -> dict[str, Any]:
    """JSON Schema of a whole plan with the number of chapters asked for."""
    brief = situation.brief
    least, most = (brief.chapters, brief.chapters) if brief.chapters else (2, MOST_CHAPTERS)
    words = brief.words // max(1, least) or 1500
    parts = some(record(title=text(120), goal=text()), 0, 24)
    chapters = some(chapter_schema(words), least, most)
    return record(OPTIONAL, **OF_THE_BOOK, parts=parts, chapters=chapters)


def outline_schema(brief: Brief, parts: int) -> dict[str, Any]:
    """Of a plan that is to be filled in part by part."""
    chapters = brief.chapters // parts
    part = record(
        title=text(120),
        goal=text(),
        chapters={**number(), "default": chapters},
        words={**number(), "default": brief.words // parts},
    )
    return record(**OF_THE_BOOK, parts=some(part, parts, parts))


def part_schema(first: int, chapters: int, words: int) -> dict[str, Any]:
    """Of the chapters of one part, the first of which has that number in the book."""
    some_chapters = some(chapter_schema(words), chapters, chapters, first=first)
    return record(chapters=some_chapters)


def chapter_schema(words: int) -> dict[str, Any]:
    return record(
        ("part", "after"),
        title=text(120),
        part=text(120),
        goal=text(),
        point_of_view=text(120),
        setting=text(200),
        people=some(text(80), 0, 12),
        terms=some(text(80), 0, 12, default=[]),
        beats=some(text(), 3, 12),
        must=some(text(), 0, 8),
        must_not=some(text(), 0, 8),
        covers=some(number(), 0, 30),
        after=some(number(), 0, 12),
        words={"type": "integer", "minimum": 50, "default": words},
    )


def settled(answer: str, situation: Situation) -> Draft:
    """`plan.toml` for the answer; no text and one blocking finding where it is no plan at all."""
    brief, wishes = situation.brief, situation.requirements
    try:
        plan = parse(table(document(answer), wishes))
    except UsageError as error:
        return Draft("", (no_plan(str(error)),))
    if brief.chapters and len(plan.chapters) > TOO_MANY * brief.chapters:
        return Draft("", (_miscounted(plan, brief),))
    is_fiction = plan.fiction and brief.kind == "book"
    plan = linked(replace(plan, title=brief.title or plan.title, fiction=is_fiction))
    plan = sized(plan, brief.words) if brief.words else plan
    return Draft(dump(plan), tuple(_complaints(plan, brief)))


def table(answer: Mapping[str, Any], wishes: Sequence[str]) -> dict[str, Any]:
    """The answer as a table of `plan.toml`, forgiving what a model gets wrong in details."""
    book = read(answer, forgiving.OF_THE_BOOK)
    chapters = answer.get("chapters")
    rows = [row for row in chapters if isinstance(row, dict)] if isinstance(chapters, list) else []
    titles = {folded(part["title"]): part["title"] for part in book.get("parts", ())}
    return {
        **book,
        "requirements": [*wishes],
        "part": book.get("parts", []),
        "chapter": [*_in_parts((_chapter(row, len(wishes)) for row in rows), titles)],
    }


def _chapter(row: Mapping[str, Any], wishes: int) -> dict[str, Any]:
    """Without the id that a model may give, and without what it covers beyond what was asked."""
    kept = read(row, forgiving.OF_A_CHAPTER)
    covers = (n for n in kept.get("covers", ()) if type(n) is int and 1 <= n <= wishes)
    return {**kept, "covers": [*covers]}


def _in_parts(
    rows: Iterable[dict[str, Any]], titles: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """A chapter of a part that there is not goes with the one before it."""
    part = ""
    for row in rows:
        part = titles.get(folded(row.get("part", "")), part)
        yield {**row, "part": part}


def folded(title: object) -> str:
    return " ".join(str(title).casefold().split())


def outlined(answer: Mapping[str, Any], parts: int) -> dict[str, Any]:
    """The book and its parts as the answer says, without chapters. Raises `UsageError`."""
    book = read(answer, forgiving.OF_THE_BOOK)
    rows = book.get("parts", [])
    if not parts / TOO_MANY <= len(rows) <= parts * TOO_MANY:
        raise UsageError(f"The outline has {len(rows)} parts; {parts} are asked for.")
    titles = [part.title for part in frame({**book, "part": rows}).parts]
    if len({folded(title) for title in titles if title}) < len(titles):
        raise UsageError("Each part of the outline needs a title of its own.")
    named = [{**row, "title": title} for row, title in zip(rows, titles, strict=True)]
    return {**book, "parts": named, "chapters": []}


def so_far(answer: Mapping[str, Any], wishes: Sequence[str]) -> Plan:
    """The plan of an answer that has not all its chapters yet. Raises `UsageError`."""
    told = table(answer, wishes)
    return parse(told) if told["chapter"] else frame(told)


def linked(plan: Plan) -> Plan:
    """Chapters that need no other by the plan wait all the same for those they share people with."""
    last: dict[str, int] = {}
    chapters = list(plan.chapters)
    for chapter in plan.chapters:
        if chapter.after is not None and plan.fiction:
            shared = {last[name] for name in chapter.people if name in last}
            after = tuple(sorted({*chapter.after, *shared}))
            chapters[chapter.number - 1] = replace(chapter, after=after)
        last.update(dict.fromkeys(chapter.people, chapter.number))
    return replace(plan, chapters=tuple(chapters))


def _complaints(plan: Plan, brief: Brief) -> Iterator[Finding]:
    if brief.chapters and len(plan.chapters) != brief.chapters:
        yield _miscounted(plan, brief)
    if not plan.title or not plan.premise:
        yield no_plan("The plan needs a title and a premise.")
    before: set[str] = set()
    for chapter in plan.chapters:
        title = folded(chapter.title)
        if not chapter.title or not chapter.goal:
            yield replace(
                no_plan(f"Chapter {chapter.number} needs a title and a goal."), quote=chapter.title
            )
        elif title in before:
            again = no_plan(f"More than one chapter is called `{chapter.title}`.", Severity.REVISE)
            yield replace(again, quote=chapter.title)
        before.add(title)


def _miscounted(plan: Plan, brief: Brief) -> Finding:
    return no_plan(f"The plan has {len(plan.chapters)} chapters; {brief.chapters} are asked for.")


def no_plan(message: str, severity: Severity = Severity.BLOCK) -> Finding:
    return Finding("PLT-PLAN", severity, PLAN, message[:LONGEST_COMPLAINT])


def answer_schema(slot: str, names: Sequence[str] = ()) -> dict[str, Any]:
    """One short answer; where there are `names`, one of them."""
    return record(**{slot: {"enum": [*names]} if names else text(MOST_ANSWERED, 2)})


def names_in(prompt: str) -> tuple[str, ...]:
    """Full names that the prompt gives its people, such as Anne Kermarec."""
    return tuple(dict.fromkeys(FULL_NAME.findall(prompt)))


def is_sound(answer: str, before: Iterable[str]) -> bool:
    """Whether a short answer is whole, plain, and not what was answered before."""
    whole = len(answer) < MOST_ANSWERED - 2 and PLAIN_ANSWER.fullmatch(answer)
    return bool(whole) and not any(alike(answer, other) for other in before)


def alike(one: str, other: str) -> bool:
    """Whether the shorter of the two shares at least half of its longer words with the other."""
    bags = [set(LONG_WORD.findall(text.casefold())) for text in (one, other)]
    fewest = min(map(len, bags))
    return fewest > 0 and len(bags[0] & bags[1]) >= fewest / 2


def framed(program: Program, answers: Mapping[str, str]) -> dict[str, Any]:
    """What the plan says of the whole book, from the program's sentences and the answers."""
    people = [{k: v.format_map(answers) for k, v in person.items()} for person in program.people]
    return {**{k: v.format_map(answers) for k, v in program.frame.items()}, "people": people}


def answered(reply: str, slot: str) -> str:
    """The short answer in a reply; empty where there is none."""
    try:
        return str(document(reply).get(slot, "")).strip(" .,;")
    except UsageError:
        return ""
