"""Does the book have the chapters, figures, tables and sections that it refers to?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from l2mac_write.evaluators.figures import CARDINAL, ORDINAL, number
from l2mac_write.evaluators.passages import excerpt, without_code
from l2mac_write.findings import Finding, Severity, Text, Whole
from l2mac_write.text.common_words import common_words
from l2mac_write.text.naming import slug
from l2mac_write.text.numbers import values

ROMAN = r"[IVXLC]{1,7}\b"
CHAPTER = re.compile(
    rf"\b(?:(?:[Cc]hapter|[Cc]hap\.|CHAPTER|[Kk]apitel|[Cc]hapitre|[Cc]ap[ií]tulo|[Cc]apitolo)"
    rf"[ \u00a0](?:(?P<n>(?i:{CARDINAL}))|(?P<roman>{ROMAN}))(?![\w:.]\w|-\w)"
    rf"|(?P<nth>(?i:{ORDINAL})) chapter\b)"
    r"|第\s?(?P<han>\d{1,4}|[〇零一二三四五六七八九十百两]{1,7})\s?章"
)
NUMBERED = re.compile(
    r"\b(?P<kind>[Ff]igur[ea]|[Ff]ig\.|[Tt]able(?:au)?|[Aa]ppendix|[Ee]xhibit|[Bb]ox|[Ll]isting|[Ee]quation|Abbildung|Abb\.|Tabelle"
    r"|Anhang|[Aa]nnexe|[Tt]abla|[Cc]uadro|[Aa]nexo|[Aa]péndice)"
    r"[ \u00a0](?P<n>\d{1,3}(?:[.-]\d{1,3})?|[A-Z])(?![\w'’-])"
)
SECTION = re.compile(
    r"(?:\b[Ss]ections?|§)[ \u00a0]?(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.]\d|\w)"
)
HEADED = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(?P<head>[^\n]+)$")
LEADING = re.compile(r"[*_\s]*(?:[Cc]hapter |[Ss]ection |§ ?)?(\d{1,3}(?:\.\d{1,3})*)")
APPENDIX = re.compile(r"(?mi)^(?: {0,3}#{1,6}[ \t]+)?[*_]{0,2}appendix ([A-Z0-9]{1,2})\b")
LINK = re.compile(r"(?<!!)\[[^\]\n]{1,200}\]\(#(?P<anchor>[^)\s]{1,120})\)")
ANCHOR = re.compile(
    r"\{#(?P<braced>[\w-]+)|\bid=[\"'](?P<id>[\w-]+)[\"']|<a name=[\"'](?P<name>[\w-]+)"
)
ELSEWHERE = re.compile(
    r"\s*(?:,? ?verses?\b|:\d|,? of (?:the |his |her |my |your |a |an |this other |that )?"
    r"[*_“\"A-Z]|,? of (?:his|her|my|your|their|another|the other|that|which)\b|,? in (?:[*_“\"]|his|her))"
)
"""What follows the number of a chapter of some other book."""
TITLED = re.compile(r"(?P<word>[A-Z][\w’'.]*),? (?:the )?[“\"(]?\Z")
READ = re.compile(
    r"(?<!\bwe )(?<!\bWe )\b(?:(?:turn|open|skipp|leaf|flipp?|page|thumb|turn over|look|reach|mark|copi|recit|finish|clos|return|stopp|paus|linger|point|start|skimm|tear|advanc|arriv)e?d|(?:re)?read|began|begun|went|gone|came|got|tore|torn|broke off|fell asleep)"
    r"(?: (?!(?:see|refer|compare)\b)[\w’'-]+,?){0,5} [“\"‘'*_]{0,2}\Z"
)
"""What somebody in the story does with a book, which is not the one that tells of him."""
CALLING = frozenset({"see", "cf", "cf.", "compare", "also", "read"})
CAPTION = re.compile(
    r"(?m)^[>\s]{0,4}(?:!\[)?[*_]{0,3}(?P<kind>[A-Z][^\W\d_]+|[Ff]ig\.|Abb\.)[ \u00a0]"
    r"(?P<n>\d{1,3}(?:[.-]\d{1,3})?|[A-Z])[*_]{0,3}\s?(?:[.:—–|-]|$)"
)
ASKING = re.compile(
    r"(?:[Ss]ee(?: also)?|[Ss]iehe(?: auch)?|[Vv]gl\.|[Vv]oir(?: aussi)?(?: la| le)?|[Vv](?:éase|er)(?: también)?(?: la| el)?|[Ss]hown in|[Cc]f\.|[Cc]ompare|[Rr]efer to)\s+\Z"
)
IN_PATH = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
QUOTED = frozenset("“\"‘'«„》」")
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
NEAR, FAR = 24, 60
FEWEST = 2
"""A single text may be the chapter of a book that is not here."""


@dataclass(slots=True)
class Shelf:
    """What a book has to refer to: how many chapters, which sections, anchors and captions."""

    chapters: int = 0
    sections: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    captions: set[tuple[str, str]] = field(default_factory=set)


def judge(whole: Whole) -> tuple[Finding, ...]:
    plain = [Text(text.path, without_code(text.text)) for text in whole.texts]
    shelf = _shelf(plain)
    return tuple(
        finding
        for text in plain
        for finding in (*_chapters(text, shelf), *_numbered(text, shelf), *_links(text, shelf))
    )


def _shelf(texts: Sequence[Text]) -> Shelf:
    shelf = Shelf(chapters=len(texts) if len(texts) >= FEWEST else 0)
    for text in texts:
        name = text.path.rpartition("#")[2].rpartition("/")[2].removesuffix(".md")
        shelf.anchors |= {slug(name), slug(name.lstrip("0123456789-"))}
        if len(texts) >= FEWEST:
            shelf.chapters = max([shelf.chapters, *map(int, IN_PATH.findall(name))])
        for heading in HEADED.finditer(text.text):
            shelf.anchors.add(slug(heading["head"]))
            if leading := LEADING.match(heading["head"]):
                shelf.sections.add(leading[1])
        shelf.anchors |= {slug(found[found.lastgroup or 0]) for found in ANCHOR.finditer(text.text)}
        shelf.captions |= {(_kind(c["kind"]), c["n"]) for c in CAPTION.finditer(text.text)}
        shelf.captions |= {("appendix", n) for n in APPENDIX.findall(text.text)}
    numbers = (int(section) for section in shelf.sections if section.isdecimal())
    shelf.chapters = max(shelf.chapters, *numbers, 0)
    return shelf


def _chapters(text: Text, shelf: Shelf) -> Iterator[Finding]:
    for found in CHAPTER.finditer(text.text) if shelf.chapters else ():
        chapter = _roman(found["roman"]) or _number(found)
        if chapter > shelf.chapters and not _is_elsewhere(text.text, found):
            said = f"There is no chapter {chapter}: the book has {shelf.chapters}."
            yield _finding(text, found, said)


def _is_elsewhere(text: str, found: re.Match[str]) -> bool:
    """A chapter of another book: quoted, read by somebody, or followed or preceded by a name."""
    if ELSEWHERE.match(text, found.end()) or text[found.start() - 1 : found.start()] in QUOTED:
        return True
    if READ.search(text, max(0, found.start() - FAR), found.start()):
        return True
    before = TITLED.search(text, max(0, found.start() - NEAR), found.start())
    return before is not None and before["word"].casefold() not in {*CALLING, *common_words("en")}


def _number(found: re.Match[str]) -> int:
    if found["han"]:
        return values().get(found["han"], 0)
    return number(found["n"] or found["nth"])


def _roman(letters: str | None) -> int:
    values = [VALUES[letter] for letter in letters or ""]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


def _numbered(text: Text, shelf: Shelf) -> Iterator[Finding]:
    """Only kinds that the book has, or that the reader is told to look up."""
    captions = {found.start("kind") for found in CAPTION.finditer(text.text)}
    kinds = {kind for kind, _ in shelf.captions}
    for found in NUMBERED.finditer(text.text):
        kind = _kind(found["kind"])
        asked = ASKING.search(text.text, max(0, found.start() - NEAR), found.start())
        missing = (kind, found["n"]) not in shelf.captions and found.start() not in captions
        if missing and (kind in kinds or asked) and not ELSEWHERE.match(text.text, found.end()):
            yield _finding(text, found, f"There is no {kind} {found['n']} in the book.")
    for found in SECTION.finditer(text.text) if any("." in s for s in shelf.sections) else ():
        if found["n"] not in shelf.sections and not ELSEWHERE.match(text.text, found.end()):
            yield _finding(text, found, f"There is no section {found['n']} in the book.")


def _kind(said: str) -> str:
    kind = said.casefold().rstrip(".")
    return {"fig": "figure", "abb": "abbildung"}.get(kind, kind)


def _links(text: Text, shelf: Shelf) -> Iterator[Finding]:
    for found in LINK.finditer(text.text):
        if slug(found["anchor"]) not in shelf.anchors:
            yield _finding(
                text, found, f"The link leads to `#{found['anchor']}`, which is nowhere."
            )


def _finding(text: Text, found: re.Match[str], message: str) -> Finding:
    return Finding(
        code="DOC-XREF",
        severity=Severity.REVISE,
        path=text.path,
        message=message,
        quote=excerpt(found[0]),
        hint="Point to what is there, or leave the reference out.",
    )
