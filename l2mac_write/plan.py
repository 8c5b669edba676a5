"""What the plan says: the book as a whole, its parts, and a contract for each chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import accumulate, pairwise
from operator import or_

from l2mac_write.errors import UsageError
from l2mac_write.text.naming import slug

PLAN = "plan.toml"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the book, or a term that it uses, and what is to be known of it."""

    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class PartPlan:
    """Several chapters in a row under a title of their own. `number` counts from 1."""

    number: int
    title: str
    goal: str = ""


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A chapter's contract with its writer. `number` counts from 1, `words` is the target.

    `id` stays the same wherever the chapter goes and whatever it is called. `part` is the number
    of its part, 0 where there is none, and `covers` are numbers of the plan's requirements.
    """

    number: int
    title: str
    goal: str
    words: int
    beats: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    point_of_view: str = ""
    setting: str = ""
    people: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    after: tuple[int, ...] | None = None
    """The chapters that must be there before it; None where the plan says nothing of it."""
    covers: tuple[int, ...] = ()
    part: int = 0
    id: str = ""
    numbered: bool = True
    """Whether readers know it by a number: a prologue or an interlude has none."""
    skipped: int = 0
    """How many before it have none."""

    @property
    def shown(self) -> int:
        """The number by which readers know it, and the author calls it; 0 where it has none."""
        return self.number - self.skipped if self.numbered else 0

    @property
    def address(self) -> str:
        """What a person types to mean it."""
        return str(self.shown or self.title or self.path)

    @property
    def called(self) -> str:
        return f"Chapter {self.shown}" if self.shown else self.title

    @property
    def mention(self) -> str:
        return f"{self.shown}: {self.title}" if self.shown else self.title

    @property
    def listed(self) -> str:
        return f"{self.shown}. {self.title}" if self.shown else self.title

    @property
    def named(self) -> str:
        """In the middle of a sentence."""
        number = f"chapter {self.shown}" if self.shown else ""
        return " ".join(filter(None, (number, f"`{self.title}`" if self.title else "")))

    @property
    def builds_on(self) -> tuple[int, ...]:
        """Numbers of the chapters it goes on from: the previous one, unless the plan says else."""
        if self.after is not None:
            return self.after
        return (self.number - 1,) if self.number > 1 else ()

    @property
    def path(self) -> str:
        return f"chapters/{self.number:02d}-{slug(self.title)}.md"


@dataclass(frozen=True)
class Plan:
    """`requirements` are what the brief asks for; `rules` hold in the whole book.

    `matter` names what the brief asks for before and after the chapters, such as `dedication`.
    """

    title: str
    premise: str
    style: str
    people: tuple[Person, ...]
    chapters: tuple[ChapterPlan, ...]
    fiction: bool = True
    requirements: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    places: tuple[Entry, ...] = ()
    terms: tuple[Entry, ...] = ()
    parts: tuple[PartPlan, ...] = ()

    @property
    def words(self) -> int:
        return sum(chapter.words for chapter in self.chapters)

    @cached_property
    def necks(self) -> frozenset[int]:
        """Numbers of the chapters that are written after all before them and before all others.

        There the plan of those to come may change, and it makes no difference who is faster.
        """
        led: set[int] = set()
        leads_on = []
        for chapter in self.chapters:
            led.update(chapter.builds_on)
            leads_on.append(len(led))
        latest = (max(chapter.builds_on, default=0) for chapter in reversed(self.chapters))
        least = [*accumulate(latest, min)][::-1]
        # Each before it leads on to one no later than it, and each after it builds on one no earlier.
        return frozenset(
            here
            for here in range(1, len(self.chapters))
            if leads_on[here - 1] == here - 1 and least[here] >= here
        )

    def chapter(self, number: int) -> ChapterPlan:
        return self.chapters[number - 1]

    def called(self, name: str) -> ChapterPlan:
        """The chapter of that id. Raises `UsageError` where the plan has none any more."""
        if found := next((chapter for chapter in self.chapters if chapter.id == name), None):
            return found
        raise UsageError(f"`{PLAN}` was changed: it has no chapter `{name}` any more. Resume.")

    @property
    def count(self) -> int:
        """How many chapters have a number."""
        return sum(chapter.numbered for chapter in self.chapters)

    @cached_property
    def counted(self) -> Mapping[int, int]:
        """The numbers of the chapters by those that they show."""
        return {chapter.shown: chapter.number for chapter in self.chapters if chapter.numbered}

    def of_part(self, number: int) -> tuple[ChapterPlan, ...]:
        return tuple(chapter for chapter in self.chapters if chapter.part == number)

    def whole_parts(self, known: Iterable[ChapterPlan]) -> tuple[tuple[ChapterPlan, ...], ...]:
        """The chapters of each part that has all of its chapters among these."""
        parts: dict[int, list[ChapterPlan]] = {}
        for chapter in known if self.parts else ():
            parts.setdefault(chapter.part, []).append(chapter)
        whole = Counter(chapter.part for chapter in self.chapters)
        return tuple(tuple(part) for n, part in parts.items() if n and len(part) == whole[n])

    def covering(self, requirement: int) -> tuple[ChapterPlan, ...]:
        """The chapters that answer the requirement of that number, from 1."""
        return tuple(chapter for chapter in self.chapters if requirement in chapter.covers)

    def before(self, number: int) -> tuple[ChapterPlan, ...]:
        """All that the chapter builds on, near or far, in the order of the book."""
        behind, earlier = self._behind[number - 1], self.chapters[: number - 1]
        if behind == (1 << number) - 2:  # all of them
            return earlier
        return tuple(chapter for chapter in earlier if behind >> chapter.number & 1)

    def whole_parts_before(self, number: int) -> tuple[int, ...]:
        """The numbers of the parts all chapters of which the chapter builds on, near or far."""
        behind = self._behind[number - 1]
        return tuple(part for part, all_ in self._in_parts.items() if all_ and not all_ & ~behind)

    @cached_property
    def _behind(self) -> tuple[int, ...]:
        """For each chapter a set of numbers, as bits: of those it builds on, near or far."""
        found: list[int] = []
        for chapter in self.chapters:
            near = chapter.builds_on
            found.append(reduce(or_, (found[n - 1] for n in near), _bits(near)))
        return tuple(found)

    @cached_property
    def _in_parts(self) -> Mapping[int, int]:
        """The chapters of each part, as bits."""
        return {
            part.number: _bits(c.number for c in self.of_part(part.number)) for part in self.parts
        }

    @property
    def apart(self) -> tuple[ChapterPlan, ...]:
        """The chapters that are written without having seen all those before them."""
        found: dict[int, ChapterPlan] = {}
        for chapter in self.chapters[1:]:
            previous = chapter.number - 1
            goes_on = previous in chapter.builds_on
            if not goes_on or (previous in found and len(self.before(chapter.number)) < previous):
                found[chapter.number] = chapter
        return tuple(found.values())


def _bits(numbers: Iterable[int]) -> int:
    return reduce(or_, (1 << number for number in numbers), 0)


def sized(plan: Plan, words: int) -> Plan:
    """The same plan with its chapters' targets scaled so that they add up to `words` exactly."""
    targets = shares([chapter.words for chapter in plan.chapters], words)
    if min(targets) < 1:
        targets = shares([1] * len(plan.chapters), words)
    chapters = (replace(c, words=t) for c, t in zip(plan.chapters, targets, strict=True))
    return replace(plan, chapters=tuple(chapters))


def shares(weights: Sequence[int], words: int) -> tuple[int, ...]:
    """So many words dealt out by weight; they add up exactly."""
    scale = words / max(1, sum(weights))
    marks = [round(scale * so_far) for so_far in accumulate(weights[:-1], initial=0)]
    return tuple(end - start for start, end in pairwise([*marks, words]))


def counted(chapters: Iterable[ChapterPlan]) -> Iterator[ChapterPlan]:
    """The same in their order, each knowing how many before it have no number."""
    skipped = 0
    for chapter in chapters:
        yield replace(chapter, skipped=skipped)
        skipped += not chapter.numbered
