"""What a person orders of chapters, whether it makes sense, and what finds the proposals for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from l2mac_write.changing import passes, propagating, revising
from l2mac_write.changing.proposals import Proposal
from l2mac_write.cli import deciding, printing, sharing
from l2mac_write.cli.deciding import Decided, How, State
from l2mac_write.errors import UsageError
from l2mac_write.events import Listener
from l2mac_write.orders import Order, Scope

ASK = 'Say which chapter, and what is to become of it: l2mac-write revise 3 "INSTRUCTION".'
OF_THE_ORDER = ("every", "scope", "quote", "candidates")
Finder: TypeAlias = Callable[[Path, How, Listener, Mapping[str, Any]], tuple[Proposal, ...]]


def finder(words: tuple[str, ...], how: How, said: Mapping[str, Any]) -> Finder:
    """What finds the proposals that a person is to decide on."""
    if how.reject:
        return lambda book, *_: revising.still_open(book, words)
    if said["is_open"]:
        return lambda book, _, tell, run: revising.go_on(book, words, tell=tell, **run)
    if said["whole"]:
        return lambda book, how, tell, run: _shared_out(book, words[0], how, tell, run)
    if said["propagate"] and len(words) == 1:
        return lambda book, _, tell, run: propagating.propagate(book, words[0], tell=tell, **run)
    names, order = _asked(words, **{name: said[name] for name in OF_THE_ORDER})
    return lambda book, _, tell, run: revising.revise(book, names, order, tell=tell, **run)


def _shared_out(
    book: Path, wish: str, how: How, tell: Listener, run: Mapping[str, Any]
) -> tuple[Proposal, ...]:
    """What comes of the orders of a wish for the whole book, once a person has seen them."""
    shared = passes.share_out(book, wish, tell=tell, **run)
    if how.as_json and not how.yes:
        printing.document(sharing.document(shared))
        sys.exit(0)
    if not how.as_json:
        printing.lines(sharing.told(book, shared))
    if not sharing.wanted(book, shared, how):
        sys.exit(0)
    return revising.carried_out(book, shared.orders, tell=tell, **run)


def propagated(
    book: Path, decided: Sequence[Decided], how: How, tell: Listener, run: Mapping[str, Any]
) -> tuple[Decided, ...]:
    """What becomes of the chapters that rely on what was taken in, or would be, in a dry run."""
    found: list[Proposal] = []
    for one in decided:
        if one.state is State.ACCEPTED:
            name = one.proposal.chapter.path
            found += propagating.propagate(book, name, tell=tell, **run)
        elif one.state is State.OPEN and how.dry:
            found += propagating.propagate_proposed(book, one.proposal, tell=tell, **run)
    return deciding.decide(book, found, how, tell, run) if found else ()


def _asked(
    words: tuple[str, ...], *, every: bool, scope: str, **more: Any
) -> tuple[tuple[str, ...], Order]:
    """The chapters that are named, none where all are meant, and what is to become of each."""
    if not words or (len(words) == 1 and not every):
        raise UsageError(f"{'that is too little' if words else 'nothing is asked'}. {ASK}")
    if every and len(words) > 1:
        raise UsageError("--all means every chapter: name none beside it.")
    return words[:-1], Order(instruction=words[-1].strip(), scope=Scope(scope), **more)


def insist_on_sense(words: tuple[str, ...], how: How, **said: Any) -> None:
    if how.yes + how.dry + how.reject > 1:
        raise UsageError("--yes, --dry-run and --reject say different things: give one of them.")
    if how.reject and not said["is_open"]:
        raise UsageError("--reject is for what is proposed already: give it with --open.")
    if said["whole"] and len(words) != 1:
        raise UsageError('--whole takes one instruction: l2mac-write revise --whole "INSTRUCTION".')
