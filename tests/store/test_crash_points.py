"""Whichever call to the system ends or fails a run, its book is whole again when it goes on."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.injected import FAULTS, Whole, complaints, unbroken, why_not

SAMPLE = 10
"""Points tried for each fault; `python -m tests.benchmarks.crash_points` tries them all."""
WORKERS = 2


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Every point of an unbroken run, and what that left."""
    if why := why_not(tmp_path_factory.mktemp("tried")):
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("unbroken")
    return unbroken(folder), Whole.of(folder)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_run_that_is_ended_or_failed_at_any_call_leaves_nothing_to_regret(whole, fault, tmp_path):
    points, undisturbed = whole
    chosen = random.Random(fault).sample([p for p in points if p.fault == fault], SAMPLE)

    def wrong_after(point):
        folder = tmp_path / f"{point.call}-{point.number}"
        folder.mkdir()
        return [f"{point}: {what}" for what in complaints(point, undisturbed, folder)]

    with ThreadPoolExecutor(WORKERS) as workers:
        assert [wrong for wrong in workers.map(wrong_after, chosen) if wrong] == []
