"""What a change made false in other chapters is put right there, each as a proposal, none unasked."""

import json

from l2mac_write.changing.propagating import orders_from
from l2mac_write.history.impacts import impact
from l2mac_write.orders import Scope
from tests.cli.commands import typed
from tests.fake_api import FakeApi
from tests.history.test_impacts import EYES, book, edited  # noqa: F401 (the fixture)
from tests.revisions import edits


def server(body):
    """An editor who makes all eyes grey, and a judge who cannot decide."""
    asked = body["messages"][0]["content"][-1]["text"]
    if "Which of the two would you print?" in asked:
        return json.dumps({"why": "Both will do.", "better": "neither"})
    is_ferry = "(3: The Ferry) is finished" in asked
    return edits(("Her green", "Her grey") if is_ferry else ("with green", "with grey"))


def revised(root, *arguments):
    with FakeApi(server) as api:
        env = {"ANTHROPIC_API_KEY": "sk-ant-x", "ANTHROPIC_BASE_URL": api.url}
        done = typed("revise", *arguments, "--book", root, cwd=root, env=env)
        return done, api.bodies


def chapters(root):
    return [file.read_text("utf-8") for file in sorted((root / "chapters").iterdir())]


def test_the_order_says_what_changed_and_which_sentence_says_the_old(book):  # noqa: F811
    edited(book, "green", "grey")

    (order,) = orders_from(impact(book, "2"))

    assert (order.chapter, order.scope, order.quote) == (
        "ferry",
        Scope.PARAGRAPH,
        "Her green eyes were shut.",
    )
    assert order.instruction.splitlines() == [
        "Make it agree with chapter 2 `The Debt` by as little as will do.",
        (
            f"There: Mara Voss, the colour of the eyes: `green`. It said: “{EYES.quote}” It says now:"
            " “Mara Voss looked up with grey eyes.”"
        ),
        "Here it still says:",
        "- “Her green eyes were shut.”",
    ]


def test_each_chapter_that_relies_on_any_of_it_has_an_order_of_its_own(book):  # noqa: F811
    edited(book, "green", "grey")
    edited(book, " She owed the miller nine pounds.", "")

    assert [order.chapter for order in orders_from(impact(book, "2"))] == ["ferry", "sea"]


def test_what_is_gone_without_a_word_in_its_place_is_said_so(book):  # noqa: F811
    edited(book, " She owed the miller nine pounds.", "")

    (order,) = orders_from(impact(book, "2"))

    assert "That is gone now." in order.instruction


def test_after_a_hand_edit_the_chapters_that_say_the_old_thing_are_put_right(book):  # noqa: F811
    edited(book, "green", "grey")

    done, bodies = revised(book, "2", "--propagate", "--yes")

    assert done.returncode == 0, done.stderr
    assert "Her grey eyes were shut." in chapters(book)[2]
    assert "The green water closed." in chapters(book)[3]
    assert len(bodies) == 3


def test_a_revision_takes_the_others_along(book):  # noqa: F811
    done, _ = revised(book, "2", "Let her have grey eyes.", "--propagate", "--yes")

    assert done.returncode == 0, done.stderr
    assert "with grey eyes" in chapters(book)[1]
    assert "Her grey eyes were shut." in chapters(book)[2]


def test_a_dry_run_shows_both_and_changes_neither(book):  # noqa: F811
    before = chapters(book)

    done, _ = revised(book, "2", "Let her have grey eyes.", "--propagate", "--dry-run", "--json")

    rows = json.loads(done.stdout)["proposals"]
    assert [(row["chapter"], row["state"]) for row in rows] == [(2, "open"), (3, "open")]
    assert chapters(book) == before


def test_where_nothing_relies_on_it_nobody_is_asked(book):  # noqa: F811
    edited(book, "by day", "by night", number=1)

    done, bodies = revised(book, "1", "--propagate")

    assert (done.returncode, bodies) == (0, [])
    assert "Nothing is proposed" in done.stdout
