"""The scripted model says its lines and remembers what it heard."""

import pytest

from l2mac_write.errors import LLMError, LLMUnavailable
from l2mac_write.llm.scripted import ScriptedLLM, calls, says
from l2mac_write.messages import Stop, Usage
from tests.llm.wired import asking, unheard


def test_each_line_is_said_in_its_turn_and_heard():
    heard = []
    llm = ScriptedLLM([says("Once."), says("Twice.")])

    assert [llm.reply(asking(), heard.append).text for _ in range(2)] == ["Once.", "Twice."]
    assert heard == ["Once.", "Twice."]


def test_it_remembers_every_request():
    llm = ScriptedLLM([says("Once.")])
    llm.reply(asking(words=7), unheard)

    assert llm.heard == [asking(words=7)]


def test_a_tool_call_stops_for_tools():
    reply = calls("read_file", path="a.md")

    assert reply.stop is Stop.TOOLS
    assert (reply.calls[0].name, dict(reply.calls[0].arguments)) == ("read_file", {"path": "a.md"})


def test_an_error_in_the_script_is_raised_when_its_turn_comes():
    with pytest.raises(LLMUnavailable, match="busy"):
        ScriptedLLM([LLMUnavailable("busy")]).reply(asking(), unheard)


def test_a_script_that_is_over_says_so():
    with pytest.raises(LLMError, match="no reply number 1"):
        ScriptedLLM([]).reply(asking(), unheard)


def test_it_costs_nothing():
    assert ScriptedLLM([]).price(Usage(1, 1)) == 0
