"""A proposal on a page: what would change word by word, what is wrong before and after, the cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from l2mac_write.beforehand.amounts import dollars
from l2mac_write.changing.proposals import Proposal, gone, new
from l2mac_write.cli import differences, money, paragraphs
from l2mac_write.findings import Finding, blocking
from l2mac_write.history.comparing import Kind, compared, words
from l2mac_write.machine.proposed import Liked, Way
from l2mac_write.text.characters import in_one_line
from l2mac_write.text.counting import known_words
from l2mac_write.text.headings import body

WAYS = {
    Way.EDITS: "by edits",
    Way.ANEW: "written anew",
    Way.RETOLD: "paragraphs told anew",
}
LIKED = {
    Liked.OLD: "the old text",
    Liked.NEW: "the new text",
    Liked.NEITHER: "neither",
}


def show(proposal: Proposal, console: Console | None = None) -> None:
    console = console or Console()
    order, chapter = proposal.order, proposal.chapter
    head = f"{chapter.listed} ({chapter.path}), {WAYS[proposal.said.way]}"
    wraps = not console.is_terminal
    console.print(Text(head, style="bold"), soft_wrap=wraps)
    for line in order.instruction.splitlines():
        console.print(Text(in_one_line(line), style="italic"), soft_wrap=wraps)
    if proposal.is_empty:
        lead = "It came to nothing:" if proposal.has_failed else "Nothing would change."
        why = " ".join((proposal.said.note, *proposal.said.refused))
        console.print(Text(f"{lead} {in_one_line(why)}".rstrip()), soft_wrap=wraps)
        return
    changed = compared(proposal.before or "", proposal.after)
    paragraphs.show_passages(changed, console)
    for line in _told(proposal):
        console.print(Text(line), soft_wrap=wraps)


def _told(proposal: Proposal) -> Iterator[str]:
    said, asked = proposal.said, proposal.order.words
    if asked:
        yield f"It would have {known_words(body(proposal.after)):,} words; about {asked:,} were asked for."
    if said.note:
        yield f"The editor: {in_one_line(said.note)}"
    yield from (f"Not made: {in_one_line(why)}" for why in said.refused)
    yield from _findings("It would bring", new(proposal))
    yield from _findings("It would mend", gone(proposal))
    yield (
        f"Findings: {len(proposal.found)} before ({len(blocking(proposal.found))} block),"
        f" {len(proposal.left)} after ({len(blocking(proposal.left))} block)."
    )
    if said.votes:
        liked = ", then ".join(LIKED[vote.liked] for vote in said.votes)
        why = "" if said.likes_the_old else in_one_line(said.votes[0].why)
        yield f"A judge who was not told which is new liked better: {liked}. {why}".rstrip()
    if said.unread:
        yield f"No judge could be heard: {in_one_line(said.unread)}"
    yield from (f"Beware: {why}" for why in proposal.regressions)
    calls = proposal.spend.calls
    yield f"Cost: {calls} call{'s' * (calls != 1)}, {dollars(proposal.spend.cost)}."


def _findings(what: str, findings: Iterable[Finding]) -> Iterator[str]:
    for f in findings:
        yield f"{what}: {f.severity} {f.code}: {in_one_line(f.message)}"


def row(proposal: Proposal) -> dict[str, Any]:
    """All of it, for a program."""
    order, chapter, said = proposal.order, proposal.chapter, proposal.said
    changed = compared(proposal.before or "", proposal.after)
    return {
        "order": order.id,
        "chapter": chapter.shown,
        "title": chapter.title,
        "path": chapter.path,
        "proposed": order.path,
        "instruction": order.instruction,
        "scope": order.scope,
        "way": said.way,
        "note": said.note,
        "refused": [*said.refused],
        "votes": [asdict(vote) for vote in said.votes],
        "words_removed": words(changed, Kind.REMOVED),
        "words_added": words(changed, Kind.ADDED),
        "passages": differences.passage_rows(changed),
        "findings_before": [_finding_row(f) for f in proposal.found],
        "findings": [_finding_row(f) for f in proposal.left],
        "regressions": [*proposal.regressions],
        **money.spend_row(proposal.spend),
    }


def _finding_row(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "quote": finding.quote,
    }
