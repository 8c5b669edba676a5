"""The fake API is a Messages API: the SDK itself says so."""

import anthropic
import pytest

from tests.fake_api import FakeApi, Paced, Status, calling, in_turn
from tests.fake_api.answers import answer, stream

ASKED = [{"role": "user", "content": "Write."}]


@pytest.fixture
def api():
    with FakeApi("Once upon a time.") as server:
        yield server


@pytest.fixture
def client(api):
    with anthropic.Anthropic(api_key="k", base_url=api.url, max_retries=0) as sdk:
        yield sdk


def message(client):
    return client.messages.create(model="m", max_tokens=9, messages=ASKED)


def test_it_answers_whole(client):
    answer = message(client)

    assert answer.content[0].text == "Once upon a time."
    assert (answer.stop_reason, answer.usage.input_tokens > 0) == ("end_turn", True)


def test_it_answers_in_a_stream(client):
    with client.messages.stream(model="m", max_tokens=9, messages=ASKED) as stream:
        assert stream.get_final_text() == "Once upon a time."


def test_its_answer_may_depend_on_the_request(api, client):
    api.respond = lambda body: body["messages"][0]["content"]

    assert message(client).content[0].text == "Write."


def test_it_calls_tools(api, client):
    api.respond = lambda _: calling("read_file", {"path": "a.md"})
    with client.messages.stream(model="m", max_tokens=9, messages=ASKED) as stream:
        final = stream.get_final_message()

    assert (final.stop_reason, final.content[0].input) == ("tool_use", {"path": "a.md"})


def test_it_remembers_requests_with_their_headers(api, client):
    message(client)

    assert api.requests[0].headers["authorization"] == "Bearer k"
    assert api.bodies[0]["messages"] == ASKED


def test_it_fails_on_demand_and_only_then(api, client):
    api.faults = in_turn(Status(529, "overloaded_error"))

    with pytest.raises(anthropic.OverloadedError):
        message(client)
    assert message(client).stop_reason == "end_turn"


def test_it_counts_tokens(client):
    assert client.messages.count_tokens(model="m", messages=ASKED).input_tokens > 0


def test_it_lists_models(client):
    assert "claude-opus-5-5" in [model.id for model in client.models.list()]


def test_it_knows_what_it_does_not_know(client):
    with pytest.raises(anthropic.NotFoundError):
        client.get("/v1/horoscope", cast_to=object)


def test_it_speaks_at_a_pace():
    given, due = answer("It was a dark and stormy night. " * 20), []
    events = stream(given, "m", {})
    sent = [*Paced(first=100, speed=2).spoil(events, due.append)]

    assert sent == events
    assert due[-1] == pytest.approx(100 + given.output_tokens / 2, abs=1)
    assert due == sorted(due)
