"""Small machines for tests: a scripted model, a book in memory, and the real `book` program."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field, replace
from itertools import takewhile

from l2mac_write.book import Brief
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.events import Event
from l2mac_write.instructions import Outcome
from l2mac_write.llm.scripted import ScriptedLLM, says
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.program import Program
from l2mac_write.machine.program_file import load
from l2mac_write.messages import Told
from l2mac_write.ports import Abilities
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages

BRIEF = Brief("A tale of two ferrymen.", chapters=2, words=600)
GUIDED = Abilities(tools=False, guided=True)


WISHES = "1. It is a tale of two ferrymen.\n"
SOUND = says('{"problems": []}')
REQUIREMENTS = says(
    json.dumps({"requirements": [{"wish": "It is a tale.", "quote": "tale of two ferrymen"}]})
)


def program(name="book") -> Program:
    return load(ProgramWords(name).steps)


def unreviewed(program):
    """The same program without an editor who reads its plan."""
    return replace(program, steps=tuple(replace(step, review="") for step in program.steps))


def unnoted(program):
    """The same program without an editor who notes what its chapters make true, or judges them."""
    return without(program, "facts", "judge", "amend")


def without(program, *names):
    """The same program without these steps; who waited for one waits for what that waited for."""
    left_out = {step.id: step.after for step in program.steps if step.id in names}
    steps = (step for step in program.steps if step.id not in names)
    return replace(program, steps=tuple(_waiting(step, left_out) for step in steps))


def _waiting(step, left_out):
    while not left_out.keys().isdisjoint((*step.after, *step.after_previous)):
        step = replace(
            step,
            after=tuple(other for name in step.after for other in left_out.get(name, (name,))),
            after_previous=tuple(n for n in step.after_previous if n not in left_out),
        )
    return step


def with_its_wishes_read(book):
    """The book, whose brief has been read: what is scripted begins with the plan."""
    if "requirements" not in book.outcomes():
        book.commit(
            Outcome("requirements", writes="notes/requirements.md"),
            {"notes/requirements.md": WISHES},
        )
    return book


def chapter(title, **more):
    return {
        "title": title,
        "goal": f"{title} happens.",
        "beats": ["It begins.", "It ends."],
        "covers": [1],
        **more,
    }


def plan(*titles, **more):
    chapters = [chapter(title, words=300) for title in titles or ("The Ferry", "The Flood")]
    people = [{"name": "Ansel Rook", "who": "a ferryman"}]
    return says(
        json.dumps(
            {"title": "Two Banks", "premise": "Two men, one river.", "style": "plain", "people": people, "chapters": chapters, **more}
        )
    )  # fmt: skip


def prose(words=300, *, about="river"):
    """Prose of so many words, no two sentences alike, none alike for another subject."""
    sentences = [
        f"Ansel counted {about} stone {n} beside {word(about, n)} and {word(n, about)}."
        for n in range(1, words // 9 + 2)
    ]
    text = " ".join(" ".join(sentences).split()[:words])
    return says("\n\n".join(_paragraphs(text.rstrip(".") + ".")))


def word(*seed):
    """A word of its own for each seed."""
    syllables = ("ba", "ko", "ri", "nu", "te", "lo", "mi", "sa")
    number = zlib.crc32(repr(seed).encode())
    return "".join(syllables[number >> shift & 7] for shift in range(0, 15, 3))


def _paragraphs(text, size=60):
    words = text.split()
    return [" ".join(words[i : i + size]) for i in range(0, len(words), size)]


def first_told(request):
    """All that is said before the model first says something."""
    told = takewhile(lambda message: isinstance(message, Told), request.conversation)
    return "\n\n".join(message.text for message in told)


WHOLE_BOOK = (
    plan(),
    prose(60, about="bible"),
    prose(about="ferry"),
    says("Ansel begins to count."),
    prose(about="flood"),
    says("Ansel ends counting."),
    prose(120, about="cover"),
)


@dataclass
class Machine:
    """A control unit and all its surroundings, open to a test."""

    unit: ControlUnit
    book: MemoryBook
    llm: ScriptedLLM
    events: list[Event] = field(default_factory=list)

    def run(self, **how):
        return self.unit.run(**how)

    def told(self, number):
        """The last words told to the model in its call number `number`, counted from 1."""
        return self.llm.heard[number - 1].conversation[-1]

    def shown(self, number):
        """All that the model is shown and told in that call before it says something."""
        return first_told(self.llm.heard[number - 1])


def machine(*script, book=None, brief=BRIEF, abilities=None, name="book", evaluators=EVALUATORS):
    """A machine before its plan, with nobody to review that; see `whole_machine`."""
    book = with_its_wishes_read(book or MemoryBook())
    return whole_machine(
        *script,
        book=book,
        brief=brief,
        abilities=abilities,
        stored=unnoted(unreviewed(program(name))),
        name=name,
        evaluators=evaluators,
    )


def whole_machine(
    *script, book=None, brief=BRIEF, abilities=None, stored=None, name="book", evaluators=EVALUATORS
):
    """A machine with all steps of its program before it."""
    book, llm, events = book or MemoryBook(), ScriptedLLM(script, abilities=abilities), []
    unit = ControlUnit(
        program=stored or program(name),
        brief=brief,
        llm=llm,
        store=book,
        journal=book,
        passages=IndexedPassages(book.rows),
        ledger=StoredLedger(book.rows),
        prompts=ProgramWords(name),
        evaluators=evaluators,
        tell=events.append,
    )
    return Machine(unit, book, llm, events)
