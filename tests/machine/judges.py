"""A book of two chapters that is judged, and judges who say what they are told to say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from l2mac_write.book import Brief
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.findings import unproven
from l2mac_write.instructions import Instruction
from l2mac_write.ledger import page_file
from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.proposals import Place, proposed
from l2mac_write.ledger.rows import Entity
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.judging import judged
from l2mac_write.machine.verdicts import load
from l2mac_write.messages import Prose, Reply
from l2mac_write.plan import ChapterPlan, Person, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.ports import Abilities
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from tests.machine.machines import first_told, program

GREY, BROWN = "Ansel Rook had grey eyes", "his brown eyes were wet"
FERRY = f"{GREY}, like his father before him.\n\nThe ferry went over twice a day."
FLOOD = (
    "The flood came at night, and nobody rang the bell.\n\n"
    f"Ansel Rook stood at the rope, and {BROWN}.\n\n"
    "“He has blue eyes, that Ansel Rook,” said Mara Voss.\n\nIn the morning the bank was gone."
)
BEATS = ("The flood comes.", "The bank is lost.")
MARKS = {
    "cold": "is all that you know of the book",
    "compare": "In each set the later passage",
    "second": "between ⟦ and ⟧",
    "beats": "things are to be in the chapter",
    "facts": '"facts": [',
}
ROWS = {
    "facts": "facts",
    "cold": "claims",
    "compare": "claims",
    "second": "judgements",
    "beats": "beats",
}
AGAIN = "cannot be used"
PAIR = re.compile(r'<pair id="(\w+)">(.*?)</pair>', re.DOTALL)
SET = re.compile(r"<set>(.*?)</set>", re.DOTALL)
EARLIER = re.compile(r'<earlier pair="(\w+)"[^>]*>(.*?)</earlier>', re.DOTALL)
CONTRADICTS = {"later": BROWN, "earlier": GREY, "why": "Eyes do not change."}


def told(request):
    return request.conversation[-1].text


def kind(request):
    opening = first_told(request)
    return next((name for name, mark in MARKS.items() if mark in opening), "")


def pairs(request):
    """Each by its name, with both its passages."""
    sets = ((EARLIER.findall(all_), EARLIER.sub("", all_)) for all_ in SET.findall(told(request)))
    compared = [(id_, earlier + later) for those, later in sets for id_, earlier in those]
    return compared or PAIR.findall(told(request))


@dataclass
class Judges:
    """`says` gives the rows of an answer, or its very words, by who is asked; nobody objects else.

    Where prose is asked for they are authors.
    """

    says: dict = field(default_factory=dict)
    prose: str = ""
    model: str = "judges"
    abilities: Abilities = field(default_factory=Abilities)
    heard: list = field(default_factory=list)

    def reply(self, request, hear):
        self.heard.append(request)
        if isinstance(request.shape, Prose):
            return Reply(self.prose)
        who = kind(request)
        said = self.says.get(who, SAID.get(who, nothing))
        rows = said(request) if callable(said) else said
        return Reply(rows if isinstance(rows, str) else json.dumps({ROWS[who]: rows}))

    def asked(self, who):
        return [request for request in self.heard if kind(request) == who]

    def patiently(self, attempt):
        return attempt()

    def ceiling(self, _):
        return 0.0

    def price(self, _):
        return 0.0

    def close(self):
        pass


def nothing(_):
    return []


def beats(_):
    return [
        {"beat": 1, "quote": "The flood came at night"},
        {"beat": 2, "quote": "In the morning the bank was gone."},
    ]


def facts(_):
    return [fact("The flood came at night", "at night", key="other")]


SAID = {"beats": beats, "facts": facts}


def doubts(request):
    """The pair that speaks of eyes of both colours, quoted."""
    found = [id_ for id_, text in pairs(request) if GREY in text and BROWN in text]
    return [{"pair": id_, **CONTRADICTS} for id_ in found]


def verdict(*verdicts, explanations=("Time has passed.",)):
    """The first time the first of them, the second time the second."""
    left = list(verdicts)

    def judgements(request):
        said = left.pop(0) if len(left) > 1 else left[0]
        return [
            {"pair": id_, "explanations": [*explanations], "verdict": said}
            for id_, _ in pairs(request)
        ]

    return judgements


def fact(quote, value, **more):
    return {"subject": "Ansel Rook", "key": "eyes", "value": value, "quote": quote, **more}


def noted(chapter, text, *facts):
    known = (Entity("Ansel Rook", "person"), Entity("Mara Voss", "person"))
    place = Place(chapter, Anchors(text), Names(known), {1: "ferry", 2: "flood"})
    return page_file.dump(proposed({"facts": [*facts]}, place, known)) + "\n"


def planned(**more):
    of_the_last = {"beats": BEATS, **more}
    chapters = (
        ChapterPlan(1, "Ferry", "It begins.", 300, id="ferry"),
        ChapterPlan(2, "Flood", "It ends.", 300, id="flood", **of_the_last),
    )
    return Plan("Two Banks", "A river.", "", (Person("Ansel Rook"), Person("Mara Voss")), chapters)


def files(ferry=FERRY, flood=FLOOD, *, facts=None, plan=None):
    facts = [fact(BROWN, "brown")] if facts is None else facts
    return {
        "plan.toml": dump(plan or planned()),
        "chapters/01-ferry.md": f"# Ferry\n\n{ferry}\n",
        "chapters/02-flood.md": f"# Flood\n\n{flood}\n",
        "notes/ledger/01.toml": noted("ferry", ferry, fact(GREY, "grey")),
        "notes/ledger/02.toml": noted("flood", flood, *facts),
    }


def book(*texts, **more):
    return MemoryBook(files(*texts, **more))


def unit(judges, there, weigh=unproven):
    return ControlUnit(
        program=program(), brief=Brief("A tale.", chapters=2, words=600), llm=judges, store=there,
        journal=there, passages=IndexedPassages(there.rows), ledger=StoredLedger(there.rows),
        prompts=ProgramWords("book"), evaluators=dict.fromkeys(EVALUATORS, lambda _: ()), tell=lambda _: None, weigh=weigh,
    )  # fmt: skip


JUDGE = Instruction(
    "judge/flood", "judge", "notes/judged/02.toml", 2, "flood", follows=("chapters/02-flood.md",)
)


def judging(says=None, there=None, *, abilities=None, weigh=unproven):
    """The judges, what they hold against the second chapter, and the file that says so."""
    judges = Judges(says or {}, abilities=abilities or Abilities())
    draft = judged(unit(judges, there or book(), weigh).agent(JUDGE), None, 0)
    return judges, draft.findings, load(draft.text, "x")
