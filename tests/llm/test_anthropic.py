"""The backend speaks the Messages API: checked on a real socket, with no network."""

import json
import os
import subprocess
import sys
import threading

import pytest

from l2mac_write.errors import RequestRejected
from l2mac_write.llm.anthropic import DEFAULT_MODEL, Account, Anthropic
from l2mac_write.llm.pricing import load_prices
from l2mac_write.messages import (
    Request,
    Returned,
    Stop,
    Structured,
    Told,
    ToolCall,
    ToolResult,
    Usage,
)
from tests.fake_api import Answer, calling
from tests.llm.wired import READ, asking, unheard, wired

NEVER_SENT = {"temperature", "top_p", "top_k", "tool_choice", "thinking", "output_config", "betas"}


def heard_in(llm, request):
    pieces = []
    return llm.reply(request, pieces.append), pieces


def test_importing_the_backend_does_not_import_the_sdk():
    code = "import sys, l2mac_write.llm.anthropic; print('anthropic' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert out.stdout.strip() == "False"


def test_making_a_model_imports_and_connects_nothing():
    code = (
        "import sys; from l2mac_write.llm.anthropic import Anthropic; Anthropic().abilities;"
        "print('anthropic' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert out.stdout.strip() == "False"


def test_the_text_is_heard_piece_by_piece_and_comes_back_whole():
    text = "It was a dark “and” stormy\u2028night. " * 20
    with wired(text) as (llm, _):
        reply, pieces = heard_in(llm, asking())

    assert reply.text == "".join(pieces) == text
    assert len(pieces) > 10
    assert reply.stop is Stop.END


def test_usage_is_counted_and_priced():
    with wired("Once.") as (llm, api):
        api.cache.least = 0
        reply, _ = heard_in(llm, asking())

    assert reply.usage.output_tokens > 0
    assert reply.usage.cache_write_tokens > 0
    assert llm.price(Usage(1_000_000, 1_000_000, 1_000_000, 1_000_000)) == pytest.approx(14.6)


def test_nothing_is_sent_that_new_models_or_other_servers_refuse():
    with wired() as (llm, api):
        heard_in(llm, asking(tools=(READ,)))
        heard_in(llm, Request("", (Told("Plan."),), Structured({"type": "object"})))

    assert not NEVER_SENT & {key for body in api.bodies for key in body}
    assert "anthropic-beta" not in api.requests[0].headers
    assert "system" not in api.bodies[1]


def test_tools_are_sent_only_when_there_are_some():
    with wired() as (llm, api):
        heard_in(llm, asking())
        heard_in(llm, asking(tools=(READ,)))

    assert "tools" not in api.bodies[0]
    assert api.bodies[1]["tools"] == [
        {"name": "read_file", "description": "Reads a file.", "input_schema": {"type": "object"}}
    ]


def test_a_tool_call_and_its_answer_go_there_and_back():
    call = {"path": "chapters/01.md"}
    with wired(calling("read_file", call)) as (llm, api):
        reply, _ = heard_in(llm, asking(tools=(READ,)))
        api.respond = lambda _: "Done."
        answer = Returned((ToolResult("toolu_1", "", failed=True),))
        last, _ = heard_in(llm, asking(Told("Write."), reply, answer, tools=(READ,)))

    assert reply.calls == (ToolCall("toolu_1", "read_file", call),)
    assert reply.stop is Stop.TOOLS
    assert last.text == "Done."
    assert api.bodies[1]["messages"][1]["content"] == [
        {"type": "tool_use", "id": "toolu_1", "name": "read_file", "input": call}
    ]
    assert api.bodies[1]["messages"][2]["content"][0]["is_error"] is True


def test_thinking_goes_back_exactly_as_it_came():
    thought = {"type": "thinking", "thinking": "Hm. " * 30, "signature": "abc"}
    sealed = {"type": "redacted_thinking", "data": "xyz"}
    said = {"type": "text", "text": "Yes."}
    with wired(Answer((thought, sealed, said))) as (llm, api):
        reply, _ = heard_in(llm, asking())
        heard_in(llm, asking(Told("Write."), reply, Told("Go on.")))

    assert reply.text == "Yes."
    assert api.bodies[1]["messages"][1]["content"] == [thought, sealed, said]


def test_a_growing_conversation_finds_its_whole_beginning_in_the_cache():
    with wired("Yes. " * 40) as (llm, api):
        api.cache.least = 0
        first, _ = heard_in(llm, asking(Told("Write. " * 50)))
        second, _ = heard_in(llm, asking(Told("Write. " * 50), first, Told("Go on.")))

    kept = first.usage.cache_read_tokens + first.usage.cache_write_tokens
    assert second.usage.cache_read_tokens >= kept
    assert second.usage.input_tokens == 0


def test_the_beginning_of_a_conversation_is_sent_byte_for_byte_the_same():
    def bare(body):
        return json.dumps([body["system"], body["messages"]]).replace(
            ', "cache_control": {"type": "ephemeral"}', ""
        )

    with wired() as (llm, api):
        first, _ = heard_in(llm, asking(Told("Write.")))
        heard_in(llm, asking(Told("Write."), first, Told("Go on.")))

    assert bare(api.bodies[1]).startswith(bare(api.bodies[0])[:-2])


def test_the_room_for_a_reply_grows_with_its_words_up_to_what_the_model_can_say():
    with wired() as (llm, api):
        heard_in(llm, asking(words=100))
        heard_in(llm, asking(words=3000))
        heard_in(llm, asking(words=100_000))

    small, usual, huge = (body["max_tokens"] for body in api.bodies)
    assert small >= 8300
    assert usual >= 17_000
    assert huge == 128_000


def test_a_model_nobody_described_gets_careful_limits_and_no_price():
    with wired(model="mystery") as (llm, api):
        heard_in(llm, asking(words=100_000))

    assert api.bodies[0]["max_tokens"] == 16_000
    assert llm.abilities.window == 200_000
    assert llm.price(Usage(1, 1)) is None


def test_eight_threads_share_one_client():
    replies = []
    with wired(lambda body: body["messages"][0]["content"][0]["text"]) as (llm, _):
        asked = [asking(Told(f"Chapter {number}.")) for number in range(8)]
        threads = [
            threading.Thread(target=lambda r=r: replies.append(llm.reply(r, unheard).text))
            for r in asked
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(replies) == [f"Chapter {number}." for number in range(8)]


def test_the_models_of_the_server_are_listed():
    with wired() as (llm, _):
        assert llm.models() == ("claude-opus-5-5", "claude-sonnet-5-5")


def test_the_environment_names_the_server_and_the_key(monkeypatch):
    with wired() as (_, api):
        monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", "from-the-environment")
        llm = Anthropic()
        llm.reply(asking(), unheard)
        llm.close()

    assert api.requests[0].headers["authorization"] == "Bearer from-the-environment"


@pytest.mark.parametrize("variables", [{}, {"ANTHROPIC_PROFILE": "lost"}])
def test_without_a_key_it_says_which_variable_to_set(monkeypatch, tmp_path, variables):
    for name in [name for name in os.environ if name.startswith("ANTHROPIC_")]:
        monkeypatch.delenv(name)
    for name, value in {"HOME": str(tmp_path), **variables}.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(RequestRejected, match="ANTHROPIC_API_KEY"):
        Anthropic(account=Account(base_url="http://127.0.0.1:9")).reply(asking(), unheard)


def test_the_default_model_has_a_price():
    assert load_prices().price_of(DEFAULT_MODEL, Usage(1, 1)) is not None


@pytest.mark.parametrize("text", ["Write a book. " * 400, "書 " * 900, "1 2 3 ; { } " * 500])
def test_no_call_costs_more_than_its_ceiling(text):
    request = asking(Told(text), words=700, tools=(READ,))
    with wired("Once upon a time. " * 50) as (llm, _):
        reply, _ = heard_in(llm, request)

    assert llm.price(reply.usage) < llm.ceiling(request)


def test_the_ceiling_covers_the_dearest_prompt_and_the_longest_answer():
    request = asking(words=700)
    with wired() as (llm, api):
        heard_in(llm, request)
    sent = len(json.dumps(api.bodies[0], ensure_ascii=False).encode())
    dearest = Usage(cache_write_tokens=sent, output_tokens=api.bodies[0]["max_tokens"])

    assert llm.price(dearest) <= llm.ceiling(request)


def test_without_a_price_there_is_no_ceiling():
    with wired(model="mystery") as (llm, _):
        assert llm.ceiling(asking()) is None
