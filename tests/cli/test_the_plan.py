"""What a person types around a plan: briefs, approval, wishes that are covered, and its history."""

import json

import pytest

from tests.cli.commands import typed

SIZE = ("--model", "rehearsal", "--chapters", 3, "--words", 900, "--export", "none")
OUTLINE = "An outline.\n\nChapter one: a ferry.\n\nChapter two: a flood.\n"


def made(folder, *more):
    return typed("generate", "A tale.", "--to", "book", *SIZE, *more, cwd=folder)


def test_a_brief_may_be_a_file_with_or_without_a_prompt(tmp_path):
    (tmp_path / "outline.md").write_text(OUTLINE)
    alone = typed("generate", "--brief", "outline.md", "--to", "a", *SIZE, cwd=tmp_path)
    both = typed("generate", "A tale.", "--brief", "outline.md", "--to", "b", *SIZE, cwd=tmp_path)

    assert (alone.returncode, both.returncode) == (0, 0)
    assert "Chapter two: a flood." in (tmp_path / "a/book.toml").read_text()
    assert "A tale.\n\nAn outline." in (tmp_path / "b/book.toml").read_text()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "`brief.md` cannot be read: No such file or directory"),
        (b"\n \n", "`brief.md` is empty"),
        (b"\xff\xfe\x00", "`brief.md` cannot be read: it is not UTF-8 text"),
        (b"word " * 1_000_000, "characters; at most 1,000,000 can be"),
    ],
    ids=["missing", "empty", "no text", "five million characters"],
)
def test_a_brief_that_cannot_be_used_is_refused_before_anything_is_made(tmp_path, content, why):
    if content is not None:
        (tmp_path / "brief.md").write_bytes(content)
    done = typed("plan", "--brief", "brief.md", "--to", "book", *SIZE[:-2], cwd=tmp_path)

    assert done.returncode == 2
    assert why in done.stderr
    assert not (tmp_path / "book").exists()


def test_with_approval_a_run_stops_once_the_plan_is_there_and_then_goes_on(tmp_path):
    stopped = made(tmp_path, "--approve")
    resumed = typed("resume", "--book", "book", "--export", "none", "--no-approve", cwd=tmp_path)

    assert stopped.returncode == 3
    assert "`plan.toml` is as `plan` left it" in stopped.stderr
    assert "l2mac-write resume --book book" in stopped.stderr
    assert resumed.returncode == 0
    assert len([*(tmp_path / "book/chapters").iterdir()]) == 3


def test_status_tells_where_each_wish_is_answered(tmp_path):
    made(tmp_path)
    said = typed("status", "--book", "book", cwd=tmp_path).stdout
    rows = json.loads(typed("status", "--book", "book", "--json", cwd=tmp_path).stdout)

    assert "Wishes of the request: 1 of 1 are in the plan\n  in 1, 2, 3        A tale." in said
    assert rows["requirements"] == [{"wish": "A tale.", "chapters": [1, 2, 3]}]


def test_status_tells_a_wish_that_no_chapter_answers_first(tmp_path):
    made(tmp_path)
    plan = tmp_path / "book/plan.toml"
    wishes = 'requirements = [\n    "A tale.",\n    "A flood.",'
    plan.write_text(plan.read_text().replace('requirements = [\n    "A tale.",', wishes))
    said = typed("status", "--book", "book", cwd=tmp_path).stdout

    assert "1 of 2 are in the plan\n  nowhere           A flood.\n  in 1, 2, 3" in said


def test_history_tells_every_version_and_what_a_person_changed_in_the_plan(tmp_path):
    made(tmp_path)
    plan = tmp_path / "book/plan.toml"
    text = plan.read_text().replace('goal = "Rehearsal goal 2"', 'goal = "Mine."')
    head, *chapters = text.split("\n[[chapter]]")
    plan.write_text("\n[[chapter]]".join([head, chapters[1], chapters[0]]))
    said = typed("history", "plan.toml", "--book", "book", cwd=tmp_path).stdout
    rows = json.loads(typed("history", "--book", "book", "--json", cwd=tmp_path).stdout)

    assert "plan.toml  by plan" in said
    assert "plan.toml  by you" in said
    assert "chapter 1 `Rehearsal title 2`: was chapter 2, goal" in said
    assert "chapter 3 `Rehearsal title 3`: taken out" in said
    assert {row["path"] for row in rows["versions"]} >= {"plan.toml", "notes/bible.md"}
    assert rows["versions"][0]["instruction"] == "requirements"


def test_a_plan_that_was_only_looked_at_is_not_worth_a_line(tmp_path):
    lines = made(tmp_path).stdout.splitlines()

    assert [line for line in lines if line.startswith("replan")] == []
    assert [line for line in lines if line.startswith("plan: done")] != []
