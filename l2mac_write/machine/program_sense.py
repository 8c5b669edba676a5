"""Does a program make sense: can its steps be carried out, each once, each with a file of its own?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from l2mac_write.machine.conditions import NOT, OF_A_CHAPTER
from l2mac_write.machine.program import CHAPTER, EACH_BEAT, EACH_CHAPTER, EACH_PART, Program, Step
from l2mac_write.machine.program_judges import judgeless
from l2mac_write.machine.program_reads import LEDGER, before, chancy
from l2mac_write.machine.program_slots import Flaw, slotless, slots_of
from l2mac_write.plan import PLAN

PLAN_FORM, OF_CHAPTERS = "plan", ("changes", "contracts")
"""Of a step that makes the plan, and of those that change it after a part or a chapter."""
ID = re.compile(r"[a-z][a-z0-9-]*")
SLOTS: Mapping[str, frozenset[str]] = {
    "": frozenset(),
    EACH_PART: frozenset({"part"}),
    EACH_CHAPTER: frozenset({"chapter", "number"}),
    EACH_BEAT: frozenset({"number", "beat"}),
}
"""What `writes` may hold for each kind of subject."""
TELLING: Mapping[str, str] = {
    EACH_PART: "`{part}`",
    EACH_CHAPTER: "`{number}` or `{chapter}`",
    EACH_BEAT: "`{number}` and `{beat}`",
}
"""What it must hold of these, to have a file for each."""
FACTS_FORM = "facts"
EXAMPLES = {"part": "01", "chapter": "chapters/01-title.md", "number": "01", "beat": "01"}


def nonsense(program: Program, refusal: Callable[[str], str]) -> Iterator[Flaw]:
    """Every contradiction, the most telling first; the later ones may follow from it."""
    if all(step.is_for_orders for step in program.steps):
        return
    yield from _sizes(program)
    yield from _ids(program)
    yield from _files(program, refusal)
    yield from _circles(program)
    yield from _the_plan(program)
    yield from _the_chapters(program)
    yield from _the_ledger(program)
    for number, step in enumerate(program.steps):
        yield from _order(program, number, step)
        yield from _together(number, step)
        yield from _chapterless(number, step)
        yield from chancy(program, number, step)
        yield from slotless(program, number, step)
        yield from judgeless(program, number, step)


def _sizes(program: Program) -> Iterator[Flaw]:
    for key in ("chapters", "chapter_words"):
        if not getattr(program, key):
            yield Flaw(f"`{key}` must be at least 1.", (key,))


def _ids(program: Program) -> Iterator[Flaw]:
    seen: set[str] = set()
    for number, step in enumerate(program.steps):
        if not ID.fullmatch(step.id):
            why = "must be small letters, digits and hyphens, beginning with a letter."
            yield Flaw(f"the id `{step.id}` {why}", ("step", number, "id"))
        if step.id in seen:
            yield Flaw(f"there are two steps `{step.id}`.", ("step", number, "id"))
        seen.add(step.id)


def _files(program: Program, refusal: Callable[[str], str]) -> Iterator[Flaw]:
    writers: dict[str, str] = {}
    for number, step in enumerate(program.steps):
        if why := _badly_named(step, refusal):
            yield Flaw(f"step `{step.id}` {why}", ("step", number, "writes"))
        elif not step.mends and (other := writers.get(step.writes)):
            why = f"steps `{other}` and `{step.id}` both write `{step.writes}`."
            yield Flaw(f"{why} Give each a file of its own.", ("step", number, "writes"))
        writers.setdefault(step.writes, step.id)


def _badly_named(step: Step, refusal: Callable[[str], str]) -> str:
    """What is wrong with the file it writes."""
    slots = slots_of(step.writes)
    if slots is None:
        return f"writes `{step.writes}`, where a brace stands alone."
    allowed = SLOTS[step.for_each]
    if strange := slots - allowed:
        there = ", ".join(f"`{{{slot}}}`" for slot in sorted(allowed)) or "none"
        return (
            f"writes `{step.writes}`, where `{{{min(strange)}}}` means nothing; there is {there}."
        )
    if slots != allowed and not (step.for_each == EACH_CHAPTER and slots) and not step.replans:
        return (
            f"is for each {step.for_each}, but writes `{step.writes}` for more than one of them."
            f" Put {TELLING[step.for_each]} into the name."
        )
    if CHAPTER in step.writes and step.writes != CHAPTER:
        return f"writes `{step.writes}`; `{CHAPTER}` is a whole path and stands alone."
    return refusal(step.writes.format(**EXAMPLES))


def _circles(program: Program) -> Iterator[Flaw]:
    for number, step in enumerate(program.steps):
        if circle := _way_back(program, step.id):
            chain = " → ".join(f"`{name}`" for name in circle)
            yield Flaw(
                f"these steps wait for each other: {chain}. Take one of them out of `after`.",
                ("step", number, "after"),
            )


def _way_back(program: Program, start: str) -> tuple[str, ...]:
    """The way that leads from a step over what it waits for back to itself, if there is one."""
    waiting = [start]
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    while waiting:
        way = ways[waiting.pop()]
        for name in program.step(way[-1]).after:
            if name == start:
                return (*way, name)
            if name not in ways:
                ways[name] = (*way, name)
                waiting.append(name)
    return ()


def _the_plan(program: Program) -> Iterator[Flaw]:
    planning = [n for n, step in enumerate(program.steps) if step.writes == PLAN]
    if not planning:
        yield Flaw(f"no step writes `{PLAN}`, and without a plan there are no chapters.")
        return
    number = planning[0]
    if (name := program.steps[number].id) != "plan":
        why = f"the step that writes `{PLAN}` must be called `plan`, not `{name}`."
        yield Flaw(why, ("step", number, "id"))
    for n, step in enumerate(program.steps):
        forms = OF_CHAPTERS if step.replans else (PLAN_FORM,)
        is_about_it = step.writes == PLAN or step.form in {PLAN_FORM, *OF_CHAPTERS}
        if is_about_it and not (step.form in forms and step.writes == PLAN):
            why = f'step `{step.id}`: `form = "{forms[0]}"` and `writes = "{PLAN}"` go together.'
            yield Flaw(why, ("step", n, "form"))
    yield from _too_early(program.steps[: number + 1])


def _too_early(until_the_plan: Sequence[Step]) -> Iterator[Flaw]:
    """There are no other instructions until there is a plan."""
    there = {step.id for step in until_the_plan}
    for number, step in enumerate(until_the_plan):
        if step.when:
            why = f"step `{step.id}` stands before the plan, which its conditions are about."
            yield Flaw(f"{why} Take out `when`.", ("step", number, "when"))
        if late := {*step.after} - there:
            why = f"step `{step.id}` stands before the plan, but comes after `{min(late)}`, which"
            yield Flaw(f"{why} stands after it.", ("step", number, "after"))


def _the_chapters(program: Program) -> Iterator[Flaw]:
    if not any(step.is_chapter and step.for_each == EACH_CHAPTER for step in program.steps):
        yield Flaw(f'no step for each chapter has `writes = "{CHAPTER}"`: nothing writes the book.')


def _the_ledger(program: Program) -> Iterator[Flaw]:
    for number, step in enumerate(program.steps):
        if (step.form == FACTS_FORM) != (step.writes == LEDGER):
            why = (
                f'step `{step.id}`: `form = "{FACTS_FORM}"` and `writes = "{LEDGER}"` go together.'
            )
            yield Flaw(why, ("step", number, "form"))


def _order(program: Program, number: int, step: Step) -> Iterator[Flaw]:
    if step.for_each and "plan" not in before(program, step):
        why = f"step `{step.id}` is for each {step.for_each}, but does not come after `plan`"
        yield Flaw(f"{why}, which says what they are.", ("step", number, "after"))
    for name in step.after_previous:
        if not step.for_each or not program.step(name).for_each:
            whole = step.id if not step.for_each else name
            why = f"step `{step.id}` comes after the previous `{name}`, but `{whole}` is done once"
            yield Flaw(f"{why} for the whole book.", ("step", number, "after_previous"))


def _together(number: int, step: Step) -> Iterator[Flaw]:
    if step.together and step.for_each not in {"", EACH_CHAPTER}:
        why = f"step `{step.id}` is `together`, which is for chapters or the whole book."
        yield Flaw(why, ("step", number, "together"))


def _chapterless(number: int, step: Step) -> Iterator[Flaw]:
    """A condition that is about a chapter, where there is none."""
    about = [name for name in step.when if name.removeprefix(NOT) in OF_A_CHAPTER]
    if about and step.for_each not in {EACH_CHAPTER, EACH_BEAT}:
        why = f"step `{step.id}` is carried out when `{about[0]}`, which is said of a chapter, but"
        yield Flaw(f"{why} it is not for each chapter or beat.", ("step", number, "when"))
