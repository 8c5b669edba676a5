"""A formula as Typst sets it: drawn from the same MathML as in HTML, so that formats agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.exporters.formulas import PAIRS, drawn, name_of
from l2mac_write.exporters.typst_text import escaped, quoted

ACCENTS = {"^": "hat", "~": "tilde", "→": "arrow", "˙": "dot", "¨": "dot.double", "ˇ": "caron"}
LINES = frozenset("―¯‾_")
SCRIPTS = {
    "msub": ("b",),
    "msup": ("t",),
    "msubsup": ("b", "t"),
    "munder": ("b",),
    "mover": ("t",),
    "munderover": ("b", "t"),
}


def formula(latex: str, *, is_block: bool) -> str:
    """A call of Typst; LaTeX that is no formula stands as it was written."""
    tree = drawn(latex, block=is_block)
    if tree is None:
        return f"#raw({quoted(latex)});"
    block = str(is_block).lower()
    return f"#math.equation(block: {block}, alt: {quoted(latex)}, $ {_row(tree)} $);"


def _drawn(element: etree._Element) -> str:
    name = name_of(element)
    if name in SCRIPTS:
        return _scripted(element, SCRIPTS[name])
    return DRAWN.get(name, _row)(element)


def _row(element: etree._Element) -> str:
    """What is tall between two signs, or after a brace, makes them tall, too."""
    words = [*map(_drawn, element)] or ['""']
    signs = [(child.text or "").strip() for child in element]
    for at, child in enumerate(element):
        if at and name_of(child) == "mtable":
            around = "".join(signs[at - 1 : at + 2])
            if around in PAIRS or signs[at - 1] == "{":
                words[at - 1] = f"lr({words[at - 1]}"
                words[at + (around in PAIRS)] += ")"
    ends = "".join(signs[at] for at in (0, -1)) if signs else ""
    is_tall = ends in PAIRS and any(name_of(child) == "mfrac" for child in element)
    return f"lr({' '.join(words)})" if is_tall else " ".join(words)


def _letters(element: etree._Element) -> str:
    words = element.text or ""
    return escaped(words) or '""' if len(words) == 1 else f"op({quoted(words)})"


def _words(element: etree._Element) -> str:
    return quoted(element.text or "")


def _sign(element: etree._Element) -> str:
    words = (element.text or "").strip()
    return escaped(words) or '""' if len(words) == 1 else quoted(words)


def _fraction(element: etree._Element) -> str:
    above, below = map(_drawn, element)
    if element.get("linethickness", "").startswith("0"):
        return f"mat(delim: #none, {above}; {below})"
    return f"frac({above}, {below})"


def _root(element: etree._Element) -> str:
    return f"root({_drawn(element[1])}, {_drawn(element[0])})"


def _table(element: etree._Element) -> str:
    """Columns that meet at a sign, as those of equations one below the other, are one."""
    sides = {cell.get("columnalign", "center") for row in element for cell in row}
    parting = " & " if "right" in sides else ", "
    rows = "; ".join(parting.join(map(_drawn, row)) for row in element) or '""'
    aligned = ", align: #left" if sides == {"left"} else ""
    return f"mat(delim: #none{aligned}, {rows})"


def _scripted(element: etree._Element, places: Sequence[str]) -> str:
    base, *scripts = element
    sign = (scripts[0].text or "").strip()
    if name_of(element) == "mover" and sign in ACCENTS:
        return f"accent({_drawn(base)}, {ACCENTS[sign]})"
    if sign in LINES and sign:
        return f"{'overline' if name_of(element) == 'mover' else 'underline'}({_drawn(base)})"
    said = ", ".join(f"{at}: {_drawn(one)}" for at, one in zip(places, scripts, strict=True))
    held = f"limits({_drawn(base)})" if name_of(element).startswith(("mu", "mo")) else _drawn(base)
    return f"attach({held}, {said})"


DRAWN: Mapping[str, Callable[[etree._Element], str]] = {
    "mi": _letters,
    "mn": _words,
    "mo": _sign,
    "ms": _words,
    "mtext": _words,
    "mspace": lambda _: "thin",
    "mfrac": _fraction,
    "msqrt": lambda element: f"sqrt({_row(element)})",
    "mroot": _root,
    "mtable": _table,
}
