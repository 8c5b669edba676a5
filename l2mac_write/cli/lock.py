"""`l2mac-write lock`: what no agent may change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from l2mac_write.cli import options, printing
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError

if TYPE_CHECKING:
    from l2mac_write.changing.locking import Locked

NOTHING = (
    'Nothing is locked. `l2mac-write lock 3` locks chapter 3, `lock 3 "its words"` a passage of it.'
)


@click.command(short_help="Protect a chapter, a passage or a fact from every agent; or list them.")
@click.argument("name", default="", metavar="[CHAPTER]")
@click.argument("quote", default="", metavar="[WORDS]")
@click.option("--fact", default="", metavar="NAME KEY", help="Lock a fact instead: `Mara eyes`.")
@click.option("--why", default="", metavar="TEXT", help="A note to yourself, kept with it.")
@options.book
@options.as_json
@ends_well
def command(name: str, quote: str, *, book: Path, as_json: bool, **what: str) -> None:
    """Protect CHAPTER, or only its WORDS, so that no agent changes them; alone, list what is locked.

    Whoever writes or mends a chapter is told. A text that would break a lock is mended or refused;
    if it comes all the same, it is put beside the one that stays. Your own edits, `undo` and `redo`
    are free. A locked fact keeps its words, and a chapter that says otherwise is told so.
    """
    from l2mac_write.changing import locking

    if what["fact"] and name:
        raise UsageError("lock a chapter or a --fact, not both at once.")
    if not name and not what["fact"]:
        found = locking.locks(book)
    else:
        found = (locking.lock(book, name, quote, **what),)
    if as_json:
        printing.document({"locks": [_row(one) for one in found]})
    else:
        printing.lines(_told(found))


def _told(found: Sequence[Locked]) -> Iterator[str]:
    for one in found:
        where = f"{one.chapter.listed}: " if one.chapter else ""
        void = "" if one.holds or not one.lock.chapter else " (its words are no longer there)"
        why = f" ({one.lock.why})" if one.lock.why else ""
        yield f"{one.number:>3}  {where}{one.lock.what}{why}{void}"
    if not found:
        yield NOTHING


def _row(one: Locked) -> dict[str, Any]:
    number = one.chapter.shown if one.chapter else None
    return {"number": one.number, **asdict(one.lock), "of": number, "holds": one.holds}
