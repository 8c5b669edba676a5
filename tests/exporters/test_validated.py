"""A whole book under the eyes of EPUBCheck, of Ace and, in each of its themes, of axe."""

from pathlib import Path

import pytest

from l2mac_write.adopting.gathering import Said, gathered
from tests.benchmarks.validated import DATED, JUDGES

BOOK = Path(__file__).parents[2] / "samples/in-person/exports/in-person.md"


@pytest.mark.parametrize("judge", JUDGES)
def test_nobody_has_anything_to_say(judge, tmp_path):
    assert JUDGES[judge](gathered(BOOK, Said(), DATED), tmp_path) == []
