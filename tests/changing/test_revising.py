"""Chapters are changed as a person orders: proposed first, then taken in or turned down, and no word is lost."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from l2mac_write.changing import revising
from l2mac_write.changing.proposals import gone, new, proposals
from l2mac_write.errors import AnswerRefused, BudgetReached, LLMError, UsageError
from l2mac_write.findings import Severity
from l2mac_write.history import changes
from l2mac_write.locks import Lock, dump
from l2mac_write.opened import open_book
from l2mac_write.orders import Scope
from l2mac_write.plan_writing import dump as dump_plan
from l2mac_write.store.folder import BookFolder
from tests.revisions import (
    PATHS,
    THRICE,
    TWICE,
    Editor,
    accepted,
    book,
    edits,
    order,
    plan,
    proposed,
    rejected,
)

PATH = PATHS["ferry"]


def text(root, name="ferry"):
    return (root / PATHS[name]).read_bytes().decode()


def opened(root):
    with closing(BookFolder.read_only(root)) as folder:
        return proposals(folder)


def versions(root, name="1"):
    return [v for v in changes.history(root, name) if v.path.startswith("chapters/")]


def rewritten(root, words):
    (root / PATH).write_bytes(words.encode())


class TestProposing:
    def test_the_book_stays_as_it_is_until_a_person_takes_the_change_in(self, root):
        before = text(root)
        (proposal,) = proposed(root, Editor())

        assert text(root) == before == proposal.before
        assert proposal.after == before.replace(TWICE, THRICE)
        assert (root / proposal.order.path).read_text() == proposal.after

    def test_what_is_outside_the_edits_stays_byte_for_byte(self, root):
        before = text(root).replace("\n", "\r\n").replace("night", "night \t")
        rewritten(root, before)
        (proposal,) = proposed(root, Editor([edits((TWICE, f"{THRICE}.\n\nAnd once at night"))]))
        accepted(root, proposal)

        assert text(root) == before.replace(TWICE, f"{THRICE}.\r\n\r\nAnd once at night")

    def test_the_editor_sees_the_order_the_chapter_and_what_is_around_it(self, root):
        editor = Editor([edits(("night", "noon"))])
        proposed(root, editor, order("flood", "Let nobody sleep."))

        asked = editor.shown()
        assert "\n> Let nobody sleep.\n" in asked
        assert "The flood came at night, and nobody rang the bell." in asked
        assert "Nobody came to the landing." in asked
        assert "Mara Voss asked for the toll" in asked

    def test_why_tells_what_the_editor_saw(self, root):
        proposed(root, Editor())

        items = [i for v in open_book(root).why(1, "revise").views for i in v.items]
        assert items[0].text == "Let the ferry go over more often."
        assert {"chapter", "following"} <= {item.source for item in items}

    def test_a_hand_edit_made_before_is_what_is_revised(self, root):
        rewritten(root, text(root).replace("coins", "pennies"))
        (proposal,) = proposed(root, Editor())

        assert "pennies" in proposal.after
        assert [v.by for v in versions(root)] == ["agent", "person"]

    def test_several_orders_are_one_revision_and_each_is_decided_by_itself(self, root):
        editor = Editor([edits((TWICE, THRICE)), edits(("at night", "at noon"))])
        first, second = proposed(root, editor, order(), order("flood"))
        accepted(root, second)

        assert first.order.revision == second.order.revision == 1
        assert "at noon" in text(root, "flood")
        assert THRICE not in text(root)
        assert [p.order.chapter for p in opened(root)] == ["ferry"]

    def test_an_editor_may_find_that_nothing_is_to_be_done(self, root):
        editor = Editor([edits(note="It is so already.")])
        (proposal,) = proposed(root, editor)

        assert proposal.is_empty
        assert proposal.said.note == "It is so already."
        assert len(editor.heard) == 1


class TestEdits:
    def test_one_that_has_no_place_goes_back_with_the_reason_and_the_others_are_made(self, root):
        editor = Editor([edits((TWICE, THRICE), ("the blue boat", "x")), edits(("coins", "money"))])
        (proposal,) = proposed(root, editor)

        (again,) = editor.asked("still to be mended")
        assert "“the blue boat” is not in the text: copy the words exactly." in again
        assert THRICE in proposal.after
        assert "money" in proposal.after

    def test_an_answer_that_cannot_be_read_is_asked_for_again(self, root):
        editor = Editor(["I would rather not.", edits((TWICE, THRICE))])
        (proposal,) = proposed(root, editor)

        assert "The answer holds no JSON object." in editor.asked("still to be mended")[0]
        assert THRICE in proposal.after

    def test_after_three_rounds_without_an_edit_it_comes_to_nothing_and_says_why(self, root):
        editor = Editor([edits(("the blue boat", "x"))])
        (proposal,) = proposed(root, editor)

        assert proposal.has_failed
        assert proposal.said.refused == (
            "“the blue boat” is not in the text: copy the words exactly.",
        )
        assert len(editor.heard) == 4
        assert THRICE not in text(root)

    def test_what_the_change_brings_is_fed_back_and_what_was_there_before_is_not(self, root):
        rewritten(root, text(root) + "\n[TODO: more]\n")
        bad = edits((TWICE, "twice a day [insert figure here]"))
        editor = Editor([bad, edits(("[insert figure here]", ""))])
        (proposal,) = proposed(root, editor)

        (again,) = editor.asked("still to be mended")
        assert "insert figure" in again
        assert "TODO" not in again.partition("still to be mended")[2]
        assert new(proposal) == ()

    def test_of_a_scene_or_a_paragraph_nothing_else_may_change(self, root):
        scene = order(scope=Scope.SCENE, quote="counted the coins")
        editor = Editor([edits((TWICE, THRICE), ("coins", "money"))])
        (proposal,) = proposed(root, editor, scene)

        assert "It is outside the scene that may change." in editor.asked("still to be mended")[0]
        assert proposal.after == text(root).replace("coins", "money")

    def test_without_a_place_the_first_edit_says_which_paragraph_it_is(self, root):
        editor = Editor([edits(("coins", "money"), ("landing", "shore"))])
        (proposal,) = proposed(root, editor, order(scope=Scope.PARAGRAPH))

        assert proposal.after == text(root).replace("coins", "money")

    def test_an_editor_who_refuses_keeps_no_other_order_from_being_decided(self, root):
        editor = Editor([_about_the_flood_alone])
        first, second = proposed(root, editor, order(), order("flood"))

        assert (first.has_failed, second.has_failed) == (True, False)


class TestAnew:
    def test_a_change_of_structure_is_a_new_draft_of_what_may_change(self, root):
        scene = order(scope=Scope.SCENE, quote="counted the coins")
        editor = Editor(
            [edits(anew=True, note="In one go.")], prose="He slept.\n\nNobody woke him."
        )
        (proposal,) = proposed(root, editor, scene)

        head = text(root).partition("In the evening")[0]
        assert proposal.after == f"{head}He slept.\n\nNobody woke him.\n"
        assert "In one go." in editor.asked("Write it anew")[0]

    def test_the_title_stays(self, root):
        (proposal,) = proposed(root, Editor([edits(anew=True)], prose="He slept."))

        assert proposal.after == "# Ferry\n\nHe slept.\n"


class TestNoRegression:
    def test_a_judge_who_does_not_know_which_is_old_is_asked_twice_in_both_orders(self, root):
        editor = Editor(votes=["first", "second"])
        (proposal,) = proposed(root, editor)

        one, other = editor.asked("Which of the two would you print?")
        assert one.index(TWICE) < one.index(THRICE)
        assert other.index(THRICE) < other.index(TWICE)
        assert proposal.said.likes_the_old
        assert "liked the old text better, twice: It limps." in proposal.regressions[0]

    def test_the_judge_is_shown_what_is_different_and_what_is_beside_it(self, root):
        editor = Editor([edits(("coins", "money"))])
        proposed(root, editor)

        asked = editor.asked("Which of the two would you print?")[0]
        assert "<first>\n[…]\n\nIn the evening he counted the coins" in asked
        assert "<second>\n[…]\n\nIn the evening he counted the money" in asked
        assert "grey eyes" not in asked

    @pytest.mark.parametrize("votes", [["first"], ["neither"], ["second", "first"]])
    def test_who_likes_whatever_comes_first_or_the_new_one_is_in_nobodys_way(self, root, votes):
        (proposal,) = proposed(root, Editor(votes=votes))

        assert proposal.regressions == ()

    def test_a_judge_who_cannot_be_read_is_told_and_stops_nothing(self, root):
        (proposal,) = proposed(root, Editor(votes=["whatever"]))

        assert proposal.said.unread
        assert proposal.regressions == ()

    def test_nor_may_more_findings_block_than_before(self, root):
        editor = Editor([edits((TWICE, "[Insert the timetable here]"))])
        (proposal,) = proposed(root, editor)

        assert any(finding.severity is Severity.BLOCK for finding in new(proposal))
        assert "would block" in proposal.regressions[0]

    def test_what_a_change_mends_is_told(self, root):
        rewritten(root, text(root).replace(TWICE, "[Insert the timetable here]"))
        editor = Editor([edits(("[Insert the timetable here]", TWICE))])
        (proposal,) = proposed(root, editor)

        assert gone(proposal)
        assert new(proposal) == ()

    def test_of_several_candidates_the_best_is_kept(self, root):
        worse, good = edits((TWICE, "[Insert the timetable here]")), edits((TWICE, THRICE))
        (proposal,) = proposed(root, Editor([worse, good]), order(candidates=2))

        assert THRICE in proposal.after

    def test_of_candidates_that_are_as_good_a_judge_must_like_the_later_twice(self, root):
        says = [edits((TWICE, THRICE)), edits((TWICE, "at dawn"))]
        (first,) = proposed(root, Editor([*says], votes=["first"]), order(candidates=2))
        later = Editor([*says], votes=["second", "first", "neither"])
        (second,) = proposed(root, later, order(candidates=2, instruction="Again."))

        assert (THRICE in first.after, "at dawn" in second.after) == (True, True)


class TestLocks:
    def test_the_editor_is_told_what_is_locked_and_sent_back_who_changes_it(self, root):
        locked(root, quote="The ferry went over twice a day.")
        editor = Editor([edits((TWICE, THRICE)), edits((THRICE, TWICE), ("coins", "money"))])
        (proposal,) = proposed(root, editor)

        assert "“The ferry went over twice a day.”" in editor.shown().partition("<locks")[2]
        assert "it stays word for word as it was" in editor.asked("still to be mended")[0]
        assert (TWICE in proposal.after, "money" in proposal.after) == (True, True)

    def test_what_would_break_a_lock_is_never_taken_in(self, root):
        (proposal,) = proposed(root, Editor())
        locked(root, quote="The ferry went over twice a day.")
        (now,) = opened(root)

        assert now.regressions == (
            "you have locked the passage “The ferry went over twice a day.”",
        )
        with pytest.raises(UsageError, match="you have locked the passage"):
            accepted(root, proposal)
        assert TWICE in text(root)

    def test_a_chapter_that_is_locked_is_not_even_asked_about(self, root):
        locked(root)

        with pytest.raises(UsageError, match="chapter 1 `Ferry` is locked"):
            revising.revise(root, [1], order(""), model="rehearsal")


class TestDeciding:
    def test_taken_in_it_is_a_new_version_with_its_order(self, root):
        (proposal,) = proposed(root, Editor())
        accepted(root, proposal)

        last = versions(root)[-1]
        assert (last.by, last.instruction) == (
            "revision",
            "revise 1.1: Let the ferry go over more often.",
        )
        assert text(root) == proposal.after
        assert opened(root) == ()
        assert not (root / proposal.order.path).exists()

    def test_history_tells_what_it_has_cost(self, root):
        (proposal,) = proposed(root, Editor(cost=0.25))
        accepted(root, proposal)

        assert [v.cost for v in versions(root)] == [None, pytest.approx(0.75)]

    def test_it_can_be_undone_and_done_again(self, root):
        before = text(root)
        (proposal,) = proposed(root, Editor())
        accepted(root, proposal)

        changes.undo(root)
        assert text(root) == before
        changes.redo(root)
        assert text(root) == proposal.after

    def test_turned_down_it_is_gone_but_for_the_history(self, root):
        before = text(root)
        (proposal,) = proposed(root, Editor())
        rejected(root, proposal)

        assert text(root) == before
        assert opened(root) == ()
        assert changes.difference(root, proposal.order.path, "HEAD~1").passages

    def test_what_a_person_changed_meanwhile_in_other_paragraphs_stays(self, root):
        (proposal,) = proposed(root, Editor())
        rewritten(root, text(root).replace("coins", "pennies"))
        accepted(root, proposal)

        assert THRICE in text(root)
        assert "pennies" in text(root)
        assert [v.by for v in versions(root)] == ["agent", "person", "revision"]

    def test_in_the_same_paragraph_it_is_never_written_over(self, root):
        (proposal,) = proposed(root, Editor())
        rewritten(root, text(root).replace(TWICE, "once a week"))

        with pytest.raises(UsageError, match="has changed since, in the same paragraphs"):
            accepted(root, proposal)
        assert "once a week" in text(root)
        assert len(opened(root)) == 1

    def test_a_person_may_mend_what_is_proposed_before_taking_it_in(self, root):
        (proposal,) = proposed(root, Editor())
        place = root / proposal.order.path
        place.write_text(place.read_text().replace(THRICE, "all day"))
        (mended,) = opened(root)
        accepted(root, mended)

        assert "all day" in text(root)

    def test_a_chapter_that_the_plan_has_renamed_meanwhile_keeps_its_new_name(self, root):
        proposed(root, Editor())
        file = root / "plan.toml"
        file.write_text(file.read_text().replace('title = "Ferry"', 'title = "The Crossing"'))
        with closing(BookFolder.open(root)) as folder:
            revising.follow_plan(folder)
        (moved,) = opened(root)
        accepted(root, moved)

        (file,) = (root / "chapters").glob("01-*.md")
        assert file.read_text().startswith("# The Crossing\n\nAnsel")
        assert THRICE in file.read_text()

    def test_what_the_plan_has_taken_out_is_in_nobodys_way(self, root):
        proposed(root, Editor())
        taken = replace(plan(), chapters=plan_of_two())
        (root / "plan.toml").write_text(dump_plan(taken))

        assert revising.go_on(root, model="rehearsal") == ()
        assert revising.still_open(root) == ()
        assert open_book(root).orders == ()

    def test_asked_again_the_editor_hears_what_was_wrong(self, root):
        (proposal,) = proposed(root, Editor())
        rejected(root, proposal)
        editor = Editor([edits((TWICE, "at dawn"))])
        (other,) = proposed(root, editor, revising.try_again(proposal, "Not three times."))

        assert (
            "with this remark: Not three times. (What you proposed read: “The ferry"
            in editor.shown()
        )
        assert "at dawn" in other.after

    def test_without_a_remark_the_editor_hears_what_the_judge_said(self, root):
        (proposal,) = proposed(root, Editor(votes=["first", "second"]))

        assert "twice: It limps." in revising.try_again(proposal).remarks[0]


class TestStopping:
    def test_the_same_order_is_never_paid_for_twice(self, root):
        proposed(root, Editor())
        idle = Editor()
        (proposal,) = proposed(root, idle)

        assert idle.heard == []
        assert THRICE in proposal.after

    def test_what_was_stopped_half_way_goes_on_with_the_call_that_was_not_answered(self, root):
        stopped = Editor()
        stopped._said = _failing_at(3, stopped, LLMError("gone"))
        with pytest.raises(LLMError):
            proposed(root, stopped)
        rest = Editor()
        (proposal,) = proposed(root, rest)

        assert len(rest.heard) == 1
        assert THRICE in proposal.after

    def test_a_budget_that_is_reached_stops_it_and_leaves_the_order_waiting(self, root):
        with pytest.raises(BudgetReached):
            proposed(root, Editor(cost=0.4), budget=0.5)
        with closing(BookFolder.read_only(root)) as folder:
            waiting = revising.waiting(folder)

        assert [o.chapter for o in waiting] == ["ferry"]
        assert opened(root) == ()

    def test_what_nobody_carried_out_can_be_given_up(self, root):
        with pytest.raises(BudgetReached):
            proposed(root, Editor(cost=0.4), budget=0.5)

        assert revising.still_open(root) == ()
        assert open_book(root).orders == ()

    def test_the_result_is_the_same_however_many_work_at_a_time(self, root, tmp_path):
        orders = [order(name) for name in PATHS]
        others = [shutil.copytree(root, tmp_path / str(n)) for n in (1, 4)]
        texts = [
            [p.after for p in proposed(place, Editor([_first_words]), *orders, parallel=hands)]
            for place, hands in zip(others, (1, 4), strict=True)
        ]

        assert texts[0] == texts[1]


class TestBadInput:
    @pytest.mark.parametrize(
        ("names", "more", "why"),
        [
            (["99"], {}, "the book has no chapter `99`"),
            (["3-1"], {}, "`3-1` runs backwards. Say `1-3`."),
            (["e"], {}, "the book has no chapter `e`"),
            (["1"], {"instruction": " "}, "the instruction is empty"),
            (
                ["1"],
                {"scope": Scope.SCENE, "quote": "the blue boat"},
                "does not say “the blue boat” anywhere. (chapter 1 `Ferry`)",
            ),
            (["1"], {"quote": "the blue boat"}, "does not say “the blue boat” anywhere."),
        ],
    )
    def test_it_is_told_in_a_sentence_and_nothing_changes(self, root, names, more, why):
        before = sorted(root.rglob("*"))
        plain = order("", **{"instruction": "Shorter.", **more})

        with pytest.raises(UsageError) as told:
            revising.revise(root, names, plain, model="rehearsal")
        assert why in str(told.value)
        assert sorted(root.rglob("*")) == before

    def test_a_chapter_that_is_not_written_yet(self, tmp_path):
        root = book(tmp_path / "book", {"ferry": "It began."})

        with pytest.raises(UsageError, match="chapter 2 `Flood` is not written yet"):
            revising.revise(root, [2], order(""), model="rehearsal")

    def test_a_book_without_a_chapter(self, tmp_path):
        root = book(tmp_path / "book", {})

        with pytest.raises(UsageError, match="the book has no chapter yet"):
            revising.revise(root, [], order(""), model="rehearsal")

    def test_an_order_that_a_person_has_broken_is_named_with_its_file(self, root):
        with pytest.raises(BudgetReached):
            proposed(root, Editor(cost=0.4), budget=0.5)
        (root / "revisions/01/orders.toml").write_text("[[order]]\nchapter = 3\n")

        with pytest.raises(UsageError, match=r"an order in `revisions/01/orders.toml` lacks its"):
            revising.go_on(root, model="rehearsal")

    def test_a_book_that_is_being_written(self, root):
        with closing(BookFolder.open(root)), pytest.raises(UsageError, match="is being written"):
            revising.revise(root, [1], order(""), model="rehearsal")


def plan_of_two():
    return tuple(replace(c, number=c.number - 1) for c in plan().chapters[1:])


def locked(root, **what):
    with closing(BookFolder.open(root)) as folder:
        folder.keep_locks(dump([Lock(chapter="ferry", **what)]))


def _first_words(request):
    """An edit of the chapter that is shown: it begins with other words."""
    shown = "\n".join(message.text for message in request.conversation)
    chapter = shown.partition('<chapter what="The chapter">\n')[2].partition("</chapter>")[0]
    first = " ".join(chapter.split()[:4])
    return edits((first, f"At last {first}"))


def _about_the_flood_alone(request):
    asked = request.conversation[-1].text
    return edits(("night", "noon")) if "2: Flood" in asked else AnswerRefused("I will not.")


def _failing_at(number, editor, error):
    said = editor._said

    def fails(request):
        if len(editor.heard) == number:
            raise error
        return said(request)

    return fails
