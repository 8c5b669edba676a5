"""A chapter's file as it was and as it would be: what a change of it brings with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from l2mac_write.errors import MachineError
from l2mac_write.findings import Finding, Severity
from l2mac_write.locks import findings
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.following import words_of
from l2mac_write.machine.proposed import Proposed, Way
from l2mac_write.machine.scopes import Span, allowed, around
from l2mac_write.messages import Conversation
from l2mac_write.orders import Order
from l2mac_write.text.counting import known_words
from l2mac_write.text.headings import body

LENGTH = "DOC-STRUCT"
SLACK = 20
"""Words, which any text may miss."""


def order(agent: Agent) -> Order:
    """The one that is carried out."""
    if not agent.situation.order:
        raise MachineError(f"nobody has ordered what `{agent.instruction.id}` is to change.")
    return agent.situation.order


def changed(
    agent: Agent,
    text: str,
    proposed: Proposed,
    conversation: Conversation = (),
    refused: Sequence[Finding] = (),
) -> Draft:
    """A draft is held to what it brings: what was wrong with the chapter before is no news."""
    known = {(finding.key, finding.severity) for finding in found(agent, agent.situation.original)}
    news = (f for f in found(agent, text) if (f.key, f.severity) not in known)
    said = replace(proposed, made_from=words_of(agent.situation.original))
    told = (*_locked(agent, text), *_missed(agent, text), *news, *refused)
    return Draft(text, told, conversation, proposed=said)


def _missed(agent: Agent, text: str) -> tuple[Finding, ...]:
    """Where the order says how long the chapter is to be, and it is nearer to what it was."""
    wanted = order(agent).words
    had, has = (known_words(body(each)) for each in (agent.situation.original, text))
    if not wanted or abs(has - wanted) <= max(SLACK, abs(had - wanted) // 2):
        return ()
    message = f"The chapter was to have about {wanted:,} words then; it would have {has:,}."
    hint = f"{'Cut' if has > wanted else 'Add'} about {abs(has - wanted):,} words more."
    return (Finding(LENGTH, Severity.REVISE, agent.instruction.writes, message, hint=hint),)


def given_up(agent: Agent, draft: Draft) -> Draft:
    """The file as it is, with the reasons why nothing came of the order."""
    why = tuple(dict.fromkeys(finding.message for finding in draft.findings))
    return changed(agent, agent.situation.original, Proposed(Way.EDITS, refused=why))


def _locked(agent: Agent, text: str) -> tuple[Finding, ...]:
    """What the person has locked, where the changed file would have other words."""
    here, chapter = agent.situation, agent.situation.chapter
    if not chapter or not here.locks:
        return ()
    return findings(here.locks, chapter.id, chapter.path, here.original, text)


def found(agent: Agent, text: str) -> tuple[Finding, ...]:
    """By code alone, in the file of the chapter if it read so."""
    work = agent.work(body(text))
    return tuple(finding for judge in agent.evaluators for finding in judge(work))


def may_change(agent: Agent, text: str) -> Span | None:
    """What of a changed file may change further: around it nothing has changed.

    None where nobody has said yet which paragraph or scene it is.
    """
    before = agent.situation.original
    span = allowed(before, order(agent))
    if span is None and text != before:
        span = around(before, _first_difference(before, text), order(agent).scope)
    return span and Span(span.start, len(text) - (len(before) - span.end))


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
