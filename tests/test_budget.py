"""A budget is never passed: what the next call could cost must fit in, or the run pauses."""

import json

import pytest

from tests.budgeted import spree
from tests.cli.commands import typed
from tests.fake_api import Answer, FakeApi
from tests.fake_api.author import Author

MODEL = "claude-sonnet-5-5"
GENERATE = (
    "generate", "A tale.", "--to", "book", "--chapters", "3", "--words", "900", "--export", "none",
)  # fmt: skip
RESUME = ("resume", "--book", "book", "--export", "none")


@pytest.fixture
def api():
    author = Author(3, 300)
    with FakeApi(lambda body: thinking(author(body))) as api:
        yield api


def thinking(text):
    """An answer that took some three cents of thought."""
    return Answer(({"type": "text", "text": text},), thought=3000)


@pytest.fixture
def type_(api, tmp_path):
    env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "a-key-of-no-use"}
    env["XDG_CONFIG_HOME"] = str(tmp_path / "config")
    return lambda *words: typed(*words, cwd=tmp_path, env=env)


def test_a_run_pauses_before_its_budget_and_goes_on_with_a_higher_one(api, type_):
    paused = type_(*GENERATE, "--model", MODEL, "--budget", "0.20")
    asked = len(api.bills)
    again = type_(*RESUME)
    done = type_(*RESUME, "--budget", "5")

    assert paused.returncode == again.returncode == 3
    assert "the budget of $0.20 is reached" in paused.stderr
    assert "l2mac-write resume --book book" in paused.stderr
    assert asked > 0
    assert done.returncode == 0, done.stderr
    assert json.loads(type_("status", "--book", "book", "--json").stdout)["finished"]


def test_a_budget_is_kept_in_the_book_for_the_next_run(type_, tmp_path):
    type_(*GENERATE, "--model", MODEL, "--budget", "0.40")

    assert "budget = 0.4" in (tmp_path / "book/book.toml").read_text()


def test_a_budget_with_a_model_whose_price_nobody_knows_says_what_to_add(api, type_, tmp_path):
    refused = type_(*GENERATE, "--model", "mystery-7b", "--budget", "1")

    assert refused.returncode == 2
    assert "`mystery-7b` has no known price" in refused.stderr
    assert '["mystery-7b"]' in refused.stderr
    assert str(tmp_path / "config/l2mac-write/prices.toml") in refused.stderr
    assert api.requests == []
    assert not (tmp_path / "book").exists()


def test_the_price_that_was_added_is_the_one_that_counts(type_, tmp_path):
    prices = tmp_path / "config/l2mac-write/prices.toml"
    prices.parent.mkdir(parents=True)
    free = "input = 0\noutput = 0\ncache_read = 0\ncache_write = 0\n"
    prices.write_text(f'["mystery-7b"]\n{free}')

    done = type_(*GENERATE, "--model", "mystery-7b", "--budget", "1")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("budget", ["0", "-1", "lots", "nan"])
def test_a_budget_that_is_none_is_refused(type_, tmp_path, budget):
    refused = type_(*GENERATE, "--model", MODEL, "--budget", budget)

    assert refused.returncode == 2
    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize("seed", range(6))
def test_with_parallel_calls_faults_and_kills_no_more_is_charged(tmp_path, seed):
    run = spree(tmp_path / "book", seed)

    assert run.charged <= run.budget
    assert run.charged <= run.reckoned
