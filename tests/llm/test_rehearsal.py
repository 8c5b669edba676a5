"""The rehearsal model: text of the right length and shape that says nothing."""

import itertools
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.evaluators import EVALUATORS
from l2mac_write.findings import Text, Work
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.messages import (
    Prose,
    Reply,
    Request,
    Returned,
    Structured,
    Told,
    ToolResult,
    Usage,
)
from l2mac_write.text.counting import count_words
from tests.llm.wired import asking, unheard
from tests.timing import at_most

CHAPTER = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "goal": {"type": "string", "minLength": 60},
        "mood": {"enum": ["calm", "wild"]},
        "beats": {"type": "array", "items": {"type": "string"}, "minItems": 3, "maxItems": 12},
        "must": {"type": "array", "items": {"type": "string"}, "maxItems": 8},
        "words": {"type": "integer", "minimum": 50, "default": 1500},
    },
    "required": ["title", "goal", "mood", "beats", "must", "words"],
}
PLAN = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 12},
        "chapters": {"type": "array", "items": CHAPTER, "minItems": 7, "maxItems": 7},
    },
    "required": ["title", "chapters"],
}


def prose(words, prompt="Write.", seed=0):
    request = Request("You write books.", (Told(prompt),), Prose(words), seed=seed)
    return Rehearsal().reply(request, unheard).text


def structured(schema):
    request = Request("You plan books.", (Told("Plan."),), Structured(schema))
    return json.loads(Rehearsal().reply(request, unheard).text)


@given(st.integers(min_value=7, max_value=4000))
def test_prose_has_the_words_that_were_asked_for(words):
    assert count_words(prose(words)) == words


def test_prose_says_at_once_what_it_is():
    assert "This is rehearsal text." in prose(600).split("\n\n")[0]
    assert prose(0) == "This is rehearsal text."


def test_prose_comes_in_paragraphs_of_whole_sentences():
    paragraphs = prose(600).split("\n\n")

    assert len(paragraphs) > 6
    assert all(re.fullmatch(r"(?:[A-Z][a-z ,]+\. ?)+", paragraph) for paragraph in paragraphs)


def test_the_same_request_gets_the_same_answer_in_every_process():
    program = (
        "from l2mac_write.llm.rehearsal import prose;"
        "import hashlib; print(hashlib.sha256(prose(500, 'once').encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1]
    assert prose(500) == prose(500)


def test_another_prompt_or_seed_gets_other_prose():
    texts = {prose(80), prose(80, "Write on."), prose(80, seed=1)}

    assert len(texts) == 3


def test_fifty_chapters_are_written_fast_and_please_every_evaluator():
    with at_most(0.3):
        texts = [
            Text(f"chapters/{n:02d}.md", prose(3000, f"Write chapter {n}.")) for n in range(1, 51)
        ]
    works = [
        Work(
            text.path,
            text.text,
            words=3000,
            title=f"Rehearsal title {number}",
            earlier=tuple(texts[:number]),
            cast=("Rehearsal name 1", "Rehearsal name 2"),
        )
        for number, text in enumerate(texts)
    ]

    with at_most(3):
        found = [f for work in works for judge in EVALUATORS.values() for f in judge(work)]

    assert found == []


def test_a_form_is_filled_in_with_no_more_than_it_needs():
    plan = structured(PLAN)

    assert plan["title"] == "earsal title"
    assert [len(chapter["beats"]) for chapter in plan["chapters"]] == [3] * 7
    assert plan["chapters"][2] == {
        "title": "Rehearsal title 3",
        "goal": "Rehearsal goal 3, goal, goal, goal, goal, goal, goal, goal, goal",
        "mood": "calm",
        "beats": ["Rehearsal beats 3.1", "Rehearsal beats 3.2", "Rehearsal beats 3.3"],
        "must": ["Rehearsal must 3.1"],
        "words": 1500,
    }


def test_no_two_chapters_of_a_plan_are_called_the_same():
    titles = [chapter["title"] for chapter in structured(PLAN)["chapters"]]

    assert len(set(titles)) == 7


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer", "minimum": 3}, 3),
        ({"type": "integer", "maximum": -2}, -2),
        ({"type": "number"}, 0),
        ({"type": "boolean"}, False),
        ({"type": "null"}, None),
        ({"type": ["null", "string"]}, "Rehearsal text"),
        ({"const": "chapter"}, "chapter"),
        ({"anyOf": [{"type": "null"}, {"type": "integer", "default": 4}]}, 4),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 0}, []),
        ({"properties": {"a": {"type": "string"}}}, {"a": "Rehearsal a"}),
        (
            {"$ref": "#/$defs/name", "$defs": {"name": {"type": "string"}}},
            "Rehearsal text",
        ),
    ],
)
def test_a_form_is_filled_in_by_its_own_rules(schema, value):
    assert structured(schema) == value


def test_a_form_that_contains_itself_is_filled_in_too():
    tree = {
        "$ref": "#/$defs/node",
        "$defs": {
            "node": {
                "type": "object",
                "properties": {
                    "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                },
            }
        },
    }

    assert structured(tree)["children"]


def test_the_answer_is_heard_in_pieces():
    heard = []

    reply = Rehearsal().reply(asking(words=200), heard.append)

    assert "".join(heard) == reply.text
    assert len(heard) > 1


def test_tokens_are_counted_and_cost_nothing():
    request = asking(Told("x" * 384), words=200)

    reply = Rehearsal().reply(request, unheard)

    assert reply.usage.input_tokens == 101
    assert reply.usage.output_tokens == pytest.approx(len(reply.text) / 4, abs=1)
    assert Rehearsal().price(Usage(10**6, 10**6)) == 0


def test_it_takes_any_conversation():
    results = Returned((ToolResult("call-1", "half \ud83d a face"),))
    conversation = (Told("Write."), Reply("I read first."), results)

    assert count_words(Rehearsal().reply(asking(*conversation, words=90), unheard).text) == 90


def test_it_is_a_model_without_tools_that_needs_no_guide():
    rehearsal = Rehearsal()

    assert rehearsal.model == "rehearsal"
    assert not rehearsal.abilities.tools
    assert not rehearsal.abilities.guided


def test_sentences_do_not_come_back():
    sentences = itertools.chain.from_iterable(
        re.findall(r"[^.]+\.", prose(3000, str(n))) for n in range(20)
    )
    long = [s.strip() for s in sentences if len(s.split()) >= 6]

    assert len(set(long)) > 0.999 * len(long)


@pytest.mark.parametrize("language", ["fr", "de", "es", "ru", "ar", "ja", "zh-Hant"])
def test_a_book_in_another_language_is_rehearsed_in_its_own_words(language):
    request = Request("You write.", (Told("Write."),), Prose(900, language))
    text = Rehearsal().reply(request, unheard).text
    work = Work("chapters/01.md", text, 900, language=language)

    assert "This is rehearsal text." in text
    assert count_words(text) == 900
    assert [finding for judge in EVALUATORS.values() for finding in judge(work)] == []
