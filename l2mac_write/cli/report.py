"""What a command has to say in the end, as prose or as one JSON object."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from l2mac_write.cli import money
from l2mac_write.cli.printing import document, lines
from l2mac_write.findings import Finding, Severity, blocking, worst_first
from l2mac_write.instructions import Status
from l2mac_write.opened import Book
from l2mac_write.plan import Plan
from l2mac_write.reading.chapters import ChapterState
from l2mac_write.store.lock import holder
from l2mac_write.store.places import PRIVATE
from l2mac_write.store.spending import Spend
from l2mac_write.text.languages import unit

if TYPE_CHECKING:
    from l2mac_write.beforehand.estimating import Estimate
    from l2mac_write.exporting import Exported

MOST_WISHES, MOST_WARNINGS = 24, 20
NARROWEST = 20
"""Columns that a title has at least."""
MARKS = {Status.WAITING: "·", Status.DONE: "✓", Status.FLAWED: "!"}


def conclude(book: Book, kinds: Iterable[str], *, as_json: bool) -> None:
    """Check and export a finished book, say what it has come to; exit 1 if something blocks."""
    from l2mac_write.checking import proofreading

    if any(chapter.words for chapter in book.chapters):
        proofreading.check_book(book.root)
    exports = book.exports(kinds)
    findings = book.findings
    if as_json:
        document({"event": "done", **state(book), **_exports(exports)})
    else:
        _tell_chapters(book.chapters, book.settings.language)
        lines(_findings([f for f in findings if f.severity is not Severity.ADVISE], book.root))
        written = f"Written by {book.written_by}: " if book.written_by else ""
        lines(("", f"{written}{_price(book.spend)}."))
        exported(exports, as_json=False)
    if blocking(findings):
        click.echo("l2mac-write: the book is finished, but findings that block remain.", err=True)
        sys.exit(1)


def planned(book: Book, *, as_json: bool) -> None:
    if as_json:
        document({"event": "done", **state(book)})
        return
    click.echo(f"The plan is in {book.root / 'plan.toml'}. Edit it as you like.")
    click.echo(f"To write the book: l2mac-write resume --book {book.root}")


def status(book: Book, *, as_json: bool) -> None:
    if as_json:
        document(state(book))
        return
    plan, progress = book.plan, book.progress
    click.echo(f"{plan.title if plan else 'No plan yet'} ({book.root})")
    _tell_chapters(progress.chapters, book.settings.language)
    if plan:
        lines(_retention(plan))
    lines(_findings(book.findings, book.root))
    if book.written_by:
        click.echo(f"\nWritten by {book.written_by}")
    lines(money.receipt(book.receipts))
    lines(_next(book))


def _next(book: Book) -> Iterator[str]:
    """What is going on, or can be done next."""
    told = [*unread(book.root, book.plan, book.progress.chapters)]
    yield from told
    if who := holder(book.root / PRIVATE / "lock"):
        yield f"It is being written by {who}."
    elif not told and not book.progress.finished:
        yield f"To go on: l2mac-write resume --book {book.root}"
    if orders := book.orders:
        many = f"{len(orders)} changes to chapters are"
        what = "1 change to a chapter is" if len(orders) == 1 else many
        yield f"{what} proposed and not decided: l2mac-write revise --open --book {book.root}"


def unread(root: Path, plan: Plan | None, chapters: Sequence[ChapterState]) -> Iterator[str]:
    """What is not known yet of chapters that were there before the plan, and how to have it known."""
    if plan and any(c.words and not plan.chapter(c.number).goal for c in chapters):
        yield "No model has read it: plan.toml has titles and lengths alone, the ledger is empty."
        yield "To have it read by a model that is large enough, which may cost money:"
        yield f"  l2mac-write resume --book {root}"
        yield f"To know before what that costs: l2mac-write estimate --book {root}"


def estimate(estimate: Estimate, *, as_json: bool) -> None:
    if as_json:
        document(money.estimate_document(estimate))
    else:
        lines(money.estimate(estimate))


def exported(exports: Exported, complaints: Sequence[str] = (), *, as_json: bool) -> None:
    """Where the files are, and on stderr what a reader will miss in them and a shop complain of."""
    if as_json:
        document({**_exports(exports), "complaints": [*complaints]})
        return
    for file in exports.files:
        click.echo(f"{file}  ({max(1, _size(file) // 1024)} KB)")
    said = (*complaints, *exports.warnings)
    for sentence in said[:MOST_WARNINGS]:
        click.echo(f"l2mac-write: {sentence}", err=True)
    if len(said) > MOST_WARNINGS:
        more = len(said) - MOST_WARNINGS
        click.echo(f"l2mac-write: and {more} more, which --json tells.", err=True)


def _exports(exports: Exported) -> dict[str, Any]:
    return {"exports": [str(file) for file in exports.files], "warnings": [*exports.warnings]}


def _size(place: Path) -> int:
    files = place.rglob("*") if place.is_dir() else (place,)
    return sum(file.stat().st_size for file in files)


def _tell_chapters(chapters: Sequence[ChapterState], language: str) -> None:
    """With their files, where these count otherwise: a prologue has a place and no number."""
    cost_something = any(c.spend.cost != 0 for c in chapters)
    shows_files = any(c.shown != c.number for c in chapters)
    for c in chapters:
        spent = money.money(c.spend.cost) if c.spend.cost != 0 else ""
        cost = f"{spent:>9}" if cost_something else ""
        line = f"  {MARKS[c.status]} {c.shown or '':>3}  {c.words:>6} / {c.target:<6}{cost}  "
        file = f"  {c.path.rpartition('/')[2]}" if shows_files else ""
        room = max(NARROWEST, money.WIDTH - len(line) - len(file))
        click.echo(f"{line}{shorten(c.title, room, placeholder=' …')}{file}")
    words, target = sum(c.words for c in chapters), sum(c.target for c in chapters)
    click.echo(f"         {words:>6} / {target:<6} {unit(language)}")


def _findings(findings: Sequence[Finding], root: Path) -> Iterator[str]:
    """The worst first."""
    told = worst_first(findings)
    if told:
        is_advice = told[0].severity is Severity.ADVISE
        yield from ("", "Advice:" if is_advice else "Still to mend:")
    for finding in told:
        yield f"  {finding.severity:<7} {finding.code}  {finding.path}: {finding.message}"
    if told:
        yield f"With the words and what to do: l2mac-write check --book {root}"


def _retention(plan: Plan) -> Iterator[str]:
    """Which wishes of the request are answered, and where; those that are not come first."""
    wishes = [(wish, plan.covering(n)) for n, wish in enumerate(plan.requirements, start=1)]
    missed = sum(not chapters for _, chapters in wishes)
    if wishes:
        yield f"\nWishes of the request: {len(wishes) - missed} of {len(wishes)} are in the plan"
    for wish, chapters in sorted(wishes, key=lambda row: bool(row[1]))[:MOST_WISHES]:
        where = ", ".join(chapter.address for chapter in chapters) or "nowhere"
        where = shorten(f"in {where}" if chapters else where, 16, placeholder=" …")
        yield f"  {where:<16}  {shorten(wish, money.WIDTH - 20, placeholder=' …')}"
    if len(wishes) > MOST_WISHES:
        yield f"  and {len(wishes) - MOST_WISHES} more, which --json tells"


def _price(spend: Spend) -> str:
    cost = "price unknown" if spend.cost is None else f"${spend.cost:.2f}"
    cached = spend.usage.cache_read_tokens
    return (
        f"{spend.calls} calls, {spend.usage.prompt:,} tokens in ({cached:,} from the cache), "
        f"{spend.usage.output_tokens:,} out, {cost}"
    )


def state(book: Book) -> dict[str, Any]:
    plan, progress, receipts = book.plan, book.progress, book.receipts
    return {
        "book": str(book.root),
        "title": plan.title if plan else "",
        "model": book.written_by,
        "finished": progress.finished,
        "chapters": [
            {
                "number": c.shown,
                "title": c.title,
                "path": c.path,
                "status": c.status,
                "words": c.words,
                "target": c.target,
                **money.spend_row(c.spend),
            }
            for c in progress.chapters
        ],
        "requirements": []
        if plan is None
        else [
            {"wish": wish, "chapters": [c.shown for c in plan.covering(number)]}
            for number, wish in enumerate(plan.requirements, start=1)
        ],
        "orders": [
            {"order": o.id, "instruction": o.instruction, "proposed": o.path} for o in book.orders
        ],
        "findings": [
            {
                "key": f.key,
                "code": f.code,
                "severity": f.severity,
                "path": f.path,
                "message": f.message,
                "quote": f.quote,
                "hint": f.hint,
            }
            for f in book.findings
        ],
        "receipts": money.receipt_rows(receipts.roles),
        **money.spend_row(receipts.total),
        "budget_usd": receipts.budget or None,
        "left_usd": receipts.left,
    }
