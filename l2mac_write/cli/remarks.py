"""What a check has found, for a person to read and for a program."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import click

from l2mac_write.checking.proofs import Place, Proof, Remark, Repair
from l2mac_write.cli.printing import INDENT, safe, wrapped
from l2mac_write.findings import Severity
from l2mac_write.store.complaints import State
from l2mac_write.text.characters import unturned

COLOURS = {Severity.BLOCK: "red", Severity.REVISE: "yellow", Severity.ADVISE: "cyan"}
COUNTED = {Severity.BLOCK: "blocking", Severity.REVISE: "to revise", Severity.ADVISE: "advice"}


def tell(proof: Proof, least: Severity) -> None:
    """The report: chapter by chapter, in each the worst first, and the counts."""
    for line in _report(proof, least):
        click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def print_document(proof: Proof, least: Severity) -> None:
    """The same as one JSON object, with what was waived."""
    shown = [r for r in proof.remarks if r.finding.severity.rank <= least.rank]
    document = {
        "texts": len(proof.chapters),
        "words": proof.words,
        "findings": [_row(remark) for remark in shown],
        "repairs": [_repair_row(repair) for repair in proof.repairs],
        "note": proof.note,
    }
    click.echo(json.dumps(document, ensure_ascii=False))


def _report(proof: Proof, least: Severity) -> Iterator[str]:
    yield from (line for repair in proof.repairs for line in _repair(repair))
    shown = [r for r in _open(proof.remarks) if r.finding.severity.rank <= least.rank]
    for path, remarks in groupby(shown, key=lambda remark: remark.finding.path):
        yield click.style(f"{path}  {safe(proof.chapters.get(path, ''))}".rstrip(), bold=True)
        for remark in sorted(remarks, key=lambda remark: remark.finding.severity.rank):
            yield from _remark(remark)
        yield ""
    yield from _end(proof)


def _remark(remark: Remark) -> Iterator[str]:
    finding, at = remark.finding, f"{remark.place.line}:{remark.place.column}"
    severity = click.style(f"{finding.severity:<7}", fg=COLOURS[finding.severity], bold=True)
    key = click.style(finding.key, dim=True)
    yield f"{at:>8}  {severity} {finding.code}  {key}"
    yield wrapped(finding.message)
    if finding.quote:
        yield wrapped(f"{remark.before}[{finding.quote}]{remark.after}", mark="| ")
    if finding.conflict:
        yield wrapped(f"[{finding.conflict.quote}]", mark=f"| {_where(remark.other)}: ")
    if finding.hint:
        yield wrapped(finding.hint, mark="→ ")


def _repair(repair: Repair) -> Iterator[str]:
    yield f"mended {_where(repair.place)}  {repair.finding.code}  {safe(repair.finding.message)}"
    for mark, text, colour in (("- ", repair.old, "red"), ("+ ", repair.new, "green")):
        for line in text.strip("\n").split("\n") if text.strip() else ():
            yield click.style(f"{INDENT}{mark}{unturned(safe(line))}", fg=colour)


def _end(proof: Proof) -> Iterator[str]:
    texts = "1 text" if len(proof.chapters) == 1 else f"{len(proof.chapters):,} texts"
    counts = _counts(_open(proof.remarks))
    said = ", ".join(f"{counts[s]} {COUNTED[s]}" for s in Severity if counts[s])
    yield f"{texts}, {proof.words:,} words: {said or 'nothing found'}."
    if mechanical := sum(bool(remark.fix) for remark in _open(proof.remarks)):
        yield f"Code alone can mend {mechanical} of them: add --fix."
    if waived := len(proof.remarks) - len(_open(proof.remarks)):
        yield f"Waived: {waived}, which --json tells."
    if proof.note:
        yield proof.note


def _open(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(remark for remark in remarks if remark.state is State.OPEN)


def _counts(remarks: Sequence[Remark]) -> Counter[Severity]:
    return Counter(remark.finding.severity for remark in remarks)


def _where(place: Place | None) -> str:
    return f"{place.file}:{place.line}:{place.column}" if place else ""


def _row(remark: Remark) -> dict[str, Any]:
    finding, conflict = remark.finding, remark.finding.conflict
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity,
        "state": remark.state,
        "reason": remark.reason,
        "text": finding.path,
        **_place_row(remark.place),
        "message": finding.message,
        "quote": finding.quote,
        "conflict": conflict
        and {"path": conflict.path, **_place_row(remark.other), "quote": conflict.quote},
        "hint": finding.hint,
        "evaluator": finding.by,
        "mendable": remark.fix is not None,
    }


def _place_row(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {"path": place.file, "line": place.line, "column": place.column}


def _repair_row(repair: Repair) -> dict[str, Any]:
    return {
        "code": repair.finding.code,
        **_place_row(repair.place),
        "message": repair.finding.message,
        "old": repair.old,
        "new": repair.new,
    }
