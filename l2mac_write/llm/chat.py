"""A conversation as the one string that a small model completes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l2mac_write.messages import Message, Reply, Request, Returned, Told

SPECIAL = re.compile(
    r"<(?=\|)|<(?=/?(?:s|start_of_turn|end_of_turn|im_start|im_end|bos|eos|pad|unk)>)|\[(?=/?INST\])"
)


def defused(text: str) -> str:
    """The text with whatever a tokenizer might take for a control token made plain words."""
    return SPECIAL.sub(lambda found: f"{found[0]} ", text)


def messages(request: Request) -> list[dict[str, str]]:
    """Role and content of every message, as a chat template wants them."""
    system = {"role": "system", "content": defused(request.system)}
    return [
        system,
        *({"role": _role(m), "content": defused(_text(m))} for m in request.conversation),
    ]


def chatml(request: Request) -> str:
    """ChatML, left open at the end: a conversation that ends in a reply is gone on with."""
    return "".join(_chatml(messages(request)))


def _chatml(said: list[dict[str, str]]) -> Iterator[str]:
    for number, message in enumerate(said, start=1):
        yield f"<|im_start|>{message['role']}\n{message['content']}"
        if number < len(said) or message["role"] != "assistant":
            yield "<|im_end|>\n"
    if said[-1]["role"] != "assistant":
        yield "<|im_start|>assistant\n"


def _role(message: Message) -> str:
    return "assistant" if isinstance(message, Reply) else "user"


def _text(message: Message) -> str:
    match message:
        case Told(text) | Reply(text):
            return text
        case Returned(results):
            return "\n\n".join(result.text for result in results)
