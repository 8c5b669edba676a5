"""Who stands in for a model sees what that one would see, and counts what its server would."""

import json

from l2mac_write.book import Brief
from l2mac_write.llm.standin import StandIn, Target, filler
from l2mac_write.machine.planning import plan_schema, settled
from l2mac_write.machine.situation import Situation
from l2mac_write.messages import Prose, Request, Structured, Told, ToolSpec
from l2mac_write.ports import Abilities
from l2mac_write.store.memory import MemoryBook

LONG, SHORT = "word " * 1000, "word"
READ = ToolSpec("read_file", "Reads a file.", {"type": "object"})


def stand_in(**abilities):
    return StandIn(Target("claude-sonnet-5-5", Abilities(**abilities), lambda _: 1.0))


def usage(model, *said, words=100):
    request = Request("You write.", tuple(map(Told, said)), Prose(words), (READ,))
    return model.reply(request, lambda _: None).usage


def test_a_long_prompt_is_written_to_the_cache_and_read_from_there_when_it_has_grown():
    model = stand_in()
    first, second = usage(model, LONG), usage(model, LONG, LONG)

    assert (first.cache_read_tokens, first.cache_write_tokens > 1200) == (0, True)
    assert second.cache_read_tokens == first.cache_write_tokens
    assert second.cache_write_tokens > 1200


def test_a_short_prompt_is_not_kept_by_any_cache():
    model = stand_in()
    prompts = [usage(model, SHORT), usage(model, SHORT, SHORT)]

    assert [p.cache_read_tokens + p.cache_write_tokens for p in prompts] == [0, 0]


def test_another_prompt_finds_nothing_of_its_own_in_the_cache():
    model = stand_in()
    usage(model, LONG)

    assert usage(model, f"Other {LONG}").cache_read_tokens == 0


def test_its_texts_have_the_length_asked_for_and_words_of_usual_length():
    text = stand_in().reply(Request("", (Told("Write."),), Prose(500)), lambda _: None).text

    assert len(text.split()) == 500
    assert 5.2 <= len(filler(500)) / 500 <= 5.6


def test_its_plan_is_a_plan_of_the_size_that_real_ones_have():
    situation = Situation(Brief("A tale.", chapters=5, words=6000), MemoryBook())
    request = Request("", (Told("Plan."),), Structured(plan_schema(situation)))
    text = stand_in().reply(request, lambda _: None).text

    assert settled(text, situation).accepted
    # those of two samples, by a real model, have 13,543 and 16,730 characters
    assert 10_000 <= len(text) <= 17_000


def test_short_answers_of_a_guided_model_differ_so_that_no_question_is_asked_twice():
    model = stand_in(guided=True)
    schema = {"type": "object", "properties": {"goal": {"type": "string", "maxLength": 60}}}
    requests = [Request("", (Told("?"),), Structured(schema), seed=seed) for seed in (1, 2)]
    answers = {json.loads(model.reply(r, lambda _: None).text)["goal"] for r in requests}

    assert len(answers) == 2


def test_it_costs_nothing_itself():
    assert stand_in().price(usage(stand_in(), LONG)) == 0
