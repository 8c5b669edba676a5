"""The token stream as the paragraphs of a Word document.

Word knows no blocks within blocks: each paragraph says itself how far in it stands. A token that
has no rule leaves its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markdown_it.token import Token

from l2mac_write.exporters.tokens import Note, Stream
from l2mac_write.exporters.verses import VERSE
from l2mac_write.exporters.word_formulas import formula
from l2mac_write.exporters.word_parts import Numbered, Parts
from l2mac_write.exporters.word_runs import LINE_BREAK, Look, Runs, run
from l2mac_write.exporters.word_tables import RULES as TABLES
from l2mac_write.exporters.word_writer import Writer

STEP, DEEPEST = 720, 8
"""Twentieths of a point that a list or a quotation stands further in; the deepest level of a list."""
PLACED = {"center": "center", "right": "right", "source": "right"}
MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'


def written(stream: Stream, look: Look, parts: Parts) -> str:
    """The section's blocks; its notes go to the parts, or follow where nothing refers to them."""
    runs = Runs(look, parts)
    writer = Writer(runs)
    for block in stream.blocks:
        _write(writer, block)
    runs.within_note = True
    for note in stream.notes:
        if note.number in runs.cited:
            place = runs.cited[note.number]
            parts.notes[place - 1] = _note(note, runs, MARK)
        else:
            writer.out.append(_note(note, runs, run(str(note.number), "note")))
    return "".join(writer.out)


def _write(writer: Writer, tokens: Iterable[Token]) -> None:
    for token in tokens:
        rule = RULES.get(token.type)
        if rule:
            rule(writer, token)
        elif token.content:
            writer.paragraph(writer.runs.text(token.content))


def _note(note: Note, runs: Runs, number: str) -> str:
    """Its number stands at the start of its first paragraph, or in one of its own."""
    writer = Writer(runs, plain="FootnoteText")
    start = f"{number}{run(' ')}"
    if [token.type for token in note.tokens[:1]] == ["paragraph_open"]:
        writer.paragraph(start + runs.of(note.tokens[1].children or ()))
        _write(writer, note.tokens[3:])
    else:
        writer.paragraph(start)
        _write(writer, note.tokens)
    return "".join(writer.out)


def _inline(writer: Writer, token: Token) -> None:
    runs = writer.runs.of(token.children or ())
    parts = writer.runs.parts
    writer.paragraph(parts.bookmark(writer.anchor, runs) if writer.anchor else runs)
    writer.anchor = ""


def _plain(writer: Writer, _: Token) -> None:
    writer.style = writer.aligned = ""


def _paragraph(writer: Writer, token: Token) -> None:
    _plain(writer, token)
    _named(writer, token)
    said = str(token.attrs.get("class", "")).split()
    sides = [PLACED[name] for name in said if name in PLACED]
    writer.aligned = f'<w:jc w:val="{sides[0]}"/>' if sides else ""
    writer.style = "Verse" if VERSE in said else ""
    writer.turn(str(token.attrs.get("dir", "")))


def _named(writer: Writer, token: Token) -> None:
    """The next paragraph is where a link to this element leads."""
    if "id" in token.attrs:
        page = writer.runs.look.page
        writer.anchor = writer.runs.parts.place(page, str(token.attrs["id"]))


def _nothing(_: Writer, __: Token) -> None: ...


def _heading(writer: Writer, token: Token) -> None:
    writer.style = f"Heading{min(int(token.tag[1]) + writer.runs.look.deeper, 6)}"
    _named(writer, token)


def _figure(writer: Writer, token: Token) -> None:
    _named(writer, token)
    writer.style = "Figure"


def _caption(writer: Writer, _: Token) -> None:
    writer.style = "Caption"


def _scene_break(writer: Writer, _: Token) -> None:
    writer.style = "SceneBreak"
    writer.paragraph(run(writer.runs.look.scene))
    writer.style = ""


def _quote(writer: Writer, token: Token) -> None:
    _named(writer, token)
    writer.quotes += 1
    writer.left += STEP


def _quote_end(writer: Writer, _: Token) -> None:
    writer.quotes -= 1
    writer.left -= STEP
    writer.follows = False


def _list(writer: Writer, token: Token) -> None:
    _named(writer, token)
    is_ordered = token.type == "ordered_list_open"
    level = min(len(writer.lists), DEEPEST)
    numbered = Numbered(is_ordered, level, int(token.attrs.get("start", 1)))
    writer.lists.append(writer.runs.parts.list_of(numbered))
    writer.left += STEP


def _list_end(writer: Writer, _: Token) -> None:
    writer.lists.pop()
    writer.left -= STEP
    writer.follows = False


def _item(writer: Writer, _: Token) -> None:
    if writer.item:  # a list whose first item holds nothing but another list
        writer.paragraph("")
    level = min(len(writer.lists) - 1, DEEPEST)
    writer.item = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{writer.lists[-1]}"/></w:numPr>'
    )


def _item_end(writer: Writer, _: Token) -> None:
    if writer.item:
        writer.paragraph("")


def _code_block(writer: Writer, token: Token) -> None:
    writer.style = "SourceCode"
    lines = token.content.removesuffix("\n").split("\n")
    writer.paragraph(LINE_BREAK.join(map(run, lines)))
    writer.style = ""


def _formula(writer: Writer, token: Token) -> None:
    drawn = formula(token.content, is_block=True)
    writer.style = "Formula" if drawn else "SourceCode"
    writer.paragraph(drawn or run(token.content))
    writer.style = ""


def _term(writer: Writer, _: Token) -> None:
    writer.style = "DefinitionTerm"


def _definition(writer: Writer, _: Token) -> None:
    writer.plain, writer.left = "Definition", writer.left + STEP


def _definition_end(writer: Writer, _: Token) -> None:
    writer.plain, writer.left = "", writer.left - STEP


RULES: Mapping[str, Callable[[Writer, Token], None]] = {
    "inline": _inline,
    "paragraph_open": _paragraph,
    "paragraph_close": _nothing,
    "figure_open": _figure,
    "figure_close": _plain,
    "figcaption_open": _caption,
    "figcaption_close": _nothing,
    "heading_open": _heading,
    "heading_close": _plain,
    "hr": _scene_break,
    "blockquote_open": _quote,
    "blockquote_close": _quote_end,
    "bullet_list_open": _list,
    "ordered_list_open": _list,
    "bullet_list_close": _list_end,
    "ordered_list_close": _list_end,
    "list_item_open": _item,
    "list_item_close": _item_end,
    "fence": _code_block,
    "code_block": _code_block,
    "math_block": _formula,
    **TABLES,
    "dt_open": _term,
    "dt_close": _plain,
    "dd_open": _definition,
    "dd_close": _definition_end,
}
