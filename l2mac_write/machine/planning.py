"""A model's answer becomes a plan: the shape it must have, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from l2mac_write.book import Brief
from l2mac_write.characters import encodable_all
from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.program import Program
from l2mac_write.plan import PLAN, Plan, sized
from l2mac_write.plan_file import dump, parse

LONG_WORD = re.compile(r"\w{4,}")
FULL_NAME = re.compile(r"\b(?!(?:A|An|The|In|On|At|When|How|Why)\b)[A-Z][a-zà-ÿ]+ [A-Z][a-zà-ÿ]+\b")
PLAIN_ANSWER = re.compile(r"\w[\w' -]*\w\w")
MOST_ANSWERED = 60
"""Characters of a short answer; one that comes near was cut."""
TOO_MANY = 2
"""Times the chapters asked for: a plan of more is not written, however often it is given."""
MOST_CHAPTERS = 60
"""Chapters one answer may plan where the person asked for no number."""


def text(most: int = 600, least: int = 1) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most}


def some(items: Mapping[str, Any], least: int, most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def record(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def plan_schema(brief: Brief) -> dict[str, Any]:
    """JSON Schema of a whole plan with the number of chapters asked for."""
    least, most = (brief.chapters, brief.chapters) if brief.chapters else (2, MOST_CHAPTERS)
    words = {"type": "integer", "minimum": 50, "default": brief.words // max(1, least) or 1500}
    chapter = record(
        title=text(120),
        goal=text(),
        point_of_view=text(120),
        setting=text(200),
        beats=some(text(), 3, 12),
        must=some(text(), 0, 8),
        must_not=some(text(), 0, 8),
        words=words,
    )
    person = record(name=text(80), who=text(400))
    return record(
        title=text(120),
        premise=text(1200),
        style=text(800),
        people=some(person, 0, 24),
        chapters=some(chapter, least, most),
    )


def settled(answer: str, brief: Brief) -> Draft:
    """`plan.toml` for the answer; no text and one blocking finding where it is no plan at all."""
    try:
        plan = parse(_document(answer))
    except UsageError as error:
        return Draft("", (_wrong(str(error)),))
    if brief.chapters and len(plan.chapters) > TOO_MANY * brief.chapters:
        return Draft("", (_miscounted(plan, brief),))
    plan = sized(_named(plan, brief), brief.words) if brief.words else _named(plan, brief)
    return Draft(dump(plan), tuple(_complaints(plan, brief)))


def _document(answer: str) -> dict[str, Any]:
    start, end = answer.find("{"), answer.rfind("}") + 1
    try:
        document = json.loads(answer[start:end], strict=False) if start >= 0 else None
    # Numbers of thousands of digits and brackets in brackets without end are no plan either.
    except (ValueError, RecursionError) as error:
        raise UsageError(f"The answer is not valid JSON: {error}.") from error
    if not isinstance(document, dict):
        raise UsageError("The answer holds no JSON object. Answer with the JSON object alone.")
    chapters = document.get("chapters", [])
    if isinstance(chapters, list):
        chapters = [_nameless(chapter) for chapter in chapters]
    return encodable_all({**document, "chapter": chapters})


def _nameless(chapter: Any) -> Any:
    """A model gives no ids: it would give the same one twice."""
    return {k: v for k, v in chapter.items() if k != "id"} if isinstance(chapter, dict) else chapter


def _named(plan: Plan, brief: Brief) -> Plan:
    return Plan(brief.title or plan.title, plan.premise, plan.style, plan.people, plan.chapters)


def _complaints(plan: Plan, brief: Brief) -> Iterator[Finding]:
    if brief.chapters and len(plan.chapters) != brief.chapters:
        yield _miscounted(plan, brief)
    if not plan.title or not plan.premise:
        yield _wrong("The plan needs a title and a premise.")
    titles = Counter(chapter.title.casefold() for chapter in plan.chapters)
    for chapter in plan.chapters:
        if not chapter.title or not chapter.goal:
            yield _wrong(f"Chapter {chapter.number} needs a title and a goal.")
        elif titles[chapter.title.casefold()] > 1:
            yield _wrong(f"More than one chapter is called `{chapter.title}`.", Severity.REVISE)


def _miscounted(plan: Plan, brief: Brief) -> Finding:
    return _wrong(f"The plan has {len(plan.chapters)} chapters; {brief.chapters} are asked for.")


def _wrong(message: str, severity: Severity = Severity.BLOCK) -> Finding:
    return Finding("PLT-PLAN", severity, PLAN, message)


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
        return str(_document(reply).get(slot, "")).strip(" .,;")
    except UsageError:
        return ""
