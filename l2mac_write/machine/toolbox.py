"""The tools an agent may call, and how its calls are answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from l2mac_write.errors import ToolError
from l2mac_write.machine.desk import Desk
from l2mac_write.machine.excerpts import (
    BYTES_PER_TOKEN,
    bytes_of,
    excerpt,
    head,
    of_heading,
    of_lines,
    rows,
)
from l2mac_write.messages import Returned, ToolCall, ToolResult, ToolSpec

LONGEST_PHRASE = 500
NO_LIMIT = 1_000_000_000
BEST, MOST_HITS = 24, 1_000
REACH = 100
"""Characters shown before and after the place of a phrase."""


@dataclass(frozen=True, slots=True)
class Tool:
    spec: ToolSpec
    run: Callable[[Mapping[str, Any], int], str]
    """What its arguments ask for, in at most so many tokens."""


@dataclass(frozen=True, slots=True)
class Toolbox:
    tools: Mapping[str, Tool]

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        return tuple(tool.spec for tool in self.tools.values())

    def with_tools(self, *more: Tool) -> Toolbox:
        return Toolbox({**self.tools, **{tool.spec.name: tool for tool in more}})

    def answer(self, calls: tuple[ToolCall, ...], room: int) -> Returned:
        """In at most so many tokens, shared by the calls."""
        share = room // max(1, len(calls))
        return Returned(tuple(self._answer(call, share) for call in calls))

    def _answer(self, call: ToolCall, room: int) -> ToolResult:
        try:
            return ToolResult(call.id, _cut(self._result(call, room), room))
        except ToolError as error:
            return ToolResult(call.id, _cut(str(error), room), failed=True)

    def _result(self, call: ToolCall, room: int) -> str:
        if (tool := self.tools.get(call.name)) is None:
            raise ToolError(f"there is no tool `{call.name}`; there are: {', '.join(self.tools)}")
        _check(call.arguments, tool.spec)
        return tool.run(call.arguments, room)


def _cut(answer: str, room: int) -> str:
    """What an answer quotes may be without bounds."""
    return (
        answer
        if len(bytes_of(answer)) <= room * BYTES_PER_TOKEN
        else f"{head(answer, room)}… (cut)"
    )


NO_TOOLS = Toolbox({})


def file_tools(desk: Desk) -> Toolbox:
    """List, read and search the book; replace passages of the one file the agent may write.

    The set never changes within a turn: tools are the first thing a prompt cache sees.
    """
    return _toolbox(
        Tool(
            _spec("list_files", "List the files of the book with their sizes.", first="integer?"),
            lambda args, room: rows(_listed(desk), args.get("first", 1), room),
        ),
        Tool(
            _spec(
                "read_file",
                "Read a file of the book, or a part of it: what stands under a heading, some of "
                "its lines, or from some character on (both numbered from 1).",
                path="string",
                heading="string?",
                first_line="integer?",
                last_line="integer?",
                first_character="integer?",
            ),
            lambda args, room: _excerpt(desk, args, room),
        ),
        Tool(
            _spec(
                "search",
                "Find a phrase, word for word, in every file of the book; `first` is the number "
                "of the first place to show.",
                phrase="string",
                first="integer?",
            ),
            lambda args, room: _search(desk, args, room),
        ),
        Tool(
            _spec(
                "find_passages",
                "Find the passages of the book that say most of something, in other words too: "
                "name people, places and things. `first` is the number of the first to show.",
                about="string",
                first="integer?",
            ),
            lambda args, room: _passages(desk, args, room),
        ),
        Tool(
            _spec(
                "patch_file",
                "Replace a passage of the draft you have already given. "
                "`old` must be there word for word, exactly once.",
                path="string",
                old="string",
                new="string",
            ),
            lambda args, _: desk.patch(args["path"], args["old"], args["new"]),
        ),
    )


def ledger_tool(look_up: Callable[[str, str], Sequence[str]]) -> Tool:
    return Tool(
        _spec(
            "look_up",
            "Ask the ledger what is known of a person, place, thing or term by its name, with the"
            " words of the book that say so; `key` narrows it down, such as `located_at`; `first` is"
            " the number of the first line to show.",
            subject="string",
            key="string?",
            first="integer?",
        ),
        lambda args, room: rows(
            look_up(args["subject"], args.get("key", "")), args.get("first", 1), room
        ),
    )


def _toolbox(*tools: Tool) -> Toolbox:
    return Toolbox({tool.spec.name: tool for tool in tools})


def _spec(name: str, description: str, **arguments: str) -> ToolSpec:
    """A tool whose arguments are named with their JSON type; `?` marks an optional one."""
    properties = {key: {"type": kind.rstrip("?")} for key, kind in arguments.items()}
    required = [key for key, kind in arguments.items() if not kind.endswith("?")]
    return ToolSpec(
        name, description, {"type": "object", "properties": properties, "required": required}
    )


def _check(arguments: Mapping[str, Any], spec: ToolSpec) -> None:
    kinds = {"string": str, "integer": int}
    for key in spec.parameters["required"]:
        if key not in arguments:
            raise ToolError(f"`{spec.name}` needs the argument `{key}`")
    for key, value in arguments.items():
        kind = spec.parameters["properties"].get(key, {}).get("type")
        if kind is None or not isinstance(value, kinds[kind]):
            raise ToolError(f"`{spec.name}` takes no `{key}` of that kind")


def _listed(desk: Desk) -> list[str]:
    paths = desk.paths()
    return [f"{p} ({desk.size(p)} characters)" for p in paths] or ["(the book has no files yet)"]


def _excerpt(desk: Desk, args: Mapping[str, Any], room: int) -> str:
    text = desk.read(args["path"])
    start, end = 0, len(text)
    if heading := args.get("heading"):
        start, end = of_heading(text, heading)
    elif not args.keys().isdisjoint({"first_line", "last_line"}):
        start, end = of_lines(text, args.get("first_line", 1), args.get("last_line", NO_LIMIT))
    return excerpt(text, max(start, args.get("first_character", 1) - 1), end, room)


def _search(desk: Desk, args: Mapping[str, Any], room: int) -> str:
    phrase = _phrase(args["phrase"], "search")
    pattern = re.compile(re.escape(phrase), re.IGNORECASE)
    hits = (
        f"{path}, character {found.start() + 1}: {_around(text, found)}"
        for path in desk.paths()
        for text in (desk.read(path),)
        for found in pattern.finditer(text)
    )
    known = list(islice(hits, MOST_HITS))
    return rows(known, args.get("first", 1), room) or f"`{phrase}` is nowhere in the book"


def _passages(desk: Desk, args: Mapping[str, Any], room: int) -> str:
    about = _phrase(args["about"], "find_passages")
    found = [f"{p.path}, paragraph {p.number}: {p.text}" for p in desk.passages(about, BEST)]
    return rows(found, args.get("first", 1), room) or f"nothing in the book speaks of `{about}`"


def _phrase(said: str, tool: str) -> str:
    if not said.strip():
        raise ToolError(f"`{tool}` needs at least one word")
    if len(said) > LONGEST_PHRASE:
        raise ToolError(f"`{tool}` takes at most {LONGEST_PHRASE} characters")
    return said.strip()


def _around(text: str, found: re.Match[str]) -> str:
    start, end = max(0, found.start() - REACH), found.end() + REACH
    said = " ".join(text[start:end].split())
    return ("…" if start else "") + said + ("…" if end < len(text) else "")
