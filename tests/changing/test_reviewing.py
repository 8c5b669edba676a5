"""A book is read as the editor of a publishing house reads it; what is remarked becomes orders."""

import json
import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from l2mac_write.changing import reviewing, revising
from l2mac_write.changing.addressing import named
from l2mac_write.changing.proposals import waiting
from l2mac_write.errors import BudgetReached, LLMError
from l2mac_write.events import Noted, nobody
from l2mac_write.machine.critiques import Critique, Review, Weight, dump, load, review_of
from l2mac_write.machine.critiquing import MOST, MOST_KEPT
from l2mac_write.machine.stretches import STRETCH
from l2mac_write.opened import open_book
from l2mac_write.reading.standing import open_orders
from l2mac_write.store.folder import BookFolder
from tests.revisions import FLOOD, PATHS, THRICE, TWICE, WANTED, Editor, edits, proposed

COUNTED, BELL = "In the evening he counted the coins by the lamp.", "nobody rang the bell"
MISSING = "The moon was made of copper that night."


def remark(quote, weight="moderate", kind="pace", **more):
    row = {"kind": kind, "weight": weight, "quote": quote, "why": "It drags.", "ask": "Cut it."}
    return {**row, **more}


def remarks(*rows):
    return json.dumps({"remarks": [*rows]})


def reader(**rows):
    """Remarks on each chapter what is said under its name, and mends nothing."""

    def said(request):
        opening = next(m.text for m in request.conversation if "You are the editor" in m.text)
        name = next(name for name in PATHS if f": {name.title()}) is finished" in opening)
        again = "cannot be used" in request.conversation[-1].text
        return remarks() if again else remarks(*rows.get(name, ()))

    return Editor([said])


def reviewed(root, editor, *names, told=None, anew=False, **settings):
    listen = told.append if told is not None else nobody
    with closing(BookFolder.open(root)) as folder:
        chapters = named(folder, names)
        run = (replace(WANTED, **settings), editor)
        return reviewing.reviewed(folder, chapters, run, listen, anew=anew)


def texts(root):
    return {path: path.read_bytes() for path in (root / "chapters").iterdir()}


def kept(root):
    with closing(BookFolder.read_only(root)) as folder:
        return open_orders(folder)


def only(found):
    (critique,) = found.chapters[0].review.critiques
    return critique


class TestReading:
    def test_each_chapter_is_read_whole_with_how_its_neighbours_end_and_begin(self, root):
        editor = reader()
        reviewed(root, editor, "2")

        shown = "\n".join(message.text for message in editor.heard[0].conversation)
        assert FLOOD in shown
        assert "Nobody came to the landing." in shown
        assert "Mara Voss asked for the toll" in shown

    def test_a_long_chapter_is_read_in_stretches_that_share_all_but_their_last_words(self, root):
        path = root / PATHS["flood"]
        path.write_text(path.read_text() + "\n\n".join(f"{n} " + "word " * 99 for n in range(25)))
        editor = reader()
        reviewed(root, editor, "2")

        first, second, third = (request.conversation for request in editor.heard)
        assert first[:-1] == second[:-1] == third[:-1]
        assert "Yours is number 2" in second[-1].text
        assert STRETCH < 2500

    def test_the_chapters_that_need_it_most_come_first_and_in_each_the_gravest_remark(self, root):
        found = reviewed(
            root,
            reader(
                ferry=[remark("The ferry went over twice a day"), remark(COUNTED, "slight")],
                toll=[remark("nothing to give her but", "slight"), remark("Mara Voss asked for", "serious")],
            ),
        )  # fmt: skip

        assert [read.chapter.id for read in found.chapters] == ["toll", "ferry", "flood"]
        assert [c.weight for c in found.chapters[0].review.critiques] == ["serious", "slight"]
        assert found.chapters[0].counts == {Weight.SERIOUS: 1, Weight.SLIGHT: 1}

    def test_chapters_are_the_same_however_many_are_read_at_a_time(self, written, tmp_path):
        pages = []
        for parallel in (1, 4, 16):
            root = shutil.copytree(written, tmp_path / str(parallel))
            rows = {name: [remark(text.split("\n")[0][:40])] for name, text in (("flood", FLOOD),)}
            reviewed(root, reader(**rows), parallel=parallel)
            pages.append({p.name: p.read_bytes() for p in (root / "revisions").rglob("*.toml")})

        assert pages[0] == pages[1] == pages[2]
        assert len(pages[0]) == 4

    def test_why_tells_what_the_editor_saw(self, root):
        reviewed(root, reader(), "2")
        (view,) = open_book(root).why("2", step="review").views

        assert {"previous", "following"} <= {item.source for item in view.items}

    def test_no_chapter_is_changed_and_no_agent_is_shown_what_is_remarked(self, root):
        before = texts(root)
        reviewed(root, reader(ferry=[remark(COUNTED)]))
        editor = Editor()
        proposed(root, editor)

        assert texts(root) == before
        assert "It drags." not in str(editor.heard)


class TestQuotes:
    def test_a_remark_whose_words_are_not_in_the_chapter_is_asked_for_once_more(self, root):
        editor = reader(ferry=[remark(MISSING), remark(COUNTED)])
        found = reviewed(root, editor, "1")

        assert only(found).quote == COUNTED
        assert MISSING in editor.asked("cannot be used")[0]

    def test_one_that_is_given_again_as_it_was_is_dropped_and_told(self, root):
        found = reviewed(root, Editor([remarks(remark(MISSING))]), "1").chapters[0].review

        assert found.critiques == ()
        assert found.dropped == (f"“{MISSING}” is not in the text.",)

    def test_the_quote_is_the_texts_own_words_however_it_was_copied(self, root):
        quote = "in the evening, he counted the coins by the lamp"
        found = reviewed(root, reader(ferry=[remark(quote)]), "1")

        assert only(found).quote == COUNTED.rstrip(".")

    def test_another_place_may_be_in_an_earlier_chapter_and_is_told_with_it(self, root):
        row = remark("had nothing to give her but the lamp", kind="repetition", other=COUNTED)
        found = reviewed(root, reader(toll=[row]), "3")
        place = found.place("ferry", COUNTED)

        assert (only(found).other, only(found).other_chapter) == (COUNTED, "ferry")
        assert (place.file, place.line, place.column) == (PATHS["ferry"], 9, 1)

    @pytest.mark.parametrize("other", [MISSING, FLOOD.split("\n")[0]])
    def test_another_place_that_no_earlier_text_has_drops_the_remark(self, root, other):
        found = reviewed(root, reader(ferry=[remark(COUNTED, other=other)]), "1")

        assert found.chapters[0].review.critiques == ()

    @pytest.mark.parametrize(
        "row",
        [
            remark(COUNTED, "deadly"),
            remark(COUNTED, kind="mood"),
            remark(COUNTED, why=" "),
            {"quote": COUNTED},
            "nothing",
            None,
        ],
    )
    def test_a_row_that_is_none_is_dropped(self, root, row):
        assert reviewed(root, reader(ferry=[row]), "1").chapters[0].review.critiques == ()

    def test_what_is_said_twice_of_the_same_words_counts_once_as_the_graver(self, root):
        rows = [remark(COUNTED, "slight"), remark("counted the coins by the lamp", "serious")]

        assert only(reviewed(root, reader(ferry=rows), "1")).weight is Weight.SERIOUS

    def test_no_more_than_so_many_rows_of_an_answer_count_and_none_is_long(self, root):
        rows = [remark(COUNTED, kind=kind, why="no " * 9_000) for kind in ("pace", "idle", "voice", "term", "order", "claim", "clarity")]  # fmt: skip
        found = reviewed(root, reader(ferry=rows), "1").chapters[0].review.critiques

        assert len(found) == MOST <= MOST_KEPT
        assert {len(one.why) for one in found} == {500}

    def test_a_chapter_that_cannot_be_read_is_told_so_and_stands_in_no_others_way(self, root):
        said = reader(toll=[remark("Mara Voss asked for the toll")]).says[0]
        editor = Editor(
            [lambda r: "I like it." if "(1: Ferry)" in str(r.conversation[-1]) else said(r)]
        )
        found = reviewed(root, editor)

        assert [read.chapter.id for read in found.unread] == ["ferry"]
        assert found.chapters[0].chapter.id == "toll"

    def test_the_file_gives_back_what_was_written_and_passes_over_what_is_none(self):
        one = Critique(kind="pace", weight=Weight.SLIGHT, quote="a", why="b", ask="c", other="d")
        review = Review("model", (one,), ("lost",), ("unread",))

        assert load(dump(review), "x") == review
        assert load('remark = [{kind = "pace"}, 3]', "x") == Review("")


class TestOrders:
    def test_what_is_remarked_on_a_chapter_is_one_order_with_the_gravest_first(self, root):
        reviewed(root, reader(ferry=[remark(COUNTED, "slight"), remark(TWICE + ".", "serious")]))

        (order,) = kept(root)
        assert order.chapter == "ferry"
        assert order.instruction.index(TWICE) < order.instruction.index(COUNTED)
        assert "It drags. Cut it." in order.instruction

    def test_the_orders_come_in_the_order_of_need(self, root):
        rows = {"ferry": [remark(COUNTED)], "toll": [remark("Mara Voss asked for", "serious")]}
        reviewed(root, reader(**rows))

        assert [(o.chapter, o.number) for o in kept(root)] == [("toll", 1), ("ferry", 2)]

    def test_what_carrying_them_out_may_cost_is_told(self, root):
        found = reviewed(root, reader(ferry=[remark(COUNTED)]))

        assert found.orders.calls == 1
        assert 0 <= found.orders.likely <= found.orders.at_most

    def test_those_for_chosen_chapters_are_carried_out_alone(self, root):
        reviewed(root, reader(ferry=[remark(COUNTED)], flood=[remark(BELL)]))
        found = revising.go_on(root, ["1"], model="rehearsal")

        assert [proposal.chapter.id for proposal in found] == ["ferry"]
        with closing(BookFolder.read_only(root)) as folder:
            assert [order.chapter for order in waiting(folder)] == ["flood"]

    def test_those_for_chosen_chapters_are_given_up_alone(self, root):
        reviewed(root, reader(ferry=[remark(COUNTED)], flood=[remark(BELL)]))
        revising.still_open(root, ["1"])

        assert [order.chapter for order in kept(root)] == ["flood"]

    def test_an_order_that_nobody_began_gives_way_to_what_a_later_review_says(self, root):
        reviewed(root, reader(ferry=[remark(COUNTED)], flood=[remark(BELL)]))
        path = root / PATHS["ferry"]
        path.write_text(path.read_text() + "\nIt went on raining.\n")
        reviewed(root, reader(ferry=[remark("It went on raining")]), "1")

        assert sorted((o.chapter, COUNTED in o.instruction) for o in kept(root)) == [
            ("ferry", False),
            ("flood", False),
        ]

    def test_what_is_locked_is_read_but_nobody_is_ordered_to_change_it(self, root):
        (root / "locks.toml").write_text('[[lock]]\nchapter = "ferry"\n')
        found = reviewed(root, reader(ferry=[remark(COUNTED)]))

        assert only(found).quote == COUNTED
        assert kept(root) == ()

    def test_whoever_carries_it_out_is_told_all_that_is_remarked(self, root):
        reviewed(root, reader(ferry=[remark(TWICE + ".", why="They would starve.")]))
        editor = Editor([edits((TWICE, THRICE))])
        (proposal,) = proposed(root, editor, *kept(root))

        assert "They would starve. Cut it." in editor.shown()
        assert THRICE in proposal.after


class TestCost:
    def test_what_it_takes_is_told_first(self, root):
        told = []
        reviewed(root, reader(), told=told)

        assert told[0].text.startswith("reviewing with claude-sonnet-5-5: about 3 calls, $0.")

    def test_what_was_read_as_it_is_now_costs_nothing_again_and_is_ordered_once(self, root):
        first = reviewed(root, reader(ferry=[remark(COUNTED)]))
        idle, told = reader(), []
        again = reviewed(root, idle, told=told)

        assert idle.heard == []
        assert again.chapters == first.chapters
        assert len(kept(root)) == 1
        assert told == [
            Noted(
                "reviewing with claude-sonnet-5-5: every chapter was read as it is now: no call,"
                " no cost"
            )
        ]

    def test_only_the_chapter_that_has_changed_is_read_again(self, root):
        reviewed(root, reader())
        path = root / PATHS["flood"]
        path.write_text(path.read_text() + "\nIt rained.\n")
        editor = reader()
        reviewed(root, editor)

        assert len(editor.heard) == 1
        assert "(2: Flood)" in editor.heard[0].conversation[-1].text

    def test_a_model_that_is_named_reads_once_what_another_has_read(self, root):
        reviewed(root, reader(ferry=[remark(COUNTED)]))
        other = reader()
        other.model = "another"
        reviewed(root, other, anew=True)
        reviewed(root, other, anew=True)

        assert len(other.heard) == 3
        assert kept(root) == ()

    def test_what_was_stopped_half_way_goes_on_with_the_chapter_that_was_not_read(self, root):
        left = [remarks(remark(COUNTED)), LLMError("gone")]
        with pytest.raises(LLMError):
            reviewed(root, Editor(left))
        rest = reader()
        found = reviewed(root, rest)

        assert len(rest.heard) == 2
        assert only(found).quote == COUNTED

    def test_a_budget_that_is_reached_stops_it_before_more_is_sent(self, root):
        editor = reader()
        editor.cost = 0.4
        with pytest.raises(BudgetReached):
            reviewed(root, editor, budget=0.5)

        assert len(editor.heard) == 1
        assert (root / review_of("ferry")).exists()
        assert kept(root) == ()
