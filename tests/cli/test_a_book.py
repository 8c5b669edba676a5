"""From a sentence to a finished, exported book, as a person types it."""

import json
import signal
import subprocess

import pytest

from tests.cli.commands import BARE, HEEDING, REHEARSAL, rehearsed, typed

PROMPT = "A tale of two ferrymen."
PATIENCE = 300
ROOM = 4096
"""Bytes that a run may be ahead of who reads what it says."""


def test_one_command_plans_writes_checks_and_exports(tmp_path):
    done = typed("generate", PROMPT, "--to", "book", *REHEARSAL, cwd=tmp_path)

    assert done.returncode == 0
    assert "2 chapters, 600 words" in done.stdout
    assert len([*(tmp_path / "book/chapters").iterdir()]) == 2
    assert len([*(tmp_path / "book/exports").iterdir()]) == 3


def test_typed_again_it_leaves_a_finished_book_as_it_is(tmp_path):
    book = rehearsed(tmp_path)
    before = {p: p.read_bytes() for p in book.rglob("*.md")}
    done = typed("generate", PROMPT, "--to", "book", *REHEARSAL, cwd=tmp_path)

    assert done.returncode == 0
    assert {p: p.read_bytes() for p in book.rglob("*.md")} == before


def test_a_chapter_edited_by_hand_stays_as_the_person_left_it(tmp_path):
    book = rehearsed(tmp_path)
    chapter = next((book / "chapters").iterdir())
    chapter.write_text("# Mine\n\nEvery word of this is mine.\n")
    typed("resume", "--book", "book", cwd=tmp_path)
    typed("export", "--book", "book", "--format", "markdown", "--to", "out.md", cwd=tmp_path)

    assert chapter.read_text() == "# Mine\n\nEvery word of this is mine.\n"
    assert "Every word of this is mine." in (tmp_path / "out.md").read_text()


def test_plan_stops_before_the_first_chapter_and_resume_writes_the_edited_plan(tmp_path):
    planned = typed("plan", PROMPT, "--to", "book", *REHEARSAL, cwd=tmp_path)
    plan = tmp_path / "book/plan.toml"
    plan.write_text(plan.read_text().replace("Rehearsal title 2", "The Drought"))
    resumed = typed("resume", "--book", "book", cwd=tmp_path)

    assert "l2mac-write resume --book book" in planned.stdout
    assert resumed.returncode == 0
    assert (tmp_path / "book/chapters/02-the-drought.md").is_file()


def test_status_tells_words_targets_and_cost_as_prose_and_as_json(tmp_path):
    rehearsed(tmp_path)
    prose = typed("status", "--book", "book", cwd=tmp_path).stdout
    state = json.loads(typed("status", "--book", "book", "--json", cwd=tmp_path).stdout)

    assert "300 / 300" in prose
    assert state["finished"]
    assert [c["words"] for c in state["chapters"]] == [300, 300]
    assert state["cost_usd"] == 0


def test_json_prints_one_event_a_line(tmp_path):
    done = typed("generate", PROMPT, "--to", "book", *REHEARSAL, "--json", cwd=tmp_path)
    events = [json.loads(line) for line in done.stdout.splitlines()]

    assert {"planned", "started", "heard", "spent", "judged", "finished"} <= {
        event["event"] for event in events
    }
    assert events[-1]["event"] == "done"
    assert len(events[-1]["exports"]) == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_says_how_to_go_on_and_goes_on(tmp_path, number):
    long = ("--model", "rehearsal", "--chapters", "60", "--words", "120000")
    run = subprocess.Popen(
        [*HEEDING, "generate", PROMPT, "--to", "book", *long, "--json"],
        cwd=tmp_path, env=BARE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        pipesize=ROOM,
    )  # fmt: skip
    while not [*tmp_path.glob("book/chapters/*.md")]:
        assert run.stdout.readline()
    run.send_signal(number)
    _, said = run.communicate(timeout=PATIENCE)
    written = len([*(tmp_path / "book/chapters").iterdir()])
    state = json.loads(typed("status", "--book", "book", "--json", cwd=tmp_path).stdout)

    assert run.returncode == 3
    assert "l2mac-write resume --book book" in said
    assert "Traceback" not in said
    assert 0 < written < 60
    assert sum(c["words"] > 0 for c in state["chapters"]) == written


def test_the_same_book_exports_to_the_same_bytes(tmp_path):
    epoch = {"SOURCE_DATE_EPOCH": "1700000000"}
    rehearsed(tmp_path)
    for name in ("a", "b"):
        for kind in ("epub", "html", "markdown"):
            typed(
                "export",
                "--book",
                "book",
                "--format",
                kind,
                "--to",
                f"{name}.{kind}",
                cwd=tmp_path,
                env=epoch,
            )

    for kind in ("epub", "html", "markdown"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()
