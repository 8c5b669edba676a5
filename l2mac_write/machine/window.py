"""What an agent sees: its window, compiled from named sources under a token budget."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from l2mac_write.book import Brief
from l2mac_write.counting import known_words
from l2mac_write.errors import NoSuchFile
from l2mac_write.findings import Text
from l2mac_write.languages import is_unspaced, scaled
from l2mac_write.plan import ChapterPlan, PartPlan, Plan
from l2mac_write.ports import FileStore

BIBLE = "notes/bible.md"
REQUIREMENTS = "notes/requirements.md"
NUMBERED = re.compile(r"^\d+\.\s+(.*\S)", re.MULTILINE)
CHARACTERS_PER_TOKEN = 3
"""At least; a text cut by it is sure to fit."""
SUMMARY = "notes/summaries/{:02d}.md"
NEIGHBOURS = 8
FRAME = 8
"""Tokens that the tags around an item take."""
HERE = " (this chapter)"
ENDING_WORDS = 250


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
        paths = (path for c in others for path in (c.path, SUMMARY.format(c.number)))
        return self.unseen.union(paths)

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """What the brief asks for, as it was gathered; nothing where nobody did."""
        return tuple(NUMBERED.findall(self.body(REQUIREMENTS)))

    def first_of(self, chapters: Iterable[ChapterPlan]) -> str:
        """The text of the first of them that has one; the others are not even read."""
        return next(filter(None, (self.body(chapter.path) for chapter in chapters)), "")

    def body(self, path: str) -> str:
        """The file's text without its title line; empty while there is no such file."""
        return body(text_of(self.store, path))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the window: where it comes from, why it is there, and its words."""

    source: str
    title: str
    reason: str
    text: str

    @property
    def tokens(self) -> int:
        """An estimate: four bytes a token, erring on the side of too many."""
        return len(self.text.encode()) // 4 + FRAME


def text_of(store: FileStore, path: str, *, by: str = "") -> str:
    """What the file holds; empty while there is no such file."""
    try:
        return store.read(path, by=by)
    except NoSuchFile:
        return ""


def headed(title: str, text: str) -> str:
    """A chapter as its file holds it: the title as heading, then the text."""
    return f"# {title}\n\n{text.strip()}\n"


def body(text: str) -> str:
    """The inverse of `headed`; a text without a title line is its own body."""
    first, _, rest = text.partition("\n")
    return (rest if first.startswith("# ") else text).strip()


def beginning(text: str, words: int, language: str) -> str:
    """So many words from the first on, in languages without spaces the characters of as many."""
    if is_unspaced(language):
        return text[: scaled(words, language)]
    return " ".join(text.split(" ", words)[:words])


def ending(text: str, words: int, language: str) -> str:
    """The last so many words, from the beginning of a paragraph where there is one."""
    if is_unspaced(language):
        end = text[-scaled(words, language) :]
    else:
        end = " ".join(text.rsplit(" ", words)[-words:])
    return end if end == text else end.partition("\n\n")[2] or end


def title(text: str) -> str:
    """What the title line of a file says, if it has one."""
    first = text.partition("\n")[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else ""


def compiled(sources: Sequence[str], situation: Situation, *, budget: int) -> tuple[Item, ...]:
    """The sources' items in order; one that would pass the budget is cut to its latest part."""
    items: list[Item] = []
    for name in sources:
        item = SOURCES.get(name, partial(_draft, name))(situation)
        room = budget - sum(taken.tokens for taken in items)
        if item.text and (fitting := _fitted(item, room)).text:
            items.append(fitting)
    return tuple(items)


def _fitted(item: Item, room: int) -> Item:
    if item.tokens <= room:
        return item
    kept = item.text.encode()[-(room - FRAME) * 4 :] if room > FRAME else b""
    text = kept.decode(errors="ignore")
    return replace(item, text=text.partition("\n")[2] or text)


def _requirements(situation: Situation) -> Item:
    text = situation.body(REQUIREMENTS)
    return Item("requirements", "What the request asks for", "the book is held to it", text)


def _bible(situation: Situation) -> Item:
    return Item("bible", "The book's bible", "true in every chapter", situation.body(BIBLE))


def _plan(situation: Situation) -> Item:
    chapters = situation.plan.chapters if situation.plan else ()
    text = "\n\n".join(_contract(chapter) for chapter in chapters)
    return Item("plan", "The plan", "what the book sets out to do", text)


def _contract(chapter: ChapterPlan) -> str:
    """All that the plan says of a chapter, in a few lines."""
    said = (
        f"{chapter.number}. {chapter.title}: {chapter.goal}",
        f"Where and when: {chapter.setting}" if chapter.setting else "",
        f"Seen by: {chapter.point_of_view}" if chapter.point_of_view else "",
        f"What happens: {' / '.join(chapter.beats)}" if chapter.beats else "",
        f"Has to contain: {' / '.join(chapter.must)}" if chapter.must else "",
        f"May not contain: {' / '.join(chapter.must_not)}" if chapter.must_not else "",
    )
    return "\n".join(line for line in said if line)


def _outline(situation: Situation) -> Item:
    """The chapters around this one in a line each; the next one whole, to be prepared for."""
    here = situation.chapter.number if situation.chapter else 0
    chapters = situation.plan.chapters if situation.plan else ()
    lines = (
        _contract(c)
        if c.number == here + 1
        else f"{c.number}. {c.title}{HERE if c.number == here else ''}: {c.goal}"
        for c in chapters
        if abs(c.number - here) <= NEIGHBOURS
    )
    return Item("outline", "The plan around this chapter", "where it stands", "\n".join(lines))


def _summaries(situation: Situation) -> Item:
    """One paragraph a chapter; the budget keeps the latest."""
    told = ((c.number, situation.body(SUMMARY.format(c.number))) for c in situation.before)
    text = "\n\n".join(f"Chapter {number}: {summary}" for number, summary in told if summary)
    return Item("summaries", "What is written so far", "what the reader already knows", text)


def _opening(situation: Situation) -> Item:
    text = situation.first_of(situation.before)
    page = beginning(text, ENDING_WORDS, situation.brief.language)
    return Item("opening", "The book's first page", "how the book sounds", page)


def _previous(situation: Situation) -> Item:
    text = situation.first_of(reversed(situation.before))
    said = ending(text, ENDING_WORDS, situation.brief.language)
    return Item("previous", "How the previous chapter ends (verbatim)", "to go on from there", said)


def _chapter(situation: Situation) -> Item:
    text = situation.body(situation.chapter.path) if situation.chapter else ""
    return Item("chapter", "The chapter", "the text this is about", text)


def _draft(step: str, situation: Situation) -> Item:
    """What a step of the program wrote, named after it."""
    texts = (situation.body(path) for path in situation.drafts.get(step, ()))
    title = step.replace("-", " ").capitalize()
    return Item(step, title, f"what the step `{step}` wrote", "\n\n".join(filter(None, texts)))


SOURCES: Mapping[str, Callable[[Situation], Item]] = {
    "requirements": _requirements,
    "bible": _bible,
    "plan": _plan,
    "chapter": _chapter,
    "outline": _outline,
    "opening": _opening,
    "summaries": _summaries,
    "previous": _previous,
}
