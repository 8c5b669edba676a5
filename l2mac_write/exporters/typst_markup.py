"""The token stream as Typst markup, in which no text of the book is ever an instruction.

Every ASCII mark of the text is escaped, so that Typst sees words; what it carries out are the few
calls written here, of functions that `templates/pdf/book.typ` defines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from markdown_it.token import Token

from l2mac_write.exporters.galleys import Galley, label
from l2mac_write.exporters.habits import TOP
from l2mac_write.exporters.markup import ALIGNED
from l2mac_write.exporters.tokens import Note
from l2mac_write.exporters.typst_formulas import formula
from l2mac_write.exporters.typst_text import escaped, quoted, with_breaks, with_ends

OPENINGS = {"em_open": "#emph[", "strong_open": "#strong[", "s_open": "#strike["}
CLOSINGS = frozenset({"em_close", "strong_close", "s_close"})
CONTAINERS = frozenset(
    f"{name}_{side}"
    for name in "bullet_list ordered_list list_item blockquote em strong s span".split()  # noqa: SIM905
    for side in ("open", "close")
)
CELLS = frozenset({"th_open", "td_open"})
DEEPEST = 16
HOLDERS = frozenset({"paragraph_open", "blockquote_open", "bullet_list_open", "figure_open"})
ENDS_OF_HOLDERS = frozenset(name.replace("open", "close") for name in HOLDERS)
COMMA = Token("note_comma", "", 0)


def rendered(tokens: Sequence[Token], galley: Galley) -> str:
    parts: list[str] = []
    table: list[Token] = []
    closings: list[str] = []
    for token in _shallow(tokens):
        if token.type == "table_close":
            parts.append(_table(table, galley))
            table = []
        elif table or token.type == "table_open":
            table.append(token)
        else:
            parts.append(_held(rendered_one(token, galley), token, closings, galley))
    return "".join(parts)


def _held(words: str, token: Token, closings: list[str], galley: Galley) -> str:
    """A block of which its author says how it looks, what it is called, or its language."""
    if token.type in HOLDERS:
        said = holding(token)
        closings.append("]\n\n" if said else "")
        return f"{_named(token, galley)}{said}[{words}" if said else _named(token, galley) + words
    return words + closings.pop() if token.type in ENDS_OF_HOLDERS else words


def holding(token: Token) -> str:
    """The call that a span or a block is an argument of; empty for one of which nothing is said."""
    classes, language, way = (str(token.attrs.get(name, "")) for name in ("class", "lang", "dir"))
    if not (classes or language or way in {"ltr", "rtl"}):
        return ""
    return f"#held({quoted(classes)}, {quoted(language.partition('-')[0])}, {quoted(way)})"


def _named(token: Token, galley: Galley) -> str:
    """What a link to it finds."""
    return f"#named({label(galley.id, str(token.attrs['id']))});" if "id" in token.attrs else ""


def _shallow(tokens: Iterable[Token]) -> Iterator[Token]:
    """What is nested deeper than Typst can lay out stands at the deepest level it can."""
    depth = 0
    for token in tokens:
        nests = token.type in CONTAINERS
        depth += nests and token.nesting > 0
        if not nests or depth <= DEEPEST:
            yield token
        depth -= nests and token.nesting < 0


def rendered_one(token: Token, galley: Galley) -> str:
    if token.type in PLAIN:
        return PLAIN[token.type]
    if token.type in RULES:
        return RULES[token.type](token)
    return PLACED.get(token.type, _text)(token, galley)


def _text(token: Token, galley: Galley) -> str:
    return galley.written(token.content)


def _inline(token: Token, galley: Galley) -> str:
    return "".join(rendered_one(child, galley) for child in apart(token.children or ()))


def apart(children: Sequence[Token]) -> Iterator[Token]:
    """The numbers of two notes in one galley are parted, or 1 and 2 would be 12."""
    shallow = [*_shallow(children)]
    for before, child in zip((None, *shallow), shallow, strict=False):
        if before and before.type == child.type == "footnote_ref":
            yield COMMA
        yield child


def _paragraph_close(token: Token) -> str:
    return "" if token.hidden else "\n\n"


def _heading_open(token: Token, galley: Galley) -> str:
    level = galley.level + int(token.tag[1]) - 1
    name = label(galley.id, str(token.attrs["id"])) if "id" in token.attrs else "none"
    listed = str(galley.lists_headings and level == TOP).lower()
    return f"#inner-heading({level}, {name}, {listed})["


def _list_open(token: Token) -> str:
    return f"#enum(start: {int(token.attrs.get('start', 1))}, "


def _code(token: Token) -> str:
    return f"#raw({quoted(with_breaks(token.content))});"


def _code_block(token: Token) -> str:
    return f"#raw({quoted(with_ends(token.content.rstrip()))}, block: true)\n\n"


def _link_open(token: Token, galley: Galley) -> str:
    place = token.meta.get("place")
    if place is None:
        return f"#link({quoted(str(token.attrs['href']))})["
    page = place.page or galley.id
    return f"#leads({label(page, place.anchor)})["


def span_open(token: Token, galley: Galley) -> str:
    return f"{_named(token, galley)}{holding(token) or '#'}["


def _image(token: Token, galley: Galley) -> str:
    return f"#picture({quoted(galley.source(token.meta['image']))}, {quoted(token.content)});"


def _formula(token: Token) -> str:
    is_block = token.type == "math_block"
    return formula(token.content, is_block=is_block) + "\n\n" * is_block


def _reference(token: Token, galley: Galley) -> str:
    """The note itself where it is first referred to; inside a note, and later, its number."""
    number, nth = token.meta["note"], token.meta["nth"]
    note = galley.notes.get(number)
    if nth > 1 or note is None:
        return f"#super[{number}];"
    return f"#footnote[{note_text(note, galley)}];"


def note_text(note: Note, galley: Galley) -> str:
    alone = Galley(galley.id, galley.level, galley.written)
    return rendered(note.tokens, alone).strip()


def _table(tokens: Sequence[Token], galley: Galley) -> str:
    rows: list[list[str]] = []
    for token, inside in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in CELLS:
            rows[-1].append(_cell(token, inside, galley))
    head, *body = rows
    cells = ", ".join(cell for row in body for cell in row)
    return f"#rows({len(head)}, ({', '.join(head)},), ({cells}{',' if cells else ''}))\n\n"


def _cell(opening: Token, words: Token, galley: Galley) -> str:
    aligned = ALIGNED.fullmatch(str(opening.attrs.get("style", "")))
    where = {"left": "start", "right": "end", "center": "center"}[aligned[1] if aligned else "left"]
    return f"table.cell(align: {where})[{_inline(words, galley)}]"


PLAIN: Mapping[str, str] = {
    **OPENINGS,
    **dict.fromkeys(CLOSINGS, "];"),
    "softbreak": "\n",
    "hardbreak": "#linebreak();",
    "note_comma": "#super[,#h(0.1em)];",
    "hr": "#scene-break()\n\n",
    "link_close": "];",
    "span_close": "];",
    "dl_open": "#definitions[",
    "dl_close": "]\n\n",
    "dt_open": "#term[",
    "dt_close": "]\n",
    "dd_open": "#meaning[",
    "dd_close": "]\n",
    "paragraph_open": "",
    "figure_open": "#plate[",
    "figcaption_open": "][",
    "figcaption_close": "",
    "figure_close": "]\n\n",
    "heading_close": "]\n\n",
    "bullet_list_open": "#list(",
    "bullet_list_close": ")\n\n",
    "ordered_list_close": ")\n\n",
    "list_item_open": "[",
    "list_item_close": "],",
    "blockquote_open": "#quote(block: true)[",
    "blockquote_close": "]\n\n",
}
RULES: Mapping[str, Callable[[Token], str]] = {
    "paragraph_close": _paragraph_close,
    "ordered_list_open": _list_open,
    "code_inline": _code,
    "fence": _code_block,
    "code_block": _code_block,
    "html_block": lambda token: f"{escaped(token.content)}\n\n",
    "math_inline": _formula,
    "math_inline_double": _formula,
    "math_block": _formula,
}
PLACED: Mapping[str, Callable[[Token, Galley], str]] = {
    "inline": _inline,
    "heading_open": _heading_open,
    "link_open": _link_open,
    "span_open": span_open,
    "image": _image,
    "footnote_ref": _reference,
}
