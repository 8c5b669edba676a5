"""`l2mac-write impact`: which other chapters rely on what a change made false."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options, printing
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError


@click.command(short_help="Show which other chapters rely on what a change made false.")
@click.argument("name", default="", metavar="[CHAPTER]")
@click.argument("versions", nargs=-1, metavar="[A [B]]")
@click.option(
    "--fact", default="", metavar="NAME [KEY]", help="Ask for a fact instead: `Mara eyes`."
)
@options.book
@options.as_json
@ends_well
def command(name: str, versions: tuple[str, ...], fact: str, book: Path, *, as_json: bool) -> None:
    """Show what the last change of CHAPTER has made false, and which other chapters rely on it.

    By a revision or by hand: the facts that the ledger had from the words that are gone, and every
    chapter that says the same again, with its sentences. CHAPTER is a number, a title or a file,
    by default the chapter that was changed last; A and B are versions, as for `diff`. Asks no
    model and changes nothing.
    """
    from l2mac_write.cli import reliances
    from l2mac_write.history import impacts

    if fact and name:
        raise UsageError("ask for a chapter or for --fact, not for both.")
    if len(versions) > len(("old", "new")):
        raise UsageError("name at most two versions, the old one first.")
    found = impacts.impact_of_fact(book, fact) if fact else impacts.impact(book, name, *versions)
    if as_json:
        printing.document(reliances.document(found))
    else:
        printing.lines(reliances.told(found))
