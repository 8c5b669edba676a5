"""Citations and the list of sources belong together."""

from l2mac_write.evaluators.citations import judge
from l2mac_write.findings import Severity, Text, Whole
from tests.evaluators.books import book

NUMBERED = "\n\n## References\n\n[1] Smith, *Boats*.\n[2] Doe, *Ropes*.\n"
DATED = "\n\n## References\n\nSmith, J. (2001). Boats.\n\nDoe, A. (2020). Ropes.\n"


def found(text):
    return [(f.severity, f.message) for f in judge(book(text))]


def test_a_number_that_the_list_does_not_have_is_found():
    assert found(f"So it is [1, 2]. But see [4].{NUMBERED}") == [
        (Severity.REVISE, "The list of sources has no 4.")
    ]


def test_an_entry_that_nothing_cites_is_remarked_upon():
    assert found(f"So it is [1].{NUMBERED}") == [
        (Severity.ADVISE, "Nothing in the text cites this source.")
    ]


def test_an_author_and_year_that_the_list_does_not_have_are_found():
    assert found(f"So it is (Smith, 2001; Jones, 1999), as Doe (2020) says.{DATED}") == [
        (Severity.REVISE, "The list of sources has no Jones 1999.")
    ]


def test_a_list_may_be_a_chapter_of_its_own():
    texts = Text("a.md#one", "So [1–3]."), Text("a.md#references", NUMBERED.split("\n\n")[2])

    assert [finding.message for finding in judge(Whole(texts))] == ["The list of sources has no 3."]


def test_without_a_list_nothing_is_said():
    assert found("In London (1908), [1] of them wrote (Smith, 2001).") == []
    assert found(f"In June (1908) they wrote.{NUMBERED}") == []
