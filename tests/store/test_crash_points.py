"""Whichever call to the system ends or fails a run, its book is whole again when it goes on."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.injected import FAULTS, UNREACHED, Whole, broken_off, complaints, unbroken, why_not

SAMPLE = 10
"""Points tried for each fault; `python -m tests.benchmarks.crash_points` tries them all."""
WORKERS = 2
MOST_UNREACHED = 2


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Every point of a new run and of one that goes on, and what the first left."""
    if why := why_not(tmp_path_factory.mktemp("tried")):
        pytest.skip(why)
    new, resumed = (tmp_path_factory.mktemp(name) for name in ("new", "resumed"))
    begun = broken_off(tmp_path_factory.mktemp("begun"))
    return [*unbroken(new), *unbroken(resumed, begun)], Whole.of(new)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_run_that_is_ended_or_failed_at_any_call_leaves_nothing_to_regret(whole, fault, tmp_path):
    points, undisturbed = whole
    chosen = random.Random(fault).sample([p for p in points if p.fault == fault], SAMPLE)

    def wrong_after(point):
        folder = tmp_path / str(chosen.index(point))
        folder.mkdir()
        return [f"{point}: {what}" for what in complaints(point, undisturbed, folder)]

    with ThreadPoolExecutor(WORKERS) as workers:
        wrongs = [wrong for all_ in workers.map(wrong_after, chosen) for wrong in all_]
    unreached = [wrong for wrong in wrongs if wrong.endswith(UNREACHED)]
    assert [wrong for wrong in wrongs if wrong not in unreached] == []
    assert len(unreached) <= MOST_UNREACHED
