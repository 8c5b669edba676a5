"""Events become a reply that is whole, or none at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.llm.accumulator import UNREADABLE, Accumulator
from l2mac_write.llm.faults import Interrupted
from l2mac_write.messages import Stop, ToolCall, Usage


def start(**usage):
    return {"type": "message_start", "message": {"usage": usage}}


def opened(index=0, **block):
    return {"type": "content_block_start", "index": index, "content_block": block}


def delta(kind, index=0, **fields):
    return {"type": "content_block_delta", "index": index, "delta": {"type": kind, **fields}}


def closed(index=0):
    return {"type": "content_block_stop", "index": index}


def stopped(reason, **usage):
    return {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": usage}


END = {"type": "message_stop"}
TEXT = (
    opened(type="text", text=""),
    delta("text_delta", text="Once "),
    delta("text_delta", text="upon"),
    closed(),
)
CALL = (
    opened(1, type="tool_use", id="t1", name="read_file", input={}),
    delta("input_json_delta", 1, partial_json='{"path": '),
    delta("input_json_delta", 1, partial_json='"a.md"}'),
    closed(1),
)
WHOLE = (start(input_tokens=3), *TEXT, stopped("end_turn", output_tokens=5), END)


def gathered(*events):
    accumulator = Accumulator(lambda _: None)
    for event in events:
        accumulator.add(event)
    return accumulator


def call_with(*pieces):
    return (CALL[0], *(delta("input_json_delta", 1, partial_json=p) for p in pieces), CALL[-1])


def test_text_usage_and_reason_are_gathered():
    reply = gathered(*WHOLE).reply

    assert (reply.text, reply.stop, reply.usage) == ("Once upon", Stop.END, Usage(3, 5))
    assert reply.blocks == ({"type": "text", "text": "Once upon"},)


def test_text_is_heard_as_it_comes_even_when_a_block_opens_with_some():
    heard = []
    accumulator = Accumulator(heard.append)
    accumulator.add(opened(type="text", text="It "))
    accumulator.add(delta("text_delta", text="was."))

    assert heard == ["It ", "was."]


@given(st.integers(min_value=0, max_value=len(WHOLE) - 1))
def test_no_beginning_of_a_reply_is_a_reply(length):
    with pytest.raises(Interrupted, match="cut"):
        _ = gathered(*WHOLE[:length]).reply


def test_an_end_without_a_reason_is_no_end():
    with pytest.raises(Interrupted):
        _ = gathered(*TEXT, stopped(None), END).reply


def test_a_call_is_delivered_when_the_model_stopped_for_it():
    reply = gathered(*TEXT, *CALL, stopped("tool_use"), END).reply

    assert reply.calls == (ToolCall("t1", "read_file", {"path": "a.md"}),)


@pytest.mark.parametrize("reason", ["end_turn", "max_tokens", "refusal", "pause_turn", "odd"])
def test_a_call_is_dropped_from_the_calls_and_the_blocks_when_it_did_not(reason):
    reply = gathered(*TEXT, *CALL, stopped(reason), END).reply

    assert reply.calls == ()
    assert [block["type"] for block in reply.blocks] == ["text"]


def test_a_call_whose_block_never_closed_is_not_delivered():
    with pytest.raises(Interrupted, match="tool calls"):
        _ = gathered(*TEXT, *CALL[:-1], stopped("tool_use"), END).reply


@pytest.mark.parametrize("raw", ['{"path": "a', "[1]", '"a.md"', '{"n": NaN}', "[" * 100_000])
def test_arguments_that_are_no_json_object_come_as_one_that_no_tool_has(raw):
    reply = gathered(*call_with(raw), stopped("tool_use"), END).reply

    assert reply.calls[0].arguments == {UNREADABLE: raw}
    assert reply.blocks[0]["input"] == {UNREADABLE: raw}


def test_a_call_without_arguments_has_none():
    reply = gathered(*call_with(), stopped("tool_use"), END).reply

    assert reply.calls[0].arguments == {}


def test_arguments_that_come_whole_at_the_opening_are_kept():
    whole = opened(1, type="tool_use", id="t1", name="read_file", input={"path": "b.md"})
    reply = gathered(whole, closed(1), stopped("tool_use"), END).reply

    assert reply.calls[0].arguments == {"path": "b.md"}


def test_thoughts_are_kept_with_their_signature_and_are_no_text():
    reply = gathered(
        opened(type="thinking", thinking="", signature=""),
        delta("thinking_delta", thinking="Hm"),
        delta("thinking_delta", thinking="."),
        delta("signature_delta", signature="s"),
        closed(),
        opened(1, type="redacted_thinking", data="x"),
        closed(1),
        stopped("end_turn"),
        END,
    ).reply

    assert reply.text == ""
    assert reply.blocks == (
        {"type": "thinking", "thinking": "Hm.", "signature": "s"},
        {"type": "redacted_thinking", "data": "x"},
    )


def test_unknown_events_and_deltas_change_nothing():
    odd = ({"type": "weather"}, delta("aroma_delta", aroma="rose"))
    reply = gathered(*TEXT[:1], *odd, *TEXT[1:], stopped("end_turn"), END).reply

    assert reply.text == "Once upon"


def test_counts_may_come_at_the_start_or_at_the_end():
    late = stopped("end_turn", input_tokens=9, cache_read_input_tokens=2, output_tokens=4)
    usage = gathered(start(input_tokens=0, cache_creation_input_tokens=1), *TEXT, late, END).usage

    assert usage == Usage(9, 4, 2, 1)


def test_a_cut_reply_is_charged_at_least_for_what_it_wrote():
    usage = gathered(start(input_tokens=7, output_tokens=1), *TEXT[:3]).usage

    assert usage == Usage(7, 3)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "content_block_delta", "index": 9, "delta": {"type": "text_delta", "text": "x"}},
        {"type": "content_block_delta", "index": 0},
        {"type": "content_block_start", "index": [], "content_block": {"type": "text"}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "tool_use"}},
        {"type": "content_block_stop"},
        {"type": "message_start", "message": None},
        {"type": "message_delta", "delta": 3},
        delta("text_delta", text=None),
    ],
)
def test_events_of_the_wrong_shape_are_garbage(event):
    with pytest.raises(Interrupted, match="garbage"):
        gathered(TEXT[0], event)
