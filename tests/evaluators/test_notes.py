"""Footnotes and their marks belong together."""

from l2mac_write.evaluators.notes import judge, judge_whole
from l2mac_write.findings import Text, Whole
from tests.evaluators.books import book
from tests.evaluators.works import work


def test_marks_and_notes_that_belong_together_are_fine():
    assert judge(work("So it was.[^1] And so.[^b]\n\n[^1]: Indeed.\n[^b]: Ibid.")) == ()


def test_a_mark_without_a_note_and_a_note_without_a_mark_are_found():
    findings = judge(work("So it was.[^1]\n\n[^2]: Indeed."))

    assert [finding.quote for finding in findings] == ["[^1]", "[^2]:"]


def test_two_notes_of_one_name_are_found():
    (finding,) = judge(work("So.[^1]\n\n[^1]: Indeed.\n[^1]: Or not."))

    assert finding.message == "Two footnotes have this mark."


def test_notes_may_stand_at_the_end_of_the_file_that_chapters_are_cut_from():
    one, other = Text("a.md#one", "So.[^1]"), Text("a.md#two", "And so.\n\n[^1]: Indeed.")

    assert judge_whole(Whole((one, other))) == ()
    assert len(judge_whole(book(one.text, other.text))) == 2


def test_code_is_no_footnote():
    assert judge(work("A class is `[^abc]` in a pattern.")) == ()
