"""What the plan says: its contracts as values, and `plan.toml`, which a person may edit."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

import tomli_w

from l2mac_write.characters import printable
from l2mac_write.errors import UsageError

PLAN = "plan.toml"
MOST_WORDS = 10_000_000


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A chapter's contract with its writer. `number` counts from 1, `words` is the target."""

    number: int
    title: str
    goal: str
    words: int
    beats: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    point_of_view: str = ""
    setting: str = ""
    after: tuple[int, ...] | None = None
    """The chapters that must be there before it; None where the plan says nothing of it."""

    @property
    def builds_on(self) -> tuple[int, ...]:
        """Numbers of the chapters it goes on from: the previous one, unless the plan says else."""
        if self.after is not None:
            return self.after
        return (self.number - 1,) if self.number > 1 else ()

    @property
    def path(self) -> str:
        return f"chapters/{self.number:02d}-{slug(self.title)}.md"


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    premise: str
    style: str
    people: tuple[Person, ...]
    chapters: tuple[ChapterPlan, ...]

    @property
    def words(self) -> int:
        return sum(chapter.words for chapter in self.chapters)

    def chapter(self, number: int) -> ChapterPlan:
        return self.chapters[number - 1]

    def before(self, number: int) -> tuple[ChapterPlan, ...]:
        """All that the chapter builds on, near or far, in the order of the book."""
        needed: set[int] = set()
        waiting = [*self.chapter(number).builds_on]
        while waiting:
            if (earlier := waiting.pop()) not in needed:
                needed.add(earlier)
                waiting += self.chapter(earlier).builds_on
        return tuple(chapter for chapter in self.chapters if chapter.number in needed)


def sized(plan: Plan, words: int) -> Plan:
    """The same plan with its chapters' targets scaled so that they add up to `words` exactly."""
    targets = _shares([chapter.words for chapter in plan.chapters], words)
    if min(targets) < 1:
        targets = _shares([1] * len(plan.chapters), words)
    chapters = (replace(c, words=t) for c, t in zip(plan.chapters, targets, strict=True))
    return replace(plan, chapters=tuple(chapters))


def _shares(weights: Sequence[int], words: int) -> tuple[int, ...]:
    scale = words / max(1, sum(weights))
    marks = [round(scale * so_far) for so_far in accumulate(weights[:-1], initial=0)]
    return tuple(end - start for start, end in pairwise([*marks, words]))


@lru_cache(maxsize=4096)
def slug(title: str) -> str:
    """A file name's worth of the title: lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-") or "chapter"


def dump(plan: Plan) -> str:
    document = {
        "title": plan.title,
        "premise": plan.premise,
        "style": plan.style,
        "people": [{"name": p.name, "who": p.who} for p in plan.people],
        "chapter": [_chapter_table(chapter) for chapter in plan.chapters],
    }
    return tomli_w.dumps(document, multiline_strings=True)


def load(text: str) -> Plan:
    """The plan that `plan.toml` holds. Raises `UsageError` with the place of the first mistake."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{PLAN}` is not valid TOML: {error}. Mend it and try again.") from error
    return parse(document)


def parse(document: Mapping[str, Any]) -> Plan:
    """The plan of a table with the keys of `plan.toml`. Raises `UsageError` like `load`."""
    chapters = _tables(document, "chapter")
    if not chapters:
        raise UsageError(f"`{PLAN}` has no `[[chapter]]`. Add at least one.")
    return Plan(
        title=_text(document, "title"),
        premise=_text(document, "premise"),
        style=_text(document, "style"),
        people=tuple(
            Person(_text(p, "name"), _text(p, "who")) for p in _tables(document, "people")
        ),
        chapters=tuple(_chapter(number, table) for number, table in enumerate(chapters, start=1)),
    )


def _chapter_table(chapter: ChapterPlan) -> dict[str, Any]:
    optional = {
        "beats": list(chapter.beats),
        "must": list(chapter.must),
        "must_not": list(chapter.must_not),
        "point_of_view": chapter.point_of_view,
        "setting": chapter.setting,
    }
    return {
        "title": chapter.title,
        "goal": chapter.goal,
        "words": chapter.words,
        **{key: value for key, value in optional.items() if value},
        **({} if chapter.after is None else {"after": list(chapter.after)}),
    }


def _chapter(number: int, table: Mapping[str, Any]) -> ChapterPlan:
    where = f"chapter {number}"
    words = table.get("words", 0)
    if type(words) is not int or not 1 <= words <= MOST_WORDS:
        raise UsageError(
            f"`{PLAN}`, {where}: `words` must be a whole number from 1 to {MOST_WORDS:,}."
        )
    return ChapterPlan(
        number=number,
        title=" ".join(_text(table, "title", where).split()),
        goal=_text(table, "goal", where),
        words=words,
        beats=_texts(table, "beats", where),
        must=_texts(table, "must", where),
        must_not=_texts(table, "must_not", where),
        point_of_view=_text(table, "point_of_view", where),
        setting=_text(table, "setting", where),
        after=_earlier(table, number) if "after" in table else None,
    )


def _earlier(table: Mapping[str, Any], number: int) -> tuple[int, ...]:
    numbers = table["after"]
    earlier = range(1, number)
    if not isinstance(numbers, list) or not all(type(n) is int and n in earlier for n in numbers):
        raise UsageError(
            f"`{PLAN}`, chapter {number}: `after` must be a list of numbers of earlier chapters,"
            " such as [1, 2], or [] for a chapter that needs none of them."
        )
    return tuple(numbers)


def _tables(document: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    tables = document.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"`{PLAN}`: `{key}` must be written as `[[{key}]]` tables.")
    return tables


def _text(table: Mapping[str, Any], key: str, where: str = "the top") -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UsageError(f"`{PLAN}`, {where}: `{key}` must be text in quotes.")
    return printable(value).strip()


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise UsageError(f"`{PLAN}`, {where}: `{key}` must be a list of texts in quotes.")
    return tuple(filter(None, (printable(value).strip() for value in values)))
