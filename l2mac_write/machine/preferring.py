"""Which of two texts is better? A judge who does not know which one is new is asked twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from l2mac_write.errors import AnswerRefused, UsageError, WindowOverflow
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document, record, text
from l2mac_write.machine.changed import given_up
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.pieces import BREAK
from l2mac_write.machine.proposed import Liked, Vote
from l2mac_write.machine.window import CHARACTERS_PER_TOKEN
from l2mac_write.messages import Structured
from l2mac_write.text.headings import body

EDITOR, PROMPT = "editor", "prefer.md.j2"
FIRST_ATTEMPT = 900
LONGEST = 300
FOLD = "[…]"
FIRST, SECOND, NEITHER = "first", "second", "neither"
SCHEMA = record(why=text(LONGEST), better={"type": "string", "enum": [NEITHER, FIRST, SECOND]})


@dataclass(frozen=True, slots=True)
class Duel:
    """What was said each time; `unread` says why somebody could not be heard."""

    votes: tuple[Vote, ...] = ()
    unread: str = ""

    @property
    def is_won(self) -> bool:
        """Whether the new one is better, whichever of them comes first."""
        return bool(self.votes) and all(vote.liked is Liked.NEW for vote in self.votes)


def compared(agent: Agent, draft: Draft) -> Draft:
    """The draft of a changed chapter with what is said of it beside the chapter as it is."""
    if not agent.step.proposes:
        return draft
    if not draft.text or not draft.proposed:
        return given_up(agent, draft)
    if draft.text == agent.situation.original:
        return draft
    said = duel(agent, agent.situation.original, draft.text)
    return replace(draft, proposed=replace(draft.proposed, votes=said.votes, unread=said.unread))


def better_liked(agent: Agent, best: Draft, next_: Draft) -> Draft:
    """The first, unless the second is better in both orders."""
    if best.text == next_.text or not best.text:
        return best
    return next_ if duel(agent, best.text, next_.text).is_won else best


def duel(agent: Agent, old: str, new: str) -> Duel:
    """Each comes first once, so that who always likes the first one says nothing."""
    passages = _apart(body(old), body(new), agent.budget * CHARACTERS_PER_TOKEN // 2)
    votes: list[Vote] = []
    try:
        for number, (first, second) in enumerate((passages, passages[::-1])):
            votes.append(_vote(agent, first, second, number))
    except (UsageError, AnswerRefused, WindowOverflow) as error:
        return Duel(tuple(votes), str(error))
    return Duel(tuple(votes))


def _vote(agent: Agent, first: str, second: str, number: int) -> Vote:
    line, step = replace(agent.line, role=EDITOR), replace(agent.step, role=EDITOR, reads=())
    editor = replace(agent, line=line, step=step)
    request = editor.request(
        PROMPT, Structured(SCHEMA), attempt=FIRST_ATTEMPT + number, first=first, second=second
    )
    answer = document(editor.answer(request))
    better = answer.get("better")
    if better not in {FIRST, SECOND, NEITHER}:
        raise UsageError("The judge did not say which one is better.")
    old, new = (FIRST, SECOND) if number == 0 else (SECOND, FIRST)
    liked = {old: Liked.OLD, new: Liked.NEW, NEITHER: Liked.NEITHER}
    return Vote(liked[better], str(answer.get("why", ""))[:LONGEST])


def _apart(old: str, new: str, most: int) -> tuple[str, str]:
    """What only one of them has, with the paragraphs beside it; what both have is folded.

    Texts that have the same paragraphs in another order are shown whole.
    """
    ours, theirs = old.split(BREAK), new.split(BREAK)
    if {*ours} == {*theirs}:
        return old[:most], new[:most]
    kept = {p for own, other in ((ours, theirs), (theirs, ours)) for p in _beside(own, {*other})}
    mine, other = (_folded(side, kept)[:most] for side in (ours, theirs))
    return mine, other


def _beside(own: Sequence[str], other: Collection[str]) -> Iterator[str]:
    """The paragraphs that the other text lacks, and their neighbours; breaks are nobody's."""
    for number, paragraph in enumerate(own):
        near = own[max(0, number - 1) : number + 2]
        if any(p not in other for p in near) and any(map(str.isalnum, paragraph)):
            yield paragraph


def _folded(paragraphs: Sequence[str], kept: Collection[str]) -> str:
    shown = [paragraph if paragraph in kept else FOLD for paragraph in paragraphs]
    return BREAK.join(shown[n] for n in range(len(shown)) if shown[n - 1 : n + 1] != [FOLD, FOLD])
