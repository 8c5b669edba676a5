"""What merely follows from other texts, such as a summary, waits again once one of these changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from l2mac_write.instructions import Instruction, Registry
from l2mac_write.machine.texts import body, text_of
from l2mac_write.ports import FileStore


def made_from(instruction: Instruction, text: Callable[[str], str]) -> Mapping[str, str]:
    """The texts that it follows from, as far as they are there: each path, and a hash of the words.

    The title line is the plan's, and does not count.
    """
    texts = {path: text(path) for path in instruction.follows}
    return {path: words_of(text) for path, text in texts.items() if body(text)}


def words_of(text: str) -> str:
    """A hash of the words below the title line."""
    return hashlib.sha256(body(text).encode()).hexdigest()


def current(registry: Registry, store: FileStore) -> Registry:
    """Without the outcomes of what was made from other texts than there are now."""
    return _without(registry, [i for i in registry.instructions if _is_stale(i, registry, store)])


def after(registry: Registry, name: str, store: FileStore) -> Registry:
    """The same where nothing has changed but what the instruction of that name wrote."""
    written = {i.writes for i in registry.instructions if i.id == name}
    followers = _followers(registry, written)
    return _without(registry, [i for i in followers if _is_stale(i, registry, store)])


def _without(registry: Registry, stale: Iterable[Instruction]) -> Registry:
    """Nor of what follows from these in turn."""
    while waiting := {i.id: i.writes for i in stale}:
        registry = registry.without(waiting.keys())
        stale = _followers(registry, {*waiting.values()})
    return registry


def _followers(registry: Registry, paths: set[str]) -> list[Instruction]:
    """The finished instructions that follow from one of these texts."""
    return [
        i
        for i in registry.instructions
        if i.follows and i.id in registry.outcomes and not paths.isdisjoint(i.follows)
    ]


def _is_stale(instruction: Instruction, registry: Registry, store: FileStore) -> bool:
    """By the words alone: a text that has only moved has not changed, one that is gone says nothing.

    What was finished before anybody kept such hashes stays as it is.
    """
    outcome = registry.outcomes.get(instruction.id)
    if not instruction.follows or not outcome or not outcome.made_from:
        return False
    now = made_from(instruction, partial(text_of, store))
    if missing := {*instruction.follows} - now.keys():
        return any(
            i.writes in missing and i.id not in registry.outcomes for i in registry.instructions
        )
    return sorted(now.values()) != sorted(outcome.made_from.values())
