"""What holds for all tests: a busy machine is no failure, nor is chance; a book of three chapters lies ready."""

import shutil

import pytest
from hypothesis import HealthCheck, settings

from tests import revisions, timing

settings.register_profile(
    "patient", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


def pytest_configure(config):
    config.pluginmanager.register(timing.Again())


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Nobody changes it: `root` is a copy for that."""
    return revisions.book(tmp_path_factory.mktemp("written") / "book")


@pytest.fixture
def root(written, tmp_path):
    return shutil.copytree(written, tmp_path / "book")
