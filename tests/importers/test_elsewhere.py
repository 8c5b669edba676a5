"""Manuscripts as other programs make them: what their makers meant comes along."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from l2mac_write.adopting.importing import imported

RAIN = "It rained."
PAGE = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title>{}</head><body>{}</body></html>"
CONTAINER = (
    "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
    "<rootfile full-path='book/c.opf'/></rootfiles></container>"
)
NCX = (
    "<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>"
    "<navPoint><navLabel><text>One &amp; all</text></navLabel><content src='1.xhtml'/>"
    "<navPoint><navLabel><text>Within</text></navLabel><content src='1.xhtml#a'/></navPoint></navPoint>"
    "<navPoint><navLabel><text>Two</text></navLabel><content src='text/2.xhtml#top'/></navPoint>"
    "</navMap></ncx>"
)
NAV = PAGE.format(
    "",
    "<nav xmlns:epub='http://www.idpf.org/2007/ops' epub:type='toc'><ol><li><a href='1.xhtml'>"
    "One &amp; all</a></li><li><a href='text/2.xhtml'>Two</a></li></ol></nav>",
)


def taken_in(folder, name, content):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return imported(folder / name)


def chapters(read):
    return [(s.title, s.markdown) for s in read.sections if s.kind == "chapter"]


def epub(*bodies, extra=()):
    """Documents that say nothing of what they are, the second in a folder of its own."""
    names = ["1.xhtml", "text/2.xhtml"][: len(bodies)]
    files = {name: PAGE.format("", body) for name, body in zip(names, bodies, strict=True)}
    kinds = dict.fromkeys(names, ("application/xhtml+xml", "")) | {
        name: (kind, how) for name, kind, how, _ in extra
    }
    items = "".join(
        f"<item id='i{n}' href='{name}' media-type='{kind}' properties='{how}'/>"
        for n, (name, (kind, how)) in enumerate(kinds.items())
    )
    spine = "".join(f"<itemref idref='i{n}'/>" for n in range(len(bodies)))
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata/>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("META-INF/container.xml", CONTAINER)
        made.writestr("book/c.opf", package)
        for name, text in {**files, **{name: text for name, _, _, text in extra}}.items():
            made.writestr(f"book/{name}", text)
    return out.getvalue()


def word(fill):
    document, out = docx.Document(), io.BytesIO()
    fill(document)
    document.save(out)
    return out.getvalue()


def styled(document, name, *, level=None, base=None):
    style = document.styles.add_style(name, 1)
    if base:
        style.base_style = document.styles[base]
    if level is not None:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        style.element.get_or_add_pPr().append(outline)
    return style


class TestEmphasis:
    """It is often said in a style sheet alone."""

    STYLES = "/* i */ .c3, span.C4 { font-style: italic } .c5{color:red;font-weight:700} p.c6{font-weight:bold}"

    @pytest.mark.parametrize(
        ("markup", "markdown"),
        [
            ("It <span class='c3'>rained</span>.", "It *rained*."),
            ("It <span class='c1 c4'>rained</span>.", "It *rained*."),
            ("It <span class='c3 c5'>rained</span>.", "It ***rained***."),
            (
                "It <span class='c3'>rained</span><span class='c3'> hard</span>.",
                "It *rained hard*.",
            ),
            ("It <span style='font-style: oblique'>rained</span>.", "It *rained*."),
            ("It <span style='TEXT-DECORATION:line-through'>rained</span>.", "It ~~rained~~."),
            ("It <em><span class='c3'>rained</span></em>.", "It *rained*."),
            ("It <span class='c6'>rained</span>.", "It rained."),
        ],
    )
    def test_a_page_says_it_by_classes_and_by_styles(self, markup, markdown, tmp_path):
        page = PAGE.format(f"<style>{self.STYLES}</style>", f"<h1>One</h1><p>{markup}</p>")

        ((_, text),) = chapters(taken_in(tmp_path, "a.html", page))

        assert text in {markdown, markdown.replace("***rained***", "**_rained_**")}

    def test_an_epub_says_it_in_a_file_for_all_documents(self, tmp_path):
        sheet = ("look.css", "text/css", "", ".i{font-style:italic}")
        book = epub("<h1>One</h1><p>It <span class='i'>rained</span>.</p>", extra=[sheet])

        assert chapters(taken_in(tmp_path, "a.epub", book)) == [("One", "It *rained*.")]


class TestTitles:
    """They may be told by something else than a heading."""

    @pytest.mark.parametrize(
        "contents",
        [("toc.ncx", "application/x-dtbncx+xml", "", NCX), ("nav.xhtml", "application/xhtml+xml", "nav", NAV)],
        ids=["ncx", "nav"],
    )  # fmt: skip
    def test_an_epub_without_headings_has_those_of_its_contents(self, contents, tmp_path):
        book = epub(
            "<p class='t'>ONE &amp; ALL</p><p>It rained.</p>", "<p>Mud.</p>", extra=[contents]
        )

        read = taken_in(tmp_path, "a.epub", book)

        assert chapters(read) == [("One & all", RAIN), ("Two", "Mud.")]

    def test_headings_of_its_own_count_for_more(self, tmp_path):
        contents = ("toc.ncx", "application/x-dtbncx+xml", "", NCX)
        book = epub(
            "<h1>The Rain</h1><p>It rained.</p>", "<h1>Mud</h1><p>Mud.</p>", extra=[contents]
        )

        assert chapters(taken_in(tmp_path, "a.epub", book)) == [("The Rain", RAIN), ("Mud", "Mud.")]

    @pytest.mark.parametrize("how", [{"level": 0}, {"base": "Heading 1"}])
    def test_a_word_style_in_the_outline_is_a_heading_whatever_it_is_called(self, how, tmp_path):
        def fill(document):
            styled(document, "Kapitelkopf", **how)
            document.add_paragraph("Die Straße", style="Title")
            for title in ("Eins", "Zwei"):
                document.add_paragraph(title, style="Kapitelkopf")
                document.add_paragraph(RAIN)

        read = taken_in(tmp_path, "a.docx", word(fill))

        assert chapters(read) == [("Eins", RAIN), ("Zwei", RAIN)]
        assert read.said["title"] == "Die Straße"

    def test_a_style_made_after_a_heading_may_be_none(self, tmp_path):
        def fill(document):
            styled(document, "Quiet", level=9, base="Heading 1")
            document.add_paragraph("One", style="Heading 1")
            document.add_paragraph(RAIN, style="Quiet")

        assert chapters(taken_in(tmp_path, "a.docx", word(fill))) == [("One", RAIN)]


def test_what_a_word_document_hides_is_not_taken_in(tmp_path):
    def fill(document):
        document.add_heading("One", 1)
        hidden = document.add_paragraph("It ").add_run("never ")
        hidden.font.hidden = True
        document.paragraphs[-1].add_run("rained.")

    assert chapters(taken_in(tmp_path, "a.docx", word(fill))) == [("One", RAIN)]


def test_of_what_a_page_declares_nothing_is_text(tmp_path):
    page = "<!DOCTYPE html [<!ENTITY a 'b'>]>" + PAGE.format(
        "", "<h1>One</h1><p>It rained.<br></p>"
    )

    assert chapters(taken_in(tmp_path, "a.html", page)) == [("One", RAIN)]
