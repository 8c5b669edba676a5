"""Nothing is written twice, unless it is meant to come back."""

import random

import pytest

from l2mac_write.evaluators.duplicates import judge
from l2mac_write.evaluators.passages import paragraphs
from l2mac_write.findings import Severity, mended
from tests.evaluators.works import PARAGRAPHS, PROSE, chapters, severities, work

LONG = [text for text in PARAGRAPHS if len(text.split()) >= 12 and not text.startswith("“")]
OTHER = (
    "The mule had been sold twice that week, and had come home both times by the same road. "
    "Nobody in the village would say who fed it on the way.\n\n"
    "By Friday there was snow in the pass. The postman left his bag at the inn."
)


def edited(text, share, rng):
    words = text.split()
    for place in rng.sample(range(len(words)), round(len(words) * share)):
        words[place] = rng.choice(OTHER.split())
    return " ".join(words)


def test_clean_prose_repeats_nothing():
    assert judge(work(earlier=chapters(OTHER))) == ()


@pytest.mark.parametrize("paragraph", LONG)
def test_a_paragraph_repeated_in_the_text_is_taken_out(paragraph):
    text = f"{PROSE}\n\n{paragraph}\n\nAnd that was all."

    findings = judge(work(text))

    assert severities(findings) == [Severity.BLOCK]
    assert mended(text, findings) == f"{PROSE}\n\nAnd that was all."


@pytest.mark.parametrize("paragraph", LONG)
def test_a_paragraph_of_an_earlier_chapter_is_taken_out(paragraph):
    text = f"{OTHER}\n\n{paragraph}\n\nAnd that was all, at least for the time being, he said."

    (finding,) = judge(work(text, earlier=chapters("Other things.", PROSE)))

    assert "`chapters/02.md`" in finding.message
    assert mended(text, [finding]) == text.replace(f"{paragraph}\n\n", "")


@pytest.mark.parametrize("paragraph", LONG)
def test_a_paragraph_with_a_few_words_changed_is_still_the_same(paragraph):
    rng = random.Random(paragraph)
    found = [
        judge(work(f"{OTHER}\n\n{edited(paragraph, 0.15, rng)}", earlier=chapters(PROSE)))
        for _ in range(50)
    ]

    assert sum(bool(findings) for findings in found) >= 49


def test_a_whole_chapter_that_is_a_copy_is_not_emptied():
    findings = judge(work(earlier=chapters(PROSE)))

    assert Severity.BLOCK in severities(findings)
    assert mended(PROSE, [f for f in findings if f.message.startswith("This para")]) == PROSE


def test_a_sentence_repeated_in_the_text_is_taken_out():
    sentence = "There was a smell of burnt sugar in the yard."
    text = f"{OTHER} {sentence}\n\nHe went out. {sentence} He came in again."

    findings = judge(work(text))

    assert Severity.BLOCK in severities(findings)
    assert mended(text, findings).endswith("He went out. He came in again.")


def test_a_sentence_may_stand_in_two_chapters_but_not_in_three():
    sentence = "There was a smell of burnt sugar in the yard."
    text = f"{OTHER} {sentence} It was late."
    once, twice = chapters(f"A first day. {sentence} So."), chapters(*[f"Day. {sentence} So."] * 2)

    assert judge(work(text, earlier=once)) == ()
    assert severities(judge(work(text, earlier=twice))) == [Severity.BLOCK]


def test_a_short_refrain_may_come_back():
    text = f"And still the rain came down.\n\n{PROSE}\n\nAnd still the rain came down."

    findings = judge(work(text))

    assert [f for f in findings if "sentence" in f.message] == []


def test_a_song_may_come_back():
    song = "“Three old men went out to sea, and only the youngest came home, came home.”"
    text = f"{song}\n\n{PROSE}\n\n{song}\n\nThen it was quiet."

    assert Severity.BLOCK not in severities(judge(work(text)))


def test_a_model_that_is_stuck_is_stopped_after_the_first_time():
    text = f"{PROSE}\n\nHe ran" + " and ran and the sea ran after him" * 12

    findings = judge(work(text))

    assert severities(findings) == [Severity.BLOCK]
    assert mended(text, findings) == f"{PROSE}\n\nHe ran and ran and the sea ran after him"


def test_a_parrot_may_repeat_itself():
    assert judge(work(f"{PROSE}\n\n“Pieces of eight! Pieces of eight! Pieces of eight!”")) == ()


def test_paragraphs_in_a_loop_are_left_standing_once():
    text = "\n\n".join([OTHER, *[LONG[0]] * 9])

    assert mended(text, judge(work(text))).split() == f"{OTHER} {LONG[0]}".split()


@pytest.mark.parametrize(
    ("first", "last", "edge"),
    [
        ("The rain had stopped by noon, and nobody was glad.", "So it went.", "begin"),
        ("It was noon.", "Then he closed the door behind him and wept.", "end"),
    ],
)
def test_two_chapters_may_not_begin_or_end_alike(first, last, edge):
    earlier = (
        "The rain had stopped by noon. He looked up.\n\nSo he closed the door behind him and wept."
    )

    (finding,) = judge(work(f"{first}\n\n{OTHER}\n\n{last}", earlier=chapters(earlier)))

    assert finding.severity is Severity.REVISE
    assert f"This text {edge}s with the same words" in finding.message


def test_date_lines_may_come_back():
    earlier = chapters(f"Dr. Seward’s Diary, 3 May\n\n{PROSE}")

    assert judge(work(f"Dr. Seward’s Diary, 3 May\n\n{OTHER}", earlier=earlier)) == ()


def test_chinese_paragraphs_are_compared_by_character():
    paragraph = "灯塔看守人又数了一遍楼梯，虽然十一年来他每天晚上都数。一共有二百零四级。今晚却有二百零五级。"
    text = f"{paragraph}\n\n他下楼去了。\n\n{paragraph}"

    findings = judge(work(text, language="zh"))

    assert Severity.BLOCK in severities(findings)


def test_quotes_are_words_of_the_text():
    text = f"{PROSE}\n\n{PROSE}"

    assert all(finding.quote in text for finding in judge(work(text)))


def test_paragraphs_know_their_place():
    assert [PROSE[p.start : p.end] for p in paragraphs(PROSE)] == PARAGRAPHS
