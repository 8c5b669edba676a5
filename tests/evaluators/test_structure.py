"""A chapter's file holds prose and no title of its own."""

import pytest

from l2mac_write.evaluators.structure import judge
from l2mac_write.findings import Severity, mended
from tests.evaluators.works import PARAGRAPHS, PROSE, severities, work


def test_clean_prose_has_the_right_shape():
    assert judge(work(title="The Lamp")) == ()


@pytest.mark.parametrize(
    "heading",
    [
        "# The Lamp",
        "## Chapter 5: The Lamp",
        "### V. The Lamp",
        "**The Lamp**",
        "**Chapter 5 (Revised)**",
        "The Lamp",
        "Chapter Five",
        "CHAPTER XII",
        "Chapter 5 — The Lamp",
        "The Lamp\n========",
        "# Another title altogether",
        "Kapitel 5: Die Lampe",
        "第五章 灯",
    ],
)
def test_a_title_of_its_own_is_taken_off(heading):
    text = f"{heading}\n\n{PROSE}"

    findings = judge(work(text, title="The Lamp"))

    assert severities(findings) == [Severity.ADVISE]
    assert mended(text, findings) == PROSE


def test_a_chapter_heading_is_taken_out_wherever_it_stands():
    text = PROSE.replace("* * *", "## Chapter 6: The Ship")

    assert "Chapter 6" not in mended(text, judge(work(text)))


@pytest.mark.parametrize(
    "opening",
    ["The lamp was out.", "Chapter and verse, he knew it all.", "Chapter closed.", "## At sea"],
)
def test_what_only_looks_like_a_title_stays(opening):
    assert judge(work(f"{opening}\n\n{PROSE}", title="The Lamp")) == ()


def test_headings_that_skip_a_level_are_remarked_upon():
    text = f"## At sea\n\n{PROSE}\n\n#### On land\n\n{PROSE}"

    (finding,) = judge(work(text))

    assert finding.severity is Severity.ADVISE
    assert finding.quote == "#### On land"


def test_headings_in_code_are_no_headings():
    assert judge(work(f"{PROSE}\n\n```sh\n# Chapter 5\n#### deep\n```\n\nAnd so on.")) == ()


def test_a_code_fence_that_is_never_closed_is_found():
    (finding,) = judge(work(f"{PROSE}\n\n```python\nprint()"))

    assert finding.severity is Severity.REVISE


def test_a_stray_fence_at_the_end_is_taken_off():
    text = f"{PROSE}\n\n```"

    assert mended(text, judge(work(text))).strip() == PROSE


def test_an_outline_is_not_prose():
    outline = "The keeper:\n\n" + "\n".join(f"- counts stair {n}" for n in range(9))

    (finding,) = judge(work(outline))

    assert finding.severity is Severity.REVISE
    assert finding.quote == "- counts stair 0"


def test_a_short_list_within_prose_is_welcome():
    assert judge(work(f"{PROSE}\n\n- oil\n- wicks\n- salt\n\n{PARAGRAPHS[0]} And more.")) == ()


def test_one_wall_of_text_is_remarked_upon():
    (finding,) = judge(work("He counted the stairs again. " * 150))

    assert finding.severity is Severity.ADVISE
    assert "750 words" in finding.message


def test_a_long_paragraph_among_many_is_not():
    wall = "He counted the stairs again. " * 130

    assert judge(work("\n\n".join((wall, *["A page of other things. " * 60] * 4)))) == ()
