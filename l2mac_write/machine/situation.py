"""Where the book stands when an instruction begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from l2mac_write.book import Brief
from l2mac_write.findings import Text, Work
from l2mac_write.ledger.empty import EMPTY
from l2mac_write.ledger.page_file import PAGE
from l2mac_write.locks import LOCKS, Lock, load
from l2mac_write.machine.seeking import words
from l2mac_write.machine.texts import ending, text_of
from l2mac_write.orders import Order
from l2mac_write.plan import ChapterPlan, PartPlan, Plan
from l2mac_write.ports import FileStore, Ledger, Passage, Passages
from l2mac_write.text.counting import known_words
from l2mac_write.text.headings import body
from l2mac_write.text.languages import language

BIBLE = "notes/bible.md"
REQUIREMENTS = "notes/requirements.md"
SUMMARY = "notes/summaries/{:02d}.md"
PART_SUMMARY = "notes/summaries/part-{:02d}.md"
JUDGED = "notes/judged/{:02d}.toml"
BOOK_SUMMARY = "notes/summaries/book.md"
ENDING_WORDS = 250
NUMBERED = re.compile(r"^\d+\.\s+(.*\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Beat:
    """One of a chapter's beats; `number` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Situation:
    """Where the book stands when an instruction begins.

    `drafts` are the paths of what other steps wrote, by the names under which it may be read;
    `unseen` those of drafts that are not for it: whether they are there yet is chance.
    """

    brief: Brief
    store: FileStore
    plan: Plan | None = None
    chapter: ChapterPlan | None = None
    together: bool = False
    """Whether a chapter is seen with all that come before it, not only those it builds on."""
    part: PartPlan | None = None
    beat: Beat | None = None
    drafts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()
    passages: Passages | None = None
    of_the_book: frozenset[str] = frozenset()
    """Those of the other steps that wrote once, for the whole book."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What the program's own words are for the sources that are made of them."""
    ledger: Ledger = EMPTY
    order: Order | None = None
    """What is to become of the chapter that is there."""

    @cached_property
    def original(self) -> str:
        """The whole file of the chapter as it was when somebody first looked at it."""
        return self.text(self.chapter.path) if self.chapter else ""

    @cached_property
    def earlier(self) -> tuple[Text, ...]:
        """The accepted chapters before this one (all of them, where there is no this one)."""
        texts = ((c.path, self.body(c.path)) for c in self.before)
        return tuple(Text(path, text) for path, text in texts if text)

    @cached_property
    def before(self) -> tuple[ChapterPlan, ...]:
        """The plan of the chapters this one is to know; of all, or of all in the part, else."""
        if not self.plan:
            return ()
        if not self.chapter:
            return self.plan.of_part(self.part.number) if self.part else self.plan.chapters
        number = self.chapter.number
        return self.plan.chapters[: number - 1] if self.together else self.plan.before(number)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The ids of the same chapters: whatever else the ledger holds is not for this one."""
        return tuple(chapter.id for chapter in self.before)

    @cached_property
    def ending(self) -> str:
        """The last words of the chapter it goes on from."""
        text = self.first_of(reversed(self.before))
        return ending(text, ENDING_WORDS, self.brief.language)

    @cached_property
    def parts_before(self) -> tuple[Sequence[ChapterPlan], ...]:
        """The chapters of each part that this one is to know whole, and that is summed up."""
        parts = self.plan.whole_parts(self.before) if self.plan else ()
        here = self.part.number if self.part else 0
        return tuple(
            part
            for part in parts
            if part[0].part != here and self.body(PART_SUMMARY.format(part[0].part))
        )

    @cached_property
    def owed(self) -> int:
        """Words that the chapters it builds on have too few, or fewer than none, by their plan."""
        written = {text.path: known_words(text.text) for text in self.earlier}
        return sum(c.words - written[c.path] for c in self.before if c.path in written)

    @property
    def hidden(self) -> frozenset[str]:
        """Files of chapters this one is not to know: whether they are there yet is chance."""
        if not self.plan or not self.chapter:
            return self.unseen
        known = {self.chapter.number, *(chapter.number for chapter in self.before)}
        others = [c for c in self.plan.chapters if c.number not in known]
        notes = (form.format(c.number) for c in others for form in (SUMMARY, PAGE, JUDGED))
        return self.unseen.union(notes, (c.path for c in others))

    @cached_property
    def locks(self) -> tuple[Lock, ...]:
        """What the person has protected."""
        return load(text_of(self.store, LOCKS), self.plan)

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """What the brief asks for, as it was gathered; nothing where nobody did."""
        return tuple(NUMBERED.findall(self.body(REQUIREMENTS)))

    def work(self, path: str, text: str, words: int, earlier: tuple[Text, ...] = ()) -> Work:
        """A text of this book, as an evaluator sees it."""
        plan = self.plan
        return Work(
            path=path,
            text=text.strip(),
            words=words,
            title=self.chapter.title if self.chapter else "",
            language=language(self.brief.language).tag,
            earlier=earlier,
            brief=self.brief.prompt,
            known=tuple(e.name for e in (*plan.places, *plan.terms)) if plan else (),
            cast=tuple(person.name for person in plan.people) if plan else (),
        )

    def seek(self, about: str, paths: Sequence[str], most: int) -> Sequence[Passage]:
        """What these files say of it; nothing where there is nothing to look into."""
        sought = words(about, self.brief.language)
        return self.passages.best(sought, paths, most) if self.passages else ()

    def first_of(self, chapters: Iterable[ChapterPlan]) -> str:
        """The text of the first of them that has one; the others are not even read."""
        return next(filter(None, (self.body(chapter.path) for chapter in chapters)), "")

    def body(self, path: str) -> str:
        """The file's text without its title line; empty while there is no such file."""
        return body(self.text(path))

    def text(self, path: str) -> str:
        """The whole of the file; empty while there is none."""
        return text_of(self.store, path)
