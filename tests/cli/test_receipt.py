"""The receipt of a book, as `status` shows it: no line longer than a terminal is wide."""

import json

import pytest

from l2mac_write import library
from l2mac_write.cli import money
from l2mac_write.messages import Usage
from l2mac_write.opened import open_book
from l2mac_write.reading.receipts import receipts
from l2mac_write.store.spending import Spend
from tests.cli.commands import rehearsed, typed
from tests.fake_api import Cut, FakeApi, in_turn
from tests.fake_api.author import Author

MODEL = "claude-sonnet-5-5"
SPENDS = (
    Spend("plan", "architect", MODEL, 1, 0, Usage(700, 3100, 0, 0), 0.0324),
    Spend("chapter/01", "author", MODEL, 2, 1, Usage(0, 3400, 3000, 4100), 0.0448, doubt=0.12),
    Spend("summary/01", "editor", MODEL, 1, 0, Usage(2750, 260, 0, 0), 0.0081),
)


def shown(*spends, budget=0.0):
    return "\n".join(line.rstrip() for line in money.receipt(receipts(spends, budget)))


def test_it_has_a_row_for_each_role_the_sum_and_what_is_uncertain():
    assert shown(*SPENDS, budget=5.0) == (
        "             calls    tokens in  cached   tokens out        cost\n"
        "  architect      1          700      0%        3,100       $0.03\n"
        "  author         2        7,100     42%        3,400       $0.04\n"
        "  editor         1        2,750      0%          260       $0.01\n"
        "  in all         4       10,550     28%        6,760       $0.09\n"
        "1 attempt unanswered: may have cost up to $0.12 more (at most $0.21 in all).\n"
        "Budget $5.00, of which $4.79 is left."
    )


def test_attempts_that_cannot_have_cost_more_are_no_reason_to_doubt():
    assert "which cost no more than is counted here" in shown(Spend(unanswered=2, role="author"))


def test_an_unknown_price_is_called_unknown():
    assert shown(Spend(role="author", cost=None)).endswith("unknown")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Two chapters over a wire that breaks once."""
    root = tmp_path_factory.mktemp("receipt") / "book"
    with (
        FakeApi(Author(2, 300, None), in_turn(None, None, Cut(0.9))) as api,
        pytest.MonkeyPatch.context() as env,
    ):
        env.setenv("ANTHROPIC_BASE_URL", api.url)
        env.setenv("ANTHROPIC_API_KEY", "sk-ant-none")
        library.generate("A tale.", root, model=MODEL, chapters=2, words=600, budget=5.0)
    return root  # fmt: skip


def test_roles_add_up_to_the_whole_and_chapters_to_what_was_done_for_them(book):
    it = open_book(book)
    chapters = {"author", "editor"}
    spent = sum(role.cost for role in it.receipts.roles if role.role in chapters)

    assert sum(role.cost for role in it.receipts.roles) == pytest.approx(it.spend.cost)
    assert 0 < sum(chapter.spend.cost for chapter in it.chapters) < spent
    assert it.chapters[0].spend.calls >= 2


def test_the_budget_that_is_left_counts_attempts_at_their_worst(book):
    there = open_book(book).receipts

    assert there.total.doubt > 0
    assert there.left == pytest.approx(5.0 - there.total.at_most)


def test_status_shows_it_as_prose_within_80_columns(book):
    said = typed("status", "--book", book, cwd=book).stdout

    assert "Budget $5.00, of which $" in said
    assert "1 attempt unanswered" in said
    lines = [line for line in said.splitlines() if "advise" not in line and str(book) not in line]
    assert max(map(len, lines)) <= 80


def test_status_shows_it_as_rows(book):
    state = json.loads(typed("status", "--book", book, "--json", cwd=book).stdout)

    assert [row["role"] for row in state["receipts"]] == ["editor", "architect", "author"]
    assert state["at_most_usd"] == pytest.approx(state["cost_usd"] + state["doubt_usd"])
    assert state["left_usd"] == pytest.approx(state["budget_usd"] - state["at_most_usd"])
    assert state["unanswered"] == 1
    assert all(chapter["cost_usd"] > 0 for chapter in state["chapters"])


def test_a_book_that_cost_nothing_has_no_column_for_the_cost_of_its_chapters(tmp_path):
    rehearsed(tmp_path)
    said = typed("status", "--book", "book", cwd=tmp_path).stdout

    assert "300 / 300     Rehearsal title 1" in said


def test_an_estimate_of_a_finished_book_is_one_line(book):
    assert typed("estimate", "--book", book, cwd=book).stdout == "Nothing is left to be written.\n"
