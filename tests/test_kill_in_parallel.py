"""Four chapters at a time over a wire, killed in the middle: the book is the same, little is paid twice."""

import pytest

from tests.benchmarks.kill_in_parallel import different
from tests.parallel_kills import run

KILLS = 3


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return run(tmp_path_factory.mktemp("unbroken"))


@pytest.fixture(scope="module")
def broken(whole, tmp_path_factory):
    return run(tmp_path_factory.mktemp("broken"), kills=KILLS, seed=5, span=whole.seconds / 4)


def test_it_really_was_killed(broken):
    assert broken.kills == KILLS


def test_the_book_and_its_exports_are_those_of_an_unbroken_run(whole, broken):
    assert different(broken, whole) == 0


def test_nothing_that_was_finished_is_asked_for_again(broken):
    assert broken.repeated == frozenset()


def test_little_more_is_written_than_without_the_kills(whole, broken):
    assert broken.output_tokens <= 1.15 * whole.output_tokens
