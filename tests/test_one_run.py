"""Of many runs on one book exactly one goes on; everybody may look at it meanwhile."""

import pytest

from tests.crowd import crowd

SIZE = 20


@pytest.fixture(scope="module")
def came(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crowd")
    return folder, crowd(folder, SIZE)


def test_exactly_one_of_twenty_runs_goes_on_and_finishes_the_book(came):
    assert came[1].code == 0
    assert len(came[1].others) == SIZE - 1


def test_the_others_are_told_who_is_at_it(came):
    codes = {code for code, _ in came[1].others.values()}
    named = [
        f"written by process {came[1].holder} on" in said for _, said in came[1].others.values()
    ]

    assert codes == {2}
    assert all(named)
    assert all(said.count("\n") == 1 for _, said in came[1].others.values())


def test_the_others_change_nothing_and_ask_nothing(came):
    assert not came[1].changed
    assert came[1].asked == 1


def test_the_book_can_be_looked_at_and_exported_while_it_is_written(came):
    assert (came[1].status["finished"], len(came[1].status["chapters"])) == (False, 1)
    assert came[1].exported.returncode == 0, came[1].exported.stderr
    assert (came[0] / "now.epub").stat().st_size > 0
