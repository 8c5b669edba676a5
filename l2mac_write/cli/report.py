"""What a command has to say in the end, as prose or as one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from l2mac_write import library
from l2mac_write.findings import Finding, Severity, blocking
from l2mac_write.instructions import Status
from l2mac_write.library import Book, ChapterState
from l2mac_write.store.spending import Spend

MARKS = {Status.WAITING: "·", Status.DONE: "✓", Status.FLAWED: "!"}


def conclude(book: Book, kinds: Iterable[str], *, as_json: bool) -> None:
    """Export a finished book and say what it has come to; exit 1 if something blocks."""
    files = library.export_all(book, kinds)
    findings = book.findings
    if as_json:
        _print({"event": "done", **_state(book), "exports": [str(file) for file in files]})
    else:
        _tell_chapters(book.chapters)
        _tell_findings([f for f in findings if f.severity is not Severity.ADVISE])
        click.echo(f"\nWritten by {book.written_by}: {_price(book.spend)}.")
        exported(files, as_json=False)
    if blocking(findings):
        click.echo("l2mac-write: the book is finished, but findings that block remain.", err=True)
        sys.exit(1)


def planned(book: Book, *, as_json: bool) -> None:
    if as_json:
        _print({"event": "done", **_state(book)})
        return
    click.echo(f"The plan is in {book.root / 'plan.toml'}. Edit it as you like.")
    click.echo(f"To write the book: l2mac-write resume --book {book.root}")


def status(book: Book, *, as_json: bool) -> None:
    if as_json:
        _print(_state(book))
        return
    plan = book.plan
    click.echo(f"{plan.title if plan else 'No plan yet'} ({book.root})")
    _tell_chapters(book.chapters)
    _tell_findings(book.findings)
    click.echo(f"\n{book.written_by}: {_price(book.spend)}.")
    if not book.finished:
        click.echo(f"To go on: l2mac-write resume --book {book.root}")


def exported(files: Sequence[Path], *, as_json: bool) -> None:
    if as_json:
        _print({"exports": [str(file) for file in files]})
        return
    for file in files:
        click.echo(f"{file}  ({max(1, file.stat().st_size // 1024)} KB)")


def _tell_chapters(chapters: Sequence[ChapterState]) -> None:
    for chapter in chapters:
        click.echo(
            f"  {MARKS[chapter.status]} {chapter.number:>3}  {chapter.words:>6} / {chapter.target:<6}"
            f"  {chapter.title}"
        )
    words, target = sum(c.words for c in chapters), sum(c.target for c in chapters)
    click.echo(f"         {words:>6} / {target:<6} words")


def _tell_findings(findings: Sequence[Finding]) -> None:
    if findings:
        click.echo("\nStill to mend:" if blocking(findings) else "\nAdvice:")
    for finding in findings:
        click.echo(f"  {finding.severity:<7} {finding.code}  {finding.path}: {finding.message}")


def _price(spend: Spend) -> str:
    cost = "price unknown" if spend.cost is None else f"${spend.cost:.2f}"
    cached = spend.usage.cache_read_tokens
    inwards = spend.usage.input_tokens + cached + spend.usage.cache_write_tokens
    return (
        f"{spend.calls} calls, {inwards:,} tokens in ({cached:,} from the cache), "
        f"{spend.usage.output_tokens:,} out, {cost}"
    )


def _state(book: Book) -> dict[str, Any]:
    plan, spend = book.plan, book.spend
    return {
        "book": str(book.root),
        "title": plan.title if plan else "",
        "model": book.written_by,
        "finished": book.finished,
        "chapters": [
            {
                "number": c.number,
                "title": c.title,
                "path": c.path,
                "status": c.status,
                "words": c.words,
                "target": c.target,
            }
            for c in book.chapters
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
        "calls": spend.calls,
        "input_tokens": spend.usage.input_tokens,
        "output_tokens": spend.usage.output_tokens,
        "cache_read_tokens": spend.usage.cache_read_tokens,
        "cache_write_tokens": spend.usage.cache_write_tokens,
        "cost_usd": spend.cost,
    }


def _print(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False))
