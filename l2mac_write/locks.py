"""`locks.toml`: what a person protects, a chapter, a passage or a fact, so that no agent changes it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace

import tomli_w

from l2mac_write.called import chapter_called
from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.plan import Plan
from l2mac_write.text.toml_lines import line_of

LOCKS = "locks.toml"
CODE = "CHG-LOCKED"
TITLE = re.compile(r"\A# [^\n]*(?:\n|\Z)")
"""That is the plan's."""
SHORT = 60
"""Characters by which a passage is known."""
HEADER = (
    "# What no agent may change. `l2mac-write lock` adds to it, `unlock` takes out; so may you.\n\n"
)


@dataclass(frozen=True, slots=True)
class Lock:
    """`chapter` is the id of a chapter: all of its text, or only the `quote` in it.

    A locked fact has its `subject`, `key` and `value` besides, and is true in all the book.
    """

    chapter: str = ""
    quote: str = ""
    subject: str = ""
    key: str = ""
    value: str = ""
    why: str = ""

    @property
    def what(self) -> str:
        """In a few words."""
        if self.key:
            return f"the fact `{self.subject}, {self.key}: {self.value}`"
        if not self.quote:
            return "the whole chapter"
        short = self.quote if len(self.quote) <= SHORT else f"{self.quote[:SHORT]}…"
        return f"the passage “{' '.join(short.split())}”"

    def is_broken(self, before: str, after: str) -> bool:
        """By a text of its chapter that was another before; what was not there cannot be broken."""
        before, after = (TITLE.sub("", text).strip() for text in (before, after))
        if self.quote:
            return self.quote in before and self.quote not in after
        return bool(before) and before != after


def load(text: str, plan: Plan | None) -> tuple[Lock, ...]:
    """A chapter may go by its number or title; what the plan does not have locks nothing.

    Raises `UsageError` for what is no list of locks, with the line.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{LOCKS}` is not valid TOML: {error}.") from error
    rows = document.get("lock", [])
    if document.keys() - {"lock"} or not isinstance(rows, list):
        raise UsageError(f"`{LOCKS}` may hold `[[lock]]` tables and nothing else.")
    locks = (_lock(row, number, text) for number, row in enumerate(rows))
    return tuple(replace(lock, chapter=_meant(lock.chapter, plan)) for lock in locks)


def _meant(chapter: str, plan: Plan | None) -> str:
    if plan and chapter and chapter not in {known.id for known in plan.chapters}:
        with suppress(UsageError):
            return chapter_called(plan, chapter).id
    return chapter


def dump(locks: Iterable[Lock]) -> str:
    """The file; `load` gives the same locks again."""
    rows = [{name: said for name, said in asdict(lock).items() if said} for lock in locks]
    return HEADER + tomli_w.dumps({"lock": rows}, multiline_strings=True) if rows else HEADER


def _lock(row: object, number: int, text: str) -> Lock:
    known = {field.name for field in fields(Lock)}
    where = f"`{LOCKS}` line {line_of(text, 'lock', number)}"
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise UsageError(f"{where}: a lock is a table of texts.")
    if strange := row.keys() - known:
        raise UsageError(
            f"{where}: there is no `{min(strange)}`; there are {', '.join(sorted(known))}."
        )
    lock = Lock(**row)
    if not lock.chapter and not (lock.subject and lock.key and lock.value):
        raise UsageError(
            f"{where}: say which `chapter`, or the `subject`, `key` and `value` of a fact."
        )
    return lock


def broken(locks: Iterable[Lock], chapter: str, before: str, after: str) -> tuple[Lock, ...]:
    """Those that the new text of the chapter with that id would break."""
    return tuple(
        lock for lock in locks if lock.chapter == chapter and lock.is_broken(before, after)
    )


def findings(
    locks: Iterable[Lock], chapter: str, path: str, before: str, after: str
) -> tuple[Finding, ...]:
    """What a draft hears that would break them: it has to leave these words as they were."""
    return tuple(
        Finding(
            CODE,
            Severity.BLOCK,
            path,
            f"The author has locked {lock.what}: it stays word for word as it was.",
            hint=f"Put back, word for word: {lock.quote}" if lock.quote else "Leave it as it was.",
        )
        for lock in broken(locks, chapter, before, after)
    )


def told(locks: Sequence[Lock], chapter: str) -> str:
    """What an agent is told that may change the chapter: what is settled, line by line."""
    here = [lock for lock in locks if lock.chapter == chapter and not lock.key]
    facts = (f"{lock.subject}, {lock.key}: {lock.value}" for lock in locks if lock.key)
    quotes = (f"“{lock.quote}”" for lock in here if lock.quote)
    whole = ["This whole chapter."] if any(not lock.quote for lock in here) else []
    return "\n".join((*whole, *facts, *quotes))


def of_whole(locks: Iterable[Lock], chapter: str) -> bool:
    """Whether all of the chapter's text is locked."""
    return any(lock.chapter == chapter and not lock.quote and not lock.key for lock in locks)
