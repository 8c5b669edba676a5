"""What real technical books hold, all at once: every shop's checker has nothing to say about it."""

from dataclasses import replace

import pytest

from l2mac_write.adopting.gathering import Said, gathered
from l2mac_write.edition import Contributor, Edition
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.store.exported import write_folder
from tests.exporters.aced import failures_of
from tests.exporters.axed import violations
from tests.exporters.chromium import browser
from tests.exporters.epubchecked import complaints, verdict_on
from tests.exporters.test_every_exporter import trees
from tests.exporters.tortured import tortured

EDITION = Edition(
    series='"S" & <s>',
    volume=2.5,
    subjects=("Fiction & <more>",),
    contributors=(Contributor("A & <B>", "translator"),),
    rights="© <2026> & all",
    publisher="P & Sons",
    certified_by="C & <D>",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tortured(tmp_path_factory.mktemp("torture"))


def manuscript(folder, *, raw):
    heard = []
    said = Said('The <Torture> & "Book" 🌊', "O'Neill & Sons", "en")
    found = gathered(folder, said, {"SOURCE_DATE_EPOCH": "0"})
    return replace(found, edition=replace(EDITION, raw_html=raw), warn=heard.append), heard


@pytest.mark.parametrize("raw", [False, True], ids=["html-as-text", "html-kept"])
def test_epubcheck_has_no_error_no_warning_and_no_usage_note(folder, raw, tmp_path):
    book, _ = manuscript(folder, raw=raw)
    (tmp_path / "book.epub").write_bytes(EXPORTERS["epub"].export(book))

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []


def test_ace_finds_nothing_that_keeps_a_reader_out(folder, tmp_path):
    book, _ = manuscript(folder, raw=True)
    (tmp_path / "book.epub").write_bytes(EXPORTERS["epub"].export(book))

    assert failures_of(tmp_path / "book.epub", tmp_path) == []


def test_axe_finds_nothing_in_any_page_of_the_site(folder, tmp_path):
    book, _ = manuscript(folder, raw=True)
    site = write_folder(tmp_path / "site", FOLDERS["site"].files(book))

    with browser(tmp_path / "profile") as running:
        for page in sorted(site.glob("*.html")):
            running.open(page.as_uri())
            running.until("document.documentElement.classList.contains('live')")
            assert violations(running) == [], page.name
            assert running.says == [], page.name


@pytest.mark.parametrize("raw", [False, True], ids=["html-as-text", "html-kept"])
@pytest.mark.parametrize("kind", ["html", "epub"])
def test_every_link_in_it_leads_somewhere_and_no_id_is_there_twice(folder, raw, kind):
    book, _ = manuscript(folder, raw=raw)

    for tree in trees(EXPORTERS[kind].export(book)):
        ids = [*map(str, tree.xpath("//@id"))]
        assert len(ids) == len(set(ids))
        assert {h[1:] for h in tree.xpath("//@href") if h.startswith("#")} <= set(ids)


def test_it_is_the_same_on_two_runs(folder):
    book, _ = manuscript(folder, raw=True)

    assert EXPORTERS["epub"].export(book) == EXPORTERS["epub"].export(book)


def test_whatever_cannot_be_shown_is_told(folder):
    book, heard = manuscript(folder, raw=True)
    EXPORTERS["epub"].export(book)

    for words in ("`nowhere.md`", "`gone.png`", "`cut.png`", "`../secret.png`", "`gone.md`"):
        assert any(words in sentence for sentence in heard), words
