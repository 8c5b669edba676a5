"""What a model says to us stays between us."""

import json

import pytest

from l2mac_write.evaluators.leaks import judge
from l2mac_write.findings import Severity, mended
from tests.evaluators.works import PARAGRAPHS, PROSE, cases, codes, severities, work

CASES = cases("leaks.toml")
HALF = len(PARAGRAPHS) // 2
BEFORE, AFTER = "\n\n".join(PARAGRAPHS[:HALF]), "\n\n".join(PARAGRAPHS[HALF:])


def cleaned(text):
    for _ in range(3):
        text = mended(text, judge(work(text))).strip()
    return text


def test_clean_prose_holds_no_leak():
    assert judge(work()) == ()


@pytest.mark.parametrize("line", CASES["heads"])
def test_talk_before_the_text_is_taken_off(line):
    text = f"{line}\n\n{PROSE}"

    assert Severity.REVISE in severities(judge(work(text)))
    assert cleaned(text) == PROSE


@pytest.mark.parametrize("line", CASES["tails"])
def test_talk_after_the_text_is_taken_off(line):
    text = f"{PROSE}\n\n{line}\n"

    assert codes(judge(work(text)))[:1] == ["DOC-META"]
    assert cleaned(text) == PROSE


@pytest.mark.parametrize("line", CASES["removed"])
def test_a_leak_within_the_text_is_cut_out(line):
    text = f"{BEFORE}\n\n{line}\n\n{AFTER}"

    assert severities(judge(work(text)))[:1] == [Severity.BLOCK]
    assert cleaned(text) == PROSE


@pytest.mark.parametrize("line", CASES["blocked"])
def test_what_only_a_writer_can_put_right_blocks(line):
    findings = judge(work(f"{BEFORE}\n\n{line}\n\n{AFTER}"))

    assert Severity.BLOCK in severities(findings)
    assert findings[0].mend is None


@pytest.mark.parametrize("line", CASES["innocent"])
def test_what_real_books_say_is_no_leak(line):
    for text in (f"{line}\n\n{PROSE}", f"{BEFORE}\n\n{line}\n\n{AFTER}", f"{PROSE}\n\n{line}"):
        assert judge(work(text)) == ()


def test_a_text_that_is_nothing_but_a_leak_is_not_emptied():
    (finding,) = judge(work("I'm sorry, but I can't assist with that request.", words=900))

    assert finding.severity is Severity.BLOCK
    assert finding.mend is None


def test_a_head_line_that_goes_on_into_prose_is_left_to_the_writer():
    text = f"Here is the rewritten chapter: {PARAGRAPHS[0]} {PARAGRAPHS[1]}"

    assert mended(text, judge(work(text))) == text


def test_control_tokens_are_found_inside_speech():
    text = PROSE.replace("What mason?", "What mason?<|im_end|>")

    assert cleaned(text) == PROSE


@pytest.mark.parametrize("fence", ["```", "```markdown", "~~~md"])
def test_a_code_fence_around_the_whole_text_is_taken_off(fence):
    text = f"{fence}\n{PROSE}\n{fence[:3]}\n"

    assert cleaned(text) == PROSE


@pytest.mark.parametrize("value", [{"text": PROSE}, {"title": "The Lamp", "chapter": PROSE}, PROSE])
def test_a_text_inside_json_is_taken_out(value):
    assert cleaned(json.dumps(value)) == PROSE


def test_thoughts_before_the_text_are_taken_off():
    text = f"<think>\nThe user wants a chapter. <b>\n</think>\n\n{PROSE}"

    assert cleaned(text) == PROSE


def test_a_word_of_the_language_is_no_placeholder():
    text = f"{PROSE}\n\nLo perdió TODO en una noche."

    assert judge(work(text, language="es-MX")) == ()


def test_code_in_a_manual_is_no_leak():
    text = f"{PROSE}\n\n```toml\nmust_not = []  # TODO: <chapter>\n```\n\n{PARAGRAPHS[0]} Indeed."

    assert judge(work(text)) == ()
