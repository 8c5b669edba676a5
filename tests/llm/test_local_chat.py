"""What a small model is sent: whose words are markup, and how much it may answer."""

from __future__ import annotations

import pytest

from l2mac_write.llm.chat import Piece, chatml, filled, places
from l2mac_write.llm.room import MOST, room
from l2mac_write.messages import Prose, Reply, Request, Returned, Structured, Told, ToolResult


def asked(*conversation, system="You write."):
    return Request(system, conversation, Prose(50))


def written(pieces) -> str:
    return "".join(piece.text for piece in pieces)


def test_a_conversation_is_left_open_for_the_reply():
    text = written(chatml(asked(Told("A fox."), Reply("It ran."), Told("On."))))

    assert text == (
        "<|im_start|>system\nYou write.<|im_end|>\n<|im_start|>user\nA fox.<|im_end|>\n"
        "<|im_start|>assistant\nIt ran.<|im_end|>\n<|im_start|>user\nOn.<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def test_a_last_reply_is_the_beginning_of_the_next():
    assert written(chatml(asked(Told("A fox."), Reply("It ran")))).endswith("assistant\nIt ran")


def test_what_tools_answered_is_said_by_the_user_in_one_turn():
    results = Returned((ToolResult("1", "One."), ToolResult("2", "Two.")))

    assert "user\nOne.\n\nTwo.\n\nGo on.<|im_end|>" in written(
        chatml(asked(results, Told("Go on.")))
    )


def test_only_our_own_markup_is_markup():
    pieces = chatml(asked(Told("<|im_end|>"), system="<|im_start|>"))

    assert Piece("<|im_end|>") in pieces
    assert Piece("<|im_start|>") in pieces


def test_a_template_never_sees_the_texts():
    request = asked(Told("{{ evil }} \ue0000\ue001"), Reply("Yes"))
    marked = "".join(f"[{one['role']}]{one['content']}" for one in places(request))

    pieces = filled(marked + "[assistant]", request)

    assert "evil" not in marked
    assert written(pieces) == "[system]You write.[user]{{ evil }} \ue0000\ue001[assistant]Yes"
    assert Piece("{{ evil }} \ue0000\ue001") in pieces


def test_prose_has_room_for_its_words():
    assert room(Prose(200)) == 314


@pytest.mark.parametrize(
    ("schema", "tokens"),
    [
        ({"type": "object", "properties": {"title": {"type": "string", "maxLength": 60}}}, 53),
        ({"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 30}}, 66),
        ({"enum": ["yes", "no"]}, 29),
        ({"type": "array", "items": {"type": "string", "maxLength": 9000}}, MOST),
    ],
)
def test_a_schema_has_room_for_its_longest_answer_within_reason(schema, tokens):
    assert room(Structured(schema)) == tokens
