"""Chapters are numbered in turn, each under a title of its own."""

import pytest

from l2mac_write.evaluators.numbering import judge
from l2mac_write.findings import Severity
from tests.evaluators.wholes import whole


def found(*titles):
    return judge(whole(*("Text.",) * len(titles), titles=titles))


@pytest.mark.parametrize(
    "titles",
    [
        ("I", "II", "III", "IV"),
        ("1", "2", "3", "4"),
        ("Chapter One", "Chapter Two", "Chapter Three", "Chapter Four"),
        ("I: The Eve", "II: The Star", "III: The Common", "I: Under Foot", "II: The House"),
        ("Prologue", "1. Home", "2. Away", "3. Back", "Epilogue"),
        ("XXVIII", "XXIX", "XXX", "XXXI"),
        ("Chapter 9", "Chapter 10", "Chapter 11", "Chapter 12"),
        ("Kapitel eins", "Kapitel zwei", "Kapitel drei"),
        ("第一章 灯塔", "第二章 海", "第三章 风"),
        ("Twenty-Nine", "Thirty", "Thirty-One", "Thirty-Two"),
        ("Economy", "Reading", "Sounds", "Solitude"),
        ("1914", "1916", "1918", "1939"),
        ("Six", "Home", "Away", "The End"),
        ("", "", "", ""),
    ],
)
def test_books_that_count_well_or_not_at_all_are_clean(titles):
    assert found(*titles) == ()


@pytest.mark.parametrize(
    ("titles", "wrong", "due"),
    [
        (("I", "II", "VI", "IV", "V"), 3, 3),
        (("I", "II", "II", "IV", "V"), 3, 3),
        (("1: A", "2: B", "3: C", "7: D"), 4, 4),
        (("Chapter One", "Chapter Two", "Chapter Two", "Chapter Four"), 3, 3),
        (("I", "II", "III", "I", "II", "V", "IV"), 6, 3),
        (("1", "2", "4", "5", "6"), 3, 3),
    ],
)
def test_a_number_that_is_out_of_turn_is_found_once(titles, wrong, due):
    (finding,) = found(*titles)

    assert finding.path == f"chapters/{wrong:02d}.md"
    assert f"number {due} is due" in finding.message
    assert finding.severity is Severity.REVISE


def test_a_title_that_an_earlier_chapter_has_is_found():
    (finding,) = found("I: The Lamp", "II: The Sea", "III: The lamp", "IV: The Mule")

    assert finding.path == "chapters/03.md"
    assert "`chapters/01.md`" in finding.message


def test_titles_that_come_back_all_the_time_are_the_books_way():
    findings = found("Mina’s Journal", "A Letter", "Mina’s Journal", "A Letter", "Mina’s Journal")

    assert {finding.severity for finding in findings} == {Severity.ADVISE}
