"""A wish for the whole book becomes an order a chapter, shown with its cost before any is carried out."""

import json
import re
from contextlib import closing

import pytest

from l2mac_write.machine.assigning import Known, batches
from l2mac_write.orders import Order, dump, load
from l2mac_write.plan import ChapterPlan
from l2mac_write.reading.standing import open_orders
from l2mac_write.store.folder import BookFolder
from tests.cli.commands import typed
from tests.fake_api import FakeApi
from tests.revisions import PATHS, THRICE, TWICE, edits, order, proposed
from tests.revisions import Editor as Scripted

WISH = "Let everything happen more often."
SHARED = [
    {"chapter": 1, "instruction": "Let the ferry go over more often."},
    {"chapter": 3, "instruction": "Let her ask more often.", "words": 20},
]


def architect(*rows):
    """Who shares out the work so, edits as told and likes nothing better."""

    def server(body):
        asked = body["messages"][-1]["content"][-1]["text"]
        if "Which of the two would you print?" in asked:
            return json.dumps({"why": "Both will do.", "better": "neither"})
        if "<wish>" in asked or "could not be used" in asked:
            return json.dumps({"orders": [*rows]})
        first = body["messages"][0]["content"][-1]["text"]
        return edits((TWICE, THRICE) if "(1: Ferry)" in first else ("asked", "asked and asked"))

    return server


def revised(root, *arguments, says=None, env=None):
    with FakeApi(says or architect(*SHARED)) as api:
        keys = {"ANTHROPIC_API_KEY": "sk-ant-x", "ANTHROPIC_BASE_URL": api.url, **(env or {})}
        done = typed("revise", *arguments, "--book", root, cwd=root, env=keys)
        return done, api.bodies


def orders(root):
    with closing(BookFolder.read_only(root)) as folder:
        return open_orders(folder)


def texts(root):
    return [(root / path).read_text("utf-8") for path in PATHS.values()]


def test_the_orders_are_shown_with_their_cost_and_nothing_else_is_paid(root):
    before = texts(root)

    done, bodies = revised(root, "--whole", WISH, "--dry-run")

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "1. Ferry",
        "     Let the ferry go over more often.",
        "3. Toll (16 → about 20 words)",
        "     Let her ask more often.",
    ]
    assert lines[4].startswith("2 orders for 3 chapters, about $0.")
    assert re.fullmatch(r"All that is written: (\d+) → about (\d+) words \(\+\d\.\d%\)\.", lines[5])
    assert f"l2mac-write revise --open --book {root}" in lines[6]
    assert (len(bodies), texts(root)) == (1, before)


def test_whoever_shares_out_the_work_sees_every_chapter_with_its_length(root):
    _, bodies = revised(root, "--whole", WISH, "--dry-run")

    shown = bodies[0]["messages"][0]["content"][-1]["text"]
    assert f"<wish>\n{WISH}\n</wish>" in shown
    assert re.search(r"2\. Flood \(\d+ words\)\nThe flood came at night", shown)


def test_a_long_order_is_read_line_by_line(root):
    long = {"chapter": 1, "instruction": "Let the ferry go over more often than it does. " * 8}

    done, _ = revised(root, "--whole", WISH, "--dry-run", says=architect(long))

    lines = done.stdout.splitlines()
    assert max(map(len, lines[:6])) <= 96
    assert all(line.startswith("     ") for line in lines[1:4])


def test_a_chapter_that_is_locked_has_no_part_in_it(root):
    typed("lock", "3", "--book", root, cwd=root)

    done, bodies = revised(root, "--whole", WISH, "--yes", says=architect(SHARED[0]))

    assert done.returncode == 0, done.stderr
    assert "3. Toll" not in bodies[0]["messages"][0]["content"][-1]["text"].split("<chapters>")[-1]
    assert THRICE in texts(root)[0]


def test_whoever_tells_the_book_otherwise_hears_what_chapters_to_come_go_by(root):
    plan = root / "plan.toml"
    plan.write_text(plan.read_text() + '\n[[chapter]]\ntitle = "The Sea"\nwords = 20\n')

    done, _ = revised(root, "--whole", WISH, "--dry-run")

    assert "2 orders for 3 chapters" in done.stdout
    assert "go by `style` in plan.toml" in done.stdout


def test_what_a_proposal_has_of_the_length_that_was_asked_for_is_told(root):
    done, _ = revised(root, "--whole", WISH, "--yes")

    assert re.search(r"It would have \d+ words; about 20 were asked for\.", done.stdout)


def test_whoever_shares_out_the_work_hears_by_what_number_readers_know_a_chapter(root):
    plan = root / "plan.toml"
    text = plan.read_text()
    plan.write_text(text.replace('title = "Ferry"\n', 'title = "Ferry"\nnumbered = false\n'))

    ferry = {"chapter": "Ferry", "instruction": "Let it go over more often."}
    toll = {**SHARED[1], "chapter": 2}
    done, bodies = revised(root, "--whole", WISH, "--dry-run", says=architect(ferry, toll))

    shown = bodies[0]["messages"][0]["content"][-1]["text"]
    assert f"\nFerry ({PATHS['ferry']}, " in shown
    assert "2. Toll (" in shown
    assert done.stdout.splitlines()[0] == "Ferry"
    assert "2. Toll (16 → about 20 words)" in done.stdout


@pytest.mark.parametrize("name", ["3", "Toll", "toll", PATHS["toll"]])
def test_an_order_means_its_chapter_by_number_title_or_file_as_a_person_does(root, name):
    revised(root, "--whole", WISH, "--dry-run", says=architect({**SHARED[1], "chapter": name}))

    assert [o.chapter for o in orders(root)] == ["toll"]


def test_with_yes_they_are_carried_out_and_taken_in(root):
    done, _ = revised(root, "--whole", WISH, "--yes")

    assert done.returncode == 0, done.stderr
    assert THRICE in texts(root)[0]
    assert "asked and asked" in texts(root)[2]
    assert orders(root) == ()


def test_what_was_only_shown_is_carried_out_later_and_not_shared_out_again(root):
    revised(root, "--whole", WISH, "--dry-run")
    _, again = revised(root, "--whole", WISH, "--dry-run")
    done, bodies = revised(root, "--open", "--yes")

    assert again == []
    assert done.returncode == 0, done.stderr
    assert not any("<wish>" in body["messages"][-1]["content"][-1]["text"] for body in bodies)
    assert THRICE in texts(root)[0]


def test_an_order_that_is_none_is_asked_for_again_and_then_left_out(root):
    rows = ({"chapter": 9, "instruction": "Sing."}, {"chapter": 1, "instruction": " "},
            {"chapter": 2, "instruction": "Longer.", "words": 9000}, SHARED[0])  # fmt: skip

    _, bodies = revised(root, "--whole", WISH, "--dry-run", says=architect(*rows))

    told = bodies[1]["messages"][-1]["content"][-1]["text"]
    assert "the book has no chapter `9`" in told
    assert "A row needs `instruction`" in told
    assert "9000 are another chapter" in told
    assert [o.chapter for o in orders(root)] == ["ferry"]


def test_where_no_chapter_has_to_change_that_is_all(root):
    done, bodies = revised(root, "--whole", WISH, "--yes", says=architect())

    assert (done.returncode, len(bodies)) == (0, 1)
    assert "0 orders for 3 chapters" in done.stdout


def test_a_small_model_shares_out_nothing(root):
    done = typed(
        "revise", "--whole", WISH, "--model", "rehearsal", "--json", "--book", root, cwd=root
    )

    rows = json.loads(done.stdout)["orders"]
    assert [row["chapter"] for row in rows] == ["ferry", "flood", "toll"]
    assert {row["reason"] for row in rows} == {WISH}


def test_the_budget_stops_it_with_the_line_to_go_on(root):
    revised(root, "--whole", WISH, "--dry-run")
    done, _ = revised(root, "--open", "--yes", "--budget", "0.000001")

    assert done.returncode == 3
    assert "revise --open" in done.stderr
    assert len(orders(root)) == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--whole", " "), "the instruction is empty"),
        (("--whole", "1", "Shorter."), "--whole takes one instruction"),
        (("--whole",), "--whole takes one instruction"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(root, words, why):
    done = typed("revise", *words, "--model", "rehearsal", "--book", root, cwd=root)

    assert (done.returncode, why in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_how_long_a_chapter_is_to_be_is_told_and_checked(root):
    editor = Scripted([edits((TWICE, THRICE)), edits((THRICE, " ".join([THRICE] * 5)))])

    (proposal,) = proposed(root, editor, order(words=60))

    assert "and is to have about 60 then." in editor.shown()
    assert any("was to have about 60 words then" in said for said in editor.asked("60 words then"))
    assert " ".join([THRICE] * 5) in proposal.after


def test_a_long_book_is_told_in_several_prompts():
    there = [Known(ChapterPlan(n, "T", "", 9), 9, "word " * 50) for n in range(1, 101)]

    assert [len(batch) for batch in batches(there, 100_000)] == [30, 30, 30, 10]
    assert max(len(batch) for batch in batches(there, 200)) < 4
    assert [one for batch in batches(there, 1) for one in batch] == there


def test_the_file_keeps_the_words():
    (kept,) = load(
        dump([Order(chapter="a", instruction="b", words=70, number=1)]), "revisions/01/orders.toml"
    )

    assert kept.words == 70
