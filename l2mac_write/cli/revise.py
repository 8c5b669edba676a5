"""`l2mac-write revise`: a chapter is changed as a person orders, once they have seen how."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from l2mac_write import propagating, revising
from l2mac_write.cli import deciding, options, printing
from l2mac_write.cli.deciding import Decided, How, State
from l2mac_write.cli.ending import ends_well, resumable
from l2mac_write.cli.progress import Lines
from l2mac_write.errors import UsageError
from l2mac_write.events import Listener
from l2mac_write.library import nobody
from l2mac_write.orders import MOST_CANDIDATES, Order, Scope
from l2mac_write.proposals import Proposal

ASK = 'Say which chapter, and what is to become of it: l2mac-write revise 3 "INSTRUCTION".'


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
    "--open", "is_open", is_flag=True, help="Go on with what is proposed and not decided."
)
@click.option(
    "--propagate",
    is_flag=True,
    help="Then the chapters that still say what it made false; without INSTRUCTION: what the"
    " last change of CHAPTER made false.",
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
def command(
    words: tuple[str, ...],
    *,
    is_open: bool,
    propagate: bool,
    book: Path,
    as_json: bool,
    **said: Any,
) -> None:
    """Change chapters as INSTRUCTION says, once you have seen how.

    CHAPTER is a number, a title, a file or a range such as 3-5; the last argument says what is to
    become of them. The editor changes single words and sentences where that will do, and nothing
    around them: all else stays byte for byte. You see what would change, what is wrong with the
    text before and after, and what it has cost; then you take it in, turn it down, or have it done
    again with a remark. Nothing is changed unasked, and `undo` takes back what was taken in.

    With --yes it is taken in unless it makes something worse: more that blocks, or a text that a
    judge who does not know which one is new likes less, twice. Such a proposal stays open, and so
    does one that nobody was asked about; `revise --open` goes on with it, and pays for nothing
    twice. Exit code 1 means that something was not taken in.
    """
    how = How(as_json=as_json, **{name: said.pop(name) for name in ("yes", "dry", "reject")})
    asked = {name: said.pop(name) for name in ("every", "scope", "quote", "candidates")}
    _insist_on_sense(how, is_open=is_open, has_words=bool(words))
    listen = nobody if as_json else Lines(err=True).tell
    with resumable(book, "revise --open"):
        if propagate and len(words) == 1:
            found = propagating.propagate(book, words[0], tell=listen, **said)
        elif is_open:
            found = (
                revising.still_open(book)
                if how.reject
                else revising.go_on(book, tell=listen, **said)
            )
        else:
            names, order = _asked(words, **asked)
            found = revising.revise(book, names, order, tell=listen, **said)
        decided = deciding.decide(book, found, how, listen, said)
        if propagate and len(words) > 1:
            decided += _propagated(book, decided, how, listen, said)
    if as_json:
        printing.document(deciding.document(decided))
    sys.exit(1 if deciding.is_short(decided, how) else 0)


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


def _insist_on_sense(how: How, *, is_open: bool, has_words: bool) -> None:
    if how.yes + how.dry + how.reject > 1:
        raise UsageError("--yes, --dry-run and --reject say different things: give one of them.")
    if is_open and has_words:
        raise UsageError("--open goes on with what is proposed already: leave out the rest.")
    if how.reject and not is_open:
        raise UsageError("--reject is for what is proposed already: give it with --open.")
