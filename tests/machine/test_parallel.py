"""Chapters that need not wait for each other are written side by side, and the book is the same."""

import json
import random
import re
import time
from dataclasses import dataclass, field, replace

import pytest

from l2mac_write.book import Brief
from l2mac_write.errors import AnswerRefused, NoSuchFile, UsageError
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.desk import Desk
from l2mac_write.machine.situation import Situation
from l2mac_write.messages import Reply, Stop
from l2mac_write.plan import PLAN
from l2mac_write.plan_file import load
from l2mac_write.plan_writing import dump
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from tests.machine.machines import first_told, program

BRIEF = Brief("A tale of two ferrymen.", chapters=6, words=1800)
CHAINS = {1: (), 2: (), 3: (1,), 4: (2,), 5: (3,), 6: (4, 5)}
SAME = "On the seventh day the ice was gone.\n\n"
STAR = {1: (), 2: (1,), 3: (1,), 4: (1,), 5: (2, 3), 6: None}


@dataclass
class Erratic(Rehearsal):
    """Rehearses, but takes its time by chance; remembers what each chapter was shown."""

    chance: random.Random = field(default_factory=random.Random)
    shown: dict = field(default_factory=dict)
    refuses: str = ""
    opening: str = ""

    def __post_init__(self):
        super().__init__()

    def reply(self, request, hear):
        time.sleep(self.chance.uniform(0, 0.005))
        told = first_told(request)
        self.shown[told.rpartition("This chapter's contract")[2][:40]] = told
        if self.refuses and f"Chapter {self.refuses} of" in told:
            return Reply("", stop=Stop.REFUSED)
        reply = super().reply(request, hear)
        is_draft = "This chapter's contract" in told and not any(
            isinstance(m, Reply) for m in request.conversation
        )
        return replace(reply, text=f"{self.opening}{reply.text}") if is_draft else reply


def unit(book, llm, parallel, evaluators=None):
    return ControlUnit(
        program=program(),
        brief=BRIEF,
        llm=llm,
        store=book,
        journal=book,
        passages=IndexedPassages(book.rows),
        ledger=StoredLedger(book.rows),
        prompts=ProgramWords("book"),
        evaluators=evaluators or {name: lambda work: () for name in EVALUATED},
        tell=lambda event: None,
        parallel=parallel,
    )


EVALUATED = {name for step in program().steps for name in step.evaluators}


def planned(builds_on):
    """A book with a plan whose chapters build on these, and nothing written yet."""
    book = MemoryBook()
    unit(book, Rehearsal(), 1).run(until="plan")
    plan = load(book.read(PLAN))
    chapters = (replace(c, after=builds_on[c.number]) for c in plan.chapters)
    book.edit(PLAN, dump(replace(plan, chapters=tuple(chapters))))
    return book


def written(parallel, builds_on, seed=0, opening="", evaluators=None):
    book, llm = planned(builds_on), Erratic(random.Random(seed), opening=opening)
    unit(book, llm, parallel, evaluators).run()
    return {path: book.read(path) for path in book.paths()}, llm


@pytest.fixture(scope="module")
def alone():
    return written(1, STAR)[0]


@pytest.mark.parametrize("parallel", [4, 16])
@pytest.mark.parametrize("seed", range(5))
def test_the_same_replies_make_the_same_book_at_any_number_of_hands(alone, parallel, seed):
    assert written(parallel, STAR, seed)[0] == alone


@pytest.fixture(scope="module")
def mended():
    return written(1, CHAINS, opening=SAME, evaluators=EVALUATORS)[0]


@pytest.mark.parametrize("parallel", [4, 16])
@pytest.mark.parametrize("seed", range(3))
def test_chapters_that_are_mended_because_of_each_other_are_the_same_too(mended, parallel, seed):
    book = written(parallel, CHAINS, seed, opening=SAME, evaluators=EVALUATORS)[0]

    assert book == mended
    assert sum(text.count(SAME) for text in book.values()) == 1


def test_a_chapter_is_shown_what_it_builds_on_and_nothing_else():
    _, llm = written(4, STAR)
    told = next(text for key, text in llm.shown.items() if "Chapter 4 of" in key)

    assert "Chapter 1:" in told
    assert "Chapter 2:" not in told
    assert "Chapter 3:" not in told


def test_a_chapter_cannot_look_at_chapters_it_does_not_build_on():
    book = planned(STAR)
    unit(book, Rehearsal(), 1).run()
    plan = load(book.read(PLAN))
    desk = Desk(book, "", hidden=Situation(BRIEF, book, plan, plan.chapter(4)).hidden)
    chapters = [path for path in desk.paths() if path.startswith("chapters/")]

    assert chapters == [plan.chapter(1).path, plan.chapter(4).path]
    assert "notes/summaries/02.md" not in desk.paths()
    with pytest.raises(NoSuchFile):
        desk.read(plan.chapter(2).path)


def test_a_plan_that_says_nothing_has_each_chapter_wait_for_the_one_before():
    _, llm = written(4, dict.fromkeys(range(1, 7)))
    told = next(text for key, text in llm.shown.items() if "Chapter 4 of" in key)

    assert [f"Chapter {n}:" in told for n in (1, 2, 3)] == [True, True, True]


def test_a_chapter_that_comes_to_nothing_does_not_stop_those_that_do_not_need_it():
    book = planned(dict.fromkeys(range(1, 7), ()))

    with pytest.raises(AnswerRefused, match="chapter/rehearsal-title-3"):
        unit(book, Erratic(refuses="3"), 2).run()
    chapters = [path for path in book.paths() if path.startswith("chapters/")]
    assert len(chapters) == 5


@pytest.mark.parametrize("after", [[2], [3], [0], ["1"], "1", [True], [-1]])
def test_a_chapter_can_only_build_on_earlier_ones(after):
    text = re.sub(
        r"after = \[\n.*?\]",
        f"after = {json.dumps(after)}",
        planned(STAR).read(PLAN),
        count=1,
        flags=re.DOTALL,
    )

    with pytest.raises(UsageError, match=r"`after` of chapter 2 must list earlier chapters"):
        load(text)
