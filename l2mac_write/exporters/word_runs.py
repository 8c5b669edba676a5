"""What stands within a paragraph of a Word document: runs of text that look the same throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it.token import Token

from l2mac_write.book import Manuscript
from l2mac_write.exporters.tokens import NOT_TEXT
from l2mac_write.exporters.word_formulas import formula
from l2mac_write.exporters.word_parts import EMU, Parts
from l2mac_write.templating import render

PROPERTIES = {
    "code": '<w:rStyle w:val="VerbatimChar"/>',
    "link": '<w:rStyle w:val="Hyperlink"/>',
    "label": '<w:rStyle w:val="HeadingLabel"/>',
    "note": '<w:rStyle w:val="FootnoteReference"/>',
    "strong": "<w:b/><w:bCs/>",
    "em": "<w:i/><w:iCs/>",
    "smallcaps": "<w:smallCaps/>",
    "s": "<w:strike/>",
    "underline": '<w:u w:val="single"/>',
    "right": "<w:rtl/>",
}
"""In the order in which the schema wants them."""
TALLEST = 880
"""Pixels, at 96 to the inch, that the page of a letter has room for."""
LINE_BREAK = "<w:r><w:br/></w:r>"


@dataclass(frozen=True, slots=True)
class Look:
    """How the section of that page is written: `deeper` is added to its headings.

    `scene` is what stands where a scene breaks, `width` is that of the text in pixels.
    """

    page: str
    deeper: int
    scene: str
    rtl: bool
    width: int
    manuscript: Manuscript


@dataclass(slots=True)
class Runs:
    """Writes the inside of one paragraph after the other.

    `cited` tells of each note of the section that has been referred to its place among all notes
    of the document: Word lets a note be referred to once, so later ones point to the first.
    `is_turned` says that the paragraph is read the other way than the book.
    """

    look: Look
    parts: Parts
    cited: dict[int, int] = field(default_factory=dict)
    within_note: bool = False
    is_turned: bool = False
    marks: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)

    def of(self, children: Sequence[Token]) -> str:
        return "".join(self._each(children))

    def text(self, text: str) -> str:
        return run(text, *self.marks, *(("right",) if self.look.rtl != self.is_turned else ()))

    def _each(self, children: Sequence[Token]) -> Iterator[str]:
        for child in children:
            rule = RULES.get(child.type)
            if rule:
                yield rule(self, child)
            elif child.content:
                yield self.text(child.content)


def run(text: str, *marks: str) -> str:
    return f'<w:r>{_properties(marks)}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def escaped(text: str) -> str:
    """As XML may hold it, also within an attribute."""
    bare = NOT_TEXT.sub("", text).replace("&", "&amp;").replace("<", "&lt;")
    return bare.replace(">", "&gt;").replace('"', "&quot;")


@cache
def _properties(marks: tuple[str, ...]) -> str:
    inside = "".join(text for name, text in PROPERTIES.items() if name in marks)
    if "code" in marks and "link" in marks:
        inside = inside.replace(PROPERTIES["link"], "")
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _mark(runs: Runs, token: Token) -> str:
    runs.marks.append(token.tag)
    return ""


def _unmark(runs: Runs, token: Token) -> str:
    runs.marks.remove(token.tag)
    return ""


def _code(runs: Runs, token: Token) -> str:
    return run(token.content, "code", *runs.marks)


def _formula(_: Runs, token: Token) -> str:
    return formula(token.content, is_block=False) or run(token.content, "code")


def _link(runs: Runs, token: Token) -> str:
    runs.marks.append("link")
    if place := token.meta.get("place"):
        name = runs.parts.place(place.page or runs.look.page, place.anchor)
        return f'<w:hyperlink w:anchor="{name}">'
    return f'<w:hyperlink r:id="{runs.parts.link(str(token.attrs["href"]))}">'


def _unlink(runs: Runs, _: Token) -> str:
    runs.marks.remove("link")
    return "</w:hyperlink>"


def _reference(runs: Runs, token: Token) -> str:
    number = token.meta["note"]
    if runs.within_note:
        return run(str(number), "note")
    if number in runs.cited:
        return (
            f'<w:fldSimple w:instr=" NOTEREF _note{runs.cited[number]} \\h ">'
            f"{run(str(number), 'note')}</w:fldSimple>"
        )
    place = runs.cited[number] = runs.parts.note()
    mark = f'<w:r>{_properties(("note",))}<w:footnoteReference w:id="{place}"/></w:r>'
    return runs.parts.bookmark(f"_note{place}", mark)


def _span(runs: Runs, token: Token) -> str:
    classes = str(token.attrs.get("class", "")).split()
    runs.spans.append(next((name for name in classes if name in PROPERTIES), "plain"))
    runs.marks.append(runs.spans[-1])
    if "id" not in token.attrs:
        return ""
    return runs.parts.bookmark(runs.parts.place(runs.look.page, str(token.attrs["id"])))


def _span_end(runs: Runs, _: Token) -> str:
    runs.marks.remove(runs.spans.pop())
    return ""


def _image(runs: Runs, token: Token) -> str:
    path, manuscript = token.meta["image"].path, runs.look.manuscript
    found = runs.parts.picture(manuscript.image(path) or b"")
    if not found:
        manuscript.warn(f"Word cannot show the image `{path}`; its description takes its place.")
        return runs.text(token.content)
    name, picture = found
    runs.parts.drawings += 1
    scale = min(1.0, runs.look.width / picture.width, TALLEST / picture.height)
    return render(
        "docx/picture.xml.j2",
        id=runs.parts.drawings,
        picture=name,
        described=NOT_TEXT.sub("", token.content),
        width=max(1, round(picture.width * scale * EMU)),
        height=max(1, round(picture.height * scale * EMU)),
    )


def _space(runs: Runs, _: Token) -> str:
    return runs.text(" ")


def _line_break(_: Runs, __: Token) -> str:
    return LINE_BREAK


RULES: Mapping[str, Callable[[Runs, Token], str]] = {
    "em_open": _mark,
    "em_close": _unmark,
    "strong_open": _mark,
    "strong_close": _unmark,
    "s_open": _mark,
    "s_close": _unmark,
    "span_open": _span,
    "span_close": _span_end,
    "code_inline": _code,
    "math_inline": _formula,
    "math_inline_double": _formula,
    "link_open": _link,
    "link_close": _unlink,
    "footnote_ref": _reference,
    "image": _image,
    "softbreak": _space,
    "hardbreak": _line_break,
}
