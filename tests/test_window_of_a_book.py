"""What the chapters of a run are shown: first the same for all, word for word, and never more of it."""

import json

import pytest

from tests.benchmarks.cached_prefix import LEAST, book
from tests.benchmarks.metered import metered
from tests.benchmarks.window_size import OFF, full_past, rechecked, spread, svg

CHAPTERS, WORDS = 12, 2_600


@pytest.fixture(scope="module")
def run():
    """A book whose chapters come in pieces, with tools, some of them mended."""
    return book(CHAPTERS, WORDS)


def beginning(body):
    """The prompt up to its second mark: tools, system, what is the same for the whole book."""
    shelf, *_ = body["messages"][0]["content"]
    return json.dumps([body.get("tools"), body["system"], shelf])


def marks(body):
    return json.dumps(body).count("cache_control")


def author_s(run):
    return [body for body in run.bodies if body.get("tools")]


def editor_s(run):
    return [b for b in run.bodies if "You are the book's editor" in b["system"][0]["text"]]


def first_shown(body):
    return body["messages"][0]["content"][0]["text"]


def asked(body):
    return body["messages"][0]["content"][-1]["text"]


def test_all_calls_for_all_chapters_begin_with_the_same_words(run):
    calls = author_s(run)

    assert len(calls) > 2 * CHAPTERS
    assert len({beginning(body) for body in calls}) == 1
    assert all("cache_control" in body["messages"][0]["content"][0] for body in calls)


def test_what_they_begin_with_is_worth_a_place_in_a_cache(run):
    shelf = author_s(run)[0]["messages"][0]["content"][0]["text"]

    for tag in ("<craft ", "<bible ", "<names ", "<chapters "):
        assert tag in shelf
    assert "<contract" not in shelf


def test_pieces_and_repairs_of_a_chapter_share_all_of_its_window(run):
    windows = {
        body["messages"][0]["content"][1]["text"]
        for body in author_s(run)
        if "Chapter 5 of" in body["messages"][0]["content"][1]["text"]
    }

    assert len(windows) == 1


def test_all_who_read_a_chapter_begin_with_it_word_for_word(run):
    chapters = {first_shown(b) for b in editor_s(run) if "all that you know" in asked(b)}

    assert len(chapters) == CHAPTERS
    for chapter in chapters:
        readers = [body for body in editor_s(run) if first_shown(body) == chapter]
        said = "\n".join(map(asked, readers))
        assert len({json.dumps(body["system"]) for body in readers}) == 1
        assert said.count("all that you know") == 6
        assert all(
            said.count(mark) == 1 for mark in ("makes true", "These things", "the summary of")
        )


def test_no_prompt_has_more_marks_than_the_api_takes(run):
    assert max(map(marks, run.bodies)) <= 4


def test_what_only_one_call_begins_with_is_not_written_to_the_cache(run):
    once = [b for b in editor_s(run) if "makes true" in asked(b) or "the summary of" in asked(b)]
    kept = [*author_s(run), *(b for b in editor_s(run) if "all that you know" in asked(b))]

    assert not any(marks(body["messages"][0]["content"][-1]) for body in once)
    assert all(marks(body["messages"][-1]) for body in kept)


def test_most_of_what_the_author_is_sent_comes_from_the_cache(run):
    prompt, read = run.by_step()["chapter"]

    assert read / prompt > 0.55


def test_a_late_chapter_is_sent_no_more_than_an_early_one():
    prompts = metered(24, 1_000).prompts()

    assert spread(prompts) <= OFF


def test_the_figure_shows_three_lines_with_their_names():
    numbers = dict.fromkeys(range(1, 21), 9000)
    lines = {"here": numbers, "past": full_past(numbers, 1_500), "L2MAC": rechecked([*numbers])}

    drawn = svg(lines, "Tokens & chapters")

    assert drawn.count("<polyline") == 3
    assert "Tokens &amp; chapters" in drawn
    assert lines["past"][20] > 4 * lines["here"][20]


def test_a_chapter_is_summed_up_by_one_who_has_its_text_from_the_cache(run):
    prompt, read = run.by_step()["summary"]

    assert read / prompt > 0.6


def test_most_of_all_that_a_book_is_sent_comes_from_the_cache(run):
    assert run.cached() >= LEAST
