"""What a person types to have a chapter changed, and what they see before it is."""

import io
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from subprocess import DEVNULL

import pytest
from rich.console import Console

from l2mac_write.changing.proposals import proposals
from l2mac_write.cli import proposal as pages
from l2mac_write.store.folder import BookFolder
from tests.cli.commands import BARE, HEEDING, TOOL, typed
from tests.fake_api import FakeApi
from tests.revisions import PATHS, THRICE, TWICE, Editor, edits, order, proposed

MODEL = ("--model", "rehearsal")
OWNING = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    " os.execv(sys.argv[1], sys.argv[1:])"
)
"""Ctrl-C reaches who the terminal belongs to."""
CTRL_C = b"\x03"
PATIENCE = 300
ASKED = re.compile(r"(?:\[l\]|otherwise\?): ")
KEY = {"ANTHROPIC_API_KEY": "sk-ant-x"}


def text(root):
    return (root / PATHS["ferry"]).read_text()


def server(body):
    """An editor who lets the ferry go over more often, and a judge who cannot decide."""
    asked = body["messages"][0]["content"][-1]["text"]
    if "Which of the two would you print?" in asked:
        return json.dumps({"why": "Both will do.", "better": "neither"})
    return edits((TWICE, THRICE))


def revised(root, *arguments, says=server):
    with FakeApi(says) as api:
        env = {**KEY, "ANTHROPIC_BASE_URL": api.url}
        done = typed("revise", *arguments, "--book", root, cwd=root, env=env)
        return done, api.bodies


def page(proposal, width):
    paper = io.StringIO()
    pages.show(proposal, Console(file=paper, width=width, force_terminal=False))
    return paper.getvalue()


def test_over_the_wire_a_change_is_proposed_shown_and_taken_in(root):
    shown, _ = revised(root, "1", "Let the ferry go over more often.")
    before = text(root)
    taken, asked_again = revised(root, "--open", "--yes")

    assert "[-twice-]{+three times+} a day" in shown.stdout
    assert "Cost: 3 calls, " in shown.stdout
    assert f"l2mac-write revise --open --yes --book {root}" in shown.stdout
    assert (shown.returncode, taken.returncode) == (0, 0), taken.stderr
    assert TWICE in before
    assert THRICE in text(root)
    assert asked_again == []


def test_a_dry_run_changes_no_chapter_and_typed_again_costs_nothing(root):
    first, bodies = revised(root, "1", "More often.", "--dry-run")
    again, none = revised(root, "1", "More often.", "--dry-run")

    assert TWICE in text(root)
    assert (len(bodies), len(none)) == (3, 0)
    assert first.stdout == again.stdout


def test_several_chapters_and_ranges_take_one_instruction(root):
    done = typed("revise", "1", "2-3", "Shorter.", *MODEL, "--yes", "--book", root, cwd=root)

    assert done.returncode == 0, done.stderr
    history = json.loads(typed("history", "--json", "--book", root, cwd=root).stdout)["versions"]
    changed = [v["path"] for v in history if v["by"] == "revision"]
    assert [path for path in changed if path.startswith("chapters/")] == [*PATHS.values()]


def test_all_means_every_chapter_that_is_written(root):
    done = typed("revise", "--all", "Shorter.", *MODEL, "--json", "--book", root, cwd=root)

    rows = json.loads(done.stdout)["proposals"]
    assert [row["chapter"] for row in rows] == [1, 2, 3]
    assert {row["state"] for row in rows} == {"open"}


def test_what_is_worse_is_kept_but_not_taken_in_unasked_and_exit_1_says_so(root):
    def worse(body):
        asked = body["messages"][0]["content"][-1]["text"]
        if "Which of the two" not in asked:
            return edits((TWICE, THRICE))
        better = "first" if asked.index(TWICE) < asked.index(THRICE) else "second"
        return json.dumps({"why": "It limps.", "better": better})

    done, _ = revised(root, "1", "More often.", "--yes", says=worse)

    assert done.returncode == 1
    assert "chapter 1 `Ferry` stays as it is: a judge who was not told which is new" in done.stderr
    assert TWICE in text(root)
    with closing(BookFolder.read_only(root)) as folder:
        assert len(proposals(folder)) == 1


def test_as_json_one_object_tells_all(root):
    done, _ = revised(root, "1", "More often.", "--json", "--yes")

    (row,) = json.loads(done.stdout)["proposals"]
    assert (row["state"], row["way"], row["chapter"]) == ("accepted", "edits", 1)
    assert (row["words_removed"], row["words_added"]) == (1, 2)
    assert row["cost_usd"] > 0
    assert row["findings"] == row["findings_before"] == []


def test_a_budget_that_is_reached_ends_with_the_line_to_type_next(root):
    done, bodies = revised(root, "1", "More often.", "--budget", "0.0001")

    assert done.returncode == 3
    assert f"Go on with: l2mac-write revise --open --book {root}" in done.stderr
    assert bodies == []
    assert TWICE in text(root)


def test_status_names_what_is_open(root):
    proposed(root, Editor())
    done = typed("status", "--book", root, cwd=root)

    assert "1 change to a chapter is proposed and not decided" in done.stdout
    assert f"l2mac-write revise --open --book {root}" in done.stdout


def test_turned_down_nothing_is_open(root):
    proposed(root, Editor())
    done = typed("revise", "--open", "--reject", *MODEL, "--book", root, cwd=root)
    empty = typed("revise", "--open", *MODEL, "--book", root, cwd=root)

    assert (done.returncode, empty.returncode) == (0, 0)
    assert "Nothing is proposed that is not decided." in empty.stdout
    assert TWICE in text(root)


def test_in_a_wide_terminal_both_texts_stand_side_by_side(root):
    (proposal,) = proposed(root, Editor())
    line = next(line for line in page(proposal, 140).splitlines() if "a day" in line)

    assert line.index("[-twice-]") < 70 <= line.index("{+three times+}")
    assert "{+three times+}" in page(proposal, 60)


def test_the_words_of_a_model_can_colour_no_terminal(root):
    (proposal,) = proposed(root, Editor([edits((TWICE, "\x1b[31mred"), note="\x1b[31m")]))

    assert "\x1b" not in page(proposal, 80)


class TestAsking:
    """In a terminal a person is asked."""

    def test_yes_takes_it_in(self, root):
        said = talked(root, [b"y\n"])

        assert "Take it in?" in said
        assert "It is version" in said
        assert "rehearsal" in text(root)

    def test_no_turns_it_down(self, root):
        talked(root, [b"n\n"])

        assert TWICE in text(root)
        assert not [*(root / "revisions").rglob("*.md")]

    def test_later_leaves_it_open(self, root):
        said = talked(root, [b"l\n"])

        assert "It is kept as proposed." in said
        assert [*(root / "revisions").rglob("*.md")]

    @pytest.mark.parametrize("answer", [CTRL_C, b"\x04"], ids=["ctrl-c", "ctrl-d"])
    @pytest.mark.parametrize("asked", [["1-3", "Make it rain."], ["--whole", "Make it rain."]])
    def test_whoever_stops_there_is_asked_no_more_and_nothing_is_lost(self, root, asked, answer):
        said = talked(root, [answer], asked, ends=3)

        assert said.count("? [y]es") == 1
        assert f"Nothing is lost. Go on with: l2mac-write revise --open --book {root}" in said
        assert [*(root / "revisions").rglob("*.*")]

    def test_again_asks_for_a_remark_and_shows_another(self, root):
        said = talked(root, [b"a\n", b"Less of it.\n", b"y\n"])

        assert "What should be otherwise?" in said
        assert said.count("Take it in?") == 2
        assert "rehearsal" in text(root)


def talked(root, answers, asked=("1", "Make it rain."), ends=0):
    """All that stands on the terminal after these answers, each given once something is asked."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", OWNING, *HEEDING, "revise", *asked, *MODEL, "--book", root]
    env = {**BARE, "TERM": "xterm", "COLUMNS": "80"}
    child = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
    )
    os.close(theirs)
    said = _heard_from(ours, answers, child)
    try:
        child.wait(PATIENCE)
    finally:
        child.kill()
        os.close(ours)
    assert child.returncode == ends, said
    return said


def _heard_from(terminal, answers, child):
    said, given, end = "", 0, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 2)[0]:
            # it came just before the answer was read
            if answers[given - 1 : given] == [CTRL_C] and _waits(child):
                os.write(terminal, CTRL_C)
            continue
        try:
            said += os.read(terminal, 4096).decode(errors="replace")
        except OSError:
            break
        if len(ASKED.findall(said)) > given < len(answers):
            os.write(terminal, answers[given])
            given += 1
    return said


def _waits(child):
    """Whether it sleeps until something comes, and is not at work, held up, or at its end."""
    return Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "S"


@pytest.mark.parametrize("call", [1, 2, 3])
def test_killed_at_any_call_it_goes_on_there_and_pays_for_nothing_twice(root, call):
    children, heard = SimpleQueue(), []

    def deadly(body):
        heard.append(body)
        if len(heard) == call:
            child = children.get()
            child.kill()
            child.wait()
        return server(body)

    with FakeApi(deadly) as api:
        env = {**BARE, **KEY, "ANTHROPIC_BASE_URL": api.url}
        command = [*TOOL, "revise", "1", "More often.", "--book", str(root)]
        with subprocess.Popen(command, env=env, stdout=DEVNULL, stderr=DEVNULL) as child:
            children.put(child)
    done, rest = revised(root, "--open", "--yes")

    assert child.returncode == -9
    assert (done.returncode, len(rest)) == (0, 3 - call + 1), done.stderr
    assert THRICE in text(root)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("99", "Shorter."), "no chapter `99`. Name one by its number, from 1 to 3"),
        (("1", " "), "the instruction is empty"),
        (("1",), "Say which chapter, and what is to become of it"),
        ((), "nothing is asked"),
        (("--all", "1", "Shorter."), "--all means every chapter"),
        (("--open", "1", "x"), "no chapter `x`"),
        (("--reject", "1", "x"), "give it with --open"),
        (("1", "x", "--yes", "--dry-run"), "give one of them"),
        (("1", "x", "--scope", "scene", "--at", "the blue boat"), "“the blue boat”"),
        (("1", "x", "--scope", "word"), "--scope"),
    ],
)
def test_bad_input_gets_one_sentence_and_changes_nothing(root, arguments, sentence):
    before = sorted(root.rglob("*"))
    done = typed("revise", *arguments, *MODEL, "--book", root, cwd=root)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(root.rglob("*")) == before


def test_a_book_that_another_run_is_writing_is_left_alone(root):
    with closing(BookFolder.open(root)):
        done = typed("revise", "1", "Shorter.", *MODEL, "--book", root, cwd=root)

    assert done.returncode == 2
    assert "is being written by process" in done.stderr


def test_a_proposal_that_somebody_was_faster_with_stays_open(root):
    proposed(root, Editor(), order())
    place = root / PATHS["ferry"]
    place.write_text(place.read_text().replace(TWICE, "once a week"))
    done = typed("revise", "--open", "--yes", *MODEL, "--book", root, cwd=root)

    assert done.returncode == 1
    assert "has changed since, in the same paragraphs" in done.stderr
    assert "once a week" in text(root)
