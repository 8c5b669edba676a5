"""The samples are what the tool makes of their recorded replies, byte for byte."""

import zipfile

import pytest

from l2mac_write import open_book
from l2mac_write.exporters import EXPORTERS
from tests.samples import EPOCH, KINDS, SAMPLES, TEXTS, replay

NAMES = sorted(path.parent.name for path in SAMPLES.glob("*/replies.jsonl"))


@pytest.fixture(scope="module", params=NAMES)
def written(request, tmp_path_factory):
    """A sample and the book that its replies make today."""
    root = tmp_path_factory.mktemp(request.param) / "book"
    replay(SAMPLES / request.param, root)
    return SAMPLES / request.param, root


def texts(root):
    files = (path for name in TEXTS for path in (root / name, *(root / name).rglob("*")))
    return {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in files if p.is_file()}


def contents(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_there_is_one_by_the_local_model_and_one_by_a_capable_one():
    assert len(NAMES) >= 2


def test_the_text_is_what_the_recorded_replies_make(written):
    sample, root = written

    assert texts(root) == texts(sample)


def test_the_exports_are_what_the_text_makes(written, tmp_path, monkeypatch):
    sample, root = written
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    for kind in KINDS:
        (kept,) = (sample / "exports").glob(f"*{EXPORTERS[kind].suffix}")
        made = open_book(root).export(kind, tmp_path / kept.name)
        read = contents if kind == "epub" else type(kept).read_bytes
        assert read(made) == read(kept)
