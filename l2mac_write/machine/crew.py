"""Several instructions at a time, each on a thread: nothing else in the machine knows of threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeAlias

from l2mac_write.errors import L2macError, MachineError
from l2mac_write.events import Event, Listener
from l2mac_write.instructions import Instruction, Outcome, Registry

Ended: TypeAlias = tuple[Instruction, Outcome | BaseException]


class Crew:
    """Hands that carry out instructions, at most `size` at a time.

    One that comes to nothing does not stop the others; any other trouble lets those under way
    finish and starts no more. It is raised once nothing is under way.
    """

    def __init__(self, carry_out: Callable[[Instruction], Outcome], size: int) -> None:
        self._carry_out = carry_out
        self._size = size
        self._begun: set[str] = set()
        self._under_way = 0
        self._ended: SimpleQueue[Ended] = SimpleQueue()
        self._troubles: list[BaseException] = []

    def next(self, registry: Registry) -> Outcome | None:
        """Starts what is ready, waits for one to end; None once nothing is left to wait for."""
        while True:
            self._start(registry.ready)
            if not self._under_way:
                break
            instruction, result = self._ended.get()
            self._under_way -= 1
            if isinstance(result, Outcome):
                # it may be waiting once more, after a change of plan
                self._begun.discard(instruction.id)
                return result
            self._troubles.append(result)
        if self._troubles:
            raise _gravest(self._troubles)
        return None

    @contextmanager
    def troubled_by(self, *kinds: type[L2macError]) -> Iterator[None]:
        """What goes wrong in here is a trouble too: those under way finish, and no more start."""
        try:
            yield
        except kinds as trouble:
            self._troubles.append(trouble)

    def _start(self, ready: Iterator[Instruction]) -> None:
        waiting = (instruction for instruction in ready if instruction.id not in self._begun)
        while self._under_way < self._size and all(map(_is_its_own, self._troubles)):
            if not (instruction := next(waiting, None)):
                return
            self._begun.add(instruction.id)
            self._under_way += 1
            self._set_to_work(instruction)

    def _set_to_work(self, instruction: Instruction) -> None:
        if self._size == 1:
            self._work(instruction)
            return
        # A daemon does not keep a stopped program alive: what it is at can be taken up again.
        threading.Thread(target=self._work, args=(instruction,), daemon=True).start()

    def _work(self, instruction: Instruction) -> None:
        try:
            self._ended.put((instruction, self._carry_out(instruction)))
        except MachineError as error:
            self._ended.put((instruction, error))
        except BaseException as error:
            if self._size == 1:
                raise
            # raised again where it is waited for
            self._ended.put((instruction, error))


def _is_its_own(trouble: BaseException) -> bool:
    """Whether it concerns one instruction alone."""
    return isinstance(trouble, MachineError)


def _gravest(troubles: Sequence[BaseException]) -> BaseException:
    """The trouble that stopped the run, if one did; what came of others is noted with it.

    Which of them was there first is chance, and makes no difference.
    """
    first, *others = sorted(troubles, key=lambda trouble: (_is_its_own(trouble), str(trouble)))
    for sentence in dict.fromkeys(map(str, others)):
        if sentence not in ("", str(first)):
            first.add_note(sentence)
    return first


class OneVoice:
    """Events of many threads, told one at a time, and no more once the run is over."""

    def __init__(self, tell: Listener) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._is_over = False

    def __call__(self, event: Event) -> None:
        with self._lock:
            if not self._is_over:
                self._tell(event)

    def end(self) -> None:
        with self._lock:
            self._is_over = True
