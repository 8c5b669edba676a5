"""Hands that carry out instructions: how many at a time, and what a failure of one does to the rest."""

import threading
import time
from dataclasses import replace

import pytest

from l2mac_write.errors import AnswerRefused, LLMUnavailable
from l2mac_write.events import Noted
from l2mac_write.instructions import Instruction, Outcome, Registry
from l2mac_write.machine.crew import Crew, OneVoice

FOUR = tuple(Instruction(name, "chapter", f"{name}.md") for name in "abcd")
PATIENCE = 120


def outcomes(crew, ready=FOUR):
    """Every outcome by name, as a control unit asks for them."""
    ended = {}
    while outcome := crew.next(Registry(ready, ended)):
        ended[outcome.instruction] = outcome
    return ended


def done(instruction):
    return Outcome(instruction.id)


@pytest.mark.parametrize("size", [1, 2, 16])
def test_everything_ready_is_carried_out_once(size):
    begun = []

    def carry_out(instruction):
        begun.append(instruction.id)
        return done(instruction)

    assert sorted(outcomes(Crew(carry_out, size))) == sorted(begun) == [*"abcd"]


def test_alone_it_keeps_the_order():
    begun = []
    crew = Crew(lambda i: begun.append(i.id) or done(i), 1)
    outcomes(crew)

    assert begun == [*"abcd"]


def test_as_many_as_there_are_hands_are_carried_out_at_a_time():
    together = threading.Barrier(3)

    def carry_out(instruction):
        together.wait(PATIENCE)
        return done(instruction)

    assert len(outcomes(Crew(carry_out, 3), FOUR[:3])) == 3


def test_never_are_more_carried_out_than_there_are_hands():
    at_work, most = set(), []
    lock = threading.Lock()

    def carry_out(instruction):
        with lock:
            at_work.add(instruction.id)
            most.append(len(at_work))
        threading.Event().wait(0.05)
        with lock:
            at_work.discard(instruction.id)
        return done(instruction)

    outcomes(Crew(carry_out, 2))

    assert max(most) <= 2


@pytest.mark.parametrize("size", [1, 3])
def test_one_that_comes_to_nothing_does_not_stop_the_others_and_is_told_in_the_end(size):
    ended = []

    def carry_out(instruction):
        if instruction.id == "b":
            raise AnswerRefused("`b` came to nothing")
        ended.append(instruction.id)
        return done(instruction)

    with pytest.raises(AnswerRefused, match="`b` came to nothing"):
        outcomes(Crew(carry_out, size))
    assert sorted(ended) == ["a", "c", "d"]


@pytest.mark.parametrize("size", [1, 3])
def test_of_several_that_come_to_nothing_each_is_told(size):
    def carry_out(instruction):
        if instruction.id in "bd":
            raise AnswerRefused(f"`{instruction.id}` came to nothing")
        return done(instruction)

    with pytest.raises(AnswerRefused) as told:
        outcomes(Crew(carry_out, size))
    assert str(told.value) == "`b` came to nothing"
    assert told.value.__notes__ == ["`d` came to nothing"]


def test_what_waits_for_one_that_came_to_nothing_is_not_begun():
    begun = []
    needs_b = replace(FOUR[3], after=("b",))

    def carry_out(instruction):
        begun.append(instruction.id)
        if instruction.id == "b":
            raise AnswerRefused("`b` came to nothing")
        return done(instruction)

    with pytest.raises(AnswerRefused):
        outcomes(Crew(carry_out, 2), (*FOUR[:3], needs_b))
    assert sorted(begun) == ["a", "b", "c"]


def test_a_server_that_is_gone_lets_those_under_way_finish_and_starts_no_more():
    begun = []

    def carry_out(instruction):
        begun.append(instruction.id)
        if instruction.id == "b":
            raise LLMUnavailable("it is gone")
        while not crew._troubles:
            time.sleep(0.01)
        return done(instruction)

    crew = Crew(carry_out, 2)
    first = crew.next(Registry(FOUR))

    assert first == Outcome("a")
    with pytest.raises(LLMUnavailable):
        crew.next(Registry(FOUR[1:]))
    assert sorted(begun) == ["a", "b"]


@pytest.mark.parametrize("size", [1, 2])
def test_a_mistake_of_our_own_is_not_swallowed(size):
    def carry_out(_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        outcomes(Crew(carry_out, size))


def test_an_instruction_that_waits_again_is_carried_out_again():
    crew = Crew(done, 1)

    assert crew.next(Registry(FOUR[:1])) == crew.next(Registry(FOUR[:1])) == Outcome("a")


def test_events_are_told_one_at_a_time_and_no_more_once_the_run_is_over():
    told, inside = [], []

    def tell(event):
        inside.append(event)
        assert len(inside) == 1
        told.append(event.text)
        inside.pop()

    voice = OneVoice(tell)
    threads = [threading.Thread(target=voice, args=(Noted(str(n)),)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    voice.end()
    voice(Noted("late"))

    assert sorted(told, key=int) == [str(n) for n in range(50)]
