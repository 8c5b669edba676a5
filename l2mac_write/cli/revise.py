"""`l2mac-write revise`: a chapter is changed as a person orders, once they have seen how."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import click

from l2mac_write import passes, propagating, revising
from l2mac_write.cli import deciding, options, printing, sharing
from l2mac_write.cli.deciding import Decided, How, State
from l2mac_write.cli.ending import ends_well, resumable
from l2mac_write.cli.progress import Lines
from l2mac_write.errors import UsageError
from l2mac_write.events import Listener
from l2mac_write.library import nobody
from l2mac_write.orders import MOST_CANDIDATES, Order, Scope
from l2mac_write.proposals import Proposal

ASK = 'Say which chapter, and what is to become of it: l2mac-write revise 3 "INSTRUCTION".'

OF_THE_ORDER = ("every", "scope", "quote", "candidates")
Finder: TypeAlias = Callable[[Path, How, Listener, Mapping[str, Any]], tuple[Proposal, ...]]


@click.command(short_help="Change a chapter as you say, once you have seen how.")
@click.argument("words", nargs=-1, metavar="[CHAPTER]... INSTRUCTION")
@click.option("--all", "every", is_flag=True, help="Every chapter that is written.")
@click.option(
    "--scope",
    type=click.Choice([*map(str, Scope)]),
    default=str(Scope.CHAPTER),
    help="How much of the chapter may change.  [default: chapter]",
)
@click.option(
    "--at", "quote", default="", metavar="QUOTE", help="Words of the chapter that say where."
)
@click.option(
    "--candidates",
    type=click.IntRange(1, MOST_CANDIDATES),
    default=1,
    metavar="N",
    help="Draft N, and keep the best.  [default: 1]",
)
@click.option(
    "--open",
    "is_open",
    is_flag=True,
    help="Go on with what is proposed or ordered and not decided, of all chapters or of CHAPTER.",
)
@click.option(
    "--propagate",
    is_flag=True,
    help="Then the chapters that still say what it made false; without INSTRUCTION: what the"
    " last change of CHAPTER made false.",
)
@click.option(
    "--whole",
    is_flag=True,
    help="INSTRUCTION is for the whole book: it is shared out among the chapters first.",
)
@click.option("--yes", is_flag=True, help="Take in what makes nothing worse, unasked.")
@click.option("--dry-run", "dry", is_flag=True, help="Only show it; the proposal is kept.")
@click.option("--reject", is_flag=True, help="With --open: turn it all down.")
@click.option("--model", help="Who revises; default: the book's own model.")
@options.budget
@options.parallel
@options.book
@options.as_json
@ends_well
def command(words: tuple[str, ...], *, book: Path, as_json: bool, **said: Any) -> None:
    """Change chapters as INSTRUCTION says, once you have seen how.

    CHAPTER is a number, a title, a file or a range such as 3-5; the last argument says what is to
    become of them. The editor changes single words and sentences where that will do, and nothing
    around them: all else stays byte for byte. You see what would change, what is wrong with the
    text before and after, and what it has cost; then you take it in, turn it down, or have it done
    again with a remark. Nothing is changed unasked, and `undo` takes back what was taken in.

    With --whole, INSTRUCTION is for the whole book (tighten it by 5 %, tell it in the past): it
    becomes an order for each chapter that has to change, and you see these, and what they may
    cost, before any is carried out; --dry-run stops there.

    With --yes it is taken in unless it makes something worse: more that blocks, or a text that a
    judge who does not know which one is new likes less, twice. Such a proposal stays open, and so
    does one that nobody was asked about; `revise --open` goes on with it, and pays for nothing
    twice. Exit code 1 means that something was not taken in.
    """
    how = How(as_json=as_json, **{name: said.pop(name) for name in ("yes", "dry", "reject")})
    run = {name: said.pop(name) for name in ("model", "budget", "parallel")}
    _insist_on_sense(words, how, **said)
    listen = nobody if as_json else Lines(err=True).tell
    with resumable(book, "revise --open"):
        found = _found(words, how, said)(book, how, listen, run)
        decided = deciding.decide(book, found, how, listen, run)
        if said["propagate"] and len(words) > 1:
            decided += _propagated(book, decided, how, listen, run)
    if as_json:
        printing.document(deciding.document(decided))
    sys.exit(1 if deciding.is_short(decided, how) else 0)


def _found(words: tuple[str, ...], how: How, said: Mapping[str, Any]) -> Finder:
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


def _propagated(
    book: Path, decided: Sequence[Decided], how: How, tell: Listener, run: Mapping[str, Any]
) -> tuple[Decided, ...]:
    """What becomes of the chapters that rely on what was taken in, or would be, in a dry run."""
    found: list[Proposal] = []
    for one in decided:
        if one.state is State.ACCEPTED:
            name = str(one.proposal.chapter.number)
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


def _insist_on_sense(words: tuple[str, ...], how: How, **said: Any) -> None:
    if how.yes + how.dry + how.reject > 1:
        raise UsageError("--yes, --dry-run and --reject say different things: give one of them.")
    if how.reject and not said["is_open"]:
        raise UsageError("--reject is for what is proposed already: give it with --open.")
    if said["whole"] and len(words) != 1:
        raise UsageError('--whole takes one instruction: l2mac-write revise --whole "INSTRUCTION".')
