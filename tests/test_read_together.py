"""Over a wire: chapters written side by side are mended because of each other, the same at any pace."""

import json
import re

import pytest

from l2mac_write.store.remains import SETTINGS
from tests.cli.commands import typed
from tests.fake_api import FakeApi
from tests.fake_api.author import Author, opening
from tests.killed import files

GENERATE = (
    "generate", "A tale.", "--to", "book", "--model", "claude-sonnet-5-5", "--chapters", "4",
    "--words", "1600", "--export", "none",
)  # fmt: skip
SONG = (
    "All that night the bell in the drowned tower rang for nobody, and the men on both banks lay"
    " awake and counted its strokes, and not one of them would say in the morning what he had heard."
)
AUTHOR = Author(4, 400)
SUMMARY = re.compile(r"Chapter ([13]): (.+)")


def model(body):
    """Puts one paragraph into every chapter, and finds that chapter 3 contradicts chapter 1."""
    asked, is_first = opening(body), len(body["messages"]) == 1
    if '"contradictions": [' in asked:
        return claim(dict(SUMMARY.findall(asked)))
    text = AUTHOR(body)
    is_chapter = is_first and "Write this chapter" in asked
    return f"{text}\n\n{SONG}" if is_chapter else text


def claim(summaries):
    quotes = {"quote": summaries["3"][:40], "other_quote": summaries["1"][:40]}
    claimed = {"chapter": 3, "other": 1, **quotes, "why": "He was dead by then."}
    return json.dumps({"contradictions": [claimed]})


def book(folder, parallel):
    """The texts of the book, and what its authors were told when they had drafted already."""
    with FakeApi(model) as api:
        env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "a-key-of-no-use"}
        done = typed(*GENERATE, "--parallel", parallel, cwd=folder, env=env)
        assert done.returncode == 0, done.stderr
        mended = [json.dumps(b["messages"]) for b in api.bodies if len(b["messages"]) > 1]
    return {path: text for path, text in files(folder).items() if path != SETTINGS}, mended


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return book(tmp_path_factory.mktemp("alone"), 1)


def test_what_all_of_them_have_stays_in_the_first_alone(alone):
    chapters = {path: text.decode() for path, text in alone[0].items() if path[:8] == "chapters"}

    assert [SONG in chapters[path] for path in sorted(chapters)] == [True, False, False, False]


def test_the_author_of_the_later_chapter_is_told_what_contradicts(alone):
    (told,) = alone[1]

    assert "Chapter 3 of 4" in told
    assert "He was dead by then." in told


def test_four_at_a_time_write_the_same_book(alone, tmp_path):
    assert book(tmp_path, 4) == alone
