"""A text ends where its last sentence ends, in characters that somebody meant."""

import pytest

from l2mac_write.evaluators.truncation import judge
from l2mac_write.findings import Severity, mended
from tests.evaluators.works import PROSE, codes, severities, work

CUT = [
    "Then the sea came up over the",
    "Then the sea came up over the wall, and",
    "Then the sea,",
    "“Then the sea came up,” he said. “And the",
    "He bought the following:",
    "## Part two",
    "She looked at Mr. Grey and",
]
WHOLE = [
    "The End",
    "*Fin*",
    "Jim Hawkins",
    "Your affectionate brother, R. Walton",
    "* * *",
    "He said “no”",
    "He turned and—",
    "Was it over…",
    "「そうだ。」",
    "“It is over.”*",
    "- one last thing",
    "| a | b |",
    "[^1]: A note",
    "Lisbon, 3 May 1821",
]


def test_clean_prose_is_whole():
    assert judge(work()) == ()


@pytest.mark.parametrize("tail", CUT)
def test_a_text_that_breaks_off_is_cut_back_to_its_last_whole_sentence(tail):
    text = f"{PROSE}\n\n{tail}"

    findings = judge(work(text))

    assert severities(findings) == [Severity.BLOCK]
    assert judge(work(mended(text, findings))) == ()
    assert mended(text, findings).startswith(PROSE)


@pytest.mark.parametrize("tail", WHOLE)
def test_a_text_may_end_in_other_ways(tail):
    assert judge(work(f"{PROSE}\n\n{tail}")) == ()


def test_too_little_would_remain_to_cut_it_back():
    (finding,) = judge(work("He counted. " + "and the stair " * 40))

    assert finding.severity is Severity.BLOCK
    assert finding.mend is None


def test_speech_left_open_by_the_cut_is_closed():
    text = f"{PROSE}\n\n“Then the sea came up. And the"

    assert mended(text, judge(work(text))).endswith("“Then the sea came up.”")


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("“Come down.", "“Come down.”"),
        ('"Come down.', '"Come down."'),
        ("„Komm herunter.", "„Komm herunter.“"),
        ("«Viens.", "«Viens.»"),
    ],
)
def test_the_last_speech_is_closed(opened, closed):
    text = f"{PROSE}\n\n{opened}"

    findings = judge(work(text))

    assert codes(findings) == ["DOC-TYPO"]
    assert mended(text, findings) == f"{PROSE}\n\n{closed}"


def test_a_language_without_full_stops_cannot_be_judged():
    assert judge(work("เขานับบันไดอีกครั้ง", language="th")) == ()


def test_a_text_may_end_in_code():
    assert judge(work(f"{PROSE}\n\n```\nprint()\n```")) == ()


@pytest.mark.parametrize(
    ("broken", "mended_text"),
    [
        ("He donâ€™t know.", "He don’t know."),
        ("The cafÃ© was shut.", "The café was shut."),
        ("â€œYes,â€\x9d she said.", "“Yes,” she said."),
        ("The la\x00mp went\x07 out.", "The lamp went out."),
        ("Half \ud83d a face.", "Half  a face."),
    ],
)
def test_broken_characters_are_put_right(broken, mended_text):
    findings = judge(work(broken))

    assert set(codes(findings)) == {"DOC-TYPO"}
    assert mended(broken, findings) == mended_text
    assert all(finding.key for finding in findings)


def test_broken_characters_are_quoted_from_their_own_paragraph():
    findings = judge(work("He bowed.\n\n\ufffdCome in,\ufffd she said."))

    assert findings[0].quote == "\ufffdCome in,\ufffd she said."


def test_a_lost_character_must_be_written_again():
    (finding,) = judge(work("He don�t know."))

    assert finding.severity is Severity.REVISE
    assert finding.mend is None


@pytest.mark.parametrize("text", ["Le café… Â côté !", "MAÇÃ”, disse.", "São Tomé — Ångström."])
def test_accents_are_no_damage(text):
    assert judge(work(text)) == ()


@pytest.mark.parametrize(
    "text", ["เขาเดินลงไปที่ท่าเรือในยามเช้า และมองดูทะเล", "ລາວຍ່າງໄປທ່າເຮືອ", "គាត់ដើរទៅកំពង់ផែ"]
)
def test_a_script_without_full_stops_ends_where_it_ends_whatever_language_was_said(text):
    assert judge(work(text)) == ()
