"""What cannot be taken in is refused in one sentence, and what is hostile does no harm."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.adopting.importing import imported
from l2mac_write.errors import UsageError
from l2mac_write.exporters import EXPORTERS
from l2mac_write.importers import parcel
from tests.exporters.books import book, chapter
from tests.exporters.test_every_exporter import FEW

BOOK = book(chapter("Rain. &lol;"), chapter("Mud.", number=4))
ENCRYPTED = b"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>
<e:EncryptionMethod Algorithm="%s"/></e:EncryptedData></encryption>"""
AES, FONTS = b"http://www.w3.org/2001/04/xmlenc#aes128-cbc", b"http://www.idpf.org/2008/embedding"
BOMB = b'<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY lol "&a;&a;&a;&a;">'
REACHES = b'<!DOCTYPE html [<!ENTITY lol SYSTEM "file:///etc/passwd">]>'


def changed(kind, changes, without=()):
    """A good file of that kind with some of what is in it changed."""
    old = zipfile.ZipFile(io.BytesIO(EXPORTERS[kind].export(BOOK)))
    files = {name: old.read(name) for name in old.namelist() if name not in without}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**files, **changes(files)}.items():
            new.writestr(name, content)
    return out.getvalue()


def taken_in(folder, name, content):
    (folder / name).write_bytes(content)
    return imported(folder / name)


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


def locked(content):
    """The same with every file said to be encrypted."""
    return content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


EPUB, DOCX = EXPORTERS["epub"].export(BOOK), EXPORTERS["docx"].export(BOOK)
REFUSED = {
    "renamed.docx": (zipped({"a.txt": b"A"}), "neither an EPUB nor a Word document"),
    "half.epub": (EPUB[: len(EPUB) // 2], "damaged"),
    "broken.epub": (
        changed("epub", lambda _: {"META-INF/container.xml": b"<container>"}),
        "`META-INF/container.xml` in it is broken",
    ),
    "nameless.epub": (
        changed("epub", lambda _: {"META-INF/container.xml": b"<container/>"}),
        "its container names no book",
    ),
    "hollow.epub": (changed("epub", lambda _: {}, ("EPUB/content.opf",)), "is missing in it"),
    "sold.epub": (
        changed("epub", lambda _: {"META-INF/encryption.xml": ENCRYPTED % AES}),
        "encrypted: only who sold it",
    ),
    "locked.epub": (locked(EPUB), "encrypted: only who sold it"),
    "broken.docx": (
        changed("docx", lambda _: {"word/document.xml": b"<w:document>"}),
        "`word/document.xml` in it is broken",
    ),
    "entities.docx": (
        changed("docx", lambda f: {"word/styles.xml": BOMB + b"]>" + f["word/styles.xml"]}),
        "declares entities",
    ),
    "hollow.docx": (zipped({"word/document.xml": b"<a/>"}), "no Word document"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
    "book.pdf": (b"%PDF-1.7", "PDF"),
    "book.md": (b"\xff\xfe\x00", "is not UTF-8 text"),
    "empty.txt": (b"", "holds no text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_manuscript_is_refused_in_a_sentence_that_says_why(name, tmp_path):
    content, why = REFUSED[name]

    with pytest.raises(UsageError, match=why):
        taken_in(tmp_path, name, content)


def test_a_bomb_is_left_alone_before_anything_of_it_is_unpacked(tmp_path):
    bomb = tmp_path / "bomb.epub"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.xhtml", "w", force_zip64=True) as file,
    ):
        for _ in range(parcel.LARGEST_FILE // 1_000_000 + 1):
            file.write(b"\0" * 1_000_000)

    with pytest.raises(UsageError, match="more than a book can be"):
        imported(bomb)


def test_a_file_that_holds_more_than_it_says_is_damaged_and_not_unpacked(tmp_path):
    content = zipped({"META-INF/container.xml": b"<container/>" + b" " * 5_000})
    size = (5_012).to_bytes(4, "little")

    with pytest.raises(UsageError, match=r"damaged|names no book"):
        taken_in(tmp_path, "liar.epub", content.replace(size, (9).to_bytes(4, "little")))


@pytest.mark.parametrize("start", [BOMB + b"]>", REACHES], ids=["bomb", "file"])
def test_entities_are_never_expanded(start, tmp_path):
    def hostile(files):
        name = "EPUB/text/chapter-3.xhtml"
        return {name: start + files[name].replace(b"&amp;lol;", b"&lol;")}

    whole = repr(taken_in(tmp_path, "a.epub", changed("epub", hostile)))

    assert "lollol" not in whole
    assert "root:" not in whole


def test_fonts_that_are_scrambled_do_not_make_a_book_unreadable(tmp_path):
    content = changed("epub", lambda _: {"META-INF/encryption.xml": ENCRYPTED % FONTS})

    assert len(taken_in(tmp_path, "a.epub", content).sections) == 2


def test_a_page_with_scripts_and_outer_images_leaves_only_its_words(tmp_path):
    page = b"""<html><head><style>p{}</style></head><body><h1>Ford</h1><script>steal()</script>
        <p onclick="x()">It <a href="javascript:x()">rained</a>.<img src="http://x.org/a.png" alt="A map">
        <img src="../../etc/passwd" alt="A hill"></p><iframe src="x"></iframe></body></html>"""
    read = taken_in(tmp_path, "a.html", page)

    assert [(s.title, s.markdown) for s in read.sections] == [("Ford", "It rained.A map A hill")]
    assert read.images == {}


def test_a_page_nested_far_too_deep_is_read_to_its_end(tmp_path):
    page = b"<div><em>" * 300 + b"deep"

    assert "deep" in repr(taken_in(tmp_path, "a.html", page).sections)


@pytest.mark.parametrize("kind", ["epub", "docx"])
@given(where=st.integers(0, 10**6), byte=st.integers(0, 255))
@FEW
def test_one_wrong_byte_gives_a_book_or_a_sentence(kind, where, byte, tmp_path_factory):
    content = bytearray(EPUB if kind == "epub" else DOCX)
    content[where % len(content)] = byte
    file = tmp_path_factory.mktemp("bytes") / f"a.{kind}"
    file.write_bytes(content)

    with suppress(UsageError):
        assert imported(file).sections
