"""A chapter that collapses stands out from its own book."""

from l2mac_write.evaluators.proportions import judge
from l2mac_write.findings import Severity
from tests.evaluators.wholes import whole

CHAPTER = "The rain fell on the roofs of the town all day. " * 60


def test_a_chapter_of_a_tenth_of_the_others_is_mentioned():
    (finding,) = judge(whole(CHAPTER, CHAPTER, CHAPTER[:300], CHAPTER, CHAPTER))

    assert finding.path == "chapters/03.md"
    assert finding.severity is Severity.ADVISE


def test_several_that_collapse_are_all_mentioned():
    texts = [CHAPTER if number < 8 else CHAPTER[:200] for number in range(11)]

    assert [f.path for f in judge(whole(*texts))] == [f"chapters/{n:02d}.md" for n in (9, 10, 11)]


def test_a_book_of_long_and_short_chapters_has_its_own_measure():
    texts = [CHAPTER[: len(CHAPTER) // share] for share in (1, 5, 2, 8, 3, 1, 6, 4)]

    assert judge(whole(*texts)) == ()


def test_three_chapters_have_no_usual_length():
    assert judge(whole(CHAPTER, CHAPTER, "Short.")) == ()
