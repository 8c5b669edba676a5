"""What is left out of a conversation that has grown past the model's window: its oldest look-ups."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from l2mac_write.items import tokens
from l2mac_write.messages import (
    Conversation,
    Message,
    Prose,
    Reply,
    Request,
    Returned,
    Shape,
    Told,
    ToolResult,
)
from l2mac_write.text.characters import encodable

TOKENS_PER_WORD = 2
OBJECT = 1_000
"""Tokens kept free for an answer that is no prose."""
KEPT = 0.75
"""Of the room; so much is left after a cut, lest each further step need another."""
LEAST_SHOWN, MOST_SHOWN = 200, 4_000
"""Tokens that tools may answer one reply with."""
CUT = "\n… (cut: ask for a smaller part)"
STEPS_TOLD, SHORT = 8, 100
"""Steps that a note tells of, and characters of each thing that it says of one."""


@dataclass(frozen=True, slots=True)
class Done:
    """A call of a tool that is not shown any more, and what the model had said with it."""

    tool: str
    arguments: str
    said: str


@dataclass(frozen=True)
class Talk:
    """A conversation, and how many of its oldest groups of calls and results are left out.

    A note stands in their place: `recap` are the words for it. The opening never moves, and the
    newest group is never left out; what it has found may be cut.
    """

    whole: Request
    window: int
    recap: Callable[[Sequence[Done], int], str]
    opening: int
    """Messages that it began with; look-ups of earlier turns may be among them."""
    left_out: int = 0

    @cached_property
    def groups(self) -> tuple[tuple[int, int], ...]:
        return groups(self.whole.conversation, self.opening)

    @property
    def can_be_shorter(self) -> bool:
        return self.left_out < len(self.groups) - 1

    def request(self, *more: Message) -> Request:
        """What is sent, with these messages at its end."""
        return replace(self.whole, conversation=(*self._shown(self.left_out), *more))

    def grown(self, *messages: Message) -> Talk:
        conversation = (*self.whole.conversation, *messages)
        return replace(self, whole=replace(self.whole, conversation=conversation))

    def shorter(self) -> Talk:
        return replace(self, left_out=self.left_out + 1)

    @property
    def can_be_cut(self) -> bool:
        return any(len(result.text) > len(_half(result.text)) for result in self._newest)

    def cut(self) -> Talk:
        """With half of what the newest look-ups have found."""
        conversation, end = self.whole.conversation, self.groups[-1][1]
        less = tuple(replace(result, text=_half(result.text)) for result in self._newest)
        said = (*conversation[: end - 1], Returned(less), *conversation[end:])
        return replace(self, whole=replace(self.whole, conversation=said))

    @property
    def _newest(self) -> tuple[ToolResult, ...]:
        newest = self.whole.conversation[self.groups[-1][1] - 1] if self.groups else None
        return newest.results if isinstance(newest, Returned) else ()

    def fitting(self, *more: Message) -> Talk:
        """Itself where there is room for it and for the answer."""
        talk, room = self, self._room
        if self.can_be_shorter and size(self.request(*more)) > room:
            while talk.can_be_shorter and size(talk.request(*more)) > KEPT * room:
                talk = talk.shorter()
        return talk

    def shown(self, reply: Reply) -> int:
        """Tokens that its calls may be answered with, so that they fit once all else is left out."""
        bare = replace(self.whole, conversation=(*self._shown(len(self.groups)), reply))
        return min(MOST_SHOWN, max(LEAST_SHOWN, (self._room - size(bare)) // 2))

    @property
    def _room(self) -> int:
        return self.window - _answer(self.whole.shape)

    def _shown(self, left_out: int) -> Conversation:
        conversation, gone = self.whole.conversation, self.groups[:left_out]
        if not gone:
            return conversation
        done = [step for start, end in gone for step in _steps(conversation[start:end])]
        note = Told(self.recap(done[-STEPS_TOLD:], max(0, len(done) - STEPS_TOLD)))
        hidden = {n for start, end in gone for n in range(start, end)}
        first = gone[0][0]
        rest = (m for n, m in enumerate(conversation) if n > first and n not in hidden)
        return (*conversation[:first], note, *rest)


def groups(conversation: Conversation, opening: int = 1) -> tuple[tuple[int, int], ...]:
    """Where calls and their results stand, with what was said once on the way to them."""
    return tuple(
        (n - 1 if n > opening and _is_said_once(conversation[n - 1]) else n, n + 2)
        for n in range(1, len(conversation) - 1)
        if isinstance(conversation[n], Reply) and isinstance(conversation[n + 1], Returned)
    )


def size(request: Request) -> int:
    """An estimate in tokens."""
    tools = sum(tokens(f"{t.description}{json.dumps(dict(t.parameters))}") for t in request.tools)
    return tokens(request.system) + tools + sum(map(_tokens, request.conversation))


def _tokens(message: Message) -> int:
    match message:
        case Told(text):
            return tokens(text)
        case Reply(blocks=blocks) if blocks:
            return tokens(json.dumps([dict(block) for block in blocks], ensure_ascii=False))
        case Reply(text, calls):
            return tokens(text) + sum(tokens(_arguments(call.arguments)) for call in calls)
        case Returned(results):
            return sum(tokens(result.text) for result in results)


def _is_said_once(message: Message) -> bool:
    return isinstance(message, Told) and message.once


def _steps(messages: Conversation) -> tuple[Done, ...]:
    replies = (message for message in messages if isinstance(message, Reply))
    return tuple(
        Done(call.name, _short(_arguments(call.arguments)), "" if number else _short(reply.text))
        for reply in replies
        for number, call in enumerate(reply.calls)
    )


def _arguments(arguments: object) -> str:
    return json.dumps(arguments, ensure_ascii=False, default=dict)


def _half(text: str) -> str:
    """Of what is longer than the least that is shown."""
    if tokens(text) <= LEAST_SHOWN:
        return text
    return f"{text.removesuffix(CUT)[: len(text) // 2]}{CUT}"


def _short(text: str) -> str:
    line = " ".join(encodable(text).split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


def _answer(shape: Shape) -> int:
    return shape.words * TOKENS_PER_WORD if isinstance(shape, Prose) else OBJECT
