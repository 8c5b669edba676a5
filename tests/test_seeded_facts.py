"""Seeded facts: what a perfect reader makes of them, and what a model says of them."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from l2mac_write.ledger.keys import keys
from l2mac_write.llm.scripted import ScriptedLLM, says
from tests.benchmarks.seeded_errors import with_model, with_oracle
from tests.benchmarks.seeds import PROSE, judge, oracle
from tests.benchmarks.seeds.books import books
from tests.benchmarks.seeds.copies import Wanted, copies
from tests.benchmarks.seeds.replies import Replies
from tests.benchmarks.seeds.words import table

RECORDED = PROSE / "smollm2-135m.replies.jsonl"
JUDGED = [Wanted("facts", count=1, types=("eyes", "death", "lie"))]
READ = [Wanted("facts", count=3, types=("eyes", "death", "money", "rule"))]


def judged(tmp_path, *texts):
    """The figures of a model that gives these replies in turn, over and over."""
    llm = ScriptedLLM(says(text) for text in itertools.cycle(texts))
    return with_model(PROSE, JUDGED, Replies(tmp_path / "replies.jsonl", llm))


def verdict(said):
    return json.dumps({"explanations": [], "verdict": said})


def test_facts_are_noted_under_keys_of_the_ledger():
    rows = table("types.toml")["facts"].values()
    used = {row["key"] for row in rows} | {row["then"] for row in rows if "then" in row}

    assert used - {"event"} <= keys().keys()


def test_quotes_are_found_where_they_were_planted_and_earlier_passages_come_to_the_judge():
    figures = with_oracle(PROSE, READ)
    conflicts, fine = figures["conflicts"][0], figures["conflicts_of_what_is_fine"][-1]
    sought, every = figures["retrieval"][-1], figures["candidates"][-1]

    assert every["n"] >= 12
    assert every["located"] == 1
    assert sought["shown"] >= 0.9
    assert every["shown"] >= 0.95
    assert (conflicts["type"], conflicts["shown"]) == ("eyes", 1)
    assert fine["shown"] == 0


def test_the_end_that_comes_later_in_the_book_is_the_new_one():
    wanted = Wanted("facts", count=2, types=("knowledge",))
    pairs = [
        pair for book in books(PROSE) for c in copies(book, wanted) for pair in oracle.read(c).pairs
    ]

    assert pairs
    assert all(pair.earlier.place.start < pair.later.place.start for pair in pairs)


def test_replies_of_a_local_model_are_replayed_without_it():
    model, always, never = with_model(PROSE, JUDGED, Replies(RECORDED))["judged"]

    assert model["n"] == always["n"] == never["n"] == "4 + 8"
    assert (model["recall"], model["balanced_accuracy"], model["failed"]) == (0.25, 0.5, 0)
    assert model["tokens"] > 0


def test_who_always_or_never_complains_is_no_better_than_chance(tmp_path):
    model, always, never = judged(tmp_path, verdict("contradiction"))["judged"]

    assert model["recall"] == always["recall"] == 1
    assert [row["balanced_accuracy"] for row in (model, always, never)] == [0.5, 0.5, 0.5]


@pytest.mark.parametrize("reply", ["I think so.", "{", "[]", '{"verdict": "maybe"}', ""])
def test_what_is_no_verdict_is_neither_a_find_nor_a_pass(tmp_path, reply):
    model = judged(tmp_path, reply)["judged"][0]

    assert model["failed"] == 12
    assert model["recall"] == 0


def test_what_was_answered_once_is_never_asked_again(tmp_path):
    judged(tmp_path, verdict("compatible"))
    rows = with_model(PROSE, JUDGED, Replies(tmp_path / "replies.jsonl"))["judged"]

    assert rows[0]["failed"] == 0


def test_a_reply_that_nobody_recorded_cannot_be_replayed(tmp_path):
    with pytest.raises(LookupError, match="holds no reply"):
        with_model(PROSE, JUDGED, Replies(tmp_path / "none.jsonl"))


def test_the_judge_is_shown_both_passages_in_the_order_of_the_book(tmp_path):
    llm = ScriptedLLM(says(verdict("compatible")) for _ in itertools.count())
    copy = next(iter(copies(next(books(PROSE)), JUDGED[0])))
    list(judge.verdicts(copy, Replies(tmp_path / "replies.jsonl", llm)))

    shown = llm.heard[0].conversation[0].text
    first, second = re.findall(r"<(?:first|second)>\n(.*?)\n</", shown, re.DOTALL)
    assert copy.text.index(first) < copy.text.index(second)
