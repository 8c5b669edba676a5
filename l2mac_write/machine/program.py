"""The stored program as a value: its steps, and the skeleton that guides a small model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from l2mac_write.book import Brief
from l2mac_write.errors import UsageError
from l2mac_write.plan import PLAN

EACH_PART, EACH_CHAPTER, EACH_BEAT = "part", "chapter", "beat"
CHAPTER = "{chapter}"
JUDGED, AMENDED, REVISED, ASSIGNED = "judged", "amended", "revised", "assigned"
"""How a chapter is judged, mended then, changed as somebody orders; how such orders are given."""
CRITICIZED = "criticized"
"""How an editor reads a chapter that is there."""
READ, CONTINUED = "read", "continued"
"""How a plan comes to know a chapter that was there before it, and goes on from its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a program, as `program.toml` states it; README tells every key.

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
    follows: tuple[str, ...] = ()
    together: bool = False
    when: tuple[str, ...] = ()
    form: str = "prose"
    draft: str = "whole"
    reads: tuple[str, ...] = ()
    evaluators: tuple[str, ...] = ()
    repeat: int = 3
    tools: bool = False
    words: int = 0
    scene_words: int = 0
    reply_words: int = 0
    review: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    examples: tuple[Mapping[str, str], ...] = ()

    @property
    def is_chapter(self) -> bool:
        """Whether it writes the chapters themselves."""
        return self.writes == CHAPTER

    @property
    def mends(self) -> bool:
        """Whether it works on a text that another step has made, and that stays that one's."""
        return (
            (self.is_chapter and (self.together or self.amends))
            or self.replans
            or self.is_for_orders
        )

    @property
    def amends(self) -> bool:
        """Whether it mends what judges hold against a chapter."""
        return self.draft == AMENDED

    @property
    def proposes(self) -> bool:
        """Whether it says what a chapter could be, and leaves it to a person to say that it is."""
        return self.draft == REVISED

    @property
    def is_for_orders(self) -> bool:
        """Whether it gives orders, carries them out, or says what to order: nothing that it writes belongs to the book."""
        return self.draft in {REVISED, ASSIGNED, CRITICIZED}

    @property
    def replans(self) -> bool:
        """Whether it changes the plan that is there, after a part or a chapter."""
        return self.writes == PLAN and bool(self.for_each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a part of a story is for, and the sentences that its scenes begin with.

    Without a `title` the model is asked for one.
    """

    goal: str
    beats: tuple[str, ...]
    title: str = ""


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

    def insist_on(self, language: str, *, guided: bool) -> None:
        """Raises `UsageError` for a language that the program cannot write in."""
        if self.languages and language.partition("-")[0] not in self.languages:
            who, what = f"the program `{self.name}`", "program"
            if guided:
                who, what = "a small local model", "model"
            raise UsageError(
                f"{who} writes in {', '.join(self.languages)} only, not in `{language}`. Choose"
                f" another --{what} for that."
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
        # the one in the middle of what it covers, where chapters are fewer than stages
        stage = self.arc[(2 * chapter - 1) * len(self.arc) // (2 * brief.chapters)]
        scene_words = max(step.scene_words for step in self.steps) or self.chapter_words
        room = -(-brief.words // brief.chapters // scene_words)
        return replace(stage, beats=tuple(_thinned(beats[start:end], room)))


def _thinned(beats: list[str], room: int) -> list[str]:
    """So many of the beats, the first and the last among them, at even distances."""
    if room >= len(beats):
        return beats
    last = len(beats) - 1
    return [beats[n * last // max(1, room - 1)] for n in range(room)]
