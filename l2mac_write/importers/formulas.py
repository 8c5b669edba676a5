"""The formulas of a Word document as LaTeX, which mammoth would leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.outline import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
START, MIDDLE, END = "\ue010", "\ue011", "\ue012"
SUMS = {
    "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint",
    "∮": r"\oint", "⋃": r"\bigcup", "⋂": r"\bigcap",
}  # fmt: skip
ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u20d7": "vec", "\u0307": "dot", "\u0308": "ddot",
           "\u030c": "check", "\u0305": "overline", "\u0304": "bar"}  # fmt: skip
FENCES = {"{": r"\{", "}": r"\}", "": ".", "⟨": r"\langle", "⟩": r"\rangle", "‖": r"\|"}
SPECIAL = {"\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "#": r"\#",
           "&": r"\&", "_": r"\_", "^": r"\hat{}", "~": r"\sim ", "\u200b": "",
           "\u2003": r"\quad ", "\u2009": r"\,"}  # fmt: skip
BRACES = {"⏟": "underbrace", "⏞": "overbrace"}
HAT = "\u0302"
ALONE = re.compile(r"\w|\\[a-zA-Z]+")
FUNCTIONS = (
    "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp lim max min sup inf "
    "det dim ker gcd deg arg limsup liminf"
)
NAMES = frozenset(FUNCTIONS.split())
ROW = r" \\ "
DEEPEST = 60


def put_in_words(root: etree._Element) -> None:
    """Each formula becomes a run of text, marked so that it is known again."""
    for whole in [*root.iter(f"{M}oMathPara")]:
        _replace(whole, [*whole.iter(f"{M}oMath")], "block")
    for formula in [*root.iter(f"{M}oMath")]:
        _replace(formula, [formula], "inline")


def _replace(element: etree._Element, formulas: Sequence[etree._Element], kind: str) -> None:
    latex = ROW.join(filter(None, (" ".join(_formula(one).split()) for one in formulas)))
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = f"{START}{kind}{MIDDLE}{latex}{END}" if latex else ""
    run.tail = element.tail
    element.getparent().replace(element, run)


def shown(html: str) -> str:
    """The HTML that mammoth has made of it, in which they are formulas again."""
    head, *rest = html.split(START)
    return head + "".join(_math(*part.partition(END)[::2]) for part in rest)


def _math(said: str, after: str) -> str:
    kind, _, latex = said.partition(MIDDLE)
    return f'<math display="{kind}" alttext="{latex.replace(chr(34), "&quot;")}">x</math>{after}'


def _formula(element: etree._Element) -> str:
    outside = sum(1 for _ in element.iterancestors())
    deepest = max(sum(1 for _ in inner.iterancestors()) for inner in element.iter(etree.Element))
    words = "".join(element.itertext())
    return _inside(element) if deepest - outside <= DEEPEST else _escaped(words)


def _inside(element: etree._Element | None) -> str:
    return "".join(map(_latex, element)) if element is not None else ""


def _latex(element: etree._Element) -> str:
    if not isinstance(element.tag, str) or not element.tag.startswith(M):
        return ""
    return RULES.get(element.tag.removeprefix(M), _inside)(element)


def _part(element: etree._Element, name: str) -> str:
    return _inside(element.find(f"{M}{name}")).strip()


def _said(element: etree._Element, name: str, otherwise: str = "") -> str:
    found = element.find(f"{M}{element.tag.removeprefix(M)}Pr/{M}{name}")
    return otherwise if found is None else str(found.get(f"{M}val", ""))


def _escaped(words: str) -> str:
    return "".join(SPECIAL.get(letter, letter) for letter in words)


def _run(element: etree._Element) -> str:
    words = "".join(element.itertext(f"{M}t"))
    if element.find(f"{M}rPr/{M}nor") is not None:
        return f"\\text{{{_escaped(words)}}}" if words else ""
    if words.strip() in NAMES:
        return f"\\{words.strip()} "
    style = element.find(f"{M}rPr/{M}sty")
    is_named = style is not None and style.get(f"{M}val") == "p" and len(words) > 1
    return f"\\operatorname{{{words}}}" if is_named and words.isalpha() else _escaped(words)


def _base(element: etree._Element) -> str:
    words = _part(element, "e")
    return words if ALONE.fullmatch(words) else f"{{{words}}}"


def _scripts(element: etree._Element) -> str:
    signs = (("sub", "_"), ("sup", "^"))
    said = ((sign, _part(element, name)) for name, sign in signs)
    return "".join(f"{sign}{{{words}}}" for sign, words in said if words)


def _fraction(element: etree._Element) -> str:
    above, below = _part(element, "num"), _part(element, "den")
    if _said(element, "type") == "noBar":
        return f"\\substack{{{above} \\\\ {below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _root(element: etree._Element) -> str:
    degree = _part(element, "deg")
    return f"\\sqrt{f'[{degree}]' * bool(degree)}{{{_part(element, 'e')}}}"


def _sum(element: etree._Element) -> str:
    sign = _said(element, "chr", "∫")
    return f"{SUMS.get(sign, sign)}{_scripts(element)} {_part(element, 'e')}"


def _fenced(element: etree._Element) -> str:
    begin, end = _said(element, "begChr", "("), _said(element, "endChr", ")")
    held = [one for inner in element.findall(f"{M}e") for one in inner]
    known = _known(held[0], begin + end) if len(held) == 1 else ""
    if known:
        return known
    words = "|".join(_inside(one).strip() for one in element.findall(f"{M}e"))
    left, right = FENCES.get(begin, begin), FENCES.get(end, end)
    return f"\\left{left} {words} \\right{right}"


def _known(element: etree._Element, fence: str) -> str:
    """What has a name of its own together with its fence."""
    if element.tag == f"{M}f" and fence == "()" and _said(element, "type") == "noBar":
        return f"\\binom{{{_part(element, 'num')}}}{{{_part(element, 'den')}}}"
    return _rows(element, "cases") if element.tag == f"{M}m" and fence == "{" else ""


def _table(element: etree._Element) -> str:
    sides = [jc.get(f"{M}val") for jc in element.iter(f"{M}mcJc")]
    return _rows(element, "aligned" if "right" in sides else "matrix")


def _rows(element: etree._Element, name: str) -> str:
    rows = (
        " & ".join(_inside(cell).strip() for cell in row.findall(f"{M}e"))
        for row in element.findall(f"{M}mr")
    )
    return f"\\begin{{{name}}} {ROW.join(rows)} \\end{{{name}}}"


def _equations(element: etree._Element) -> str:
    rows = (_inside(one).strip().replace("\\&", "&") for one in element.findall(f"{M}e"))
    return f"\\begin{{aligned}} {ROW.join(rows)} \\end{{aligned}}"


def _accent(element: etree._Element) -> str:
    return f"\\{ACCENTS.get(_said(element, 'chr', HAT), 'hat')}{{{_part(element, 'e')}}}"


def _bar(element: etree._Element) -> str:
    name = "overline" if _said(element, "pos", "bot") == "top" else "underline"
    return f"\\{name}{{{_part(element, 'e')}}}"


def _brace(element: etree._Element) -> str:
    name = BRACES.get(_said(element, "chr", "⏟"))
    words = _part(element, "e")
    return f"\\{name}{{{words}}}" if name else words


def _limit(element: etree._Element) -> str:
    words, limit = _part(element, "e"), _part(element, "lim")
    is_below = element.tag == f"{M}limLow"
    if ALONE.fullmatch(words) or words.startswith(("\\underbrace", "\\overbrace")):
        return f"{words}{'_' if is_below else '^'}{{{limit}}}"
    return f"\\{'underset' if is_below else 'overset'}{{{limit}}}{{{words}}}"


def _function(element: etree._Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


RULES: Mapping[str, Callable[[etree._Element], str]] = {
    "r": _run,
    "f": _fraction,
    "sSup": lambda element: _base(element) + _scripts(element),
    "sSub": lambda element: _base(element) + _scripts(element),
    "sSubSup": lambda element: _base(element) + _scripts(element),
    "sPre": lambda element: f"{{}}{_scripts(element)}{_base(element)}",
    "rad": _root,
    "nary": _sum,
    "d": _fenced,
    "m": _table,
    "eqArr": _equations,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _brace,
    "limLow": _limit,
    "limUpp": _limit,
    "func": _function,
}
