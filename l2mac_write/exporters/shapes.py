"""Which elements and attributes raw HTML may have in a book, and what may stand in what."""

from __future__ import annotations

from collections.abc import Mapping

VOID = frozenset({"br", "hr", "img", "wbr"})
BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "hr",
        "figure",
        "figcaption",
        "aside",
        "section",
        "article",
        "details",
        "summary",
        "center",
        "address",
    ]
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
TAGS = BLOCKS | INLINE
EVERYWHERE = frozenset({"id", "class", "lang", "xml:lang", "dir", "title"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": EVERYWHERE,
    "a": frozenset({"href", "name", "role", "epub:type", "aria-label"}),
    "aside": frozenset({"role", "epub:type"}),
    "div": frozenset({"role", "aria-label"}),
    "img": frozenset({"src", "alt"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}
CALLED_OTHERWISE = {
    "center": "div",
    "section": "div",
    "article": "div",
    "address": "div",
    "details": "div",
    "summary": "p",
    "strike": "s",
    "tt": "code",
    "u": "span",
}
PHRASES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "caption", "summary"}) | (
    INLINE - {"a", "ins", "del"}
)
"""What holds words and no blocks."""
PLACES: Mapping[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "figcaption": frozenset({"figure"}),
    "caption": frozenset({"table"}),
    "rt": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
}
"""What may stand only in some others."""
ONLY: Mapping[str, tuple[frozenset[str], str]] = {
    "ul": (frozenset({"li"}), "li"),
    "ol": (frozenset({"li"}), "li"),
    "dl": (frozenset({"dt", "dd"}), "dd"),
}
"""What holds nothing but some others, and in what all else in it is wrapped."""
