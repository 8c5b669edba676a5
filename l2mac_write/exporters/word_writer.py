"""Paragraph after paragraph of a Word document, each told how far in it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from l2mac_write.exporters.word_runs import Runs

TEXT = frozenset({"BodyText", "FirstParagraph"})


@dataclass(frozen=True, slots=True)
class Column:
    """The letters of its longest line and of its longest word."""

    line: int = 0
    word: int = 0


@dataclass(slots=True)
class Writer:
    """Writes blocks one after the other, and knows in what they stand.

    `item` is the number of a list's item, until its first paragraph has taken it; `follows` says
    whether a paragraph of text stands right above, so that the next one is set in.
    """

    runs: Runs
    plain: str = ""
    out: list[str] = field(default_factory=list)
    style: str = ""
    anchor: str = ""
    aligned: str = ""
    way: str = ""
    item: str = ""
    left: int = 0
    quotes: int = 0
    lists: list[int] = field(default_factory=list)
    cells: int = 0
    columns: list[Column] = field(default_factory=list)
    table: int = 0
    is_head: bool = False
    follows: bool = False

    def paragraph(self, runs: str) -> None:
        style = self.style or self._style()
        hanging = 'w:hanging="360"' if self.item else 'w:firstLine="0"'
        is_set_in = self.left and not style.startswith("Table")
        left = f'<w:ind w:left="{self.left}" {hanging}/>' if is_set_in else ""
        head = f'<w:pStyle w:val="{style}"/>{self.item}{self.way}{left}{self.aligned}'
        self.out.append(f"<w:p><w:pPr>{head}</w:pPr>{runs}</w:p>")
        self.item = ""
        self.turn("")
        self.follows = style in TEXT

    def turn(self, way: str) -> None:
        """The next paragraph is read from left to right, from right to left, or as the book is."""
        is_leftwards = way == "rtl"
        self.runs.is_turned = bool(way) and is_leftwards != self.runs.look.rtl
        self.way = f'<w:bidi w:val="{int(is_leftwards)}"/>' if self.runs.is_turned else ""

    def _style(self) -> str:
        if self.plain:
            return self.plain
        if self.quotes:
            return "Quote"
        if self.lists:
            return "ListParagraph"
        return "BodyText" if self.follows else "FirstParagraph"
