"""What a step is done for: the book, a part, a chapter or a beat, and which of them lies in which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from l2mac_write.instructions import Instruction
from l2mac_write.machine.program import EACH_BEAT, EACH_CHAPTER, EACH_PART
from l2mac_write.plan import ChapterPlan, Plan

DEPTHS = {"": 0, EACH_PART: 1, EACH_CHAPTER: 2, EACH_BEAT: 3}
"""How far into the book a step goes, by its `for_each`."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an instruction is for: the book, a part, a chapter or a beat, by its number from 1.

    A chapter that is in no part has part 0; a plan without parts is all part 0.
    """

    each: str = ""
    part: int = 0
    chapter: ChapterPlan | None = None
    beat: int = 0

    @property
    def depth(self) -> int:
        return DEPTHS[self.each]


BOOK = Subject()


def subject_of(plan: Plan, instruction: Instruction) -> Subject:
    if instruction.subject:
        return of_chapter(plan.called(instruction.subject), instruction.beat)
    return Subject(EACH_PART, instruction.part) if instruction.part else BOOK


def of_chapter(chapter: ChapterPlan, beat: int = 0) -> Subject:
    return Subject(EACH_BEAT if beat else EACH_CHAPTER, chapter.part, chapter, beat)


def subjects(each: str, plan: Plan | None, within: Subject) -> Iterator[Subject]:
    """Those that lie within this one, or the one in which it lies itself."""
    if not each:
        yield BOOK
    elif DEPTHS[each] == within.depth:
        yield within
    elif plan and each == EACH_PART:
        parts = (within.part,) if within.each else _parts(plan)
        yield from (Subject(EACH_PART, part) for part in parts if part)
    elif plan:
        for chapter in _chapters(plan, within):
            yield from [of_chapter(chapter)] if each == EACH_CHAPTER else _beats(chapter)


def inside(plan: Plan, within: Subject) -> Iterable[Subject]:
    """What it is divided into, one level further down."""
    if within.chapter:
        return _beats(within.chapter)
    if within.each == EACH_PART:
        return map(of_chapter, plan.of_part(within.part))
    return (Subject(EACH_PART, part) for part in _parts(plan))


def all_before(plan: Plan, subject: Subject) -> Iterator[Subject]:
    if subject.beat and subject.chapter:
        yield from (of_chapter(subject.chapter, number) for number in range(1, subject.beat))
    elif subject.chapter:
        yield from map(of_chapter, plan.before(subject.chapter.number))
    else:
        yield from (Subject(EACH_PART, number) for number in range(1, subject.part))


def previous(each: str, plan: Plan | None, subject: Subject) -> Iterator[Subject]:
    """Those before it: the beat or the part before, or the chapters and whole parts built on."""
    for before in _neighbours(each, plan, subject) if plan else ():
        yield from subjects(each, plan, before)


def _beats(chapter: ChapterPlan) -> Iterator[Subject]:
    return (of_chapter(chapter, beat) for beat in range(1, len(chapter.beats) + 1))


def _parts(plan: Plan) -> Iterable[int]:
    """Numbers of the parts that have chapters, 0 for the chapters that are in none."""
    return dict.fromkeys(chapter.part for chapter in plan.chapters)


def _chapters(plan: Plan, within: Subject) -> Sequence[ChapterPlan]:
    if within.chapter:
        return (within.chapter,)
    return plan.of_part(within.part) if within.each else plan.chapters


def _neighbours(each: str, plan: Plan, subject: Subject) -> Iterable[Subject]:
    if each == EACH_PART and subject.chapter and plan.parts:
        parts = plan.whole_parts_before(subject.chapter.number)
        return (Subject(EACH_PART, part) for part in parts)
    if EACH_PART in {each, subject.each}:
        return (Subject(EACH_PART, number) for number in (subject.part - 1,) if number > 0)
    if not subject.chapter:
        return ()
    if each == EACH_BEAT == subject.each:
        return (of_chapter(subject.chapter, number) for number in (subject.beat - 1,) if number)
    return (of_chapter(plan.chapter(number)) for number in subject.chapter.builds_on)
