"""A chapter is changed as an order asks, and nowhere else: by span edits, or by a passage anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from l2mac_write.errors import AnswerRefused, UsageError
from l2mac_write.findings import Edit, Finding, Severity, edited
from l2mac_write.machine import forgiving
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document, record, some, text
from l2mac_write.machine.changed import changed, may_change, order
from l2mac_write.machine.drafts import FED_BACK, Draft
from l2mac_write.machine.passages import passages
from l2mac_write.machine.pieces import BREAK, SHOWN, cleaned, last_paragraphs
from l2mac_write.machine.placing import Refusal, Wanted, fitting, found, placed
from l2mac_write.machine.preferring import better_liked
from l2mac_write.machine.proposed import Proposed, Way
from l2mac_write.machine.retelling import retold
from l2mac_write.machine.scopes import Span, around
from l2mac_write.messages import Conversation, Reply, Request, Structured, Told
from l2mac_write.text.counting import count_words
from l2mac_write.text.headings import body

EDIT = "EDT-EDIT"
AGAIN, ANEW = "edits_again.md.j2", "anew.md.j2"
MOST_EDITS, LONGEST, LONGEST_NOTE = 60, 4_000, 600
ROUNDS = 100
"""More than there are rounds; each candidate has seeds of its own."""
EDITS = some(
    record(quote=text(LONGEST), replacement=text(LONGEST, 0)), 0, MOST_EDITS, examples=[[]]
)
SCHEMA = record(
    ("place",),
    note=text(LONGEST_NOTE),
    anew={"type": "boolean", "examples": [True]},
    place=text(LONGEST_NOTE),
    edits=EDITS,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`anew` says that edits will not do; `place` are words of the passage that it is about."""

    note: str
    edits: tuple[Wanted, ...]
    anew: bool
    place: str


def revised(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """The file of the chapter as it would be then; without a text where no answer is of any use."""
    if agent.line.llm.abilities.guided:
        return retold(agent, draft)
    if draft:
        return _again(agent, draft, round_)
    first, *others = (_first(agent, n * ROUNDS) for n in range(order(agent).candidates))
    return reduce(lambda best, next_: _best(agent, best, next_), others, first)


def _best(agent: Agent, best: Draft, next_: Draft) -> Draft:
    """By what is wrong with them; of two that are as good, the one that a judge likes better."""
    if best.demerit == next_.demerit:
        return better_liked(agent, best, next_)
    return min(best, next_, key=lambda draft: draft.demerit)


def _first(agent: Agent, attempt: int) -> Draft:
    request = _request(agent, attempt)
    talk = request.conversation
    try:
        said = agent.answer(request)
        talk = (*talk, Reply(said))
        answer = _read(said)
        if answer.anew:
            return _anew(agent, answer, talk, attempt)
    except (UsageError, AnswerRefused) as error:
        return Draft("", (_refused(agent, Refusal("", str(error))),), talk)
    return _edited(agent, agent.situation.original, answer, talk)


def _again(agent: Agent, draft: Draft, round_: int) -> Draft:
    """Further edits, by one who hears what is wrong with the text as it is by now."""
    request, before = _request(agent, round_), draft.text or agent.situation.original
    is_anew = draft.proposed is not None and draft.proposed.way is Way.ANEW
    told = agent.say(
        AGAIN,
        findings=draft.to_revise[:FED_BACK],
        draft=_passage(agent, before) if is_anew else "",
    )
    so_far = draft.conversation[len(request.conversation) :]
    talk = (*request.conversation, *(so_far[-1:] if agent.narrowed else so_far), Told(told))
    try:
        said = agent.answer(replace(request, conversation=talk))
        answer = _read(said)
    except (UsageError, AnswerRefused) as error:
        return replace(draft, findings=(*draft.findings, _refused(agent, Refusal("", str(error)))))
    return _edited(agent, before, answer, (*talk, Reply(said)), draft.proposed)


def _request(agent: Agent, attempt: int) -> Request:
    return agent.request(
        agent.step.prompt,
        Structured(SCHEMA),
        attempt=attempt,
        order=order(agent),
        has_words=count_words(body(agent.situation.original)),
        passage=_passage(agent, agent.situation.original),
    )


def _passage(agent: Agent, text: str) -> str:
    """What may change of it; nothing where nobody has said what that is."""
    span = may_change(agent, text)
    return span.of(text) if span else ""


def _edited(
    agent: Agent, before: str, answer: Answer, talk: Conversation, so_far: Proposed | None = None
) -> Draft:
    """The text with the edits that have a place; the others are told, one by one, to who gave them."""
    result = placed(before, answer.edits, may_change(agent, before), order(agent).scope)
    refused = tuple(_refused(agent, refusal) for refusal in result.refused)
    if refused and result.text == agent.situation.original:
        return Draft("", refused, talk)
    proposed = so_far or Proposed(Way.EDITS, answer.note)
    why = tuple(refusal.why for refusal in result.refused)
    return changed(agent, result.text, replace(proposed, refused=why), talk, refused)


def _anew(agent: Agent, answer: Answer, talk: Conversation, attempt: int) -> Draft:
    """What may change is written anew, passage by passage where it is long."""
    before = agent.situation.original
    span = may_change(agent, before) or _place(before, answer, agent)
    told = ""
    parts = passages(span.of(before).replace("\r\n", "\n"), agent.due.reply or len(before))
    for number, passage in enumerate(parts):
        request = agent.request(
            ANEW,
            agent.prose(count_words(passage)),
            attempt=attempt + number,
            order=order(agent),
            note=answer.note,
            passage=passage,
            tail=last_paragraphs(told, SHOWN),
            has_words=count_words(passage),
        )
        told = f"{told}{BREAK}{cleaned(agent, agent.answer(request)) or passage}".strip()
    new = Edit(span.start, span.end, fitting(told, before))
    return changed(agent, edited(before, [new]), Proposed(Way.ANEW, answer.note), talk)


def _place(text: str, answer: Answer, agent: Agent) -> Span:
    """The paragraph or scene that the editor means."""
    return around(text, found(text, answer.place)[0], order(agent).scope)


def _read(said: str) -> Answer:
    """Raises `UsageError`, for whoever said it, where that is no answer."""
    answer = document(said)
    rows = answer.get("edits", [])
    if not isinstance(rows, list):
        raise UsageError("The answer has no list of `edits`.")
    return Answer(
        note=str(answer.get("note", ""))[:LONGEST_NOTE],
        edits=tuple(_wanted(rows[:MOST_EDITS])),
        anew=forgiving.truth(answer.get("anew")) is True,
        place=str(answer.get("place", "")),
    )


def _wanted(rows: Sequence[Any]) -> Iterator[Wanted]:
    for row in rows:
        match row:
            case {"quote": str(quote), "replacement": str(replacement)}:
                yield Wanted(quote, replacement)
            case _:
                raise UsageError("Each edit needs a `quote` and a `replacement`, both texts.")


def _refused(agent: Agent, refusal: Refusal) -> Finding:
    chapter = agent.situation.chapter
    return Finding(
        code=EDIT,
        severity=Severity.REVISE,
        path=chapter.path if chapter else "",
        message=refusal.why,
        quote=refusal.quote,
        hint="Give this edit again so that it can be made, or leave it out.",
    )
