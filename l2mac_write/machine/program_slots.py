"""Has a program that leads a small model a question for every slot of its sentences?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from l2mac_write.machine.program import Program, Step


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, and the keys that lead to it in `program.toml`."""

    why: str
    path: tuple[str | int, ...] = ()


def slotless(program: Program, number: int, step: Step) -> Iterator[Flaw]:
    """What a step lacks that is drafted in scenes or piece by piece."""
    here = ("step", number)
    if step.draft == "scenes" and not step.scene_words:
        yield Flaw(f"step `{step.id}` is drafted in scenes and needs `scene_words`.", here)
    if step.draft != "piecewise":
        return
    if not program.arc:
        yield Flaw(f"step `{step.id}` is drafted piecewise and needs an [[arc]].", here)
    if "title" not in step.asks:
        yield Flaw(
            f"step `{step.id}` needs a question for `title` in [step.asks].", (*here, "asks")
        )
    yield from _slots(program, number, step)


def _slots(program: Program, number: int, step: Step) -> Iterator[Flaw]:
    """Every slot of the program's sentences has a question, asked before it is needed."""
    asked: set[str] = set()
    for slot, question in step.asks.items():
        yield from _unasked(question, asked, ("step", number, "asks", slot))
        asked.add(slot)
    for path, sentence in _sentences(program):
        yield from _unasked(sentence, asked, path)
    for n, example in enumerate(step.examples):
        if missing := {"ask", *step.asks} - example.keys():
            why = f"the example needs a key `{min(missing)}`."
            yield Flaw(why, ("step", number, "examples", n))


def _sentences(program: Program) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """All that the answers are put into."""
    for n, stage in enumerate(program.arc):
        yield ("arc", n, "goal"), stage.goal
        yield ("arc", n, "title"), stage.title
        yield from ((("arc", n, "beats"), beat) for beat in stage.beats)
    yield from ((("frame", key), sentence) for key, sentence in program.frame.items())
    for n, person in enumerate(program.people):
        yield from ((("people", n, key), sentence) for key, sentence in person.items())


def _unasked(sentence: str, asked: set[str], path: tuple[str | int, ...]) -> Iterator[Flaw]:
    slots = slots_of(sentence)
    if slots is None:
        yield Flaw("a brace stands alone.", path)
    elif unasked := slots - asked:
        yield Flaw(f"`{{{min(unasked)}}}` is no slot that a question was asked for.", path)


def slots_of(text: str) -> set[str] | None:
    """The names in braces; None where the braces do not come in pairs."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
