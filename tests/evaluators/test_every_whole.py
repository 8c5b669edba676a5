"""What all evaluators of a whole book promise: they never fail, and stay quick as it grows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l2mac_write.checking.by_code import judged
from l2mac_write.evaluators import WHOLE
from l2mac_write.findings import Work
from l2mac_write.llm.rehearsal import prose
from tests.evaluators.test_every_evaluator import JUNK, MARKED, TEXT
from tests.evaluators.wholes import whole
from tests.evaluators.works import PROSE
from tests.timing import at_most


@pytest.mark.parametrize("name", WHOLE)
def test_a_clean_chapter_is_a_clean_book(name):
    assert list(WHOLE[name](whole(PROSE))) == []


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(TEXT | MARKED, max_size=6), titles=st.lists(TEXT, min_size=6, max_size=6))
def test_no_book_makes_an_evaluator_fail(texts, titles):
    book = whole(*texts, titles=tuple(titles[: len(texts)]))
    by_path = {text.path: text.text for text in book.texts}
    for judge in WHOLE.values():
        findings = list(judge(book))

        assert findings == list(judge(book))
        assert all(f.quote in by_path[f.path] and f.message.endswith(".") for f in findings)
        assert all(f.conflict.quote in by_path[f.conflict.path] for f in findings if f.conflict)


@pytest.mark.parametrize("junk", JUNK)
def test_junk_takes_no_longer_than_its_length(junk):
    book = whole(JUNK[junk], JUNK[junk][::-1], PROSE)

    with at_most(4):
        for judge in WHOLE.values():
            list(judge(book))


def test_four_thousand_chapters_take_no_longer_than_their_words():
    works = [Work(f"{n}.md", f"{prose(40, str(n))}\n", 0, title=f"{n}") for n in range(4_000)]

    with at_most(12):
        judged(works)


def test_a_paragraph_of_two_megabytes_is_judged_too():
    with at_most(11):
        judged(
            [Work("a.md", "the cat sat on the mat, and then " * 62_000, 0), Work("b.md", PROSE, 0)]
        )
