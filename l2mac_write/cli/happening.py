"""What is going on in a run, put together from its events."""

from __future__ import annotations

from dataclasses import dataclass, field

from l2mac_write.events import (
    Event,
    Finished,
    Heard,
    Judged,
    Noted,
    Planned,
    Pulled,
    Rewound,
    Spent,
    Started,
)
from l2mac_write.instructions import Instruction
from l2mac_write.messages import Usage
from l2mac_write.text.counting import count_words

CHAPTERS = "chapters/"


@dataclass(slots=True)
class Writing:
    """An instruction that is being carried out; `text` is what was heard of its current draft."""

    instruction: Instruction
    title: str
    text: str = ""
    answered: int = 0
    """Characters of the text that no attempt which breaks off can take back."""
    judged: int = 0
    """Words of the last draft that was judged."""
    is_whole: bool = False

    @property
    def chapter(self) -> int:
        """The number of the chapter whose text this is; 0 for any other text."""
        instruction = self.instruction
        return instruction.chapter if instruction.writes.startswith(CHAPTERS) else 0

    @property
    def words(self) -> int:
        """Of the longest draft, so that a draft written anew does not look like a loss."""
        return max(self.judged, count_words(self.text))

    def hear(self, text: str) -> None:
        if self.is_whole:
            self.text, self.answered, self.is_whole = "", 0, False
        self.text += text

    def rewind(self, kept: str) -> None:
        self.text = self.text[: self.answered] + kept
        self.answered = len(self.text)

    def judge(self) -> None:
        self.judged, self.is_whole = self.words, True


@dataclass(slots=True)
class Happening:
    """`words` are those of the finished chapters by number, `fresh` those of this run alone."""

    words: dict[int, int] = field(default_factory=dict)
    fresh: int = 0
    plan: Planned = field(default_factory=lambda: Planned("", (), ()))
    at_work: dict[str, Writing] = field(default_factory=dict)
    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: float | None = 0.0
    note: str = ""
    noted: str = ""
    """The instruction that the note is about, until that is mended or done."""

    def tell(self, event: Event) -> None:
        match event:
            case Planned():
                self.plan = event
            case Noted(text):
                self._note(text)
            case Pulled(name, done, total):
                self._note(f"fetching {name}: {done // 10**6} of {total // 10**6} MB")
            case Spent():
                self._spend(event)
            case _:
                self._work(event)

    def _spend(self, event: Spent) -> None:
        known = self.cost is not None and event.cost is not None
        self.cost = (self.cost or 0.0) + (event.cost or 0.0) if known else None
        self.usage += event.usage
        if event.answered:
            self.calls += 1
            writing = self.at_work.get(event.instruction)
            if writing:
                writing.answered = len(writing.text)

    def _work(self, event: Started | Heard | Rewound | Judged | Finished) -> None:
        match event:
            case Started(instruction, title):
                self.at_work[instruction.id] = Writing(instruction, title)
            case Heard(name, text):
                self.at_work[name].hear(text)
            case Rewound(name, text):
                self.at_work[name].rewind(text)
            case Judged():
                self._judge(event)
            case Finished(instruction, _, words):
                self._finish(self.at_work.pop(instruction.id), words)

    def _judge(self, event: Judged) -> None:
        writing = self.at_work[event.instruction]
        writing.judge()
        number = writing.instruction.chapter
        if event.findings and not event.accepted:
            shown = self.plan.shown(number)
            where = f"{f'chapter {shown}' if shown else writing.title}, " if number else ""
            self._note(f"{where}to mend: {event.findings[0].message}", event.instruction)
        else:
            self._forget(writing.instruction)

    def _note(self, text: str, about: str = "") -> None:
        self.note, self.noted = text, about

    def _forget(self, done: Instruction) -> None:
        """What was said of it; what was said of the run, once there is a chapter."""
        if self.noted == done.id or (done.chapter and not self.noted):
            self._note("")

    def _finish(self, writing: Writing, words: int) -> None:
        self._forget(writing.instruction)
        if writing.chapter:
            self.fresh += words - self.words.get(writing.chapter, 0)
            self.words[writing.chapter] = words

    @property
    def growing(self) -> dict[int, int]:
        """Words so far of the chapters that are being written, by number."""
        writings = tuple(self.at_work.values())
        return {
            w.chapter: max(w.words, self.words.get(w.chapter, 0)) for w in writings if w.chapter
        }

    @property
    def shown(self) -> Writing | None:
        """Of all that is being written, the first chapter; of what is no chapter, the first."""
        writings = tuple(self.at_work.values())
        return min(writings, key=lambda w: (not w.chapter, w.instruction.chapter), default=None)
