"""A run that is killed at any moment and resumed ends like one that never was, and pays nothing twice."""

import pytest

from tests.killed import calls, exports, files, killed, unbroken


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unbroken")
    return folder, unbroken(folder)


@pytest.fixture(scope="module", params=[(1, 1), (2, 1), (3, 3)], ids="seed {0[0]}".format)
def broken(request, whole, tmp_path_factory):
    """A folder with a book that was killed, and how often."""
    seed, kills = request.param
    folder = tmp_path_factory.mktemp("broken")
    return folder, killed(folder, seed=seed, events=whole[1], kills=kills)


def test_it_really_was_killed(broken):
    assert broken[1] > 0


def test_a_killed_and_resumed_book_is_the_unbroken_one_byte_by_byte(whole, broken):
    assert files(broken[0]) == files(whole[0])


def test_its_exports_are_the_same_bytes_too(whole, broken):
    assert exports(broken[0]) == exports(whole[0])


def test_no_finished_instruction_is_paid_for_again(whole, broken):
    (as_planned, at_best), (answered, attempts) = calls(whole[0]), calls(broken[0])

    assert answered == as_planned
    assert attempts <= at_best + broken[1]
