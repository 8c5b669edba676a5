"""Tables of a Word document: each column as wide as its words ask for, as far as the page allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markdown_it.token import Token

from l2mac_write.exporters.word_parts import TWIPS
from l2mac_write.exporters.word_writer import Column, Writer

ALIGNED = re.compile(r"text-align:(right|center)")
TAG = re.compile(r"<[^<>]*>")
LETTER, PADDING = 8, 3
"""Pixels that a letter takes, more or less; letters that the space beside the words would hold."""


def _table(writer: Writer, _: Token) -> None:
    writer.table, writer.columns = len(writer.out), []
    writer.out.append("")


def _table_end(writer: Writer, _: Token) -> None:
    room = writer.runs.look.width // LETTER
    columns = "".join(
        f'<w:gridCol w:w="{letters * LETTER * TWIPS}"/>' for letters in widths(writer.columns, room)
    )
    writer.out[writer.table] = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        f'<w:tblInd w:w="{writer.left}" w:type="dxa"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    writer.out.append("</w:tbl><w:p/>")  # which keeps two tables apart
    writer.follows = False


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """In letters. Where not every line fits, every word does, and the rest is shared out."""
    lines = [column.line + PADDING for column in columns]
    if sum(lines) <= room:
        return lines
    most = room // len(columns)
    words = [min(column.word + PADDING, most) for column in columns]
    wishes = [line - word for line, word in zip(lines, words, strict=True)]
    left = room - sum(words)
    return [word + left * wish // sum(wishes) for word, wish in zip(words, wishes, strict=True)]


def _head(writer: Writer, token: Token) -> None:
    writer.is_head = token.nesting > 0


def _row(writer: Writer, _: Token) -> None:
    writer.cells = 0
    repeated = "<w:trPr><w:tblHeader/></w:trPr>" if writer.is_head else ""
    writer.out.append(f"<w:tr>{repeated}")


def _row_end(writer: Writer, _: Token) -> None:
    writer.out.append("</w:tr>")


def _cell(writer: Writer, token: Token) -> None:
    writer.cells += 1
    writer.out.append("<w:tc><w:tcPr/>")
    writer.style = "TableHeading" if token.tag == "th" else "TableText"
    aligned = ALIGNED.search(str(token.attrs.get("style", "")))
    writer.aligned = f'<w:jc w:val="{aligned[1]}"/>' if aligned else ""


def _cell_end(writer: Writer, _: Token) -> None:
    words = TAG.sub("", writer.out[-1])
    writer.columns[writer.cells - 1 : writer.cells] = [_grown(writer, words)]
    writer.out.append("</w:tc>")
    writer.style = writer.aligned = ""


def _grown(writer: Writer, words: str) -> Column:
    before = writer.columns[writer.cells - 1] if writer.cells <= len(writer.columns) else Column()
    word = max(map(len, words.split()), default=0)
    return Column(max(before.line, len(words)), max(before.word, word))


RULES: Mapping[str, Callable[[Writer, Token], None]] = {
    "table_open": _table,
    "table_close": _table_end,
    "thead_open": _head,
    "thead_close": _head,
    "tr_open": _row,
    "tr_close": _row_end,
    "th_open": _cell,
    "td_open": _cell,
    "th_close": _cell_end,
    "td_close": _cell_end,
}
