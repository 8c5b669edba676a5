"""A formula as Word draws and edits it, made of the same MathML as in HTML, so that formats agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.exporters.formulas import PAIRS, drawn, name_of

FONT = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'
UPRIGHT, WORDS = '<m:rPr><m:sty m:val="p"/></m:rPr>', "<m:rPr><m:nor/></m:rPr>"
BOLD = {"bold": '<m:rPr><m:sty m:val="b"/></m:rPr>'}
BOLD["bold-italic"] = '<m:rPr><m:sty m:val="bi"/></m:rPr>'
SUMS = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀")
RELATIONS = frozenset("=<>≤≥≠≈≡≔→⇒⟹⟺+−-±,;.")
ACCENTS = {"^": "\u0302", "~": "\u0303", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c"}
LINES, BRACES = frozenset("―¯‾_"), frozenset("⏞⏟")
SCRIPTS = {
    "msub": ("sub",),
    "msup": ("sup",),
    "msubsup": ("sub", "sup"),
    "munder": ("sub",),
    "mover": ("sup",),
    "munderover": ("sub", "sup"),
}
KINDS = {"msub": "sSub", "msup": "sSup", "msubsup": "sSubSup"}
LIMITS = {"sub": "limLow", "sup": "limUpp"}
LIMITED = frozenset({"lim", "max", "min", "sup", "inf", "limsup", "liminf", "argmax", "argmin"})
NOTHING = "\u200b"
WIDE = ("1em", "2em")


def formula(latex: str, *, is_block: bool) -> str:
    """Empty for LaTeX that is no formula."""
    tree = drawn(latex, block=is_block)
    if tree is None:
        return ""
    made = f"<m:oMath>{_row([*tree])}</m:oMath>"
    return f"<m:oMathPara>{made}</m:oMathPara>" if is_block else made


def _row(elements: Sequence[etree._Element]) -> str:
    """What is fenced in is held by its fence; a sum holds what it sums up."""
    if not elements:
        return ""
    held = _fenced(elements)
    if held:
        return _delimited(elements[0], elements[1:held], elements[held:][:1]) + _row(
            elements[held + 1 :]
        )
    first, *rest = elements
    if not (_is_sum(first) or _is_function(first)):
        return _drawn(first) + _row(rest)
    end = 1 + next((at for at, one in enumerate(rest[1:]) if _sign(one) in RELATIONS), len(rest))
    drawn = _sum if _is_sum(first) else _function
    return drawn(first, rest[:end]) + _row(rest[end:])


def _fenced(elements: Sequence[etree._Element]) -> int:
    """The place of the sign that closes what the first one opens; their number where none does."""
    opening = _sign(elements[0])
    if elements[0].get("fence") == "true" and elements[0].get("form") == "prefix":
        return len(elements) - int(elements[-1].get("form") == "postfix")
    around = opening + "".join(map(_sign, elements[2:3]))
    is_tall = any(name_of(one) == "mtable" or _is_bare(one) for one in elements[1:2])
    return 2 if is_tall and around in PAIRS else 0


def _is_bare(element: etree._Element) -> bool:
    """One above the other, without a line between them."""
    return bool(element.get("linethickness", "").startswith("0"))


def _sign(element: etree._Element) -> str:
    return (element.text or "").strip() if name_of(element) == "mo" else ""


def _delimited(
    opening: etree._Element, inside: Sequence[etree._Element], closing: Sequence[etree._Element]
) -> str:
    begins, ends = escape(_sign(opening)), escape("".join(map(_sign, closing)))
    around = f'<m:begChr m:val="{begins}"/><m:endChr m:val="{ends}"/>'
    return f"<m:d><m:dPr>{around}</m:dPr>{_held('e', _row(inside))}</m:d>"


def _is_sum(element: etree._Element) -> bool:
    return name_of(element) in SCRIPTS and _sign(element[0]) in SUMS


def _sum(element: etree._Element, summed: Sequence[etree._Element]) -> str:
    base, *scripts = element
    said = dict(zip(SCRIPTS[name_of(element)], map(_drawn, scripts), strict=True))
    where = "undOvr" if name_of(element).startswith(("mu", "mo")) else "subSup"
    hidden = "".join(f'<m:{at}Hide m:val="1"/>' for at in ("sub", "sup") if at not in said)
    look = f'<m:chr m:val="{_sign(base)}"/><m:limLoc m:val="{where}"/>{hidden}'
    places = "".join(_held(at, said.get(at, "")) for at in ("sub", "sup"))
    return f"<m:nary><m:naryPr>{look}</m:naryPr>{places}{_held('e', _row(summed))}</m:nary>"


def _is_function(element: etree._Element) -> bool:
    """sin, log, max and their kin, whatever stands below them."""
    named = element[0] if name_of(element) in {"msub", "munder"} else element
    words = named.text or ""
    return name_of(named) in {"mi", "mo"} and len(words) > 1 and words.isalpha()


def _function(element: etree._Element, given: Sequence[etree._Element]) -> str:
    name = _drawn(element)
    if len(element) and (element[0].text or "") in LIMITED:
        base, below = map(_drawn, element)
        name = _held("limLow", _held("e", base), _held("lim", below))
    return _held("func", _held("fName", name), _held("e", _row(given))) if given else name


def _drawn(element: etree._Element) -> str:
    name = name_of(element)
    if name in SCRIPTS:
        return _sum(element, ()) if _is_sum(element) else _scripted(element)
    return DRAWN.get(name, lambda other: _row([*other]))(element)


def _scripted(element: etree._Element) -> str:
    base, *scripts = element
    name, sign = name_of(element), (scripts[0].text or "").strip()
    inside = _held("e", _drawn(base))
    side = "top" if name == "mover" else "bot"
    if name == "mover" and sign in ACCENTS:
        return f'<m:acc><m:accPr><m:chr m:val="{ACCENTS[sign]}"/></m:accPr>{inside}</m:acc>'
    if sign and sign in LINES:
        return f'<m:bar><m:barPr><m:pos m:val="{side}"/></m:barPr>{inside}</m:bar>'
    if sign in BRACES:
        look = f'<m:chr m:val="{sign}"/><m:pos m:val="{side}"/>'
        return f"<m:groupChr><m:groupChrPr>{look}</m:groupChrPr>{inside}</m:groupChr>"
    places = [*zip(SCRIPTS[name], map(_drawn, scripts), strict=True)]
    if name in KINDS:
        return _held(KINDS[name], inside, *(_held(at, said) for at, said in places))
    made = _drawn(base)
    for at, said in places:
        made = _held(LIMITS[at], _held("e", made), _held("lim", said))
    return made


def _held(name: str, *parts: str) -> str:
    return f"<m:{name}>{''.join(parts)}</m:{name}>"


def _run(words: str, look: str = "") -> str:
    return f'<m:r>{look}{FONT}<m:t xml:space="preserve">{escape(words)}</m:t></m:r>'


def _letters(element: etree._Element) -> str:
    words = element.text or ""
    named = BOLD.get(element.get("mathvariant", ""), UPRIGHT if len(words) > 1 else "")
    return _run(words or NOTHING, named)


def _words(element: etree._Element) -> str:
    return _run(element.text or "", WORDS)


def _space(element: etree._Element) -> str:
    return _run("\u2003" if element.get("width") in WIDE else "\u2009") if element.attrib else ""


def _fraction(element: etree._Element) -> str:
    above, below = map(_drawn, element)
    look = '<m:fPr><m:type m:val="noBar"/></m:fPr>' * _is_bare(element)
    return _held("f", look, _held("num", above), _held("den", below))


def _root(inside: str, degree: str = "") -> str:
    look = "" if degree else '<m:radPr><m:degHide m:val="1"/></m:radPr>'
    return _held("rad", look, _held("deg", degree), _held("e", inside))


def _table(element: etree._Element) -> str:
    """Columns that meet at a sign touch."""
    rows = [[*row] for row in element]
    count = max(map(len, rows), default=0)
    sides = [cell.get("columnalign", "center") for cell in (rows or [[]])[0]]
    sides += ["center"] * (count - len(sides))
    columns = "".join(
        f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{side}"/></m:mcPr></m:mc>'
        for side in sides
    )
    close = '<m:cGpRule m:val="3"/><m:cGp m:val="0"/>' * ("right" in sides)
    look = f"<m:mPr>{close}<m:mcs>{columns}</m:mcs></m:mPr>"
    lines = (
        _held("mr", *(_held("e", _row([*cell])) for cell in row), "<m:e/>" * (count - len(row)))
        for row in rows
    )
    return _held("m", look, *lines)


DRAWN: Mapping[str, Callable[[etree._Element], str]] = {
    "mi": _letters,
    "mn": _letters,
    "mo": _letters,
    "ms": _words,
    "mtext": _words,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": lambda element: _root(_row([*element])),
    "mroot": lambda element: _root(_drawn(element[0]), _drawn(element[1])),
    "mtable": _table,
}
