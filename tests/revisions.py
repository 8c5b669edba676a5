"""A book of three chapters on disk, and an editor who answers orders as a test tells it to."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field, replace

from l2mac_write.changing import revising
from l2mac_write.events import Event
from l2mac_write.instructions import Outcome
from l2mac_write.messages import Prose, Reply
from l2mac_write.orders import Order
from l2mac_write.plan import ChapterPlan, Person, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.ports import Abilities
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store.folder import BookFolder
from l2mac_write.text.headings import headed
from tests.machine.machines import first_told

PROMPT = "A tale of two ferrymen."
FERRY = (
    "Ansel Rook had grey eyes, like his father before him.\n\nThe ferry went over twice a day.  \n\n"
    "* * *\n\nIn the evening he counted the coins by the lamp.\n\nNobody came to the landing."
)
FLOOD = "The flood came at night, and nobody rang the bell.\n\nIn the morning the bank was gone."
TOLL = "Mara Voss asked for the toll, and Ansel had nothing to give her but the lamp."
TEXTS = {"ferry": FERRY, "flood": FLOOD, "toll": TOLL}
PATHS = {name: f"chapters/{n:02d}-{name}.md" for n, name in enumerate(TEXTS, start=1)}
TWICE, THRICE = "twice a day", "three times a day"
WANTED = Settings(prompt=PROMPT, chapters=3, words=900, model="claude-sonnet-5-5")


def edits(*pairs, note="As asked.", **more):
    rows = [{"quote": quote, "replacement": new} for quote, new in pairs]
    return json.dumps({"note": note, "anew": False, "edits": rows, **more})


@dataclass
class Editor:
    """`says` are the answers to orders in turn, the last one again and again; `votes` likewise.

    Prose is what it is asked to write anew.
    """

    says: list = field(default_factory=lambda: [edits((TWICE, THRICE))])
    votes: list = field(default_factory=lambda: ["neither"])
    prose: str = "It was told anew."
    model: str = "claude-sonnet-5-5"
    abilities: Abilities = field(default_factory=Abilities)
    cost: float | None = 0.0
    heard: list = field(default_factory=list)

    def reply(self, request, hear):
        self.heard.append(request)
        text = self._said(request)
        if isinstance(text, BaseException):
            raise text
        hear(text)
        return Reply(text)

    def _said(self, request):
        if isinstance(request.shape, Prose):
            return self.prose(request) if callable(self.prose) else self.prose
        if "Which of the two would you print?" in request.conversation[-1].text:
            return json.dumps({"why": "It limps.", "better": _next(self.votes)})
        said = _next(self.says)
        return said(request) if callable(said) else said

    def asked(self, mark):
        """What was said last in each request that has these words."""
        last = (request.conversation[-1].text for request in self.heard)
        return [text for text in last if mark in text]

    def shown(self, number=0):
        return first_told(self.heard[number])

    def patiently(self, attempt):
        return attempt()

    def ceiling(self, _):
        return self.cost

    def price(self, _):
        return self.cost

    def close(self):
        pass


def _next(left):
    return left.pop(0) if len(left) > 1 else left[0]


def plan():
    chapters = tuple(
        ChapterPlan(n, name.title(), f"{name.title()} happens.", 300, id=name)
        for n, name in enumerate(TEXTS, start=1)
    )
    return Plan("Two Banks", "A river.", "", (Person("Ansel Rook"), Person("Mara Voss")), chapters)


def book(root, texts=TEXTS):
    """The book written by agents, and closed again."""
    with closing(BookFolder.create(root)) as folder:
        folder.begin_settings(to_toml(WANTED))
        folder.commit(Outcome("plan", writes="plan.toml"), {"plan.toml": dump(plan())})
        for name, text in texts.items():
            path, file = PATHS[name], headed(name.title(), text)
            folder.commit(Outcome(f"chapter/{name}", writes=path), {path: file})
    return root


def proposed(root, editor, *orders, tell=None, **settings):
    """What comes of these orders; the last thing that was told is in the list `tell`."""
    listen = tell.append if tell is not None else _deaf
    with closing(BookFolder.open(root)) as folder:
        return revising.propose(
            folder, orders or (order(),), replace(WANTED, **settings), editor, listen
        )


def order(chapter="ferry", instruction="Let the ferry go over more often.", **more):
    return Order(chapter=chapter, instruction=instruction, **more)


def accepted(root, proposal):
    with closing(BookFolder.open(root)) as folder:
        return revising.accept(folder, proposal)


def rejected(root, proposal):
    with closing(BookFolder.open(root)) as folder:
        revising.reject(folder, proposal)


def _deaf(_: Event) -> None:
    pass
