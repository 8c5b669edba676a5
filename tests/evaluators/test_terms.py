"""A term means one thing, and is explained where it is first used."""

from l2mac_write.evaluators.terms import judge
from l2mac_write.findings import Severity
from tests.evaluators.books import book


def test_an_abbreviation_that_stands_for_two_things_is_found():
    one = "The Royal Committee of Inquiry (RCI) was told."
    (finding,) = judge(book(one, "The Regional Council of Industry (RCI) took no notice."))

    assert finding.code == "NF-TERM"
    assert finding.severity is Severity.REVISE
    assert finding.conflict.quote == "Royal Committee of Inquiry (RCI)"


def test_it_may_be_explained_in_other_words():
    one = "The Royal Committee of Inquiry, or RCI, was told."

    assert len(judge(book(one, "The RCI, that is the Regional Council of Industry, left."))) == 1


def test_one_that_is_written_out_twice_is_remarked_upon():
    one = "The Royal Committee of Inquiry (RCI) was told."

    assert [finding.severity for finding in judge(book(one, one))] == [Severity.ADVISE]


def test_what_stands_in_brackets_need_not_be_an_abbreviation():
    assert judge(book("The Duke of Alder (RCI) left.", "The Lord of Birch (RCI) left.")) == ()


def test_a_term_that_is_used_before_it_is_explained_is_remarked_upon():
    defined = "A **sounding line** is a rope with a lead at its end."
    (finding,) = judge(book("The sounding line was wet.", defined))

    assert finding.severity is Severity.ADVISE
    assert finding.quote == "sounding line"
    assert judge(book(defined, "The sounding line was wet.")) == ()


def test_a_stressed_little_word_is_no_term():
    assert judge(book("That was all, and this too.", "*This* is the one thing that I want.")) == ()
