"""The tools an agent may call, and how its calls are answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from l2mac_write.errors import ToolError
from l2mac_write.machine.desk import Desk
from l2mac_write.messages import Returned, ToolCall, ToolResult, ToolSpec

SHOWN = 12_000
"""Characters of a file that one call shows."""
HITS = 20
LONGEST_PHRASE = 500
LONGEST_ANSWER = 2 * SHOWN


@dataclass(frozen=True, slots=True)
class Tool:
    spec: ToolSpec
    run: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Toolbox:
    tools: Mapping[str, Tool]

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        return tuple(tool.spec for tool in self.tools.values())

    def answer(self, calls: tuple[ToolCall, ...]) -> Returned:
        return Returned(tuple(self._answer(call) for call in calls))

    def _answer(self, call: ToolCall) -> ToolResult:
        try:
            return ToolResult(call.id, _cut(self._result(call)))
        except ToolError as error:
            return ToolResult(call.id, _cut(str(error)), failed=True)

    def _result(self, call: ToolCall) -> str:
        if (tool := self.tools.get(call.name)) is None:
            raise ToolError(f"there is no tool `{call.name}`; there are: {', '.join(self.tools)}")
        _check(call.arguments, tool.spec)
        return tool.run(call.arguments)


def _cut(answer: str) -> str:
    """What an answer quotes, or how many files there are, may be without bounds."""
    return answer if len(answer) <= LONGEST_ANSWER else f"{answer[:SHOWN]}… (cut: it is too long)"


NO_TOOLS = Toolbox({})


def file_tools(desk: Desk) -> Toolbox:
    """List, read and search the book; replace passages of the one file the agent may write.

    The set never changes within a turn: tools are the first thing a prompt cache sees.
    """
    return _toolbox(
        Tool(
            _spec("list_files", "List the files of the book."),
            lambda _: "\n".join(desk.paths()) or "(the book has no files yet)",
        ),
        Tool(
            _spec(
                "read_file",
                "Read a file of the book, or some of its lines (numbered from 1).",
                path="string",
                first_line="integer?",
                last_line="integer?",
            ),
            lambda args: _excerpt(desk, args),
        ),
        Tool(
            _spec("search", "Find a phrase in every file of the book.", phrase="string"),
            lambda args: _search(desk, args["phrase"]),
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
            lambda args: desk.patch(args["path"], args["old"], args["new"]),
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


def _excerpt(desk: Desk, args: Mapping[str, Any]) -> str:
    lines = desk.read(args["path"]).splitlines(keepends=True)
    first = max(1, args.get("first_line", 1))
    last = min(len(lines), args.get("last_line", len(lines)))
    shown: list[str] = []
    size = 0
    for line in lines[first - 1 : last]:
        if shown and size + len(line) > SHOWN:
            break
        shown.append(line[:SHOWN])
        size += len(line)
    end = first + len(shown) - 1
    rest = f"\n(lines {first}-{end} of {len(lines)}; ask for first_line={end + 1} to go on)"
    return "".join(shown) + (rest if end < last else "")


def _search(desk: Desk, phrase: str) -> str:
    if not phrase.strip():
        raise ToolError("`search` needs a phrase of at least one word")
    if len(phrase) > LONGEST_PHRASE:
        raise ToolError(f"`search` takes a phrase of at most {LONGEST_PHRASE} characters")
    pattern = re.compile(re.escape(phrase.strip()), re.IGNORECASE)
    hits = [
        f"{path}:{number}: {_around(line, found.start())}"
        for path in desk.paths()
        for number, line in enumerate(desk.read(path).splitlines(), start=1)
        if (found := pattern.search(line))
    ]
    more = f"\n({len(hits) - HITS} more; search for a longer phrase)" if len(hits) > HITS else ""
    return "\n".join(hits[:HITS]) + more if hits else f"`{phrase}` is nowhere in the book"


def _around(line: str, place: int, reach: int = 100) -> str:
    start, end = max(0, place - reach), place + reach
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
