"""A long text is mended passage by passage: what is right about the rest is never asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TypeAlias

from l2mac_write.findings import Finding
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import FED_BACK, Draft, repaired
from l2mac_write.machine.pieces import BREAK, CLOSE, TURNS, cleaned, lengthened
from l2mac_write.machine.turn import grown
from l2mac_write.messages import Told
from l2mac_write.text.counting import count_words

OFF = 0.10
"""Of the length; a text that misses it by less is not asked to be longer or shorter."""
PASSAGES = 3
"""In a reply's worth of words."""
TIGHTEST = 0.7
"""So much of a passage is left at least by one tightening."""
HALF = 0.5
"""Of what was wanted; less than that is no passage but a remark."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to be told anew in about so many words, rid of what was found in it."""

    text: str
    wanted: int
    findings: tuple[Finding, ...] = ()


Telling: TypeAlias = Callable[[Agent, Passage, str, int], str]
"""Gives the text with that passage told anew: (agent, passage, text, attempt)."""


def mended(agent: Agent, draft: Draft, round_: int) -> Draft:
    """The draft brought to its length, then rid of what the checks quote from it."""
    sized = _sized(agent, draft, round_)
    return rid(agent, sized, _size(agent), _told_anew, first=round_ * TURNS + TURNS // 2)


def rid(agent: Agent, draft: Draft, size: int, tell: Telling, *, first: int) -> Draft:
    """The draft with its faulty passages told anew, one by one, as far as each is better so.

    Where nothing but a passage was to change, nothing else does.
    """
    faulty = _faulty(passages(draft.text, size), draft.to_revise[:FED_BACK])
    for number, passage in enumerate(faulty, start=first):
        before, _, after = draft.text.partition(passage.text)
        candidate = agent.verdict(tell(agent, passage, draft.text, number), draft.conversation)
        is_alone = candidate.text.startswith(before) and candidate.text.endswith(after)
        draft = repaired(draft, candidate) if is_alone or agent.has_tools else draft
    return draft


def passages(text: str, words: int) -> tuple[str, ...]:
    """The text cut between paragraphs, into passages of about so many words."""
    paragraphs = text.split(BREAK)
    starts = accumulate(map(count_words, paragraphs), initial=0)
    groups = groupby(zip(paragraphs, starts, strict=False), key=lambda pair: pair[1] // words)
    return tuple(BREAK.join(paragraph for paragraph, _ in group) for _, group in groups)


def _size(agent: Agent) -> int:
    """A text that is not long is mended paragraph by paragraph."""
    return max(1, agent.due.reply // PASSAGES) if agent.due.is_long else 1


def _sized(agent: Agent, draft: Draft, round_: int) -> Draft:
    if draft.missed <= OFF * agent.due.target:
        return draft
    is_short = count_words(draft.text) < agent.due.words
    longer_or_shorter = lengthened if is_short else _tightened
    return agent.verdict(longer_or_shorter(agent, draft.text, round_))


def _tightened(agent: Agent, text: str, round_: int) -> str:
    """The text with its longest passages told in fewer words, one after the other."""
    longest_first = sorted(passages(text, _size(agent)), key=count_words, reverse=True)
    for number, passage in enumerate(longest_first, start=round_ * TURNS):
        over = count_words(text) - agent.due.words
        if over <= CLOSE * agent.due.words:
            break
        words = count_words(passage)
        wanted = max(round(TIGHTEST * words), words - over)
        text = _told_anew(agent, Passage(passage, wanted), text, number)
    return text


def _faulty(among: Iterable[str], complaints: Sequence[Finding]) -> Iterator[Passage]:
    """Those that a complaint quotes, each complaint with the first that it may be about."""
    left = [complaint for complaint in complaints if complaint.quote]
    for passage in among:
        about = tuple(complaint for complaint in left if complaint.quote in passage)
        left = [complaint for complaint in left if complaint not in about]
        if about:
            yield Passage(passage, count_words(passage), about)


def _told_anew(agent: Agent, passage: Passage, text: str, attempt: int) -> str:
    """The text with that passage as the model tells it now, or with the patches it made instead."""
    told = agent.say("passage.md.j2", passage=passage, has_words=count_words(passage.text))
    opening = agent.request(agent.step.prompt, agent.prose(passage.wanted), attempt=attempt)
    turn, desk = agent.turn(grown(opening, Told(told, once=True)), text)
    said = cleaned(agent, turn.text)
    if desk.patches or count_words(said) < HALF * passage.wanted:
        return desk.draft
    return text.replace(passage.text, said, 1)
