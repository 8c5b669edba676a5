"""What a whole book says too often is told once, with the place, and people's books are left alone."""

import pytest

from l2mac_write.evaluators import repetition
from l2mac_write.findings import Evidence, Severity, Whole
from tests.evaluators.works import PROSE, chapters
from tests.machine.machines import prose, word

SIMILE = "The mast broke like a rotten tooth."
CHAPTERS = [prose(900, about=word(n)).text for n in range(8)]


def judged(*texts, language="en", cast=("Ansel",), known=()):
    return repetition.judge(Whole(chapters(*texts), language, cast, known))


def letters(number):
    """Another word for each number."""
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


def told(findings, words):
    return [f for f in findings if words in f.message]


def test_a_book_that_repeats_nothing_is_let_pass():
    assert list(judged(PROSE, "", "# One\n\n")) == []


def test_a_simile_that_comes_back_is_quoted_where_it_does_against_where_it_was():
    texts = [f"{SIMILE if n in (1, 3, 4) else ''}\n\n{text}" for n, text in enumerate(CHAPTERS)]
    (found,) = told(judged(*texts), "like a rotten tooth")

    assert (found.code, found.severity) == ("NAR-STYLE", Severity.ADVISE)
    assert (found.path, found.quote) == ("chapters/04.md", "like a rotten tooth")
    assert found.conflict == Evidence("chapters/02.md", "like a rotten tooth")
    assert "3 times in 3 texts" in found.message


def test_chapters_that_begin_alike_are_a_repetition():
    texts = [f"When the bell had rung, {n} came.\n\nIt was {n}." for n in ("Ada", "Bo", "Cy", "Di")]
    (found,) = told(judged(*texts), "begin with “when the bell had”")

    assert (found.code, found.path) == ("NAR-DUP", "chapters/02.md")
    assert found.quote == "When the bell had"


@pytest.mark.parametrize(
    ("often", "severity"), [(3, None), (24, Severity.ADVISE), (60, Severity.REVISE)]
)
def test_a_stretch_that_says_the_same_again_and_again_is_measured(often, severity):
    loop = "He did not know what he was waiting for, and still he waited there. "
    words = " ".join(letters(n) for n in range(7_990 - 13 * often))
    found = told(judged(loop * often + words), "sequences of four words")

    assert [f.severity for f in found] == ([severity] if severity else [])


def test_a_few_worn_phrases_are_advice_and_many_are_more():
    worn = "He took a deep breath."
    few, many = ([f"{text} {worn * n}" for text in CHAPTERS] for n in (1, 9))

    assert [f.severity for f in told(judged(*few), "worn phrase")] == [Severity.ADVISE]
    assert [f.severity for f in told(judged(*many), "worn phrase")] == [Severity.REVISE]


def test_a_worn_phrase_is_found_with_either_apostrophe_and_quoted_as_it_stands():
    texts = [f"{text}\n\nHis smile didn’t reach his eyes." for text in CHAPTERS]
    (found,) = told(judged(*texts), "worn phrase")

    assert found.quote == "smile didn’t reach his eyes"


def test_a_chinese_book_is_judged_by_its_phrases_alone():
    texts = [f"第{n}天，她轻轻推开那扇生锈的铁门，走了进去。" * 2 for n in "一二三四"]
    found = judged(*texts, language="zh")

    assert "轻轻推开那扇生" in found[0].message
    assert not told(found, "sequences of four words")


def test_the_same_book_is_judged_the_same_each_time():
    assert judged(*CHAPTERS) == judged(*CHAPTERS)
