"""Does the text end where its last sentence ends, undamaged?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l2mac_write.evaluators.mojibake import damage
from l2mac_write.evaluators.passages import (
    Passage,
    excerpt,
    paragraphs,
    sentences,
    without_code,
)
from l2mac_write.findings import Edit, Finding, Severity, Work

ENDED = re.compile(r"(?:[.!?…。！？؟।॥։።—―～]|--)[\"'”’»›）」』)\]*_]*\Z|[\"”“»」』）)\]]\Z")
BREAK = re.compile(r"[-*_~#=\s]+")
NO_PROSE = re.compile(r"[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t]|\||\[\^|!\[|<)")
HEADING = re.compile(r"#{1,6}[ \t]")
UNPUNCTUATED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\W*\Z")
"""Thai, Lao, Burmese, Khmer: scripts in which sentences end without a mark."""
KEPT = 0.6
"""At least this share of the text must remain when code cuts it back."""
SIGNATURE = 60
SMALL = frozenset({"of", "the", "and", "de", "von", "van", "la", "der"})
QUOTES = (("„", "“”"), ("«", "»"), ("»", "«"), ("「", "」"), ("“", "”"))
"""The first pair whose opening mark comes first in a paragraph is the one that it is set with."""


def judge(work: Work) -> tuple[Finding, ...]:
    return (*_ending(work), *damage(work))


def _ending(work: Work) -> Iterator[Finding]:
    written = without_code(work.text)
    blocks = [block for block in paragraphs(written) if not BREAK.fullmatch(block.text)]
    ends_in_code = len(written.rstrip()) < len(work.text.rstrip())
    if not blocks or ends_in_code or not _is_judged(blocks[-1]):
        return
    if not _is_whole(blocks[-1].text):
        yield _cut_short(work, blocks)
    elif _missing_quote(blocks[-1].text):
        yield _open_quote(work, blocks[-1])


def _is_judged(block: Passage) -> bool:
    line = _last_line(block.text)
    return not (NO_PROSE.match(line) or UNPUNCTUATED.search(line[-8:]))


def _is_whole(text: str) -> bool:
    if HEADING.match(text):
        return False
    return bool(ENDED.search(text[-80:])) or _is_signature(_last_line(text))


def _last_line(text: str) -> str:
    return text.rsplit("\n", maxsplit=1)[-1]


def _is_signature(line: str) -> bool:
    """`Your brother, Jim` and `The End` need no full stop; nor does a line all in italics."""
    if len(line) > SIGNATURE:
        return False
    is_emphasised = line[0] == line[-1] and line[0] in "*_"
    names = [w for w in line.rpartition(",")[2].split() if w.casefold() not in SMALL]
    has_capitals = any(word[0].isupper() for word in names)
    return is_emphasised or (has_capitals and not any(word[0].islower() for word in names))


def _cut_short(work: Work, blocks: Sequence[Passage]) -> Finding:
    whole = _last_whole_sentence(blocks)
    last = len(work.text.rstrip())
    return Finding(
        code="DOC-STRUCT",
        severity=Severity.BLOCK,
        path=work.path,
        message="The text breaks off in the middle of a sentence.",
        quote=_last_words(work, blocks[-1]),
        hint="Finish the sentence and bring the text to its end.",
        mend=Edit(whole.end, last, _missing_quote(whole.text))
        if whole.end >= KEPT * last
        else None,
    )


def _last_whole_sentence(blocks: Sequence[Passage]) -> Passage:
    """The paragraph with the last whole sentence, up to there; empty if there is none."""
    for block in reversed(blocks):
        ends = [s.end for s in sentences(block) if ENDED.search(s.text[-80:])]
        if ends and not HEADING.match(block.text):
            return Passage(block.start, ends[-1], block.text[: ends[-1] - block.start])
    return Passage(0, 0, "")


def _last_words(work: Work, block: Passage) -> str:
    """As they stand in the text, code and all."""
    return excerpt(_tail(work.text[block.start : block.end]))


def _tail(text: str) -> str:
    return text if len(text) < SIGNATURE else text[-SIGNATURE:].split(maxsplit=1)[-1]


def _missing_quote(text: str) -> str:
    """The mark that would close the speech left open in this paragraph."""
    places = {text.find(pair[0]): pair for pair in reversed(QUOTES) if pair[0] in text}
    if places:
        opening, closing = places[min(places)]
        closed = max(text.rfind(mark) for mark in (*closing, '"'))
        return closing[0] if text.rfind(opening) > closed else ""
    before, _, after = text.rpartition('"')
    is_open = before.count('"') % 2 == 0 and before[-1:].strip() == "" and after[:1].strip() != ""
    return '"' if is_open and '"' in text else ""


def _open_quote(work: Work, block: Passage) -> Finding:
    return Finding(
        code="DOC-TYPO",
        severity=Severity.REVISE,
        path=work.path,
        message="The last speech of the text is opened and never closed.",
        quote=_last_words(work, block),
        hint="Set the closing quotation mark.",
        mend=Edit(block.end, block.end, _missing_quote(block.text)),
    )
