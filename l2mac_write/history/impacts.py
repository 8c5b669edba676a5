"""What a changed chapter, or a fact, touches: which other chapters rely on it, and in what words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from l2mac_write.called import planned
from l2mac_write.errors import Busy, UsageError
from l2mac_write.history.altering import Altered, Counted, Pages, altered, pages
from l2mac_write.history.lineage import Line, Lines
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.mentions import Mention, Mentions, Sense, never
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.rows import Entity, Fact, Row, Thread
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.reading.standing import follow_plan, plan_of, settings_of
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.retrieval import IndexedPassages
from l2mac_write.store.versions import Version
from l2mac_write.text.headings import body
from l2mac_write.text.meant import meant


@dataclass(frozen=True, slots=True)
class Reliance:
    """A chapter that says again what the row says; `shown`, whether its writer had seen the row."""

    chapter: ChapterPlan
    mentions: tuple[Mention, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class Impact:
    altered: Altered
    reliances: tuple[Reliance, ...]


@dataclass(frozen=True, slots=True)
class Impacts:
    """Of one change of a chapter, or of facts that somebody asks about.

    `old` and `new` are the versions that were compared, None where facts were asked about.
    `is_read` tells whether the ledger knows the new text by now.
    """

    chapter: ChapterPlan | None
    old: Version | None
    new: Version | None
    is_read: bool
    impacts: tuple[Impact, ...]

    @property
    def chapters(self) -> tuple[ChapterPlan, ...]:
        """All that rely on any of it, in the order of the book."""
        found = {r.chapter.number: r.chapter for i in self.impacts for r in i.reliances}
        return tuple(found[number] for number in sorted(found))


class Reach:
    """Looks through the other chapters of a book for what a row says."""

    def __init__(self, folder: BookFolder, plan: Plan) -> None:
        self._folder = folder
        self._chapters = plan.chapters
        self._ledger = StoredLedger(folder.rows)
        self._index = IndexedPassages(folder.rows)
        ids = [chapter.id for chapter in plan.chapters]
        self.entities = self._ledger.entities(ids)
        self.mentions = Mentions(self.entities, settings_of(folder).language)

    def of_change(
        self, home: ChapterPlan, was: Sequence[Row], old: str, noted: Pages, new: str
    ) -> tuple[Impact, ...]:
        """Of one text of the chapter after another, of which these rows are known."""
        found = altered(was, body(old), noted, body(new), self.mentions)
        impacts = (self.of(change, home) for change in found)
        return tuple(i for i in impacts if i.reliances or not isinstance(i.altered.row, Counted))

    def of(self, change: Altered, home: ChapterPlan | None) -> Impact:
        """`home` is the chapter that says it, None where that is the plan.

        What cannot change holds in all the book, all else in what comes after.
        """
        row = change.row
        lasting = isinstance(row, Entity) or (isinstance(row, Fact) and keys()[row.key].lasting)
        first = 0 if lasting or not home else home.number
        others = [c for c in self._chapters if c.number > first and c != home]
        found = self._found(row, others)
        readers = self._folder.readers(row.id) if found else frozenset[str]()
        shown = {c.id for c in others if any(c.id in name.split("/") for name in readers)}
        return Impact(
            change,
            tuple(Reliance(c, tuple(found[c.id]), c.id in shown) for c in others if c.id in found),
        )

    def _found(self, row: Row | Counted, others: Sequence[ChapterPlan]) -> dict[str, list[Mention]]:
        match row:
            case Thread():
                return self._threads(row, others)
            case Counted():
                return self._said(
                    Sense((), never, (row.words,), lambda s: s.has((row.words,))), others
                )
        return self._said(self.mentions.sense(row), others)

    def _said(self, sense: Sense, others: Sequence[ChapterPlan]) -> dict[str, list[Mention]]:
        ids = {chapter.path: chapter.id for chapter in others}
        found = defaultdict[str, list[Mention]](list)
        for passage, before in self._index.having(sense.by, [*ids]):
            for mention in self.mentions.find(sense, passage.text, before):
                there = found[ids[passage.path]]
                there.append(replace(mention, paragraph=passage.number))
        return found

    def _threads(self, row: Thread, others: Sequence[ChapterPlan]) -> dict[str, list[Mention]]:
        """Whoever goes on with it has noted so."""
        found = defaultdict[str, list[Mention]](list)
        for other in self._ledger.threads([chapter.id for chapter in others]):
            if other.name == row.name and other.chapter and other.chapter != row.chapter:
                found[other.chapter].append(Mention(other.paragraph, other.quote))
        return found


def impact(root: Path, name: str = "", old: str = "", new: str = "") -> Impacts:
    """Of a chapter's last change, or of all that changed between two versions of it.

    `name` is its number, title or file, by default the chapter that was changed last. Asks no
    model: what the new text says is known once its facts are read, that the old is gone at once.
    """
    _adopt(root)
    with closing(BookFolder.read_only(root)) as folder:
        follow_plan(folder)
        lines, plan = Lines(folder), planned(plan_of(folder))
        line = lines.called(name, partial(plan_of, folder)) if name else _last(lines, plan)
        chapter = next((c for c in plan.chapters if c.path == line.path), None)
        if chapter is None:
            raise UsageError(f"`{line.path}` is no chapter. Name one by its number or title.")
        after = line.version(new) if new else line.newest if old else line.changes[-1]
        before = line.version(old) if old else line.before(after)
        reach = Reach(folder, plan)
        noted = pages(folder, lines, line, chapter.number, after)
        was = pages(folder, lines, line, chapter.number, before).rows if before else ()
        old_text, new_text = (folder.text(v) if v else "" for v in (before, after))
        impacts = reach.of_change(chapter, was, old_text, noted, new_text)
        return Impacts(chapter, before, after, noted.is_read, impacts)


def impact_of_text(folder: BookFolder, plan: Plan, chapter: ChapterPlan, text: str) -> Impacts:
    """Of a text that may come in the place of the chapter's, as it is now."""
    lines = Lines(folder)
    line = lines.line(chapter.path)
    was = pages(folder, lines, line, chapter.number, line.newest).rows
    now, unread = folder.text(line.newest), Pages((), is_read=False)
    impacts = Reach(folder, plan).of_change(chapter, was, now, unread, text)
    return Impacts(chapter, line.newest, None, is_read=False, impacts=impacts)


def impact_of_fact(root: Path, fact: str) -> Impacts:
    """Which chapters rely on a fact: `fact` is a name of the ledger, and a key to have it of that."""
    _adopt(root)
    with closing(BookFolder.read_only(root)) as folder:
        follow_plan(folder)
        plan = planned(plan_of(folder))
        reach, homes = Reach(folder, plan), {chapter.id: chapter for chapter in plan.chapters}
        asked = facts_called(fact, reach.entities, StoredLedger(folder.rows).facts([*homes]))
        found = (reach.of(Altered(row), homes.get(row.chapter)) for row in asked)
        return Impacts(None, None, None, is_read=True, impacts=tuple(found))


def facts_called(asked: str, entities: Iterable[Entity], facts: Sequence[Fact]) -> list[Fact]:
    """The first fact of each value, of those that a person means by `Mara eyes`, `Mara` or an id."""
    names = Names(entities)
    words = asked.replace("/", " ").split()
    subject, key = names.meant(" ".join(words)), ""
    if not subject and len(words) > 1 and words[-1].casefold() in keys():
        subject, key = names.meant(" ".join(words[:-1])), words[-1].casefold()
    mine = [f for f in facts if f.id == asked or (f.subject == subject and key in ("", f.key))]
    first = {(f.subject, f.key, f.normal or f.value): f for f in reversed(mine)}
    found = [
        fact for fact in mine if first[fact.subject, fact.key, fact.normal or fact.value] is fact
    ]
    if not found:
        raise UsageError(_unknown(asked, subject, key, facts))
    return found


def _unknown(asked: str, subject: str, key: str, facts: Iterable[Fact]) -> str:
    if subject:
        known = dict.fromkeys(fact.key for fact in facts if fact.subject == subject)
        there = f"It knows: {', '.join(known)}." if known else "It knows nothing of them yet."
        return f"the ledger has no {key or 'fact'} of {subject}. {there}"
    names = dict.fromkeys(fact.subject for fact in facts)
    return (
        f"the ledger knows no fact `{asked}`.{meant(asked, names)} Name somebody or something, and"
        " what of it, such as `Mara eyes`; `l2mac-write ledger` shows all there are."
    )


def _adopt(root: Path) -> None:
    """Whatever a person has edited is a version of its own, unless a run will see to that."""
    with suppress(Busy):
        BookFolder.open(root).close()


def _last(lines: Lines, plan: Plan) -> Line:
    """Of the chapters, the one that was changed last."""
    there = [lines.line(c.path) for c in plan.chapters if c.path in lines.paths]
    if not there:
        raise UsageError("the book has no chapter yet. Resume it first.")
    newest = {version: place for place, version in enumerate(lines.versions)}
    return max(there, key=lambda line: newest[line.changes[-1]])
