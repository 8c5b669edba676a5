"""One agent turn: a model works on one instruction until it stops calling tools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from l2mac_write.errors import AnswerRefused
from l2mac_write.machine.calls import Line, nothing
from l2mac_write.machine.continuing import joined, whole_sentences, worth_keeping
from l2mac_write.machine.toolbox import Toolbox
from l2mac_write.messages import Conversation, Message, Prose, Reply, Request, Stop, Told

MAX_STEPS = 30


@dataclass(frozen=True, slots=True)
class Turn:
    """The text the turn ended with, and the conversation up to there."""

    text: str
    conversation: Conversation


def take_turn(
    line: Line, toolbox: Toolbox, request: Request, *, go_on: Callable[[str], str]
) -> Turn:
    """Talk until the model is done.

    A reply that was cut, by its length limit or on its way, is gone on with: `go_on` are the
    words for that. In the conversation it then stands as if it had come in one piece.
    """
    said, asked = "", request
    can_go_on = line.llm.abilities.goes_on and isinstance(request.shape, Prose)
    keep = worth_keeping if can_go_on else nothing
    for _ in range(MAX_STEPS):
        reply = line.reply(asked, salvage=keep)
        match reply.stop:
            case Stop.END:
                whole = _whole(said, reply)
                return Turn(whole.text, grown(request, whole).conversation)
            case Stop.REFUSED:
                raise AnswerRefused(
                    f"the model refused the instruction `{line.instruction}`. "
                    "Change the plan or the model, then resume."
                )
            case Stop.LENGTH | Stop.CUT:
                said = joined(said, _kept(reply))
                asked = grown(request, Told(go_on(said), once=True))
            case Stop.TOOLS:
                said = ""
                request = asked = grown(grown(asked, reply), toolbox.answer(reply.calls))
    raise AnswerRefused(
        f"the model took {MAX_STEPS} steps over `{line.instruction}` without finishing it"
    )


def grown(request: Request, message: Message) -> Request:
    """A conversation only ever grows at its end, so that a prompt cache always hits."""
    return replace(request, conversation=(*request.conversation, message))


def _kept(reply: Reply) -> str:
    """Of a reply that reached its limit the last words may be half a sentence."""
    return reply.text if reply.stop is Stop.CUT else whole_sentences(reply.text) or reply.text


def _whole(said: str, last: Reply) -> Reply:
    """The reply in one piece; a provider's blocks are those of its last piece alone."""
    return replace(last, text=joined(said, last.text), blocks=()) if said else last
