"""Edits, commits, undos, redos, moves and kills in any order: text, history and tables agree, nothing is lost."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from l2mac_write.errors import UsageError
from l2mac_write.instructions import Move, Outcome
from l2mac_write.lineage import Lines
from l2mac_write.machine.texts import body, headed
from l2mac_write.store import derived
from l2mac_write.store.files import Disk
from l2mac_write.store.folder import BookFolder
from l2mac_write.undoing import of_version, redo, text_after, text_then, undo

PLACES = ("chapters/01-a.md", "chapters/02-b.md", "chapters/03-c.md")
SENTENCES = ("It rained.", "He came late.", "Nobody spoke.", "She had gone.", "The end.")
TABLES = {
    "passage": "SELECT path, number, part, text FROM passage ORDER BY 1, 2, 3",
    "ledger_text": "SELECT * FROM ledger_text ORDER BY 1, 2",
}
places = st.sampled_from(PLACES)
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map(lambda s: headed("T", "\n\n".join(s)))
sooner = st.integers(0, 30)


class Killed(BaseException):
    """The process is gone in the middle of a write."""


class AnyOrder(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.root = self.base / "book"
        self.writes_left = -1
        self.held = set()
        self.book = BookFolder.create(self.root, disk=Disk(write=self.write))
        for place in PLACES:
            self.book.commit(Outcome(place, writes=place), {place: headed("T", "It rained.")})

    def write(self, file, data):
        self.writes_left -= 1
        if self.writes_left == 0:
            raise Killed
        return os.write(file, data)

    @rule(place=places, text=texts)
    def a_person_edits(self, place, text):
        (self.root / place).write_text(text, "utf-8")
        self.book.adopt()

    @rule(place=places)
    def a_person_deletes(self, place):
        (self.root / place).unlink(missing_ok=True)
        self.book.adopt()

    @rule(place=places, text=texts)
    def an_agent_writes(self, place, text):
        if place in self.book.paths():
            self.book.read(place, by="mend")
        self.book.commit(Outcome("mend"), {place: text})

    @rule(place=places)
    def the_last_change_is_undone(self, place):
        line = Lines(self.book).line(place)
        if turn := undo(line):
            self.turned(turn)

    @rule(place=places)
    def it_is_done_again(self, place):
        if turn := redo(Lines(self.book).line(place)):
            self.turned(turn)

    @rule(place=places, ago=sooner)
    def any_change_is_undone(self, place, ago):
        line = Lines(self.book).line(place)
        with suppress(UsageError):
            self.turned(of_version(line, line.changes[-1 - ago % len(line.changes)]))

    @rule(place=places, ago=sooner)
    def it_goes_back_to_any_version(self, place, ago):
        line = Lines(self.book).line(place)
        version = line.versions[-1 - ago % len(line.versions)]
        with suppress(UsageError):
            text = text_then(line, version, self.book.text)
            self.book.revise(line.newest, text, f"back {version.id}")
            assert body(self.now(line.path)) == body(self.book.text(version))

    @rule(place=places)
    def an_undo_and_a_redo_change_nothing(self, place):
        turn = undo(Lines(self.book).line(place))
        before = self.now(turn.line.path) if turn else None
        if turn and self.turned(turn):
            assert self.turned(redo(Lines(self.book).line(place)))
            assert self.now(turn.line.path) == before

    @rule(one=places, other=places)
    def two_chapters_change_places(self, one, other):
        there = {*self.book.paths()}
        pairs = ((one, other), (other, one)) if one != other else ()
        self.book.rearrange(
            [
                Move(outcome.instruction, source, target, headed("M", body(self.now(source))))
                for source, target in pairs
                if source in there
                for outcome in self.book.outcomes().values()
                if outcome.writes == source
            ]
        )

    @rule(place=places, text=texts, after=st.integers(1, 2))
    def it_is_killed_while_it_writes(self, place, text, after):
        self.writes_left = after
        with suppress(Killed):
            self.book.revise(self.newest(place), text, "back 1")
            self.book.commit(Outcome("late"), {place: text + "\n\nLate."})
        self.writes_left = -1
        self.it_is_opened_again()

    @rule()
    def it_is_opened_again(self):
        self.book._held.close()
        self.book = BookFolder.open(self.root, disk=Disk(write=self.write))

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
TestAnyOrder.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
