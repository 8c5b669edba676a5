"""Chance harms the journal of a finished book: it is noticed or harmless, and no chapter is lost."""

import os

import pytest

from tests.damaged import dated, harmed, shelf


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    before = os.environ.get("SOURCE_DATE_EPOCH")
    dated()
    yield shelf(tmp_path_factory.mktemp("shelf"))
    os.environ.pop("SOURCE_DATE_EPOCH")
    if before:
        os.environ["SOURCE_DATE_EPOCH"] = before


@pytest.mark.parametrize("seed", range(12))
def test_a_harm_of_chance_is_noticed_or_harmless_and_mended_without_a_loss(books, tmp_path, seed):
    assert harmed(books, tmp_path, seed).wrongs == ()
