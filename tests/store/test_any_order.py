"""Commits, edits, crashes and reopenings in any order: the folder does what the book in memory does."""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from l2mac_write.errors import DiskFull
from l2mac_write.instructions import Outcome
from l2mac_write.ports import Call
from l2mac_write.store.files import Disk
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook

paths = st.sampled_from(["chapters/1.md", "chapters/2.md", "notes/1.md", "plan.toml"])
texts = st.sampled_from(["one", "", "1\n\n2\n\n3", "1a\n\n2\n\n3", "1\n\n2\n\n3b", "1a\n\n2\n\n3b"])
instructions = st.sampled_from(["a", "b"])


class AnyOrder(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.root = self.base / "book"
        self.room = True
        self.memory = MemoryBook()
        self.disk = Disk(write=self.write)
        self.book = BookFolder.create(self.root, disk=self.disk)

    def write(self, file, data):
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(file, data)

    @rule(instruction=instructions)
    def an_instruction_starts(self, instruction):
        for book in (self.memory, self.book):
            book.sending(Call(instruction, "author", "opus", "r"), 0.5)

    @rule(path=paths, text=texts, instruction=instructions)
    def an_instruction_ends(self, path, text, instruction):
        for book in (self.memory, self.book):
            book.commit(Outcome(instruction), {path: text})

    @rule(path=paths, text=texts, instruction=instructions)
    def an_instruction_ends_on_a_full_disk(self, path, text, instruction):
        self.memory.commit(Outcome(instruction), {path: text})
        self.room = False
        with suppress(DiskFull):
            self.book.commit(Outcome(instruction), {path: text})
        self.room = True
        self.the_run_is_resumed()

    @rule(path=paths, text=texts)
    def a_person_edits(self, path, text):
        place = self.root / path
        if place.exists() and place.read_text() == text:
            return
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
        self.book.adopt()
        self.memory.edit(path, text)

    @rule(path=paths)
    def a_person_deletes(self, path):
        if (self.root / path).exists():
            (self.root / path).unlink()
            self.book.adopt()
            self.memory.edit(path, None)

    @rule(path=paths, instruction=instructions)
    def a_model_reads(self, path, instruction):
        if path in self.memory.paths():
            assert self.book.read(path, by=instruction) == self.memory.read(path, by=instruction)

    @rule()
    def the_run_is_resumed(self):
        self.book.close()
        self.book = BookFolder.open(self.root, disk=self.disk)
        self.memory._started.clear()
        self.memory._read.clear()

    @invariant()
    def both_books_hold_the_same(self):
        current = self.book._journal.history.current()
        there = {path: self.book.text(v) for path, v in current.items() if v.sha}
        assert there == {
            path: self.memory.text(self.memory.versions(path)[-1]) for path in self.memory.paths()
        }
        assert there == {path: (self.root / path).read_text() for path in there}

    def teardown(self):
        self.book.close()
        shutil.rmtree(self.base)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
