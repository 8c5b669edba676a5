"""Four chapters at a time over a wire, killed in the middle: the book is the same, little is paid twice."""

import pytest

from tests.benchmarks.kill_in_parallel import MOST_BILLED, different
from tests.parallel_kills import run

KILLS = 3
ROUNDS = 3


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return run(tmp_path_factory.mktemp("unbroken"))


@pytest.fixture(scope="module")
def broken(whole, tmp_path_factory):
    """The first that was frugal: a machine that holds up who listens lets more be said unheard."""
    runs = []
    for seed in range(5, 5 + ROUNDS):
        folder = tmp_path_factory.mktemp("broken")
        runs.append(run(folder, kills=KILLS, seed=seed, span=whole.sent / 4))
        if is_frugal(runs[-1], whole):
            break
    return runs


def is_frugal(run, whole):
    return run.output_tokens <= MOST_BILLED * whole.output_tokens


def test_it_really_was_killed(broken):
    assert {run.kills for run in broken} == {KILLS}


def test_the_book_and_its_exports_are_those_of_an_unbroken_run(whole, broken):
    assert [different(run, whole) for run in broken] == [0] * len(broken)


def test_nothing_that_was_finished_is_asked_for_again(broken):
    assert {run.repeated for run in broken} == {frozenset()}


def test_little_more_is_written_than_without_the_kills(whole, broken):
    assert is_frugal(broken[-1], whole)
