"""`l2mac-write revise`: a chapter is changed as a person orders, once they have seen how."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from l2mac_write.cli import options, printing
from l2mac_write.cli.ending import ends_well, resumable
from l2mac_write.events import nobody
from l2mac_write.orders import MOST_CANDIDATES, Scope


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
    from l2mac_write.cli import deciding, ordering, progress

    how = deciding.How(
        as_json=as_json, **{name: said.pop(name) for name in ("yes", "dry", "reject")}
    )
    run = {name: said.pop(name) for name in ("model", "budget", "parallel")}
    ordering.insist_on_sense(words, how, **said)
    listen = nobody if as_json else progress.Lines(err=True).tell
    with resumable(book, "revise --open"):
        found = ordering.finder(words, how, said)(book, how, listen, run)
        decided = deciding.decide(book, found, how, listen, run)
        if said["propagate"] and len(words) > 1:
            decided += ordering.propagated(book, decided, how, listen, run)
    if as_json:
        printing.document(deciding.document(decided))
    sys.exit(1 if deciding.is_short(decided, how) else 0)
