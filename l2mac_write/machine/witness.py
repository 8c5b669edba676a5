"""Where a quote stands in the book: its own words, what stands around them, who says so and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from l2mac_write.errors import UsageError
from l2mac_write.ledger.agreeing import may_be_judged
from l2mac_write.ledger.anchoring import BREAK, Anchors
from l2mac_write.ledger.rows import Event, Fact, Said
from l2mac_write.machine.clipping import beginning_within, ending_within
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.speech import is_spoken
from l2mac_write.machine.window import untagged
from l2mac_write.plan import ChapterPlan
from l2mac_write.text.characters import in_one_line

AROUND = 2
"""Paragraphs that are shown before and after a quote."""
LONGEST = 1500
"""Characters of them on each side."""
SHOWN = 120
TAGS = ("earlier", "later", "set", "pair", "known")
"""Those that passages stand in, and that none of them may end."""
UNQUOTED = str.maketrans('"<>', "'‹›")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A chapter's own words, where they are in its body, and who says so.

    `chapter` is an id; `when` is the time of the story that they speak of, as far as it is noted.
    """

    chapter: str
    start: int
    quote: str
    said: str = Said.NARRATION
    speaker: str = ""
    when: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.quote)

    def may_meet(self, other: Quoted) -> bool:
        return may_be_judged((self.said, self.speaker), (other.said, other.speaker))

    def overlaps(self, other: Quoted) -> bool:
        is_here = self.chapter == other.chapter
        return is_here and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Side:
    """All that a judge is shown of a passage: where in the book it is, and when in the story.

    `quote` is what is in question, if that is known, and `said` who says it.
    """

    chapter: str
    around: str
    when: str
    quote: str = ""
    said: str = ""


@dataclass(frozen=True)
class Witness:
    """The chapters that may be seen, the one under judgement among them, and the ledger of them."""

    situation: Situation
    chapter: ChapterPlan

    @cached_property
    def chapters(self) -> Mapping[str, ChapterPlan]:
        return {chapter.id: chapter for chapter in (*self.situation.before, self.chapter)}

    @cached_property
    def facts(self) -> Sequence[Fact]:
        return self.situation.ledger.facts(self.chapters)

    @cached_property
    def events(self) -> Sequence[Event]:
        return self.situation.ledger.events(self.chapters)

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[Fact]]:
        return {id_: [*rows] for id_, rows in groupby(self.facts, key=lambda fact: fact.chapter)}

    @cached_property
    def _times(self) -> Mapping[str, str]:
        """Those that the chapters are set in: most of what one makes true begins in it."""
        told = {id_: Counter(row.since for row in rows) for id_, rows in self._rows.items()}
        return {id_: times.most_common(1)[0][0] for id_, times in told.items()}

    @cached_property
    def _anchors(self) -> dict[str, tuple[str, Anchors]]:
        return {}

    def body(self, chapter: str) -> str:
        return self._text(chapter)[0]

    def find(self, chapter: str, quote: str) -> Quoted:
        """Raises `UsageError`, for a model to hear, where the chapter does not say so."""
        text, anchors = self._text(chapter)
        if (found := anchors.find(quote)) is None:
            shown = in_one_line(quote)[:SHOWN]
            raise UsageError(f"“{shown}” is not in the text.")
        row = self._noted(chapter, found.quote)
        told = Quoted(chapter, found.start, found.quote, when=row.since if row else "")
        if row and not row.is_so:
            return replace(told, said=row.said, speaker=row.speaker)
        spoken = is_spoken(text, found.start, found.end)
        return replace(told, said=Said.DIALOGUE) if spoken else told

    def _noted(self, chapter: str, quote: str) -> Fact | None:
        """The row that says so; what is told with it, but is longer than it, another may say."""
        rows = self._rows.get(chapter, ())
        near = [r for r in rows if quote in r.quote or (r.quote in quote and _is_most(r, quote))]
        return min(near, key=lambda row: not row.is_so, default=None)

    def around(self, quoted: Quoted) -> str:
        """The words, marked, with a few paragraphs before and after them."""
        text = self.body(quoted.chapter)
        before = "\n\n".join(BREAK.split(text[: quoted.start])[-AROUND - 1 :])
        after = "\n\n".join(BREAK.split(text[quoted.end :])[: AROUND + 1])
        head, tail = ending_within(before, LONGEST), beginning_within(after, LONGEST)
        return f"{head}⟦{quoted.quote}⟧{tail}".strip()

    def paragraph(self, quoted: Quoted) -> str:
        """The one that the words are in, or as much of it as is near them."""
        text = self.body(quoted.chapter)
        before = ending_within(BREAK.split(text[: quoted.start])[-1], LONGEST // 4)
        after = beginning_within(BREAK.split(text[quoted.end :])[0], LONGEST // 4)
        return f"{before}{quoted.quote}{after}".strip()

    def passage(self, chapter: str, around: str) -> Side:
        """These words of a chapter; their time is the plan's where the ledger knows of none."""
        plan = self.chapters[chapter]
        when = self._times.get(chapter) or plan.setting
        return Side(_attribute(plan.mention), untagged(around, TAGS), _attribute(when))

    def side(self, quoted: Quoted) -> Side:
        """The quote among what stands around it, at the time that it speaks of."""
        passage = self.passage(quoted.chapter, self.around(quoted))
        return replace(
            passage,
            when=_attribute(quoted.when) or passage.when,
            quote=quoted.quote,
            said=_attribute(f"{quoted.said}: {quoted.speaker}" if quoted.speaker else quoted.said),
        )

    def _text(self, chapter: str) -> tuple[str, Anchors]:
        if chapter not in self._anchors:
            body = self.situation.body(self.chapters[chapter].path)
            self._anchors[chapter] = (body, Anchors(body))
        return self._anchors[chapter]


def _attribute(text: str) -> str:
    """As it may stand between the quotation marks of a tag."""
    return in_one_line(text).translate(UNQUOTED)


def _is_most(row: Fact, quote: str) -> bool:
    return 2 * len(row.quote) > len(quote)
