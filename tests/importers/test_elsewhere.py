"""Manuscripts as other programs make them: what their makers meant comes along."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from l2mac_write.adopting.importing import imported
from l2mac_write.importers.imported import told
from tests.exporters.images import png

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


def revised(tag, text, number):
    words = "delText" if tag in {"del", "moveFrom"} else "t"
    return parse_xml(
        f'<w:{tag} {nsdecls("w")} w:id="{number}" w:author="Ed"><w:r>'
        f'<w:{words} xml:space="preserve">{text}</w:{words}></w:r></w:{tag}>'
    )


def test_tracked_changes_of_word_are_taken_comments_are_not_and_both_are_told(tmp_path):
    def fill(document):
        document.add_heading("One", 1)
        paragraph = document.add_paragraph("It")
        for number, (tag, text) in enumerate([("ins", " really"), ("del", " never"), ("moveFrom", " a"), ("moveTo", " b")]):  # fmt: skip
            paragraph._p.append(revised(tag, text, number))
        document.add_comment(paragraph.add_run(" rained."), text="Did it?", author="Ed")

    found = taken_in(tmp_path, "a.docx", word(fill))

    assert chapters(found) == [("One", "It really b rained.")]
    assert found.remarks == told(changes=3, comments=1)


def test_a_letter_that_hangs_beside_its_paragraph_in_word_belongs_to_it(tmp_path):
    def fill(document):
        document.add_heading("One", 1)
        frame = parse_xml(f'<w:framePr {nsdecls("w")} w:dropCap="drop" w:lines="3"/>')
        document.add_paragraph("I")._p.get_or_add_pPr().append(frame)
        document.add_paragraph("t rained.")

    assert chapters(taken_in(tmp_path, "a.docx", word(fill))) == [("One", RAIN)]


def test_large_lines_in_the_middle_of_a_word_document_begin_its_chapters(tmp_path):
    def fill(document):
        for title in ("The Ford", "The Mill"):
            line = document.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.add_run(title).font.size = Pt(16)
            document.add_paragraph("It rained all day long. " * 12)

    read = taken_in(tmp_path, "a.docx", word(fill))

    assert [title for title, _ in chapters(read)] == ["The Ford", "The Mill"]


GOOGLE = PAGE.format(
    "",
    "<p class='c1 title'>The Tide</p><h1>One</h1>"
    "<p>It<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup>"
    "<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup> rained, see"
    " <a href='https://www.google.com/url?q=https://example.org/a%3Fb%3D1&amp;sa=D'>this</a>.</p>"
    "<p><img src='images/image1.png'/></p>"
    "<hr style='page-break-before:always;display:none;'/><h1>Two</h1><p>Mud.</p>"
    "<div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a> Always.</p></div>"
    "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a>Did it?</p></div>",
)


def test_what_google_docs_packs_is_the_text_with_its_images_and_no_comment(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("TheTide.html", GOOGLE)
        made.writestr("images/image1.png", png())
    found = taken_in(tmp_path, "a.zip", out.getvalue())

    assert chapters(found) == [
        (
            "One",
            "It[^1] rained, see [this](https://example.org/a?b=1).\n\n![](images/image1.png)\n\n[^1]: Always.",
        ),
        ("Two", "Mud."),
    ]
    assert (found.said["title"], [*found.images]) == ("The Tide", ["images/image1.png"])
    assert len(found.remarks) == 1


def test_the_licence_that_gutenberg_puts_into_an_epub_is_left_out(tmp_path):
    head = "<section class='pg-boilerplate pgheader'><h2>The eBook</h2><p>Licence.</p></section>"
    book = epub(f"{head}<h1>One</h1><p>{RAIN}</p>", "<h1>Two</h1><p>Mud.</p>")

    assert chapters(taken_in(tmp_path, "a.epub", book)) == [("One", RAIN), ("Two", "Mud.")]
