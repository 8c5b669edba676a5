"""Whoever talks about the text to whoever asked for it is heard by how he speaks."""

import pytest

from l2mac_write.evaluators.leaks import judge
from l2mac_write.findings import Severity
from tests.evaluators.talk import innocent, is_heard, share_heard
from tests.evaluators.works import PROSE, cases, severities, work

WORDINGS, INNOCENT = cases("wordings.toml"), cases("not_talk.toml")
LEFT_BEHIND = cases("left_behind.toml")
MANUAL = INNOCENT["manual_text"].strip()
LESSONS = [line for half in cases("not_said.toml")["en"].values() for line in half["handbook"]]


def placed(line, text=PROSE):
    """The line at the head, in the middle and at the end of a text."""
    paragraphs = text.split("\n\n")
    half = len(paragraphs) // 2
    middle = "\n\n".join((*paragraphs[:half], line, *paragraphs[half:]))
    return f"{line}\n\n{text}", middle, f"{text}\n\n{line}"


def faults(text):
    return [severity for severity in severities(judge(work(text))) if severity != Severity.ADVISE]


def test_of_all_wordings_one_in_twenty_is_missed_at_most():
    texts = [text for lines in WORDINGS.values() for line in lines for text in placed(line)]

    missed = [text for text in texts if not faults(text)]

    assert len(missed) * 20 <= len(texts)
    assert sum(map(len, WORDINGS.values())) >= 250


def test_of_what_is_left_behind_at_an_edge_or_inside_one_in_twenty_is_missed_at_most():
    sentence = PROSE.index(". ") + 2
    places = {
        "start": [placed(line)[0] for line in LEFT_BEHIND["start"]],
        "middle": [placed(line)[1] for line in LEFT_BEHIND["middle"]],
        "end": [placed(line)[2] for line in LEFT_BEHIND["end"]],
        "inline": [
            f"{PROSE[:sentence]}{line} {PROSE[sentence:]}" for line in LEFT_BEHIND["inline"]
        ],
    }
    texts = [text for found in places.values() for text in found]

    missed = [text for text in texts if not faults(text)]

    assert len(missed) * 20 <= len(texts)
    assert len(texts) >= 300


@pytest.mark.parametrize("line", INNOCENT["told"])
def test_a_story_may_speak_of_stories(line):
    assert [faults(text) for text in placed(line)] == [[], [], []]


@pytest.mark.parametrize("line", INNOCENT["docs"])
def test_a_manual_may_give_orders_and_say_what_its_chapters_hold(line):
    assert [faults(text) for text in placed(line, MANUAL)] == [[], [], []]


@pytest.mark.parametrize("line", INNOCENT["scholars"])
def test_a_work_of_learning_may_quote_with_insertions_and_point_to_its_sections(line):
    assert [faults(text) for text in placed(line, MANUAL)] == [[], [], []]


def test_talk_inside_a_paragraph_is_found_where_it_stands():
    (finding,) = judge(work(f"{PROSE} I hope this chapter meets your expectations!"))

    assert finding.quote.startswith("I hope this chapter")
    assert finding.severity is Severity.REVISE


def test_a_character_may_speak_of_drafts():
    line = "“Let me know if you want me to revise the chapter you asked for,” said the printer."

    assert [faults(text) for text in placed(line)] == [[], [], []]


def test_a_text_that_is_about_writing_is_only_warned():
    lessons = [
        f"Write chapter {word} of the story in the third person, as you were asked."
        for word in ("one", "two", "three", "four", "five")
    ]
    paragraphs = PROSE.split("\n\n")
    pairs = zip(paragraphs, lessons, strict=False)
    text = "\n\n".join((*(part for pair in pairs for part in pair), *paragraphs[5:]))

    assert faults(text) == []
    assert len(judge(work(text))) == len(lessons)


@pytest.mark.parametrize(
    ("name", "least"),
    [("talk_seen.toml", 0.95), ("talk_unseen.toml", 0.85), ("said_unseen.toml", 0.8)],
)
def test_of_wordings_of_every_kind_most_are_heard(name, least):
    assert share_heard(name, "en") >= least


@pytest.mark.parametrize(("half", "most"), [("seen", 0.06), ("unseen", 0.07)])
def test_of_what_people_in_a_story_say_of_texts_little_is_taken_for_talk(half, most):
    lines = [(place, line) for line in innocent("en", half) for place in ("start", "middle", "end")]

    assert sum(is_heard(*line, "en") for line in lines) <= most * len(lines)


def test_a_handbook_on_writing_may_say_how_it_is_done():
    texts = [text for line in LESSONS for text in placed(line, MANUAL)]

    assert sum(bool(faults(text)) for text in texts) * 20 <= len(texts)


def test_a_note_for_the_machine_may_speak_of_chapters():
    note = "The rope breaks, and Ansel drowns.\n\nDEPARTS: Ansel is dead, whom chapter 2 needs."

    assert [*judge(work(note, path="notes/summaries/01.md"))] == []
