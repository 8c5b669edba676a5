"""What the book refers to is there."""

import pytest

from l2mac_write.evaluators.references import judge
from tests.evaluators.books import book


def found(text, *others):
    return [finding.message for finding in judge(book(text, *(others or ("Two.", "Three."))))]


@pytest.mark.parametrize(
    "text",
    [
        "(see chapter 40)",
        "as we shall see in Chapter XL",
        "This is told in chapter forty.",
        "the fortieth chapter",
        "Chapter 40 gives the figures.",
        "I described in Chapter 40 how it began.",
        "What we reached in Chapter 40 still holds.",
        "Readers who are in a hurry may turn to chapter 40.",
    ],
)
def test_a_chapter_that_the_book_does_not_have_is_found(text):
    assert found(text) == ["There is no chapter 40: the book has 3."]


@pytest.mark.parametrize(
    "text",
    [
        "see chapter 3",
        "Isaiah, chapter 53",
        "chapter 40 of the Koran",
        "chapter 40 of his Travels",
        "He turned to “Chapter XXX”, which was missing.",
        "in chapter 12, verse 3",
        "He turned to Chapter XL and read on.",
        "She had skipped ahead as far as chapter forty by then.",
        "I read chapter 40 to her that evening.",
    ],
)
def test_chapters_that_are_there_and_chapters_of_other_books_are_left_alone(text):
    assert found(text) == []


def test_a_single_chapter_may_refer_to_others_that_are_not_here():
    assert judge(book("See chapter 40.")) == ()


def test_figures_and_tables_must_be_there_where_the_reader_is_sent_to_them():
    assert found("See Figure 9.") == ["There is no figure 9 in the book."]
    assert found("See Figure 9.", "![Figure 9: the mill](mill.png)") == []
    assert found("She skated a figure 8, and Table 9 was free.") == []
    assert found("Table 9 is long.", "**Table 1.** Prices") == ["There is no table 9 in the book."]


def test_numbered_sections_must_be_there_where_sections_are_numbered():
    assert found("See section 7.3.", "## 2.1 Boats") == ["There is no section 7.3 in the book."]
    assert found("See section 2.1.", "## 2.1 Boats") == []
    assert found("See section 7.3.", "## Boats") == []


def test_a_link_leads_to_a_heading():
    assert found("[there](#the-mill)", "## The mill") == []
    assert found("[there](#the-barn)", "## The mill") == [
        "The link leads to `#the-barn`, which is nowhere."
    ]


@pytest.mark.parametrize(
    ("text", "caption", "said"),
    [
        ("Siehe Abbildung 9.", "**Abbildung 9.** Die Mühle", "abbildung 9"),
        ("Voir le tableau 9.", "**Tableau 9.** Les prix", "tableau 9"),
        ("Véase la figura 9.", "**Figura 9.** El molino", "figura 9"),
    ],
)
def test_figures_and_tables_are_looked_for_by_their_names_in_other_languages(text, caption, said):
    assert found(text) == [f"There is no {said} in the book."]
    assert found(text, caption) == []


def test_a_chapter_is_looked_for_in_chinese_too():
    assert found("详见第四十章。") == ["There is no chapter 40: the book has 3."]
    assert found("详见第三章。") == []
    assert found("《圣经》第四十章写道。") == []
