"""`--kind document`: a report or manual, planned, written, checked and bound as one."""

import json
import re

import pytest

from l2mac_write import generate, open_book
from l2mac_write.book import Brief
from l2mac_write.llm.rehearsal import prose as placeholder
from l2mac_write.llm.scripted import says
from tests.cli.commands import typed
from tests.exporters.epubchecked import complaints, verdict_on
from tests.fake_api import FakeApi
from tests.fake_api.author import answered, noted, opening
from tests.machine.machines import GUIDED, first_told, machine, prose
from tests.machine.test_guided import scenes

PROMPT = "A manual for volunteers on starting the engine of the Tidewell lifeboat."
BRIEF = Brief(PROMPT, chapters=2, words=600, kind="document")
SECTION = f"## Before you begin\n\n1. Open the valve.\n2. Wait.\n\n{prose(285).text}"


@pytest.fixture(scope="module")
def manual(tmp_path_factory):
    return generate(
        PROMPT,
        tmp_path_factory.mktemp("manual") / "manual",
        kind="document",
        model="rehearsal",
        chapters=2,
        words=900,
    )


def test_it_has_a_summary_before_its_sections_and_open_points_after_them(manual):
    kinds = [section.kind for section in manual.manuscript.sections]

    assert kinds == ["abstract", "section", "section", "open-points"]
    assert manual.finished


def test_its_kind_is_kept_in_book_toml_and_known_again(manual):
    again = open_book(manual.root)

    assert again.settings.kind == "document"
    assert again.manuscript.kind == "document"
    assert all(section.numbered for section in again.manuscript.chapters)


def test_its_terms_are_kept_in_place_of_a_bible(manual):
    notes = {path.name for path in (manual.root / "notes").glob("*.md")}

    assert notes == {"requirements.md", "terms.md"}


def written():
    plan = {"title": "Starting", "premise": "For volunteers.", "style": "You.", "people": []}
    sections = [
        {"title": t, "goal": "g", "point_of_view": "all crew", "setting": "in port", "beats": ["Start it.", "Stop it."], "must": ["The valve."], "must_not": [], "covers": [1], "words": 300}
        for t in ("Starting", "Stopping")
    ]  # fmt: skip
    return (
        says(json.dumps({**plan, "chapters": sections})),
        says("## Terms\n\n- **Valve**: the red one."),
        says(SECTION),
        says("It says how to start. No assumptions."),
        prose(300, about="stop"),
        says("It says how to stop. No assumptions."),
        prose(120, about="summary"),
        says("The sections assume nothing and leave nothing open."),
    )


def test_headings_and_lists_in_a_section_are_no_fault():
    run = machine(*written(), brief=BRIEF, name="document")

    registry = run.run()

    assert registry.is_done
    assert registry.outcomes["chapter/starting"].findings == ()
    assert "## Before you begin" in run.book.read("chapters/01-starting.md")


def test_the_author_is_told_of_sections_and_not_of_stories():
    run = machine(*written(), brief=BRIEF, name="document")
    run.run()

    asked = run.llm.heard[2]
    assert "Section 1 of 2: Starting" in first_told(asked)
    assert "For whom: all crew" in first_told(asked)
    assert "Valve" in first_told(asked)
    assert "Nothing is made up." in asked.system
    assert "novelist" not in asked.system


def test_the_summary_is_written_last_from_all_sections():
    run = machine(*written(), brief=BRIEF, name="document")
    run.run()

    asked = run.told(7).text
    assert "how to start" in asked
    assert "how to stop" in asked


ANSWERS = {
    "subject": "starting the engine",
    "reader": "the harbour crew",
    "goal": "start it alone",
    "need": "a key and a lamp",
    "step": "open the red valve",
    "risk": "a flooded cylinder",
    "check": "the gauge shows green",
    "title": "Morning Drill",
}


def test_a_small_model_is_led_through_a_document_of_its_own():
    answers = [says(json.dumps({slot: said})) for slot, said in ANSWERS.items()]
    brief = Brief(PROMPT, chapters=5, words=1500, kind="document")
    run = machine(*answers, *scenes(60), brief=brief, abilities=GUIDED, name="document-small")
    run.run(until="plan")

    plan = run.unit.plan()
    assert [chapter.title for chapter in plan.chapters] == [
        "Purpose and scope", "Before you begin", "What to do", "What can go wrong", "Checking the result",
    ]  # fmt: skip
    assert plan.people == ()
    assert plan.chapters[2].beats[0] == "The first step is to open the red valve."
    assert len(run.llm.heard) == len(ANSWERS)


def test_it_has_more_sections_than_the_program_has_titles_for():
    answers = [says(json.dumps({slot: said})) for slot, said in ANSWERS.items()]
    more = [says(json.dumps({"title": t})) for t in ("Cold Weather", "Night Calls")]
    brief = Brief(PROMPT, chapters=7, words=2100, kind="document")
    run = machine(*answers, *more, brief=brief, abilities=GUIDED, name="document-small")
    run.run(until="plan")

    titles = [chapter.title for chapter in run.unit.plan().chapters]
    assert len({*titles}) == 7
    assert {"Cold Weather", "Night Calls"} < {*titles}


LENGTH = re.compile(r"(?:about|at most) (\d+) words", re.IGNORECASE)


def server(body):
    """Writes sections as asked; the second first skips a level of its headings."""
    asked = opening(body)
    if "List what the request asks" in asked:
        return json.dumps({"requirements": [{"wish": "A manual.", "quote": "A manual"}]})
    if "These things are" in asked or "all that you know" in asked or "<set>" in asked:
        return answered(asked, "")
    if '"facts": [' in asked:
        return noted(asked)
    if "one JSON object" in asked:
        return written()[0].text
    text = placeholder(int(LENGTH.findall(asked)[-1]) - 10, asked)
    if "<contract" not in asked:
        return text
    skips = "Section 2 of" in asked and len(body["messages"]) == 1
    return f"## Ready\n\n1. Look.\n2. Act.\n\n{'####' if skips else '###'} Steps\n\n{text}"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A document written over the wire: its folder, the process, all requests."""
    folder = tmp_path_factory.mktemp("report")
    with FakeApi(server) as api:
        env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "sk-ant-x"}
        command = ("generate", PROMPT, "--to", "report", "--kind", "document", "--words", "600")
        done = typed(
            *command, "--chapters", "2", "--model", "claude-sonnet-5-5", cwd=folder, env=env
        )
        return folder / "report", done, api.bodies


def test_over_the_wire_a_level_that_was_skipped_is_sent_back_and_mended(report):
    root, done, bodies = report

    assert done.returncode == 0, done.stderr
    assert "\n### 2.1 Ready\n" in (root / "exports/starting.md").read_text("utf-8")
    assert "\n#### 2.1.1 Steps\n" in (root / "exports/starting.md").read_text("utf-8")
    again = [body for body in bodies if len(body["messages"]) > 1]
    assert "A heading of level 4 follows one of level 2." in json.dumps(again)
    assert len(bodies) == 19


def test_its_epub_is_clean(report, tmp_path):
    root, _, _ = report

    assert complaints(verdict_on(root / "exports/starting.epub", tmp_path)) == []


def test_no_word_of_a_novel_is_said_to_its_author(report):
    _, _, bodies = report

    asked = json.dumps(bodies).casefold()
    for word in ("novel", "the story", "back cover", "bible", "point of view"):
        assert word not in asked
