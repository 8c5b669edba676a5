"""A stream may break anywhere or fall silent: no reply is ever half a reply."""

from itertools import count

import pytest

from l2mac_write.llm.retrying import Retrying
from l2mac_write.store.spending import total
from tests.fake_api import (
    Cut,
    ErrorEvent,
    Framing,
    Garbage,
    Hang,
    Pings,
    Slow,
    Status,
    Strangers,
    Trickle,
    calling,
)
from tests.llm.wired import READ, asking, unheard, wired

CHAPTER = "".join(f"Sentence {number} of the “chapter”. " for number in range(60))
LATER = "Mon, 01 Jan 2001 00:00:07 GMT"
BODY = "It was all in vain."


def reply(llm):
    return llm.reply(asking(), unheard)


def in_real_time():
    return Retrying(sleep=lambda _: None, chance=lambda: 0.5)


def by_looks():
    """A clock on which ten seconds pass from one look to the next, and no other time."""
    clock = count(step=10).__next__
    return Retrying(sleep=lambda _: None, clock=clock, chance=lambda: 0.5)


@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("twentieth", range(20))
def test_a_reply_cut_anywhere_is_never_accepted(framing, twentieth):
    with wired(CHAPTER, Cut(twentieth / 20, framing)) as (llm, api):
        assert reply(llm).text == CHAPTER

    assert len(api.bodies) == 2


@pytest.mark.parametrize("call", [{"path": "a.md"}, '{"path": "a.md"}'])
@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("tenth", range(2, 10, 2))
def test_a_tool_call_cut_anywhere_is_never_carried_out(framing, tenth, call):
    with wired(calling("read_file", call), Cut(tenth / 10, framing)) as (llm, api):
        answer = llm.reply(asking(tools=(READ,)), unheard)

    assert [dict(c.arguments) for c in answer.calls] == [{"path": "a.md"}]
    assert len(api.bodies) == 2


def test_what_was_heard_of_a_cut_attempt_is_heard_again_from_its_beginning():
    heard = []
    with wired(CHAPTER, Cut(0.7)) as (llm, _):
        llm.reply(asking(), heard.append)

    assert "".join(heard).endswith(CHAPTER)
    assert "".join(heard).startswith("Sentence 0")
    assert len("".join(heard)) > len(CHAPTER)


def test_a_cut_attempt_is_paid_for_too():
    with wired(CHAPTER) as (llm, _):
        whole = reply(llm).usage
    with wired(CHAPTER, Cut(0.9)) as (llm, api):
        api.cache.least = 0
        reply(llm)
        twice = total(llm.book.spend())

    assert twice.usage.output_tokens > 1.5 * whole.output_tokens
    assert twice.usage.cache_read_tokens > 0
    assert (twice.calls, twice.unanswered) == (1, 1)


@pytest.mark.parametrize(
    ("fault", "in_doubt"),
    [
        (Cut(0.5), True),
        (ErrorEvent(), True),
        (Hang(), True),
        (Status(529, "overloaded_error"), False),
        (Status(500), False),
    ],
)
def test_only_an_attempt_that_the_server_may_have_worked_on_is_in_doubt(fault, in_doubt):
    patience = 0.2 if fault == Hang() else 60
    with wired(CHAPTER, fault, patience=patience, retrying=in_real_time()) as (llm, api):
        reply(llm)
        ceiling = llm.ceiling(asking())
        spent = total(llm.book.spend())

    assert (spent.doubt > 0) is in_doubt
    assert spent.at_most <= len(api.bodies) * ceiling


@pytest.mark.parametrize("fault", [Garbage(), Strangers(), Slow(0.001), Hang(0.5)])
def test_garbage_strangers_slowness_and_hanging_leave_no_mark_on_the_text(fault):
    with wired(CHAPTER, fault, patience=0.3, retrying=in_real_time()) as (llm, _):
        assert reply(llm).text == CHAPTER


@pytest.mark.parametrize("fault", [Pings(), Pings(0.5), Trickle()])
def test_a_stream_without_content_is_ended_and_tried_again(fault):
    with wired(CHAPTER, fault, patience=60, retrying=by_looks()) as (llm, api):
        assert reply(llm).text == CHAPTER

    assert len(api.bodies) == 2


@pytest.mark.parametrize("fault", [Hang(), Hang(0.5)])
def test_a_silent_stream_is_ended_and_tried_again(fault):
    with wired(CHAPTER, fault, patience=0.2, retrying=in_real_time()) as (llm, api):
        assert reply(llm).text == CHAPTER

    # a busy machine may fall silent for as long, too
    assert len(api.bodies) >= 2


def test_a_slow_stream_is_not_a_silent_one():
    with wired("word " * 100, Slow(0.001), patience=60, retrying=by_looks()) as (llm, api):
        reply(llm)

    assert len(api.bodies) == 1


def test_a_listener_that_fails_is_not_mistaken_for_the_server():
    def broken(_):
        raise TypeError("of our own")

    with wired(CHAPTER) as (llm, api), pytest.raises(TypeError, match="of our own"):
        llm.reply(asking(), broken)

    assert len(api.bodies) == 1
