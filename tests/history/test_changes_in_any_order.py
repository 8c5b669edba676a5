"""Edits, commits, revisions, undos, redos, moves and kills in any order: text, history and tables agree, nothing is lost."""

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import settings as trying
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from l2mac_write.changing.proposals import proposals
from l2mac_write.changing.revising import accept, propose, reject
from l2mac_write.errors import UsageError
from l2mac_write.events import nobody
from l2mac_write.history.lineage import Lines
from l2mac_write.history.undoing import of_version, redo, text_after, text_then, undo
from l2mac_write.instructions import Outcome
from l2mac_write.orders import Order
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.reading.standing import follow_plan, plan_of
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store import derived
from l2mac_write.store.files import Disk
from l2mac_write.store.folder import BookFolder
from l2mac_write.text.headings import body, headed
from tests.revisions import Editor, edits

CHAPTERS = ("ay", "bee", "sea")
SENTENCES = ("It rained.", "He came late.", "Nobody spoke.", "She had gone.", "The end.")
TABLES = {
    "passage": "SELECT path, number, part, text FROM passage ORDER BY 1, 2, 3",
    "ledger_text": "SELECT * FROM ledger_text ORDER BY 1, 2",
}
chapters = st.sampled_from(CHAPTERS)
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map(lambda s: headed("T", "\n\n".join(s)))
sooner = st.integers(0, 30)
orders = st.permutations(CHAPTERS)
sentences = st.sampled_from((*SENTENCES, "Nothing of the kind."))
WANTED = Settings(prompt="A tale.", chapters=3, words=300, model="scripted")


def plan(order):
    chapters_ = (ChapterPlan(n, name.title(), "", 100, id=name) for n, name in enumerate(order, 1))
    return dump(Plan("T", "", "", (), tuple(chapters_)))


class Killed(BaseException):
    """The process is gone in the middle of a write."""


class AnyOrder(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.root = self.base / "book"
        self.writes_left = -1
        self.held = set()
        self.heard = []
        self.book = BookFolder.create(self.root, disk=Disk(write=self.write))
        self.book.begin_settings(to_toml(WANTED))
        self.book.commit(Outcome("plan", writes="plan.toml"), {"plan.toml": plan(CHAPTERS)})
        for chapter in CHAPTERS:
            place, text = self.place(chapter), headed(chapter.title(), "It rained.")
            self.book.commit(Outcome(f"chapter/{chapter}", writes=place), {place: text})

    def write(self, file, data):
        self.writes_left -= 1
        if self.writes_left == 0:
            raise Killed
        return os.write(file, data)

    @rule(chapter=chapters, text=texts)
    def a_person_edits(self, chapter, text):
        (self.root / self.place(chapter)).write_text(text, "utf-8")
        self.book.adopt()

    @rule(chapter=chapters)
    def a_person_deletes(self, chapter):
        (self.root / self.place(chapter)).unlink(missing_ok=True)
        self.book.adopt()

    @rule(chapter=chapters, text=texts)
    def an_agent_writes(self, chapter, text):
        place = self.place(chapter)
        if place in self.book.paths():
            self.book.read(place, by="mend")
        self.book.commit(Outcome("mend"), {place: text})

    @rule(chapter=chapters)
    def the_last_change_is_undone(self, chapter):
        line = self.line(chapter)
        if turn := undo(line):
            self.turned(turn)

    @rule(chapter=chapters)
    def it_is_done_again(self, chapter):
        if turn := redo(self.line(chapter)):
            self.turned(turn)

    @rule(chapter=chapters, ago=sooner)
    def any_change_is_undone(self, chapter, ago):
        line = self.line(chapter)
        with suppress(UsageError):
            self.turned(of_version(line, line.changes[-1 - ago % len(line.changes)]))

    @rule(chapter=chapters, ago=sooner)
    def it_goes_back_to_any_version(self, chapter, ago):
        line = self.line(chapter)
        version = line.versions[-1 - ago % len(line.versions)]
        with suppress(UsageError):
            text = text_then(line, version, self.book.text)
            self.book.revise(line.newest, text, f"back {version.id}")
            assert body(self.now(line.path)) == body(self.book.text(version))

    @rule(chapter=chapters)
    def an_undo_and_a_redo_change_nothing(self, chapter):
        turn = undo(self.line(chapter))
        before = self.now(turn.line.path) if turn else None
        if turn and self.turned(turn):
            assert self.turned(redo(Lines(self.book).line(turn.line.path)))
            assert self.now(turn.line.path) == before

    @rule(order=orders)
    def the_plan_puts_the_chapters_in_another_order(self, order):
        (self.root / "plan.toml").write_text(plan(order), "utf-8")
        follow_plan(self.book)

    @rule(chapter=chapters, new=sentences)
    def a_change_is_proposed(self, chapter, new):
        self.proposed(chapter, new)

    @rule(number=sooner)
    def a_proposal_is_taken_in(self, number):
        if proposal := self.open(number):
            place, before = proposal.chapter.path, self.now(proposal.chapter.path)
            with suppress(UsageError):
                accept(self.book, proposal)
                assert self.now(place) == replace(proposal, now=before).text
                assert proposal.order.path not in self.book.paths()

    @rule(number=sooner)
    def a_proposal_is_turned_down(self, number):
        if proposal := self.open(number):
            before = self.now(proposal.chapter.path)
            reject(self.book, proposal)
            assert self.now(proposal.chapter.path) == before
            assert proposal.order.path not in self.book.paths()

    @rule(number=sooner, text=texts)
    def a_person_edits_what_is_proposed(self, number, text):
        if proposal := self.open(number):
            (self.root / proposal.order.path).write_text(text, "utf-8")
            self.book.adopt()

    @rule(chapter=chapters, new=sentences, after=st.integers(1, 4))
    def it_is_killed_while_a_change_is_proposed(self, chapter, new, after):
        self.killed_after(after, lambda: self.proposed(chapter, new))
        self.proposed(chapter, new)

    @rule(number=sooner, after=st.integers(1, 4))
    def it_is_killed_while_a_proposal_is_taken_in(self, number, after):
        if proposal := self.open(number):
            self.killed_after(after, lambda: accept(self.book, proposal))
            is_open = proposal.order.id in {p.order.id for p in proposals(self.book)}
            assert is_open == (proposal.order.path in self.book.paths())

    @rule(chapter=chapters, text=texts, after=st.integers(1, 2))
    def it_is_killed_while_it_writes(self, chapter, text, after):
        place = self.place(chapter)

        def writes():
            self.book.revise(self.line(chapter).newest, text, "back 1")
            self.book.commit(Outcome("late"), {place: text + "\n\nLate."})

        self.killed_after(after, writes)

    @rule()
    def it_is_opened_again(self):
        self.book._held.close()
        self.book = BookFolder.open(self.root, disk=Disk(write=self.write))

    def killed_after(self, writes, act):
        """The process is gone after so many files, and the book is opened again."""
        self.writes_left = writes
        with suppress(Killed, UsageError):
            act()
        self.writes_left = -1
        self.it_is_opened_again()

    def proposed(self, chapter, new):
        """An edit of the first words of a chapter, if it has any."""
        there = self.place(chapter) in self.book.paths()
        body_ = body(self.now(self.place(chapter))) if there else ""
        if body_:
            first = body_.split("\n\n")[0]
            editor = Editor([edits((first, new))], heard=self.heard)
            order = Order(chapter=chapter, instruction=f"Instead of {first}: {new}")
            propose(self.book, (order,), WANTED, editor, nobody)

    def open(self, number):
        there = proposals(self.book)
        return there[number % len(there)] if there else None

    def place(self, chapter):
        return plan_of(self.book).called(chapter).path

    def line(self, chapter):
        """Of a chapter that was taken away before the plan moved it, that of another."""
        lines = Lines(self.book)
        places = (self.place(chapter), *sorted(lines.paths))
        return next(lines.line(p) for p in places if p in lines.paths and p.startswith("chapters/"))

    def turned(self, turn):
        """Whether nothing was in the way."""
        with suppress(UsageError):
            text = text_after(turn, self.book.text)
            self.book.revise(turn.line.newest, text, turn.why)
            return True
        return False

    def newest(self, place):
        return self.book.versions(place)[-1]

    def now(self, place):
        return self.book.text(self.newest(place))

    @invariant()
    def the_folder_is_what_history_says_last(self):
        newest = {v.path: v for v in self.book.every_version()}
        there = {path: self.book.text(v) for path, v in newest.items() if v.sha}

        assert {p: (self.root / p).read_text("utf-8") for p in there} == there
        assert not [p for p, v in newest.items() if not v.sha and (self.root / p).exists()]

    @invariant()
    def nothing_is_asked_twice(self):
        assert len({repr(request) for request in self.heard}) == len(self.heard)

    @invariant()
    def no_text_is_ever_lost(self):
        held = {self.book.text(version) for version in self.book.every_version()}

        assert held >= self.held
        self.held = held

    @invariant()
    def each_text_has_one_line_of_versions_and_every_version_a_line(self):
        lines = [*Lines(self.book)]
        paths = [line.path for line in lines]

        assert len(paths) == len({*paths})
        assert all(line.changes for line in lines)
        assert all([v.id for v in x.versions] == sorted(v.id for v in x.versions) for x in lines)

    def teardown(self):
        try:
            there = {name: self.book.rows(asked) for name, asked in TABLES.items()}
            with self.book._journal._database.transaction() as sql:
                derived.make_anew(sql)
            assert {name: self.book.rows(asked) for name, asked in TABLES.items()} == there
        finally:
            self.book.close()
            shutil.rmtree(self.base)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = trying(max_examples=30, stateful_step_count=20, deadline=None)


def test_a_chapter_that_has_moved_keeps_the_title_of_the_plan_also_when_it_is_changed_back():
    state = AnyOrder()
    state.a_person_edits(chapter="sea", text="# T\n\n\n")
    state.the_plan_puts_the_chapters_in_another_order(order=["ay", "sea", "bee"])
    state.an_undo_and_a_redo_change_nothing(chapter="sea")
    state.teardown()
