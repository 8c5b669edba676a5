"""What merely follows from other texts, such as a summary, waits again once one of these changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial

from l2mac_write.instructions import Instruction, Registry
from l2mac_write.machine.texts import text_of
from l2mac_write.ports import FileStore
from l2mac_write.text.headings import body

BESIDE = "~"
"""Before the path of a text that something was only held against."""


def made_from(instruction: Instruction, text: Callable[[str], str]) -> Mapping[str, str]:
    """The texts that it follows from, as far as they are there: each path, and a hash of the words.

    The title line is the plan's, and does not count.
    """
    texts = {path: text(path) for path in instruction.follows}
    return {path: words_of(text) for path, text in texts.items() if body(text)}


def held_against(paths: Iterable[str], text: Callable[[str], str]) -> Mapping[str, str]:
    """The same of texts that it was only held against: it follows from them as they were shown."""
    return {f"{BESIDE}{path}": words_of(text(path)) for path in paths}


def words_of(text: str) -> str:
    """A hash of the words below the title line."""
    return hashlib.sha256(body(text).encode()).hexdigest()


def current(registry: Registry, store: FileStore) -> Registry:
    """Without the outcomes of what was made from other texts than there are now."""
    text = cache(partial(text_of, store))
    return _without(registry, [i for i in registry.instructions if _is_stale(i, registry, text)])


def after(registry: Registry, name: str, store: FileStore) -> Registry:
    """The same where nothing has changed but what the instruction of that name wrote."""
    written = {i.writes for i in registry.instructions if i.id == name}
    followers = _followers(registry, written)
    text = cache(partial(text_of, store))
    return _without(registry, [i for i in followers if _is_stale(i, registry, text)])


def _without(registry: Registry, stale: Iterable[Instruction]) -> Registry:
    """Nor of what follows from these in turn."""
    while waiting := {i.id: i.writes for i in stale}:
        registry = registry.without(waiting.keys())
        stale = _followers(registry, {*waiting.values()})
    return registry


def _followers(registry: Registry, paths: set[str]) -> list[Instruction]:
    """The finished instructions that follow from one of these texts, or were held against one."""
    beside = {f"{BESIDE}{path}" for path in paths}
    outcomes = registry.outcomes
    return [
        i
        for i in registry.instructions
        if i.follows
        and i.id in outcomes
        and not (paths.isdisjoint(i.follows) and beside.isdisjoint(outcomes[i.id].made_from))
    ]


def _is_stale(instruction: Instruction, registry: Registry, text: Callable[[str], str]) -> bool:
    """By the words alone: a text that has only moved has not changed, one that is gone says nothing.

    What was finished before anybody kept such hashes stays as it is.
    """
    outcome = registry.outcomes.get(instruction.id)
    if not instruction.follows or not outcome or not outcome.made_from:
        return False
    now = made_from(instruction, text)
    if missing := {*instruction.follows} - now.keys():
        return any(
            i.writes in missing and i.id not in registry.outcomes for i in registry.instructions
        )
    of_itself = {p: words for p, words in outcome.made_from.items() if not p.startswith(BESIDE)}
    if sorted(now.values()) != sorted(of_itself.values()):
        return True
    beside = {p: words for p, words in outcome.made_from.items() if p.startswith(BESIDE)}
    return not _are_there(beside, registry, text)


def _are_there(beside: Mapping[str, str], registry: Registry, text: Callable[[str], str]) -> bool:
    """Each where it was, or where the plan has put it since."""
    texts = ((text(path.removeprefix(BESIDE)), words) for path, words in beside.items())
    changed = {words for said, words in texts if words_of(said) != words}
    others = {path for i in registry.instructions for path in i.follows} if changed else ()
    return changed <= {words_of(text(path)) for path in others}
