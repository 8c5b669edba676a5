"""What every exporter promises, checked on each of them."""

import html
import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from l2mac_write.book import Manuscript, Part, Section
from l2mac_write.exporters import EXPORTERS, FOLDERS
from tests.exporters.books import BOOK, book, chapter, every_construct

WORD = st.text(
    st.characters(categories=["Ll", "Lu"], exclude_characters="ªº"), min_size=2, max_size=9
)
SENTENCE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
WRAPPED = st.sampled_from(
    ["{}", "# {}", "> {}", "- {}", '"{}"', "'{}", "*{}*", "**{}**", "`{}`", "{}\n---", "{}\n===",
     "```\n{}", "~~~\n{}\n~~~", "    {}", "[{}](x.md)", "![{}](y.png)", "<b>{}</b>", "<div>\n{}",
     "<!-- {}", "| {} |\n|-|", "a | b\n-|-\n1 | 2 | {}", "[^1]: {}", "{}[^1]", "^[{}]", "[{}]: x",
     "1. {}", "~~{}~~", "--{}", "...{}", "***\n{}", "[x]: <{}>", "{}\\"]
)  # fmt: skip
BLOCK = st.builds(lambda shape, words: shape.format(words), WRAPPED, SENTENCE)
MARKDOWN = st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join)
ANYTHING = st.text(
    st.sampled_from(" \n\t#*_-=`~<>\"'&;:![](){}|\\/^.1aé🌊\x00\x0b\x0c\r\x85\ufeff\ud800")
)
NOISE = st.one_of(MARKDOWN, ANYTHING, st.text(max_size=80))
FEW = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


class Zipped:
    """A format that is a folder, as one file, so that it makes the same promises."""

    suffix = ".zip"

    def __init__(self, exporter):
        self.exporter = exporter

    def export(self, manuscript: Manuscript) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path, content in self.exporter.files(manuscript).items():
                archive.writestr(zipfile.ZipInfo(path), content)
        return packed.getvalue()


EVERY = {**EXPORTERS, "site": Zipped(FOLDERS["site"])}
ANY_LETTER = {name: e for name, e in EVERY.items() if name != "pdf"}  # no font has them all
MARKUP = ("html", "site", "epub")
each = pytest.mark.parametrize("exporter", ANY_LETTER.values(), ids=ANY_LETTER.keys())
each_markup = pytest.mark.parametrize("exporter", [EVERY[name] for name in MARKUP], ids=MARKUP)
TAGS = """html head meta title link style body a header footer h1 h2 h3 h4 h5 h6 p nav ol ul li span
    main section figure figcaption div em strong s br hr blockquote table thead tbody tr th td code pre aside
    cite dl dt dd script button fieldset legend label input dialog small"""
NAMES = """lang dir charset http-equiv content name rel type href class id role start aria-label
    aria-labelledby aria-current aria-keyshortcuts hidden property popover popovertarget value
    checked placeholder autocomplete spellcheck data-here data-found data-nothing data-text data-file
    data-before data-size data-total"""

OURS = re.compile(
    r"#|https?://|mailto:|\.\./css/|assets/book\.css$|[\w-]+\.x?html(?:#|$)", re.IGNORECASE
)
TEXTS = (".xhtml", ".html", ".opf", ".ncx", "document.xml", "footnotes.xml")
ELEMENTS, ATTRIBUTES = frozenset(TAGS.split()), frozenset(NAMES.split())


def parts(exported: bytes) -> list[bytes]:
    if exported[:2] != b"PK":
        return [exported]
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        return [archive.read(n) for n in archive.namelist() if n.endswith(TEXTS)]


def trees(exported: bytes) -> list[etree._Element]:
    """Each document, parsed as XML: our HTML is well-formed XHTML too."""
    return [etree.fromstring(part) for part in parts(exported)]


def scripts(exported: bytes) -> set[str]:
    return {s.text for tree in trees(exported) for s in tree.iter("{*}script")}


def words_of(exported: bytes) -> str:
    text = b"\n".join(parts(exported)).decode()
    bare = (
        re.sub(r"</?[a-z][^<>]*>", "", text)
        if b"<html" in exported[:99] or exported[:2] == b"PK"
        else text
    )
    return html.unescape(bare)


@each
@given(markdown=MARKDOWN, title=SENTENCE)
@FEW
def test_no_word_of_the_book_is_lost(exporter, markdown, title):
    shown = words_of(exporter.export(book(chapter(markdown, title=title))))

    wanted = re.findall(
        r"[^\W\d_]{2,}", re.sub(r"\(x\.md\)|\(y\.png\)|</?(?:b|div)>", " ", markdown)
    )
    missing = [word for word in (*wanted, *title.split()) if word not in shown]
    assert missing == []


@each
@given(markdown=NOISE, title=st.text(max_size=30), author=st.text(max_size=30))
@FEW
def test_the_same_book_always_gives_the_same_bytes(exporter, markdown, title, author):
    manuscript = replace(book(chapter(markdown, title=title)), title=title, author=author)

    assert exporter.export(manuscript) == exporter.export(manuscript)


@each_markup
@given(markdown=NOISE, title=NOISE, author=NOISE)
@FEW
def test_whatever_the_text_holds_the_documents_are_well_formed(exporter, markdown, title, author):
    manuscript = replace(
        book(chapter(markdown, title=title)), title=title, author=author, description=author
    )

    assert trees(exporter.export(manuscript))


@each_markup
@given(markdown=NOISE)
@FEW
def test_hostile_markdown_gives_no_element_or_attribute_of_its_own(exporter, markdown):
    hostile = f"{markdown}\n\n<script>x</script><a onclick='x' href='javascript:x'>\n\n{markdown}"
    exported = exporter.export(book(chapter(hostile)))

    documents = [tree for tree in trees(exported) if tree.tag.endswith("html")]
    elements = [e for tree in documents for e in tree.iter(etree.Element)]
    assert {etree.QName(e).localname for e in elements} <= ELEMENTS
    assert scripts(exported) == scripts(exporter.export(book(chapter("Rain."))))
    ours = {"{http://www.idpf.org/2007/ops}type", "{http://www.w3.org/XML/1998/namespace}lang"}
    assert {name for e in elements for name in e.attrib} <= ATTRIBUTES | ours


@each_markup
def test_every_link_inside_the_book_leads_somewhere(exporter):
    for tree in trees(exporter.export(every_construct())):
        ids = tree.xpath("//@id")
        targets = [h[1:] for h in tree.xpath("//@href") if h.startswith("#")]
        assert len(ids) == len(set(ids))
        assert set(targets) <= set(ids)


@each_markup
def test_nothing_is_loaded_from_anywhere(exporter):
    for tree in (t for t in trees(exporter.export(every_construct())) if t.tag.endswith("html")):
        assert not tree.xpath("//@src | //@srcset | //@data | //@poster")
        assert not tree.xpath("//*[local-name()='iframe' or local-name()='object']")
        assert all(OURS.match(h) for h in tree.xpath("//@href"))


@each
def test_a_book_without_sections_is_still_a_book(exporter):
    assert exporter.export(BOOK)


@each
def test_a_book_without_any_words_is_still_a_book(exporter):
    nameless = Section("chapter", Part.BODY, "", "", "")
    empty = Manuscript("", "", "", BOOK.identifier, BOOK.modified, (nameless,))

    assert b"Untitled" in b"".join(parts(exporter.export(empty)))


@each
def test_its_suffix_starts_with_a_dot(exporter):
    assert re.fullmatch(r"(?:\.[a-z]+)+", exporter.suffix)
