"""The token stream as markup that is HTML and XHTML at once.

Nothing but the elements and attributes written here can ever come out: text is escaped, and a
token that has no rule leaves its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from markdown_it.token import Token
from markupsafe import Markup

from l2mac_write.exporters import attributes, formulas
from l2mac_write.exporters.frames import Frame
from l2mac_write.exporters.tokens import NOT_TEXT, Note, Stream

PLAIN = {
    **{
        f"{name}_open": f"<{tag}>" for name, tag in (("em", "em"), ("strong", "strong"), ("s", "s"))
    },
    **{f"{name}_close": f"</{name}>" for name in ("em", "strong", "s")},
    "softbreak": "\n",
    "hardbreak": "<br/>\n",
    "hr": '<hr class="scene"/>\n',
    "link_close": "</a>",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "blockquote_close": "</blockquote>\n",
    "span_close": "</span>",
    "figure_close": "</figure>\n",
    "figcaption_open": "<figcaption>",
    "figcaption_close": "</figcaption>\n",
    "dl_open": "<dl>\n",
    "dl_close": "</dl>\n",
    "dt_open": "<dt>",
    "dt_close": "</dt>\n",
    "dd_open": "<dd>",
    "dd_close": "</dd>\n",
    "table_open": '<div class="table">\n<table>\n',
    "table_close": "</table>\n</div>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "th_close": "</th>",
    "td_close": "</td>",
}
ALIGNED = re.compile(r"text-align:(left|right|center)")


def fragment(stream: Stream, frame: Frame) -> Markup:
    """The section's body: its blocks, then its notes."""
    blocks = "".join(_rendered(block, frame) for block in stream.blocks)
    return Markup(NOT_TEXT.sub("", blocks + _notes(stream.notes, frame)))  # noqa: S704 (escaped here)


def _rendered(tokens: Iterable[Token], frame: Frame) -> str:
    parts = []
    for token in tokens:
        if token.type in PLAIN:
            parts.append(PLAIN[token.type])
        elif token.type in FRAMED:
            parts.append(FRAMED[token.type](token, frame))
        else:
            parts.append(RULES.get(token.type, _text)(token))
    return "".join(parts)


def _text(token: Token) -> str:
    return _escaped(token.content)


def _inline(token: Token, frame: Frame) -> str:
    return _rendered(token.children or (), frame)


def _paragraph_open(token: Token, frame: Frame) -> str:
    return "" if token.hidden else f"<p{attributes.markup(token, frame.id)}>"


def _holder_open(token: Token, frame: Frame) -> str:
    line = "" if token.tag == "span" else "\n"
    return f"<{token.tag}{attributes.markup(token, frame.id)}>{line}"


def _paragraph_close(token: Token) -> str:
    return "" if token.hidden else "</p>\n"


def _heading_open(token: Token, frame: Frame) -> str:
    name = f' id="{frame.id}-{token.attrs["id"]}"' if "id" in token.attrs else ""
    return f"<{_heading(token, frame)}{name}>"


def _heading_close(token: Token, frame: Frame) -> str:
    return f"</{_heading(token, frame)}>\n"


def _heading(token: Token, frame: Frame) -> str:
    return f"h{min(int(token.tag[1]) + frame.deeper, 6)}"


def _list_open(token: Token) -> str:
    start = int(token.attrs.get("start", 1))
    return "<ol>\n" if start == 1 else f'<ol start="{start}">\n'


def _cell_open(token: Token) -> str:
    aligned = ALIGNED.fullmatch(str(token.attrs.get("style", "")))
    return f'<{token.tag} class="{aligned[1]}">' if aligned else f"<{token.tag}>"


def _code(token: Token) -> str:
    return f"<code>{_escaped(token.content)}</code>"


def _raw(token: Token) -> str:
    return str(token.meta["html"])


def _code_block(token: Token) -> str:
    return f"<pre><code>{_escaped(token.content)}</code></pre>\n"


def _link_open(token: Token, frame: Frame) -> str:
    place = token.meta.get("place")
    address = frame.leads(place) if place else str(token.attrs["href"])
    return f'<a href="{_escaped(frame.ours(address))}">'


def _image(token: Token, frame: Frame) -> str:
    title = _escaped(str(token.attrs.get("title", "")))
    said = f' title="{title}"' if title else ""
    source, words = frame.source(token.meta["image"]), token.content
    return frame.done(f'<img src="{_escaped(source)}" alt="{_escaped(words)}"{said}/>')


def _formula(token: Token, frame: Frame) -> str:
    is_block = token.type != "math_inline"
    drawn = frame.done(formulas.mathml(token.content, block=is_block) or _code(token))
    return f'<p class="formula">{drawn}</p>\n' if token.type == "math_block" else drawn


def _reference(token: Token, frame: Frame) -> str:
    note, nth = token.meta["note"], token.meta["nth"]
    kind = _semantics("noteref", frame)
    name = _reference_id(frame, note, nth)
    return f'<a class="noteref" id="{name}" href="{frame.ours(f"#{frame.id}-note-{note}")}"{kind}>{note}</a>'


def _notes(notes: Iterable[Note], frame: Frame) -> str:
    inside = "".join(_note(note, frame) for note in notes)
    if not inside:
        return ""
    label = _escaped(frame.labels["notes"])
    return f'<div class="notes" role="group" aria-label="{label}">\n{inside}</div>\n'


def _note(note: Note, frame: Frame) -> str:
    text = _rendered(note.tokens, frame)
    back = "".join(_backlink(note.number, nth + 1, frame) for nth in range(note.references))
    at = text.rfind("</p>\n") if text.endswith("</p>\n") else len(text)
    tag = "aside" if frame.semantics else "div"  # readers of EPUB open no other; it is a landmark
    opening = f'<{tag} id="{frame.id}-note-{note.number}"{_semantics("footnote", frame)}>'
    number = f'<span class="number">{note.number}.</span>\n'
    return f"{opening}{number}<div>{text[:at]}{back}{text[at:]}</div></{tag}>\n"


def _backlink(note: int, nth: int, frame: Frame) -> str:
    label, target = _escaped(frame.labels["back"]), _reference_id(frame, note, nth)
    kind = _semantics("backlink", frame)
    return (
        f' <a class="back" href="{frame.ours(f"#{target}")}" aria-label="{label}"{kind}>↩\ufe0e</a>'
    )


def _reference_id(frame: Frame, note: int, nth: int) -> str:
    return f"{frame.id}-ref-{note}" + (f"-{nth}" if nth > 1 else "")


def _semantics(kind: str, frame: Frame) -> str:
    return f' role="doc-{kind}"' + (f' epub:type="{kind}"' if frame.semantics else "")


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


RULES: Mapping[str, Callable[[Token], str]] = {
    "text": _text,
    "paragraph_close": _paragraph_close,
    "ordered_list_open": _list_open,
    "th_open": _cell_open,
    "td_open": _cell_open,
    "code_inline": _code,
    "html_inline": _raw,
    "html_block": _raw,
    "fence": _code_block,
    "code_block": _code_block,
}
FRAMED: Mapping[str, Callable[[Token, Frame], str]] = {
    "inline": _inline,
    "heading_open": _heading_open,
    "heading_close": _heading_close,
    "paragraph_open": _paragraph_open,
    "figure_open": _holder_open,
    "span_open": _holder_open,
    "blockquote_open": _holder_open,
    "bullet_list_open": _holder_open,
    "image": _image,
    "math_inline": _formula,
    "math_inline_double": _formula,
    "math_block": _formula,
    "link_open": _link_open,
    "footnote_ref": _reference,
}
