"""The stored program: its steps as data, and the instructions they become for one plan."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import groupby
from typing import Any

from l2mac_write.book import Brief
from l2mac_write.errors import UsageError
from l2mac_write.instructions import Instruction
from l2mac_write.plan import PLAN, ChapterPlan, Plan

EACH_CHAPTER = "chapter"
CHAPTER = "{chapter}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a program, as `program.toml` states it.

    `writes` may hold `{chapter}` (the chapter's own path) and `{number}`. `after` names steps
        of the same chapter, `after_previous` of the chapters it builds on. `renews` names steps of the
    same chapter that are carried out again if this one changes its text. `words` is the length asked
    for where no chapter contract says it; a text of more than `reply_words` is drafted in pieces,
    where the method knows how. `draft` names a method of `machine.drafting`, `form` one of
    `machine.forms`, `reads` the sources of `machine.window`, `review` the prompt by which an editor
    reads what the checks let pass.

    A step that is `together` is there only for chapters that were written without having seen all
    those before them. One for each of these sees those too, one chapter after the other, once every
    chapter has been through the steps it comes `after`.

    A step that is drafted piecewise `asks` one short question for each slot of the program's
    sentences, then for each chapter's title; `examples` come before each question, for models
    that learn by them: the `ask`, and an answer under every slot's name. `names` are those a
    hero may have whom the person gave none.
    """

    id: str
    prompt: str
    writes: str
    role: str = "author"
    for_each: str = ""
    after: tuple[str, ...] = ()
    after_previous: tuple[str, ...] = ()
    renews: tuple[str, ...] = ()
    together: bool = False
    form: str = "prose"
    draft: str = "whole"
    reads: tuple[str, ...] = ()
    evaluators: tuple[str, ...] = ()
    rounds: int = 3
    tools: bool = False
    words: int = 0
    scene_words: int = 0
    reply_words: int = 0
    piece_prompt: str = ""
    review: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    examples: tuple[Mapping[str, str], ...] = ()
    piece_examples: tuple[Mapping[str, str], ...] = ()

    @property
    def is_chapter(self) -> bool:
        """Whether it writes the chapters themselves."""
        return self.writes == CHAPTER

    @property
    def mends(self) -> bool:
        """Whether it works on a text that another step has made, and that stays that one's."""
        return (self.is_chapter and self.together) or (self.writes == PLAN and bool(self.for_each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a part of a story is for, and the sentences that its scenes begin with."""

    goal: str
    beats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What the machine executes.

    `languages` are those it can write in, all of them where it names none. `arc` is a story's skeleton, `frame` and `people` are what a plan says of the whole:
    sentences with `{slots}` for what a piecewise step asks.

    `chapters` and `chapter_words` are the size of a book for which a person asked none.
    """

    name: str
    steps: tuple[Step, ...]
    chapters: int
    chapter_words: int
    arc: tuple[Stage, ...] = ()
    languages: tuple[str, ...] = ()
    frame: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Mapping[str, str], ...] = ()

    def step(self, name: str) -> Step:
        return next(step for step in self.steps if step.id == name)

    def insist_on(self, language: str) -> None:
        """Raises `UsageError` for a language that the program cannot write in."""
        if self.languages and language.partition("-")[0] not in self.languages:
            raise UsageError(
                f"a small local model writes in {', '.join(self.languages)} only, not in "
                f"`{language}`. Choose another --model for that."
            )

    def sized(self, brief: Brief) -> Brief:
        """The brief with a number of chapters and of words, whichever of them was asked for."""
        by_words = round(brief.words / self.chapter_words) if brief.words else self.chapters
        chapters = brief.chapters or max(1, by_words)
        words = brief.words or chapters * self.chapter_words
        return replace(brief, chapters=chapters, words=words)

    def stage(self, chapter: int, brief: Brief) -> Stage:
        """What a chapter of a sized brief does for the story, and as many beats as it has room for."""
        beats = [beat for stage in self.arc for beat in stage.beats]
        start, end = (n * len(beats) // brief.chapters for n in (chapter - 1, chapter))
        goal = self.arc[(chapter - 1) * len(self.arc) // brief.chapters].goal
        scene_words = max(step.scene_words for step in self.steps) or self.chapter_words
        room = -(-brief.words // brief.chapters // scene_words)
        return Stage(goal=goal, beats=tuple(_thinned(beats[start:end], room)))


def _thinned(beats: list[str], room: int) -> list[str]:
    """So many of the beats, the first and the last among them, at even distances."""
    if room >= len(beats):
        return beats
    last = len(beats) - 1
    return [beats[n * last // max(1, room - 1)] for n in range(room)]


def load(text: str) -> Program:
    """The program of a `program.toml`. Raises `UsageError` naming the step that is wrong."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the program is not valid TOML: {error}.") from error
    steps = tuple(_record(Step, table, f"step {n}") for n, table in enumerate(document["step"], 1))
    known = {step.id for step in steps}
    for step in steps:
        if missing := {*step.after, *step.after_previous, *step.renews} - known:
            raise UsageError(f"step `{step.id}` names `{min(missing)}`, which is no step.")
    arc = tuple(_record(Stage, table, "the arc") for table in document.get("arc", ()))
    given = {**document, "steps": steps, "arc": arc}
    program: Program = _record(Program, given, "the program", out="step")
    return program


def instructions(program: Program, plan: Plan | None) -> tuple[Instruction, ...]:
    """Every instruction in the order of the book; only those up to the plan while there is none."""
    if plan is None:
        return tuple(_whole(program, step) for step in _until_the_plan(program))
    groups = groupby(program.steps, key=lambda step: (step.for_each, step.together))
    return tuple(i for _, steps in groups for i in _expanded(program, plan, [*steps]))


def _expanded(program: Program, plan: Plan, steps: list[Step]) -> Iterator[Instruction]:
    if steps[0].for_each != EACH_CHAPTER:
        yield from (_whole(program, step, plan) for step in steps if _instances(step, plan))
        return
    if steps[0].together:
        yield from (i for step in steps for i in _one_by_one(program, step, plan))
        return
    for chapter in plan.chapters:
        yield from (_for_chapter(program, step, plan, chapter) for step in steps)


def _until_the_plan(program: Program) -> Iterator[Step]:
    for step in program.steps:
        yield step
        if step.writes == PLAN:
            return


def _whole(program: Program, step: Step, plan: Plan | None = None) -> Instruction:
    return Instruction(step.id, step.id, step.writes, after=_after_all(program, step, plan))


def _after_all(program: Program, step: Step, plan: Plan | None) -> tuple[str, ...]:
    return tuple(name for before in step.after for name in _instances(program.step(before), plan))


def _instances(step: Step, plan: Plan | None) -> tuple[str, ...]:
    if step.for_each != EACH_CHAPTER:
        return () if step.together and plan and not plan.apart else (step.id,)
    return tuple(_name(step, chapter) for chapter in _chapters(step, plan)) if plan else ()


def _chapters(step: Step, plan: Plan) -> tuple[ChapterPlan, ...]:
    return plan.apart if step.together else plan.chapters


def _one_by_one(program: Program, step: Step, plan: Plan) -> Iterator[Instruction]:
    everything = _after_all(program, step, plan)
    previous: tuple[str, ...] = ()
    for chapter in _chapters(step, plan):
        instruction = _for_chapter(program, step, plan, chapter)
        yield replace(instruction, after=previous + everything)
        previous = (instruction.id,)


def _for_chapter(program: Program, step: Step, plan: Plan, chapter: ChapterPlan) -> Instruction:
    here = tuple(_instance(program.step(name), chapter) for name in step.after)
    earlier = [plan.chapter(number) for number in chapter.builds_on]
    before = (_instance(program.step(name), c) for name in step.after_previous for c in earlier)
    return Instruction(
        id=_name(step, chapter),
        step=step.id,
        writes=step.writes.format(chapter=chapter.path, number=f"{chapter.number:02d}"),
        chapter=chapter.number,
        subject=chapter.id,
        after=(*here, *before),
        renews=tuple(_instance(program.step(name), chapter) for name in step.renews),
    )


def _instance(step: Step, chapter: ChapterPlan) -> str:
    return _name(step, chapter) if step.for_each == EACH_CHAPTER else step.id


def _name(step: Step, chapter: ChapterPlan) -> str:
    return f"{step.id}/{chapter.id}"


def _record(kind: type[Any], table: Mapping[str, Any], where: str, *, out: str = "") -> Any:
    known = {field.name for field in fields(kind)}
    given = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items() if k != out}
    if unknown := given.keys() - known:
        raise UsageError(f"{where} of the program has an unknown key `{min(unknown)}`.")
    try:
        return kind(**given)
    except TypeError as error:
        raise UsageError(f"{where} of the program is incomplete: {error}.") from error
