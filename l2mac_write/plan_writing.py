"""`plan.toml` written: from a plan, or with changes that leave all else as a person left it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import tomli_w
import tomlkit
from tomlkit.exceptions import TOMLKitError

from l2mac_write.errors import UsageError
from l2mac_write.plan import ChapterPlan, Plan

CHAPTER = re.compile(r"(?m)^\[\[chapter\]\]")
HEADER = """\
# The plan of the book. Change it as you like: `l2mac-write resume` goes by it, and never touches
# a chapter that is written. `id` tells a chapter apart wherever you move it and whatever you call
# it; one that you add needs none.

"""


def dump(plan: Plan) -> str:
    """`plan.toml` for the plan; what it leaves open is left out."""
    document = {
        "title": plan.title,
        "premise": plan.premise,
        "style": plan.style,
        "fiction": plan.fiction,
        **_given(
            matter=plan.matter,
            requirements=plan.requirements,
            rules=plan.rules,
            people=[{"name": person.name, "who": person.who} for person in plan.people],
            places=[{"name": entry.name, "what": entry.what} for entry in plan.places],
            terms=[{"name": entry.name, "what": entry.what} for entry in plan.terms],
            part=[{"title": part.title, "goal": part.goal} for part in plan.parts],
        ),
    }
    # by itself, for a table that is short would stand in one line
    chapters = (tomli_w.dumps(_table(c, plan), multiline_strings=True) for c in plan.chapters)
    book = tomli_w.dumps(document, multiline_strings=True)
    return HEADER + "\n".join((book, *(f"[[chapter]]\n{chapter}" for chapter in chapters)))


def amended(
    text: str,
    changes: Mapping[int, Mapping[str, Any]],
    people: Sequence[Mapping[str, str]] = (),
) -> str:
    """The same `plan.toml` with other values for some keys of these chapters, and more people.

    All else, comments and order included, stays as the person left it. Raises `UsageError` for
    a value that TOML has no words for.
    """
    document = tomlkit.parse(text)
    for number, values in changes.items():
        chapter: Any = document["chapter"][number - 1]
        for key, value in values.items():
            try:
                chapter[key] = _lines(value) if isinstance(value, list) else value
            except TOMLKitError as error:
                raise UsageError(f"`{key}` of chapter {number} is no text: {error}.") from error
    if "people" in document:
        _append(document, "people", people)
        return tomlkit.dumps(document)
    return _with_people(tomlkit.dumps(document), people)


def called_anew(text: str, people: Mapping[str, Mapping[str, str]]) -> str:
    """The same `plan.toml` where the people of these names are told of as these rows do."""
    document = tomlkit.parse(text)
    for person in document.get("people", ()):
        person.update(people.get(person["name"], {}))
    for chapter in document.get("chapter", ()):
        names = chapter.get("people", [])
        for place, name in enumerate(names):
            if name in people:
                names[place] = people[name]["name"]
    return tomlkit.dumps(document)


def extended(text: str, chapters: Sequence[Mapping[str, Any]], wishes: Sequence[str]) -> str:
    """The same `plan.toml` with more chapters at its end, and more wishes that it has to answer."""
    document = tomlkit.parse(text)
    if wishes:
        document["requirements"] = _lines([*document.get("requirements", ()), *wishes])
    _append(document, "chapter", chapters)
    return tomlkit.dumps(document)


def _with_people(text: str, people: Sequence[Mapping[str, str]]) -> str:
    """They stand before the chapters, as in a plan that is written at once."""
    tables = "".join(f"[[people]]\n{tomli_w.dumps(person)}\n" for person in people)
    for found in CHAPTER.finditer(text) if people else ():
        whole = text[: found.start()] + tables + text[found.start() :]
        if tomlkit.parse(whole).get("people") == [*people]:  # no line within a text was meant
            return whole
    return text


def _append(document: Any, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """More tables behind those that are there, written as these are."""
    if not rows:
        return
    tables = document.get(key) or tomlkit.aot()
    made = tomlkit.table if isinstance(tables, tomlkit.items.AoT) else tomlkit.inline_table
    is_last = key not in document or [*document][-1] == key
    for row in rows:
        if tables and made is tomlkit.table:
            _end(tables[-1])
        table = made()
        table.update(row)
        tables.append(table)
    if made is tomlkit.table and not is_last:
        _end(tables[-1])
    document[key] = tables


def _end(table: Any) -> None:
    """With a blank line before what comes next."""
    if not table.as_string().endswith("\n\n"):
        table.add(tomlkit.nl())


def _lines(values: Sequence[str]) -> tomlkit.items.Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(multiline=True)


def _table(chapter: ChapterPlan, plan: Plan) -> dict[str, Any]:
    part = plan.parts[chapter.part - 1].title if chapter.part else ""
    after = {} if chapter.after is None else {"after": [plan.chapter(n).id for n in chapter.after]}
    return {
        **_given(id=chapter.id),
        "title": chapter.title,
        **_given(part=part),
        "goal": chapter.goal,
        "words": chapter.words,
        **({} if chapter.numbered else {"numbered": False}),
        **_given(
            beats=chapter.beats,
            must=chapter.must,
            must_not=chapter.must_not,
            point_of_view=chapter.point_of_view,
            setting=chapter.setting,
            people=chapter.people,
            terms=chapter.terms,
            covers=chapter.covers,
        ),
        **after,
    }


def _given(**values: str | Sequence[Any]) -> dict[str, Any]:
    return {
        key: value if isinstance(value, str) else [*value] for key, value in values.items() if value
    }
