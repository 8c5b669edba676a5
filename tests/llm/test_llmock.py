"""The backend before an independent judge: llmock breaks the line and gives its verdict."""

import time
from itertools import pairwise

import pytest
from llmock.verdict import judge

from l2mac_write.errors import LLMUnavailable, RequestRejected, WindowOverflow
from l2mac_write.llm.accumulator import UNREADABLE
from l2mac_write.llm.anthropic import Anthropic
from l2mac_write.llm.retrying import Backoff, Retrying
from l2mac_write.messages import Stop, ToolSpec
from tests.llm.wired import Patient, asking, unheard

STORY = "Once upon a time there was a lighthouse, and it was never dark. " * 5
READ = ToolSpec(
    "read_file",
    "Reads a file.",
    {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]},
)
QUICK = Backoff(attempts=5, first=0.1, longest=2.0)
STALL = 60
PATIENCE = 30
"""Seconds; a busy machine may take a few, and what is broken takes them all."""


@pytest.fixture
def waits():
    """The seconds that were rested, in order."""
    return []


@pytest.fixture
def llm(llmock, waits, request):
    def sleep(seconds):
        waits.append(seconds)
        time.sleep(seconds)

    retrying = Retrying(QUICK, sleep=sleep, chance=lambda: 0.99)
    model = Anthropic(retrying=retrying, patience=getattr(request, "param", PATIENCE))
    yield Patient(model)
    model.close()


def requests(llmock):
    """All of them, also one whose end the server has not written down yet."""
    return llmock._server.state.journal.records(wait=PATIENCE)


def assert_resilient(llmock, waits):
    """The judge's waits hold the pauses of the machine too: if they do not grow for it, ours do."""
    verdict = judge(requests(llmock))
    grow = len(waits) > 1 and all(b > 1.5 * a for a, b in pairwise(waits))

    assert [f for f in verdict.findings if not (grow and f.code == "no_backoff")] == []


@pytest.mark.parametrize(
    "broken",
    [
        lambda mock: mock,
        lambda mock: mock.rate_limit(times=2, retry_after=0.3),
        lambda mock: mock.fail(500, times=3),
        lambda mock: mock.fail(529, times=2),
        lambda mock: mock.disconnect(after_chunks=3, times=2),
        lambda mock: mock.truncate(after_chunks=1, times=1),
        lambda mock: mock.truncate(after_chunks=9, times=2),
        lambda mock: mock.corrupt(after_chunks=4),
        lambda mock: mock.slow_first_token(0.3),
    ],
    ids=["well", "429", "500", "529", "drop", "cut early", "cut late", "garbage", "slow"],
)
def test_a_broken_line_is_judged_to_be_handled_well(llm, llmock, waits, broken):
    broken(llmock.reply(STORY, times=None))

    assert llm.reply(asking(), unheard).text == STORY
    assert_resilient(llmock, waits)


@pytest.mark.parametrize("llm", [1.0], indirect=True)
def test_a_line_that_stalls_is_judged_to_be_handled_well(llm, llmock, waits):
    llmock.reply(STORY, times=None).stall(after_chunks=4, seconds=STALL)

    assert llm.reply(asking(), unheard).text == STORY
    assert_resilient(llmock, waits)


def test_an_outage_pauses_the_run_after_a_bounded_number_of_attempts(llm, llmock, waits):
    llmock.outage()

    with pytest.raises(LLMUnavailable, match="resume"):
        llm.reply(asking(), unheard)
    assert len(requests(llmock)) == 5
    assert_resilient(llmock, waits)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_no_retry_can_mend_is_judged_to_be_left_alone(llm, llmock, waits, status):
    llmock.fail(status, times=None)

    with pytest.raises(RequestRejected):
        llm.reply(asking(), unheard)
    assert_resilient(llmock, waits)


def test_a_full_window_is_recognised(llm, llmock, waits):
    llmock.context_overflow()

    with pytest.raises(WindowOverflow):
        llm.reply(asking(), unheard)
    assert_resilient(llmock, waits)


def test_a_tool_call_is_understood(llm, llmock):
    llmock.call_tool("read_file", {"path": "a.md"})
    reply = llm.reply(asking(tools=(READ,)), unheard)

    assert reply.stop is Stop.TOOLS
    assert dict(reply.calls[0].arguments) == {"path": "a.md"}


def test_a_broken_tool_call_can_only_fail(llm, llmock):
    llmock.call_tool("read_file", {"path": "a.md"}).break_tool_call()

    assert set(llm.reply(asking(tools=(READ,)), unheard).calls[0].arguments) == {UNREADABLE}
