"""What is said before the first call is near what it comes to, and says what it rests on."""

import json
import re
import tomllib
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from l2mac_write import estimate, library, open_book, wiring
from l2mac_write.beforehand.estimating import LIKELY
from l2mac_write.beforehand.rehearsing import elapsed, rehearsed
from l2mac_write.errors import UsageError
from l2mac_write.events import Noted, Spent
from l2mac_write.instructions import Instruction
from l2mac_write.llm.anthropic import Account, Anthropic
from l2mac_write.llm.rehearsal import prose
from l2mac_write.messages import Usage
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook
from tests.fake_api import Answer, FakeApi
from tests.fake_api.author import LENGTH, answered, opening, texts
from tests.samples import SAMPLES
from tests.timing import at_most

MODEL = "claude-sonnet-5-5"
PROMPT = "A tale of two ferrymen."
SIZE = {"chapters": 10, "words": 6000}
WANTED = Settings(prompt=PROMPT, model=MODEL, budget=5.0, **SIZE)
IN_PERSON = SAMPLES / "in-person"


def real_plan():
    """The plan of a book that a real model planned, its chapters taken twice."""
    plan = tomllib.loads((IN_PERSON / "plan.toml").read_text("utf-8"))
    once = plan.pop("chapter")
    again = [
        {**chapter, "title": f"{chapter['title']}, again", "goal": chapter["beats"][0]}
        for chapter in once
    ]
    return json.dumps(
        {**plan, "chapters": [{**c, "words": 600, "covers": [1]} for c in (*once, *again)]}
    )


def author(too_short=(), thinking=0.0):
    """Writes what is asked for; the first drafts of some chapters are too short."""

    def respond(body):
        asked = opening(body)
        if said := answered(asked, real_plan()):
            return Answer(thought(said, thinking))
        words = int(LENGTH.findall(asked)[-1])
        is_first = len(body["messages"]) == 1
        if is_first and any(f"Chapter {number} of" in asked for number in too_short):
            words //= 2
        return Answer(thought(prose(words, asked + texts(body["messages"][-1])[-1]), thinking))

    return respond


def thought(text, share):
    thoughts = {"type": "thinking", "thinking": "x" * int(share * len(text)), "signature": "s"}
    return (*((thoughts,) if share else ()), {"type": "text", "text": text})


def written(root, respond, *, until="", told=None):
    tell = (told if told is not None else []).append
    with FakeApi(respond) as api, closing(BookFolder.create(root)) as folder:
        folder.begin_settings(to_toml(WANTED))
        model = Anthropic(MODEL, account=Account("no-key", api.url))
        library.write(folder, WANTED, model, tell, until)
    return open_book(root)


NUMBER = re.compile(r"from chapter (\d+),")
PAIR = re.compile(r'<pair id="(\w+)">')
READERS = 2
VERDICTS = ("compatible", "contradiction")
EXPLAINED = "Time has passed in between, and something has changed."


def near(figures, spend, *, tokens=0.25, cost=0.30):
    assert figures.usage.prompt == pytest.approx(spend.usage.prompt, rel=tokens)
    assert figures.usage.output_tokens == pytest.approx(spend.usage.output_tokens, rel=tokens)
    assert figures.cost == pytest.approx(spend.cost, rel=cost)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """A book whose every draft was accepted, and what was told while it was written."""
    told = []
    return written(tmp_path_factory.mktemp("clean") / "book", author(), told=told), told


def test_without_repairs_and_thinking_every_call_was_foretold(clean):
    figures = estimate(PROMPT, model=MODEL, **SIZE).clean

    assert figures.calls == clean[0].spend.calls
    near(figures, clean[0].spend)


def doubting(chapters, upheld, too_short=()):
    """A server whose judges doubt these chapters once, and hold to it for those that are upheld."""
    writes, left = author(too_short, LIKELY.thinking), Counter()

    def respond(body):
        asked = opening(body)
        number = int((NUMBER.findall(asked) or [0])[0])
        if "all that you know" in asked and number in chapters and left[number] < READERS:
            left[number] += 1
            text = asked.partition('<chapter what="The chapter">\n')[2].partition("\n</chapter>")[0]
            first, second = (" ".join(p.split()[:7]) for p in text.split("\n\n")[:2])
            claim = {"kind": "state", "first": first, "second": second, "why": "It cannot be."}
            return Answer(thought(json.dumps({"claims": [claim]}), LIKELY.thinking))
        if "⟦" in asked:
            verdict = VERDICTS[int(re.findall(r'<later chapter="(\d+)', asked)[0]) in upheld]
            row = {"pair": PAIR.findall(asked)[0], "explanations": [EXPLAINED], "verdict": verdict}
            return Answer(thought(json.dumps({"judgements": [row]}), LIKELY.thinking))
        return writes(body)

    return respond


def test_with_repairs_doubts_and_thinking_the_likely_figures_are_near(tmp_path):
    server = doubting((2, 5, 8), upheld=(5,), too_short=(2, 4, 6, 8))
    spend = written(tmp_path / "book", server).spend
    figures = estimate(PROMPT, model=MODEL, **SIZE).likely

    assert figures.calls == pytest.approx(spend.calls, abs=4)
    near(figures, spend)


def test_a_book_whose_every_chapter_is_doubted_and_amended_costs_no_more_than_the_upper_figure(
    tmp_path,
):
    every = tuple(range(1, 11))
    spend = written(tmp_path / "book", doubting(every, upheld=every)).spend
    figures = estimate(PROMPT, model=MODEL, **SIZE)

    assert figures.likely.cost < spend.cost <= figures.at_most.cost
    assert spend.calls <= figures.at_most.calls


def test_what_is_left_of_a_begun_book_is_foretold_from_its_own_plan(tmp_path):
    book = written(tmp_path / "book", author(), until="bible")
    left, before = book.estimate(), book.spend
    with FakeApi(author()) as api, closing(BookFolder.open(book.root)) as folder:
        library.write(folder, WANTED, Anthropic(MODEL, account=Account("no-key", api.url)))

    assert (left.chapters, left.words) == (10, 6000)
    assert left.clean.calls == book.spend.calls - before.calls
    assert left.spent == pytest.approx(before.cost)


def test_nothing_is_left_of_a_finished_book(clean):
    left = clean[0].estimate()

    assert (left.chapters, left.likely.calls, left.likely.cost) == (0, 0, 0)


def test_it_is_near_what_a_real_model_needed_for_the_sample():
    replies = [
        json.loads(r) for r in (IN_PERSON / "replies.jsonl").read_text("utf-8").splitlines()[1:]
    ]
    # what a draft looks up is no part of an estimate, which says so
    asked = [line["reply"] for line in replies if not line["reply"]["calls"]]
    usage = sum((Usage(**reply["usage"]) for reply in asked), Usage())
    wanted = tomllib.loads((IN_PERSON / "book.toml").read_text("utf-8"))
    likely = estimate(**{**wanted, "model": MODEL}).likely

    # how many passages are compared depends on how much is noted, and nothing was doubted there
    assert likely.calls == pytest.approx(len(asked), rel=0.2)
    assert likely.usage.prompt == pytest.approx(usage.prompt, rel=0.25)
    # the sample's author thought for nothing
    said = likely.usage.output_tokens / (1 + LIKELY.thinking)
    assert said == pytest.approx(usage.output_tokens, rel=0.25)


def test_a_run_that_costs_money_says_before_its_first_call_what_it_may_come_to(clean):
    notes = [event.text for event in clean[1] if isinstance(event, Noted)]
    first = next(n for n, event in enumerate(clean[1]) if isinstance(event, Spent))

    assert notes[1].startswith("about 91 calls, $0.")
    assert notes[1].endswith("; budget $5.00")
    assert Noted(notes[1]) in clean[1][:first]


def test_a_run_that_costs_nothing_says_no_such_thing(tmp_path):
    told = []
    library.generate(PROMPT, tmp_path / "book", tell=told.append, model="rehearsal", chapters=1)

    assert [event for event in told if isinstance(event, Noted)] == [
        Noted("writing with rehearsal")
    ]


def test_the_upper_figure_is_above_the_likely_one_and_that_above_the_clean_one():
    said = estimate(PROMPT, model=MODEL, **SIZE)
    rising = (said.clean, said.likely, said.at_most)

    for figure in ("calls", "cost", "minutes"):
        values = [getattr(figures, figure) for figures in rising]
        assert values == sorted(set(values))


def test_other_languages_take_more_tokens():
    english, french = (estimate(PROMPT, model=MODEL, language=tag, **SIZE) for tag in ("en", "fr"))

    assert french.likely.usage.total > english.likely.usage.total


def test_a_model_on_this_machine_costs_nothing_and_takes_its_time():
    said = estimate(PROMPT, model="smollm2-135m")

    assert (said.likely.cost, said.at_most.cost) == (0, 0)
    assert said.likely.minutes > 1


@pytest.mark.parametrize(
    ("prompt", "settings", "why"),
    [
        ("", {}, "the prompt is empty"),
        (PROMPT, {"words": 0}, "`words` must be at least 1"),
        (PROMPT, {"chapters": 0}, "`chapters` must be at least 1"),
        (PROMPT, {"model": "gpt-9"}, "there is no model `gpt-9`"),
        (PROMPT, {"model": "nowhere.gguf"}, r"nowhere\.gguf"),
        (PROMPT, {"model": "smollm2-135m", "language": "fr"}, "in en only"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(prompt, settings, why):
    with pytest.raises(UsageError, match=why):
        estimate(prompt, **settings)


@pytest.mark.parametrize(("chapters", "words", "most"), [(100, 300_000, 3), (10, 20_000, 0.8)])
def test_it_takes_no_time_to_speak_of(chapters, words, most):
    with at_most(most):
        estimate(PROMPT, model=MODEL, chapters=chapters, words=words)


def chain(*waits):
    names = "abcdef"
    return [Instruction(names[n], "s", "f", after=after) for n, after in enumerate(waits)]


@pytest.mark.parametrize(
    ("instructions", "hands", "seconds"),
    [
        (chain((), (), ()), 1, 30),
        (chain((), (), ()), 3, 10),
        (chain((), (), ()), 2, 20),
        (chain((), ("a",), ("b",)), 3, 30),
        (chain((), ("a",), (), ("c",)), 2, 20),
        (chain(("gone before",)), 1, 10),
        ([], 1, 0),
    ],
)
def test_several_hands_are_quicker_only_where_nothing_waits(instructions, hands, seconds):
    took = {instruction.id: 10.0 for instruction in instructions}

    assert elapsed(instructions, took, hands) == seconds


def test_hands_are_counted_as_the_plan_lets_them(clean, tmp_path):
    book = written(tmp_path / "book", author(), until="plan")
    alone, three = (book.estimate(parallel=hands).likely.minutes for hands in (1, 3))
    plan = Path(book.root / "plan.toml")
    plan.write_text(plan.read_text("utf-8").replace("[[chapter]]", "[[chapter]]\nafter = []"))

    assert three == pytest.approx(alone)
    assert book.estimate(parallel=3).likely.minutes < 0.6 * alone
    assert replace(book.settings, parallel=0) == replace(WANTED, parallel=0)


def test_a_long_chapter_is_reckoned_piece_by_piece_and_mended_in_one_passage():
    settings = replace(WANTED, chapters=1, words=10_000)
    asked = rehearsed(settings, wiring.target(settings, {}), MemoryBook()).asked
    chapter = [call for call in asked if call.instruction.startswith("chapter/")]

    assert [call.round for call in chapter] == [0, 0, 0, 0, 1]
    assert all(call.usage.cache_read_tokens for call in chapter[1:])
    assert chapter[-1].usage.output_tokens < chapter[0].usage.output_tokens / 2
