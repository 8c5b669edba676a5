"""Every error a server can answer with: waited out, told at once, or left for later."""

import traceback

import pytest

from l2mac_write.errors import (
    LLMUnavailable,
    RequestRejected,
    WindowOverflow,
)
from l2mac_write.llm.retrying import Backoff
from tests.fake_api import (
    ErrorEvent,
    Status,
)
from tests.llm.wired import KEY, MODEL, FakeTime, asking, unheard, wired

CHAPTER = "".join(f"Sentence {number} of the “chapter”. " for number in range(60))
LATER = "Mon, 01 Jan 2001 00:00:07 GMT"
BODY = "It was all in vain."


def reply(llm):
    return llm.reply(asking(), unheard)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_a_passing_failure_is_tried_again(status):
    time_ = FakeTime()
    with wired(CHAPTER, Status(status), Status(status), retrying=time_.retrying()) as (llm, api):
        assert reply(llm).text == CHAPTER

    assert len(api.bodies) == 3
    assert sum(time_.sleeps) >= 1.5


@pytest.mark.parametrize(
    "kind", ["overloaded_error", "rate_limit_error", "api_error", "timeout_error", "new_error"]
)
def test_an_error_event_inside_a_stream_is_tried_again_although_its_status_is_200(kind):
    with wired(CHAPTER, ErrorEvent(kind)) as (llm, api):
        assert reply(llm).text == CHAPTER

    assert len(api.bodies) == 2


def test_an_error_event_that_no_retry_can_mend_ends_the_call():
    with (
        wired(CHAPTER, ErrorEvent("invalid_request_error", message="bad tools")) as (llm, api),
        pytest.raises(RequestRejected, match="bad tools"),
    ):
        reply(llm)

    assert len(api.bodies) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "300"}, 0.3),
        ({"date": "Mon, 01 Jan 2001 00:00:00 GMT", "retry-after": LATER}, 7),
    ],
)
def test_retry_after_is_honoured_in_every_spelling(headers, seconds):
    time_ = FakeTime()
    fault = Status(429, "rate_limit_error", headers=headers)
    with wired(CHAPTER, fault, retrying=time_.retrying()) as (llm, _):
        reply(llm)

    assert seconds <= sum(time_.sleeps) <= seconds * 1.1


def test_a_server_that_asks_for_more_than_a_quarter_of_an_hour_pauses_the_run():
    time_ = FakeTime()
    fault = Status(429, "rate_limit_error", headers={"retry-after": "7200"})
    with (
        wired(CHAPTER, fault, retrying=time_.retrying()) as (llm, _),
        pytest.raises(LLMUnavailable, match=r"120 minutes.*l2mac-write resume"),
    ):
        reply(llm)

    assert time_.sleeps == []


@pytest.mark.parametrize("code", ["enforced_spend_limit_reached", "contract_spend_limit_reached"])
def test_a_spending_limit_looks_like_a_rate_limit_but_is_not_tried_again(code):
    fault = Status(429, "rate_limit_error", code, "You have reached your limit.")
    with (
        wired(CHAPTER, fault) as (llm, api),
        pytest.raises(LLMUnavailable, match=rf"(?s)spending limit.*{code}.*resume"),
    ):
        reply(llm)

    assert len(api.bodies) == 1


def test_a_server_that_asks_not_to_be_asked_again_is_not():
    fault = Status(529, "overloaded_error", headers={"x-should-retry": "false"})
    with wired(CHAPTER, fault) as (llm, api), pytest.raises(LLMUnavailable, match="resume"):
        reply(llm)

    assert len(api.bodies) == 1


def test_a_ramp_limit_is_tried_again():
    with wired(CHAPTER, Status(429, "rate_limit_error", "ramp_limit_exceeded")) as (llm, _):
        assert reply(llm).text == CHAPTER


@pytest.mark.parametrize(
    ("status", "kind", "advice"),
    [
        (400, "invalid_request_error", BODY),
        (401, "authentication_error", "ANTHROPIC_API_KEY"),
        (402, "billing_error", "billing"),
        (403, "permission_error", "l2mac-write models"),
        (404, "not_found_error", rf"`{MODEL}`.*l2mac-write models"),
        (413, "request_too_large", "Shorten"),
        (422, "invalid_request_error", BODY),
    ],
)
def test_what_no_retry_can_mend_fails_at_once_in_a_whole_sentence(status, kind, advice):
    time_ = FakeTime()
    with (
        wired(CHAPTER, Status(status, kind, message=BODY), retrying=time_.retrying()) as (llm, api),
        pytest.raises(RequestRejected, match=advice),
    ):
        reply(llm)

    assert len(api.bodies) == 1
    assert time_.sleeps == []


@pytest.mark.parametrize(
    "message",
    [
        "prompt is too long: 213462 tokens > 200000 maximum",
        "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000",
        "This model's maximum context length is 4096 tokens.",
        "the request exceeds the available context size",
    ],
)
def test_a_request_that_does_not_fit_the_window_says_so(message):
    with (
        wired(CHAPTER, Status(400, "invalid_request_error", message=message)) as (llm, api),
        pytest.raises(WindowOverflow, match="context window"),
    ):
        reply(llm)

    assert len(api.bodies) == 1


def test_after_ten_attempts_the_run_pauses_and_says_how_to_resume():
    with (
        wired(CHAPTER, *[Status(529, "overloaded_error")] * 20) as (llm, api),
        pytest.raises(LLMUnavailable, match=r"10 times.*overloaded_error.*l2mac-write resume"),
    ):
        reply(llm)

    assert len(api.bodies) == 10


def test_a_server_that_is_not_there_is_named():
    with wired() as (llm, _):
        pass
    llm.llm._retrying = FakeTime().retrying(Backoff(attempts=2))

    with pytest.raises(LLMUnavailable, match=r"2 times in a row.*127\.0\.0\.1"):
        reply(llm)
    llm.close()


@pytest.mark.parametrize(
    "fault",
    [
        Status(401, "authentication_error", message=f"invalid key {KEY}, or Bearer {KEY}"),
        Status(400, message=f"no such header: sk-ant-another-{'x' * 20}"),
        ErrorEvent("authentication_error", message=f"bad key {KEY}"),
        Status(400, f"no {KEY}"),
        Status(403, "permission_error", KEY),
        *[Status(500, message=KEY)],
    ],
)
def test_no_error_ever_shows_a_key(fault):
    retrying = FakeTime().retrying(Backoff(attempts=1))
    with (
        wired(CHAPTER, fault, retrying=retrying) as (llm, _),
        pytest.raises((RequestRejected, LLMUnavailable)) as caught,
    ):
        reply(llm)

    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(llm)
    assert KEY not in shown
    assert "sk-ant-another" not in shown
    assert KEY not in repr(llm._account)
