"""A conversation as pieces of one prompt: markup of ours, and words that must stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from l2mac_write.messages import Message, Reply, Request, Returned, Told

PLACE = re.compile("\ue000([0-9]+)\ue001")


@dataclass(frozen=True, slots=True)
class Piece:
    """Only in markup does `<|im_end|>` end a turn; in words it is ten characters."""

    text: str
    is_markup: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    role: str
    text: str


def said(request: Request) -> tuple[Said, ...]:
    """What was said, in order, the roles taking turns: templates refuse two of a kind in a row."""
    spoken: list[Said] = []
    for message in request.conversation:
        one = Said(_role(message), _text(message))
        if spoken and spoken[-1].role == one.role:
            one = Said(one.role, f"{spoken.pop().text}\n\n{one.text}")
        spoken.append(one)
    return tuple(spoken)


def opening(request: Request) -> str:
    """The reply's first words, where the conversation ends in a reply: it is gone on with."""
    spoken = said(request)
    return spoken[-1].text if spoken and spoken[-1].role == "assistant" else ""


def turns(request: Request) -> tuple[Said, ...]:
    """All that was said before the reply, the system's words first."""
    spoken = said(request)
    before = spoken[:-1] if opening(request) else spoken
    return (Said("system", request.system), *before) if request.system else before


def chatml(request: Request) -> tuple[Piece, ...]:
    """ChatML, left open at its end for the reply."""
    return (*_chatml(turns(request)), Piece(opening(request)))


def places(request: Request) -> list[dict[str, str]]:
    """The turns for a chat template, a numbered mark in place of each text."""
    return [
        {"role": turn.role, "content": f"\ue000{number}\ue001"}
        for number, turn in enumerate(turns(request))
    ]


def filled(rendered: str, request: Request) -> tuple[Piece, ...]:
    """What a template made of the marks, with the texts in their places."""
    texts = [turn.text for turn in turns(request)]
    split = PLACE.split(rendered)
    pieces = (
        Piece(texts[int(part)]) if number % 2 else Piece(part, is_markup=True)
        for number, part in enumerate(split)
    )
    return (*pieces, Piece(opening(request)))


def _chatml(spoken: tuple[Said, ...]) -> Iterator[Piece]:
    for turn in spoken:
        yield Piece(f"<|im_start|>{turn.role}\n", is_markup=True)
        yield Piece(turn.text)
        yield Piece("<|im_end|>\n", is_markup=True)
    yield Piece("<|im_start|>assistant\n", is_markup=True)


def _role(message: Message) -> str:
    return "assistant" if isinstance(message, Reply) else "user"


def _text(message: Message) -> str:
    match message:
        case Told(text) | Reply(text):
            return text
        case Returned(results):
            return "\n\n".join(result.text for result in results)
