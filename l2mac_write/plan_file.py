"""`plan.toml` read: the plan that it holds, and where in it a mistake is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.plan import PLAN, ChapterPlan, Entry, PartPlan, Person, Plan, counted
from l2mac_write.text.meant import meant
from l2mac_write.text.naming import names_for, slug
from l2mac_write.text.toml_lines import Path, line_of
from l2mac_write.text.toml_values import (
    Mistake,
    chosen,
    flag,
    insist_on_known,
    line,
    list_said,
    said,
    tables,
)

MOST_WORDS = 10_000_000
MOST_CHAPTERS = 1_000
MATTER = ("dedication", "preface", "acknowledgements", "glossary", "index")
OF_THE_BOOK = (
    "title", "premise", "style", "fiction", "matter", "requirements", "rules", "people", "places",
    "terms", "part", "chapter",
)  # fmt: skip
OF_A_CHAPTER = (
    "id", "title", "part", "goal", "words", "beats", "must", "must_not", "point_of_view",
    "setting", "people", "terms", "covers", "after", "numbered",
)  # fmt: skip
OF_AN_ENTRY = {"people": ("name", "who"), "places": ("name", "what"), "terms": ("name", "what")}
OF_A_PART = ("title", "goal")


@lru_cache(maxsize=8)
def load(text: str) -> Plan:
    """The plan that `plan.toml` holds. Raises `UsageError` with the line of the first mistake.

    It is asked for at each instruction and by several checks, and its text hardly ever changes.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{PLAN}` is not valid TOML: {error}. Mend it and try again.") from error
    try:
        _insist_on_known_keys(document)
        return parse(document)
    except Mistake as mistake:
        number = line_of(text, *mistake.path)
        raise UsageError(f"`{PLAN}`, line {number}: {mistake}") from mistake


def parse(document: Mapping[str, Any]) -> Plan:
    """The plan of a table with the keys of `plan.toml`. Raises `Mistake`."""
    chapters = tables(document, "chapter")
    if not chapters:
        raise Mistake("the plan has no `[[chapter]]`. Add at least one.")
    if len(chapters) > MOST_CHAPTERS:
        raise Mistake(f"the plan has {len(chapters)} chapters; at most {MOST_CHAPTERS} can be.")
    plan, names = frame(document), _names(chapters)
    shown = [n for n, t in enumerate(chapters, 1) if flag(t, "numbered", "chapter", n - 1)]
    told = (_chapter(n, t, names, shown, plan) for n, t in enumerate(chapters, start=1))
    return replace(plan, chapters=_in_parts(tuple(counted(told))))


def frame(document: Mapping[str, Any]) -> Plan:
    """All of the plan but its chapters. Raises `Mistake`."""
    parts = tuple(
        PartPlan(n, line(table, "title", ("part", n - 1)), said(table, "goal", ("part", n - 1)))
        for n, table in enumerate(tables(document, "part"), start=1)
    )
    return Plan(
        title=said(document, "title"),
        premise=said(document, "premise"),
        style=said(document, "style"),
        people=tuple(Person(*pair) for pair in _entries(document, "people")),
        chapters=(),
        fiction=flag(document, "fiction"),
        requirements=list_said(document, "requirements"),
        matter=chosen(document, "matter", MATTER),
        rules=list_said(document, "rules"),
        places=tuple(Entry(*pair) for pair in _entries(document, "places")),
        terms=tuple(Entry(*pair) for pair in _entries(document, "terms")),
        parts=parts,
    )


def _chapter(
    number: int, table: Mapping[str, Any], names: Sequence[str], shown: Sequence[int], plan: Plan
) -> ChapterPlan:
    here = ("chapter", number - 1)
    words = table.get("words", 0)
    if type(words) is not int or not 1 <= words <= MOST_WORDS:
        raise Mistake(
            f"`words` of chapter {number} must be a whole number from 1 to {MOST_WORDS:,}.",
            *here,
            "words",
        )
    return ChapterPlan(
        number=number,
        title=line(table, "title", here),
        goal=said(table, "goal", here),
        words=words,
        beats=list_said(table, "beats", here),
        must=list_said(table, "must", here),
        must_not=list_said(table, "must_not", here),
        point_of_view=said(table, "point_of_view", here),
        setting=said(table, "setting", here),
        people=list_said(table, "people", here),
        terms=list_said(table, "terms", here),
        after=_after(table["after"], number, names, shown) if "after" in table else None,
        covers=_covers(table, here, len(plan.requirements)),
        part=_part(table, here, plan.parts),
        id=names[number - 1],
        numbered=number in shown,
    )


def _names(chapters: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The ids, with one for each chapter that has none. Raises `Mistake` for one that is twice."""
    given = [said(table, "id", ("chapter", n)) for n, table in enumerate(chapters)]
    for n, name in enumerate(given):
        if name and name != slug(name):
            raise Mistake(
                f"an `id` is made of letters, digits and hyphens, such as `{slug(name)}`.",
                "chapter", n, "id",
            )  # fmt: skip
        if name and given.index(name) < n:
            raise Mistake(
                f"chapters {given.index(name) + 1} and {n + 1} have the same `id`, `{name}`. Take"
                " it out of the one that is new.",
                "chapter", n, "id",
            )  # fmt: skip
    nameless = [said(table, "title", ("chapter", n)) for n, table in enumerate(chapters)]
    made = iter(names_for((t for t, name in zip(nameless, given, strict=True) if not name), given))
    return tuple(name or next(made) for name in given)


def _after(value: Any, number: int, names: Sequence[str], shown: Sequence[int]) -> tuple[int, ...]:
    """Numbers of the chapters that it names, by their ids or by the numbers they show."""
    path = ("chapter", number - 1, "after")
    asked = value if isinstance(value, list) else [value]
    found = [names.index(one) + 1 if one in names else _place(one, shown) for one in asked]
    for name, place in zip(asked, found, strict=True):
        if type(place) is not int or not 1 <= place < number:
            raise Mistake(
                f"`after` of chapter {number} must list earlier chapters, such as [1, 2] or their"
                f" ids, or be [] for a chapter that needs none of them; `{name}` is no earlier"
                f" chapter.{meant(str(name), names[: number - 1])}",
                *path,
            )
    return tuple(dict.fromkeys(found))


def _place(name: Any, shown: Sequence[int]) -> Any:
    if type(name) is not int:
        return name
    return shown[name - 1] if 0 < name <= len(shown) else 0


def _covers(table: Mapping[str, Any], here: Path, requirements: int) -> tuple[int, ...]:
    numbers = table.get("covers", [])
    known = range(1, requirements + 1)
    if not isinstance(numbers, list) or not all(type(n) is int and n in known for n in numbers):
        raise Mistake(
            f"`covers` must list numbers of the plan's requirements, of which it has"
            f" {requirements}.",
            *here,
            "covers",
        )
    return tuple(dict.fromkeys(numbers))


def _part(table: Mapping[str, Any], here: Path, parts: Sequence[PartPlan]) -> int:
    if not (title := line(table, "part", here)):
        return 0
    found = next((part.number for part in parts if part.title == title), 0)
    if not found:
        raise Mistake(f"there is no `[[part]]` with the title `{title}`.", *here, "part")
    return found


def _in_parts(chapters: tuple[ChapterPlan, ...]) -> tuple[ChapterPlan, ...]:
    """The same chapters. Raises `Mistake` where a part's are not all in one row and in order."""
    for before, chapter in pairwise(chapters):
        if chapter.part < before.part:
            raise Mistake(
                f"chapter {chapter.number} belongs to a part that comes before the part of"
                f" chapter {before.number}. Move it, or change its `part`.",
                "chapter", chapter.number - 1, "part",
            )  # fmt: skip
    return chapters


def _insist_on_known_keys(document: Mapping[str, Any]) -> None:
    insist_on_known(document, OF_THE_BOOK)
    for key, known in {"chapter": OF_A_CHAPTER, "part": OF_A_PART, **OF_AN_ENTRY}.items():
        for n, table in enumerate(tables(document, key)):
            insist_on_known(table, known, key, n)


def _entries(document: Mapping[str, Any], key: str) -> list[tuple[str, str]]:
    name, what = OF_AN_ENTRY[key]
    rows = enumerate(tables(document, key))
    return [(said(t, name, (key, n)), said(t, what, (key, n))) for n, t in rows]
