"""Each way in which a reply can end has one meaning, and only one of them is “finished”."""

import pytest

from l2mac_write.errors import (
    LLMError,
    WindowOverflow,
)
from l2mac_write.llm.accumulator import UNREADABLE
from l2mac_write.messages import Reply, Stop
from tests.fake_api import (
    Answer,
    calling,
    cut_short,
    empty,
    refusing,
    saying,
    thinking_only,
)
from tests.llm.wired import READ, asking, unheard, wired


def ask(llm):
    return llm.reply(asking(), unheard)


def test_max_tokens_says_that_there_is_more_to_come():
    with wired(cut_short("Once upon")) as (llm, _):
        reply = llm.reply(asking(), unheard)

    assert reply == Reply("Once upon", (), Stop.LENGTH, reply.usage, reply.blocks)


def test_a_call_cut_by_max_tokens_is_never_carried_out():
    blocks = (*saying("I look.").blocks, *calling("read_file", '{"path": "a').blocks)
    with wired(Answer(blocks, "max_tokens")) as (llm, _):
        reply = llm.reply(asking(tools=(READ,)), unheard)

    assert reply.calls == ()
    assert reply.stop is Stop.LENGTH
    assert [block["type"] for block in reply.blocks] == ["text"]


def test_a_refusal_is_told_and_not_asked_again():
    with wired(refusing()) as (llm, api):
        reply = llm.reply(asking(), unheard)

    assert reply.stop is Stop.REFUSED
    assert len(api.bodies) == 1


def test_a_reply_that_is_all_thoughts_is_asked_again_with_more_room():
    answers = iter([thinking_only("max_tokens"), "At last."])
    with wired(lambda _: next(answers)) as (llm, api):
        reply = llm.reply(asking(), unheard)

    assert reply.text == "At last."
    assert api.bodies[1]["max_tokens"] == 2 * api.bodies[0]["max_tokens"]


def test_a_window_that_fills_up_while_the_model_writes_says_so():
    full = Answer(saying("Once").blocks, "model_context_window_exceeded")
    with wired(full) as (llm, _), pytest.raises(WindowOverflow, match="larger window"):
        ask(llm)


@pytest.mark.parametrize("stop", ["pause_turn", "something_new"])
def test_a_stop_that_is_no_end_is_never_taken_for_one(stop):
    with wired(Answer(saying("Once").blocks, stop)) as (llm, _):
        assert ask(llm).stop is Stop.LENGTH


@pytest.mark.parametrize("nothing", [empty(), thinking_only(), saying(" \n")])
def test_an_empty_reply_is_asked_for_three_times_and_then_told(nothing):
    with (
        wired(nothing) as (llm, api),
        pytest.raises(LLMError, match=r"empty reply 3 times.*resume"),
    ):
        ask(llm)

    assert len(api.bodies) == 3


def test_a_call_with_broken_json_keeps_the_text_and_can_only_fail():
    blocks = (*saying("I look.").blocks, *calling("read_file", '{"path": "a').blocks)
    with wired(Answer(blocks)) as (llm, _):
        answer = ask(llm)

    assert answer.text == "I look."
    assert dict(answer.calls[0].arguments) == {UNREADABLE: '{"path": "a'}


def test_calls_that_were_announced_and_never_came_are_asked_for_again():
    answers = iter([Answer(saying("I look.").blocks, "tool_use"), "Done."])
    with wired(lambda _: next(answers)) as (llm, _):
        assert ask(llm).text == "Done."
