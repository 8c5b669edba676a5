"""One agent turn: a model works on one instruction until it stops calling tools."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from l2mac_write.errors import AnswerRefused, WindowOverflow
from l2mac_write.machine.calls import Line, nothing
from l2mac_write.machine.continuing import joined, whole_sentences, worth_keeping
from l2mac_write.machine.overflow import Done, Talk
from l2mac_write.machine.toolbox import Toolbox
from l2mac_write.messages import Conversation, Message, Prose, Reply, Request, Stop, Told

MAX_STEPS = 30


@dataclass(frozen=True, slots=True)
class Turn:
    """The text the turn ended with, and the conversation up to there."""

    text: str
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Wording:
    """What a model is told on its way: after words of its own that broke off, or were left out."""

    go_on: Callable[[str], str]
    recap: Callable[[Sequence[Done], int], str]


def take_turn(line: Line, toolbox: Toolbox, request: Request, wording: Wording) -> Turn:
    """Talk until the model is done.

    A reply that was cut, by its length limit or on its way, is gone on with. In the conversation
    it then stands as if it had come in one piece.
    """
    window, opening = line.llm.abilities.window, len(request.conversation)
    talk = Talk(request, window, wording.recap, opening)
    said, more = "", tuple[Told, ...]()
    can_go_on = line.llm.abilities.goes_on and isinstance(request.shape, Prose)
    keep = worth_keeping if can_go_on else nothing
    for _ in range(MAX_STEPS):
        talk, reply = _heard(line, talk, more, keep)
        match reply.stop:
            case Stop.END:
                whole = _whole(said, reply)
                return Turn(whole.text, talk.request(whole).conversation)
            case Stop.REFUSED:
                raise AnswerRefused(
                    f"the model refused the instruction `{line.instruction}`. "
                    "Change the plan or the model, then resume."
                )
            case Stop.LENGTH | Stop.CUT:
                said = joined(said, _kept(reply))
                more = (Told(wording.go_on(said), once=True),)
            case Stop.TOOLS:
                answer = toolbox.answer(reply.calls, talk.shown(reply))
                said, talk, more = "", talk.grown(*more, reply, answer), ()
    raise AnswerRefused(
        f"the model took {MAX_STEPS} steps over `{line.instruction}` without finishing it"
    )


def _heard(
    line: Line, talk: Talk, more: Sequence[Told], keep: Callable[[str], str]
) -> tuple[Talk, Reply]:
    """The reply, and the talk as short as it had to be for the model to hold it."""
    talk = talk.fitting(*more)
    while True:
        try:
            return talk, line.reply(talk.request(*more), salvage=keep)
        except WindowOverflow:
            if not (talk.can_be_shorter or talk.can_be_cut):
                raise
            talk = talk.shorter() if talk.can_be_shorter else talk.cut()


def grown(request: Request, message: Message) -> Request:
    """A conversation only ever grows at its end, so that a prompt cache always hits."""
    return replace(request, conversation=(*request.conversation, message))


def _kept(reply: Reply) -> str:
    """Of a reply that reached its limit the last words may be half a sentence."""
    return reply.text if reply.stop is Stop.CUT else whole_sentences(reply.text) or reply.text


def _whole(said: str, last: Reply) -> Reply:
    """The reply in one piece; a provider's blocks are those of its last piece alone."""
    return replace(last, text=joined(said, last.text), blocks=()) if said else last
