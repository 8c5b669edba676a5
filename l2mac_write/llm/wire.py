"""A request as the Messages API wants it: the subset that every compatible server understands.

No temperature, forced tool choice, prefill or thinking setting is ever sent: the newest models
refuse them. `cache_control` always is: servers without a prompt cache pass over it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from l2mac_write.messages import (
    Conversation,
    Message,
    Prose,
    Reply,
    Request,
    Returned,
    Told,
    ToolSpec,
)

Block: TypeAlias = Mapping[str, Any]

HERE = {"cache_control": {"type": "ephemeral"}}
TOKENS_PER_WORD = 3
THINKING = 16_000
OBJECT = 32_000
SERVERS_OWN = 1_000
"""Tokens that a server adds to a prompt by itself, for tools above all."""
NOTHING = "(nothing)"


def body(model: str, request: Request, max_tokens: int) -> dict[str, Any]:
    """The arguments of one call.

    Cache marks, at most four: after the system text, after what other conversations share, and
    after all that the next call of this one will begin with.
    """
    parts: dict[str, Any] = {
        "model": model,
        "max_tokens": max_tokens,
        "messages": _messages(request.conversation),
    }
    if request.system.strip():
        parts["system"] = [{"type": "text", "text": request.system, **HERE}]
    if request.tools:
        parts["tools"] = [_tool(spec) for spec in request.tools]
    return parts


def room(request: Request, limit: int) -> int:
    """`max_tokens` for its answer: models that think spend most of it before the first word."""
    shape = request.shape
    wanted = shape.words * TOKENS_PER_WORD + THINKING if isinstance(shape, Prose) else OBJECT
    return min(int(wanted * request.generosity), limit)


def most_tokens(sent: Mapping[str, Any]) -> int:
    """More than the prompt of these arguments can take: no token is shorter than a byte."""
    return len(json.dumps(sent, ensure_ascii=False).encode("utf-8", "replace")) + SERVERS_OWN


def _messages(conversation: Conversation) -> list[dict[str, Any]]:
    """Roles that alternate, no empty block anywhere, each cache mark where a prefix ends."""
    marked = _marked(conversation)
    turns: list[tuple[str, list[Block]]] = []
    for number, message in enumerate(conversation):
        role = "assistant" if isinstance(message, Reply) else "user"
        blocks = _blocks(message)
        if blocks and number in marked:
            blocks[-1] = {**blocks[-1], **HERE}
        if turns and turns[-1][0] == role:
            turns[-1][1].extend(blocks)
        elif blocks:
            turns.append((role, blocks))
    return [{"role": role, "content": blocks} for role, blocks in turns]


def _marked(conversation: Conversation) -> frozenset[int]:
    """The last message that lasts, and the last two that are shared: the system's is the fourth."""
    shared = [n for n, m in enumerate(conversation) if isinstance(m, Told) and m.shared]
    lasting = [n for n, m in enumerate(conversation) if _lasts(m)]
    return frozenset((*shared[-2:], *lasting[-1:]))


def _lasts(message: Message) -> bool:
    """Whether the next call of this conversation will begin with it too."""
    match message:
        case Told(text, once):
            return bool(text.strip()) and not once
        case Reply():
            return False
        case Returned():
            return True


def _blocks(message: Message) -> list[Block]:
    match message:
        case Told(text):
            return [{"type": "text", "text": text}] if text.strip() else []
        case Reply(blocks=blocks) if blocks:
            return _without_loose_ends(blocks)
        case Reply(text, calls):
            said: list[Block] = [{"type": "text", "text": text}] if text.strip() else []
            return said + [
                {"type": "tool_use", "id": c.id, "name": c.name, "input": dict(c.arguments)}
                for c in calls
            ]
        case Returned(results):
            return [
                {
                    "type": "tool_result",
                    "tool_use_id": result.call_id,
                    "content": result.text if result.text.strip() else NOTHING,
                    "is_error": result.failed,
                }
                for result in results
            ]


def _without_loose_ends(blocks: Iterable[Block]) -> list[Block]:
    """The model's own blocks, less those that it may send and we may not send back."""
    kept = [b for b in blocks if b["type"] != "text" or b["text"].strip()]
    while kept and kept[-1]["type"] in {"thinking", "redacted_thinking"}:
        kept.pop()
    return kept


def _tool(spec: ToolSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "description": spec.description,
        "input_schema": dict(spec.parameters),
    }
