"""A text longer than one reply can be relied upon to be is written piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from l2mac_write.machine.agent import Agent
from l2mac_write.machine.continuing import joined
from l2mac_write.machine.drafts import Draft, judged
from l2mac_write.machine.turn import grown
from l2mac_write.messages import Told
from l2mac_write.text.counting import count_words

BREAK = "\n\n"
TURNS = 1000
"""More than there are turns in one round; each has a seed of its own."""
TRIES = 3
"""Pieces asked for in the place of each that the length takes: a model may stop early each time."""
STRETCH = 1.2
"""All but the first may be longer by so much, lest a few words too few make another piece."""
SHORTEST = 150
LEAST = 0.1
"""Of the words asked for; less than that is no piece but a remark, or nothing new."""
SHOWN = 400
"""Words of the text before a piece that its writer sees, verbatim."""
ENDING = 250
"""Words at the end of a text that is too short; what is added comes before them."""
CLOSE = 0.03
"""Of the length; no more words are asked for, or taken out, than bring a text so near to it."""


@dataclass(frozen=True, slots=True)
class BeatPart:
    """What happens. One that is to fill more than a piece is told in parts."""

    text: str
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """What is wanted next: `beats` in `words`, of the `left` that are still to come with `later`."""

    words: int
    left: int
    beats: tuple[BeatPart, ...] = ()
    later: tuple[BeatPart, ...] = ()
    is_last: bool = False


def following(beats: Sequence[BeatPart], left: int, most: int) -> Piece:
    """The next of as many pieces of at most so many words as the words that are left will fill.

    The last beat is kept for the last piece, whatever comes before it.
    """
    pieces = pieces_for(left, most)
    if pieces == 1:
        words = max(SHORTEST, left)
        return Piece(words, words, tuple(beats), is_last=True)
    due = min(-(-len(beats) // pieces), len(beats) - 1)
    return Piece(round(left / pieces), left, tuple(beats[:due]), tuple(beats[due:]))


def pieces_for(words: int, most: int) -> int:
    return max(1, -(-words // most))


def in_pieces(agent: Agent, round_: int) -> Draft:
    """The whole text, from its first piece to its last.

    Each piece is a request of its own: all begin alike, so that the prompt cache has the window
    and the contract, while a conversation that held the text so far would cost more each time.
    """
    most, text, written, beats = agent.due.reply, "", 0, parted(agent)
    for number in range(TRIES * pieces_for(agent.due.words, most)):
        room = round(STRETCH * most) if text else most
        piece = following(beats, agent.due.words - written, room)
        longer = added(agent, piece, text, attempt=round_ * TURNS + number)
        if count_words(longer) - written < LEAST * piece.words:
            continue
        text, written, beats = longer, count_words(longer), piece.later
        if piece.is_last:
            break
    return agent.verdict(text)


def parted(agent: Agent) -> tuple[BeatPart, ...]:
    """The beats of the contract, in parts where there are fewer of them than pieces."""
    chapter, pieces = agent.situation.chapter, pieces_for(agent.due.words, agent.due.reply)
    beats = (chapter.beats or (chapter.goal or chapter.title,)) if chapter else ("",)
    parts = -(-pieces // len(beats))
    return tuple(BeatPart(beat, part, parts) for beat in beats for part in range(1, parts + 1))


def lengthened(agent: Agent, text: str, round_: int) -> str:
    """The text with as many pieces before its ending as it is too short for."""
    most = agent.due.reply
    ending = last_paragraphs(text, min(ENDING, count_words(text) // 2))
    before = text.removesuffix(ending).rstrip()
    for number in range(TRIES * pieces_for(agent.due.words, most)):
        left = agent.due.words - count_words(before) - count_words(ending)
        if left <= CLOSE * agent.due.words:
            break
        piece = Piece(round(left / pieces_for(left, most)), left)
        before = added(agent, piece, before, ending=ending, attempt=round_ * TURNS + number)
    return f"{before}{BREAK}{ending}".strip()


def added(agent: Agent, piece: Piece, text: str, *, ending: str = "", attempt: int) -> str:
    """The text with this piece at its end, or as it was where the model said nothing."""
    told = agent.say(
        "piece.md.j2",
        piece=piece,
        written=count_words(text),
        tail=last_paragraphs(text, SHOWN),
        ending=ending,
    )
    opening = agent.request(agent.step.prompt, agent.prose(piece.words), attempt=attempt)
    turn, desk = agent.turn(grown(opening, Told(told, once=True)), text)
    said = cleaned(agent, turn.text)
    return joined(f"{desk.draft}{BREAK}" if desk.draft else "", said) if said else text


def cleaned(agent: Agent, said: str) -> str:
    """A piece without what code alone can mend, such as words to us around it."""
    work = replace(agent.work(said), words=0, earlier=())
    return judged(work, agent.evaluators).text


def last_paragraphs(text: str, words: int) -> str:
    """The end of the text: whole paragraphs, of so many words or a little more."""
    paragraphs = text.split(BREAK)
    sizes = accumulate(count_words(paragraph) for paragraph in reversed(paragraphs))
    return BREAK.join(paragraphs[-1 - sum(size < words for size in sizes) :])
