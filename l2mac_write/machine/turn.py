"""One agent turn: a model works on one instruction until it stops calling tools."""

from __future__ import annotations

from dataclasses import dataclass, replace

from l2mac_write.errors import AnswerRefused
from l2mac_write.machine.calls import Line
from l2mac_write.machine.toolbox import Toolbox
from l2mac_write.messages import Conversation, Message, Request, Stop, Told

MAX_STEPS = 30


@dataclass(frozen=True, slots=True)
class Turn:
    """The text the turn ended with, and the conversation up to there."""

    text: str
    conversation: Conversation


def take_turn(line: Line, toolbox: Toolbox, request: Request, *, go_on: str) -> Turn:
    """Talk until the model is done; a reply cut at its length limit is told to `go_on`."""
    text = ""
    for _ in range(MAX_STEPS):
        reply = line.reply(request)
        request = grown(request, reply)
        match reply.stop:
            case Stop.END:
                return Turn(text + reply.text, request.conversation)
            case Stop.REFUSED:
                raise AnswerRefused(
                    f"the model refused the instruction `{line.instruction}`. "
                    "Change the plan or the model, then resume."
                )
            case Stop.LENGTH:
                text += reply.text
                request = grown(request, Told(go_on))
            case Stop.TOOLS:
                text = ""
                request = grown(request, toolbox.answer(reply.calls))
    raise AnswerRefused(
        f"the model took {MAX_STEPS} steps over `{line.instruction}` without finishing it"
    )


def grown(request: Request, message: Message) -> Request:
    """A conversation only ever grows at its end, so that a prompt cache always hits."""
    return replace(request, conversation=(*request.conversation, message))
