"""What is sent is what every compatible server understands."""

from l2mac_write.llm.wire import NOTHING, body
from l2mac_write.messages import Prose, Reply, Request, Returned, Told, ToolCall, ToolResult

MARK = {"type": "ephemeral"}
THOUGHT = {"type": "thinking", "thinking": "Hm.", "signature": "s"}
READ = ToolCall("t1", "read_file", {"path": "a.md"})


def messages(*conversation):
    return body("m", Request("S", conversation, Prose(1)), 1)["messages"]


def test_the_system_text_and_the_last_block_of_all_carry_the_cache_mark():
    sent = body("m", Request("S", (Told("a"), Reply("b"), Told("c")), Prose(1)), 1)

    assert sent["system"] == [{"type": "text", "text": "S", "cache_control": MARK}]
    assert "cache_control" not in sent["messages"][0]["content"][0]
    assert sent["messages"][2]["content"][0]["cache_control"] == MARK


def test_what_other_conversations_share_carries_a_mark_of_its_own():
    shelf, chapter = Told("shelf", shared=True), Told("chapter", shared=True)
    (sent,) = messages(shelf, chapter, Told("asked"), Told("once", once=True))

    assert [block.get("cache_control") for block in sent["content"]] == [MARK, MARK, MARK, None]


def test_there_are_never_more_than_four_marks():
    shelves = tuple(Told(f"shelf {n}", shared=True) for n in range(5))
    (sent,) = messages(*shelves, Told("asked"))

    assert sum("cache_control" in block for block in sent["content"]) == 3


def test_a_tool_result_can_carry_the_cache_mark():
    last = messages(Told("a"), Reply("", (READ,)), Returned((ToolResult("t1", "x"),)))[-1]

    assert last["content"][0]["cache_control"] == MARK


def test_roles_alternate_whatever_was_said():
    sent = messages(Told("a"), Told("b"), Reply("c"), Reply("d"), Told("e"))

    assert [message["role"] for message in sent] == ["user", "assistant", "user"]
    assert [block["text"] for block in sent[0]["content"]] == ["a", "b"]


def test_empty_words_are_never_sent():
    sent = messages(
        Told(" "), Told("a"), Reply("", (READ,)), Returned((ToolResult("t1", ""),)), Told("")
    )

    assert [
        block for message in sent for block in message["content"] if block.get("text") == ""
    ] == []
    assert len(sent[0]["content"]) == 1
    assert sent[2]["content"][0]["content"] == NOTHING


def test_a_reply_of_another_model_is_rebuilt_from_its_words_and_calls():
    assert messages(Told("a"), Reply("b", (READ,)))[1]["content"] == [
        {"type": "text", "text": "b"},
        {"type": "tool_use", "id": "t1", "name": "read_file", "input": {"path": "a.md"}},
    ]


def test_thoughts_that_lead_nowhere_and_blank_texts_are_not_sent_back():
    said = {"type": "text", "text": "b"}
    blank = {"type": "text", "text": " "}
    reply = Reply("b", blocks=(THOUGHT, said, blank, THOUGHT))

    assert messages(Told("a"), reply, Told("c"))[1]["content"] == [THOUGHT, said]


def test_a_reply_of_nothing_but_thoughts_leaves_no_empty_turn_behind():
    sent = messages(Told("a"), Reply("", blocks=(THOUGHT,)), Told("c"))

    assert [message["role"] for message in sent] == ["user"]


def test_blocks_of_the_conversation_are_never_changed():
    said = {"type": "text", "text": "b"}
    conversation = (Told("a"), Reply("b", blocks=(said,)), Told("c"))

    assert messages(*conversation) == messages(*conversation)
    assert said == {"type": "text", "text": "b"}
