"""Formulas written in LaTeX, as MathML that holds nothing but mathematics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from lxml import etree  # type: ignore[import-untyped]  # it ships no types
from markdown_it.token import Token

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
ELEMENTS = """math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom
    menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr
    mtd"""
ATTRIBUTES = """display mathvariant stretchy fence separator form accent accentunder linethickness
    displaystyle scriptlevel lspace rspace width height depth minsize maxsize symmetric movablelimits
    columnalign rowalign notation mathsize columnlines rowlines rowspacing columnspacing
    alttext"""
LEAVES = frozenset({"mi", "mn", "mo", "ms", "mtext"})
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2} | {
    "msubsup": 3,
    "munderover": 3,
}
KNOWN, SAID = frozenset(ELEMENTS.split()), frozenset(ATTRIBUTES.split())
VALUE = re.compile(r"[\w .,%+#-]{0,60}")
FORMULA = re.compile(r"[\\^_={}<>+]|^\s*-?\w\s*$|^[a-zA-Z]\([a-zA-Z](?:, ?[a-zA-Z])*\)$")
"""A price is none: between two dollars of `$5 for you and US$` stand words."""
LONGEST, DEEPEST = 4_000, 16
PAIRS = frozenset({"()", "[]", "{}", "||", "‖‖", "⟨⟩", "(]", "[)", "⌊⌋", "⌈⌉"})
KIN = {
    "aligned": "split", "align": "split", "align*": "split", "alignedat": "split",
    "gathered": "matrix", "gather": "matrix", "gather*": "matrix", "multline": "matrix",
    "eqnarray": "array", "eqnarray*": "array", "dcases": "cases",
}  # fmt: skip
"""Of an environment that the converter does not know, the one that looks like it."""
ENVIRONMENT = re.compile(r"(\\(?:begin|end))\{([a-z]+\*?)\}")
UNSEEN = re.compile(
    r"\\label\{[^{}]*\}|\\(?:begin|end)\{equation\*?\}|\\(?:nonumber|notag)(?![a-zA-Z])"
)
KINDS = frozenset({"math_inline", "math_inline_double", "math_block"})


def told_apart(children: Iterable[Token]) -> Iterator[Token]:
    """The same, where dollars that hold no formula are dollars again."""
    for child in children:
        if child.type in KINDS and not FORMULA.search(child.content):
            yield Token("text", "", 0, content=f"{child.markup}{child.content}{child.markup}")
        else:
            yield child


@lru_cache(maxsize=1024)
def mathml(latex: str, *, block: bool) -> str:
    """Empty for what is no formula that can be drawn."""
    from latex2mathml.converter import convert  # noqa: PLC0415 (few books need it)

    if len(latex) > LONGEST:
        return ""
    try:
        drawn = convert(_known(latex), display="block" if block else "inline")
        tree = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True))
    except Exception:  # noqa: BLE001 (what is no LaTeX raises errors of a dozen kinds without a common one)
        return ""
    _tidy(tree)
    if not tree.xpath("string()").strip() or not all(map(_is_complete, tree.iter())):
        return ""
    tree.set("alttext", " ".join(latex.split()))
    return str(etree.tostring(tree, encoding="unicode"))


def drawn(latex: str, *, block: bool) -> etree._Element | None:
    """The same for those who draw it themselves, who must not get lost in it."""
    made = mathml(latex, block=block)
    tree = etree.fromstring(made) if made else None
    return tree if tree is not None and _depth(tree) <= DEEPEST else None


def name_of(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _known(latex: str) -> str:
    """The same without what only numbers formulas, in environments that can be drawn."""
    return ENVIRONMENT.sub(
        lambda said: f"{said[1]}{{{KIN.get(said[2], said[2])}}}", UNSEEN.sub("", latex)
    )


def _tidy(tree: etree._Element) -> None:
    """LaTeX can name links, styles and even raw markup: of those only the words stay."""
    for leaf in [e for e in tree.iter() if name_of(e) in LEAVES]:
        leaf.text = "".join(leaf.itertext())
        leaf[:] = []
    for element in tree.iter():
        name = etree.QName(element)
        if name.namespace != NAMESPACE or name.localname not in KNOWN:
            element.tag = f"{{{NAMESPACE}}}mrow"
        for key, value in element.attrib.items():
            if str(key) not in SAID or not VALUE.fullmatch(str(value)):
                del element.attrib[key]


def _is_complete(element: etree._Element) -> bool:
    return len(element) == PARTS.get(name_of(element), len(element))


def _depth(element: etree._Element) -> int:
    """How many things stand in one another, as far as it matters."""
    level = [element]
    depth = 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [child for parent in level for child in _inner(parent)]
    return depth


def _inner(element: etree._Element) -> Sequence[etree._Element]:
    """Rows in rows do not nest."""
    inner = list(element)
    while any(name_of(child) == "mrow" for child in inner):
        inner = [one for child in inner for one in (child if name_of(child) == "mrow" else [child])]
    return inner
