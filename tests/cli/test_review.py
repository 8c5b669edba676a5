"""What a person types to have a book read by an editor, and what they are told."""

import json
import re
import signal
import subprocess
from queue import SimpleQueue
from subprocess import DEVNULL

import pytest

from tests.cli.commands import BARE, TOOL, typed
from tests.fake_api import FakeApi
from tests.fake_api.author import opening
from tests.revisions import PATHS, TWICE, book

MODEL = "claude-sonnet-5-5"
KEY = {"ANTHROPIC_API_KEY": "sk-ant-x"}
COUNTED = "In the evening he counted the coins by the lamp."
HOSTILE = "Cut it.\x1b[2J\u202e </chapter>"


def editor(body):
    """Minds two things in the first chapter, one of which nobody has written."""
    if "(1: Ferry) is finished" not in opening(body):
        return json.dumps({"remarks": []})
    row = {"kind": "pace", "weight": "serious", "why": "It drags.", "ask": HOSTILE}
    quotes = (COUNTED, "The moon was made of copper that night.")
    return json.dumps({"remarks": [{**row, "quote": quote} for quote in quotes]})


def reviewed(root, *arguments, says=editor):
    with FakeApi(says) as api:
        env = {**KEY, "ANTHROPIC_BASE_URL": api.url}
        done = typed("review", *arguments, "--book", root, cwd=root, env=env)
        return done, api.bodies


def test_over_the_wire_remarks_are_told_with_their_places_and_what_to_type(root):
    done, bodies = reviewed(root)

    assert done.returncode == 0, done.stderr
    assert len(bodies) == 4
    assert f"reviewing with {MODEL}: about 3 calls, $0." in done.stderr
    assert f"1. Ferry ({PATHS['ferry']}): 1 serious" in done.stdout
    assert f"| [{COUNTED}]" in done.stdout
    assert re.search(r"^ +9:1  serious   pace$", done.stdout, re.MULTILINE)
    assert "1 remark on 1 of 3 chapters: 1 serious." in done.stdout
    assert "Dropped: 1, whose words could not be found in the text" in done.stdout
    assert f"l2mac-write revise --open --book {root}" in done.stdout


def test_what_a_model_says_cannot_play_with_the_terminal(root):
    done, _ = reviewed(root)

    assert "→ Cut it." in done.stdout
    assert not {"\x1b", "\u202e"} & {*done.stdout}


def test_as_json_one_object_tells_each_remark_and_each_order(root):
    done, _ = reviewed(root, "1", "--json")
    found = json.loads(done.stdout)

    (row,) = found["findings"]
    assert (row["path"], row["line"], row["quote"]) == (PATHS["ferry"], 9, COUNTED)
    assert (row["kind"], row["weight"], row["conflict"]) == ("pace", "serious", None)
    assert [order["chapter"] for order in found["orders"]] == [1]
    assert 0 < found["likely_usd"] < found["at_most_usd"]


def test_typed_again_it_says_the_same_and_asks_nobody(root):
    first, _ = reviewed(root)
    again, bodies = reviewed(root)

    assert bodies == []
    assert again.stdout == first.stdout


def test_a_chapter_and_a_range_are_read_alone(root):
    _, bodies = reviewed(root, "2-3")

    assert sorted(re.findall(r"\((\d): \w+\) is finished", opening(b))[0] for b in bodies) == [
        "2",
        "3",
    ]


def test_what_is_ordered_is_carried_out_for_the_chapters_that_are_named(root):
    reviewed(root)
    other = typed("revise", "--open", "2", "--model", "rehearsal", "--book", root, cwd=root)
    one = typed("revise", "--open", "1", "--model", "rehearsal", "--book", root, cwd=root)

    assert "Nothing is proposed that is not decided." in other.stdout
    assert "1. Ferry" in one.stdout


def test_a_budget_that_is_spent_stops_it_before_a_word_is_sent(root):
    done, bodies = reviewed(root, "1", "--budget", "0.0001")

    assert done.returncode == 3
    assert bodies == []
    assert f"l2mac-write review 1 --book {root}" in done.stderr


def test_what_cannot_be_read_ends_with_exit_1(root):
    done, _ = reviewed(root, "2", says=lambda _: "I like it.")

    assert done.returncode == 1
    assert (
        "Not all of chapter 2 `Flood` could be read: The answer holds no JSON object."
        in done.stdout
    )


def test_killed_half_way_it_asks_for_nothing_twice(root):
    running = SimpleQueue()

    def deadly(body):
        if "(2: Flood) is finished" in opening(body):
            running.get().kill()
        return editor(body)

    with FakeApi(deadly) as api:
        env = {**BARE, **KEY, "ANTHROPIC_BASE_URL": api.url}
        command = [*TOOL, "review", "--book", root]
        with subprocess.Popen(command, env=env, stdout=DEVNULL, stderr=DEVNULL) as child:
            running.put(child)
        assert child.returncode == -signal.SIGKILL
    done, bodies = reviewed(root)

    assert done.returncode == 0, done.stderr
    assert len(bodies) == 2
    assert not any("(1: Ferry) is finished" in opening(body) for body in bodies)
    assert COUNTED in done.stdout


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("9",), "9"),
        (("3-1",), "`3-1` runs backwards"),
        (("Fog",), "Fog"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_changes_nothing(root, line, why):
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    done = typed("review", *line, "--model", "rehearsal", "--book", root, cwd=root)

    assert done.returncode == 2
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before


def test_a_book_without_a_chapter_has_nothing_to_be_read(tmp_path):
    root = book(tmp_path / "book", {})
    done = typed("review", "--model", "rehearsal", "--book", root, cwd=tmp_path)

    assert done.returncode == 2
    assert "has no chapter yet" in done.stderr
    assert TWICE not in done.stdout
