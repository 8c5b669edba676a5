"""What was exported comes back the same: the same sections, and of each text the same tokens."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l2mac_write.adopting.importing import imported
from l2mac_write.book import Part, Section
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.tokens import stream
from l2mac_write.exporters.typesetting import set_type
from tests.exporters.books import back, book, chapter, front
from tests.exporters.images import png
from tests.exporters.test_every_exporter import FEW, SENTENCE

WHOLE = replace(
    book(
        front("dedication", "For *you*.", "Dedication"),
        Section("part", Part.BODY, "part-1.md", "Out & <home>", "", 1),
        replace(chapter("Rain.", number=1, title="It's *rain*"), within=True),
        replace(chapter("Mud.", number=2, title="Mud"), within=True),
        back("afterword", "So.", "Afterword"),
    ),
    language="en-GB",
)
TEXTS = {
    "prose": "“It’s only rain,” she said.\n\nHe *ran*, and **fell**; ~~gone~~.",
    "scenes": "One.\n\n***\n\nTwo.\n\n***\n\nThree.",
    "quotations": "> A letter.\n>\n> Its *second* paragraph.\n>\n> > Inside.\n\n> Another.",
    "notes": "One.[^a] Two.[^b] *Three*[^a]\n\n[^a]: First *note*.\n\n    Its second paragraph.\n\n[^b]: Two.",
    "lists": "- one\n- two\n  1. in\n  2. more\n- three\n\nText.\n\n7. seven\n8. eight\n\n- a\n\n  b\n\n- c",
    "two lists": "- one\n\n* two\n\n1. three\n\n1) four",
    "code": 'Say `x = "a" -- b` and ``a ` b``.\n\n```\nif `a`:\n    ~~~b\n\n  c\n```\n\nSo.',
    "tables": "| a | b |\n|:-:|--:|\n| *c* | `d` |\n| e \\| f | |",
    "headings": "Before.\n\n## Noon\n\nSun.\n\n### *Later* \\#\n\nMoon.\n\n## Noon\n\nMore.",
    "links": "A [link](https://x.org/a_(b)?c=d&e), <https://y.org>, [mail](mailto:a@b.org), [up](#noon).\n\n## Noon\n\nSun.",
    "marks that are none": "1\\. No list. \\# No heading \\* no \\_em\\_ \\[x\\](y) a_b_c \\`c\\` &amp;lt; \\<b> 2 \\* 3\n\n\\- no\n\n\\> no\n\n\\+ no\n\n5\\) no\n\nfive dollars: \\$5 and \\$6 {x} \\~\\~ a ~ b \\: c",
    "line breaks": "One,\\\ntwo,\\\n*three\\\nfour*.",
    "definitions": "Term\n: What it *means*.\n\nOther\n: That.",
    "words in part": "un*frigging*believable **H**~2~O *“Quoted,”* he said. **Bold.** *It* **is**",
    "both": "It is ***both*** and **_this_**.",
    "formulas": "The $x^{2}$ is.\n\n$$\n\\frac{1}{2}\n$$",
    "spaces": "10\u00a0km.\n\n\u2014 A dash.",
}  # fmt: skip


def read_again(manuscript, kind, folder):
    file = folder / f"book{EXPORTERS[kind].suffix}"
    file.write_bytes(EXPORTERS[kind].export(manuscript))
    return imported(file)


def shown(section: Section, language: str = "en") -> list[object]:
    """All that a reader sees of the text: a line that ends in the source is a space."""
    parsed, seen = stream(section), []
    for tokens in (*parsed.blocks, *(note.tokens for note in parsed.notes)):
        set_type(tokens, language)
        for token in tokens:
            said = token.attrs.get("start"), token.attrs.get("style")
            seen.append((token.type, token.tag, token.hidden, said))
            seen += inline(token.children) if token.children else [token.content.strip("\n")]
    return seen


def inline(children) -> list[object]:
    seen, words = [], ""
    for child in children:
        if child.type in {"text", "softbreak"}:
            words = re.sub(" +", " ", words + (child.content or " "))
            continue
        seen += [words] if words else []
        words = ""
        seen.append((child.type, child.content, child.attrs.get("href"), child.meta.get("note")))
    return [*seen, words]


@pytest.mark.parametrize("name", TEXTS)
def test_of_an_epub_every_construct_comes_back(name, tmp_path):
    section = chapter(TEXTS[name])
    again = read_again(book(section, chapter("Rain.", number=4)), "epub", tmp_path)

    assert shown(again.sections[0]) == shown(section)


@pytest.mark.parametrize("kind", ["docx", "html"])
@pytest.mark.parametrize(
    "name",
    ["prose", "scenes", "notes", "code", "headings", "links", "line breaks", "spaces", "formulas"],
)
def test_of_word_and_html_what_books_are_made_of_comes_back(name, kind, tmp_path):
    section = chapter(TEXTS[name])
    again = read_again(book(section, chapter("Rain.", number=4, title="Rain")), kind, tmp_path)

    assert shown(again.sections[0]) == shown(section)


def test_an_epub_says_what_each_section_is(tmp_path):
    again = read_again(WHOLE, "epub", tmp_path)

    assert [(s.kind, s.part, s.title, s.markdown, s.within) for s in again.sections] == [
        (s.kind, s.part, s.title.replace("'", "’"), s.markdown, s.within) for s in WHOLE.sections
    ]
    assert again.said == {
        "title": "The Long Tide", "author": "Ada Quill", "language": "en-GB",
        "description": WHOLE.description,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_word_and_html_give_parts_chapters_title_and_author(kind, tmp_path):
    again = read_again(replace(WHOLE, sections=WHOLE.sections[1:4]), kind, tmp_path)

    assert [(s.kind, s.title, s.markdown, s.within) for s in again.sections] == [
        ("part", "Out & <home>", "", False),
        ("chapter", "It’s *rain*", "Rain.", True),
        ("chapter", "Mud", "Mud.", True),
    ]
    assert (again.said["title"], again.said["author"]) == ("The Long Tide", "Ada Quill")


@pytest.mark.parametrize("kind", ["epub", "docx"])
def test_images_come_back_with_their_descriptions(kind, tmp_path):
    manuscript = replace(
        book(chapter("![A *map*](map.png)"), chapter("Rain.", number=4)),
        image={"chapters/map.png": png()}.get,
    )
    again = read_again(manuscript, kind, tmp_path)

    (path,) = again.images
    assert again.sections[0].markdown == f"![A map]({path})"
    assert again.images[path] == png()


TEXT = st.text(
    st.sampled_from("ab .,`[](){}<-+=!&;:\\|\"'“”1\u00a0é"), min_size=1, max_size=12
).filter(str.strip)
"""A paragraph of nothing but a space, which nobody sees, is none when it comes back."""
INLINE = st.one_of(
    SENTENCE,
    TEXT.map(lambda t: t.replace("\\", "\\\\")),
    st.builds("{0}{1}{0}".format, st.sampled_from(["*", "**", "`", "~~"]), SENTENCE),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
SHAPE = st.sampled_from(
    [
        "{}",
        "> {}",
        "- {}",
        "1. {}",
        "> - {}",
        "- > {}",
        "***",
        "{}\n\n> {}",
        "- {}\n- {}",
        "- {}\n  - {}",
    ]
)
GRAMMAR = st.lists(
    st.builds(lambda shape, one, two: shape.format(one, two), SHAPE, LINE, LINE),
    min_size=1,
    max_size=5,
).map("\n\n".join)


@given(markdown=GRAMMAR)
@settings(FEW, derandomize=True)
def test_of_an_epub_any_text_comes_back_with_the_same_tokens(markdown, tmp_path_factory):
    section = chapter(markdown)
    manuscript = book(section, chapter("Rain.", number=4))
    again = read_again(manuscript, "epub", tmp_path_factory.mktemp("again"))

    assert shown(again.sections[0]) == shown(section)
