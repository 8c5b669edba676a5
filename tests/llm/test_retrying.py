"""A server is asked again politely, together, and not for ever."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.errors import LLMUnavailable
from l2mac_write.llm.faults import seconds_to_wait
from l2mac_write.llm.retrying import Backoff, CoolDown, Retrying
from l2mac_write.ports import Interrupted
from tests.llm.wired import FakeTime


class Failing:
    """Fails with each fault in turn, then succeeds."""

    def __init__(self, *faults):
        self.faults = list(faults)
        self.attempts = 0

    def __call__(self):
        self.attempts += 1
        if self.faults:
            raise self.faults.pop(0)
        return "done"


def test_waits_double_from_one_second_to_a_minute():
    time = FakeTime()
    with pytest.raises(LLMUnavailable):
        time.retrying(chance=1.0).run(Failing(*[Interrupted("busy")] * 10))

    assert time.sleeps == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@given(st.integers(1, 2000), st.floats(0, 1, exclude_max=True))
def test_no_wait_is_longer_than_a_minute_however_often_it_failed(failures, chance):
    assert 0 <= Backoff().wait(failures, chance) <= 60


def test_ten_failures_pause_the_run_with_the_last_reason():
    attempt = Failing(*[Interrupted("the tide is out")] * 50)

    with pytest.raises(LLMUnavailable, match=r"10 times.*the tide is out.*l2mac-write resume"):
        FakeTime().retrying().run(attempt)
    assert attempt.attempts == 10


def test_the_server_is_never_asked_before_it_allowed():
    time = FakeTime()
    time.retrying(chance=0.0).run(Failing(Interrupted("busy", after=30.0)))

    assert sum(time.sleeps) >= 30


def test_a_wait_of_no_seconds_still_backs_off():
    time = FakeTime()
    time.retrying().run(Failing(Interrupted("busy", after=0.0)))

    assert time.sleeps == [0.5]


def test_one_thread_that_is_told_to_wait_makes_all_wait():
    time = FakeTime()
    retrying = time.retrying(chance=0.0)
    retrying.cool_down.hold(20.0)

    retrying.run(Failing())

    assert time.sleeps == [20.0]


def test_a_failure_of_one_connection_is_nobody_elses_business():
    time = FakeTime()
    retrying = time.retrying()
    retrying.run(Failing(Interrupted("cut")))

    assert retrying.cool_down.rest(0.0) == 0


def test_a_crowded_server_is_left_alone_by_everyone():
    time = FakeTime()
    retrying = time.retrying()
    retrying.run(Failing(Interrupted("busy", after=5.0, shared=True)))

    assert retrying.cool_down.rest(0.0) == 5.0


def test_threads_do_not_all_come_back_in_the_same_instant():
    waits = set()
    for chance in (0.0, 0.3, 0.9):
        time = FakeTime()
        retrying = time.retrying(chance=chance)
        retrying.cool_down.hold(10.0)
        retrying.run(Failing())
        waits.add(time.now)

    assert len(waits) == 3
    assert min(waits) >= 10


def test_a_shorter_wait_never_cuts_a_longer_one():
    cool_down = CoolDown()
    threads = [threading.Thread(target=cool_down.hold, args=(until,)) for until in (9, 3, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert cool_down.rest(1.0) == 8.0


def test_a_person_is_told_before_every_wait():
    told = []
    time = FakeTime()
    Retrying(sleep=time.sleep, clock=time.clock, tell=told.append).run(
        Failing(Interrupted("the server is full", after=300.0))
    )

    assert told == ["Trying again in 5 minutes: the server is full."]


def test_other_errors_pass_through_untouched():
    with pytest.raises(ZeroDivisionError):
        FakeTime().retrying().run(Failing(ZeroDivisionError()))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "12"}, 12),
        ({"retry-after": "12", "retry-after-ms": "50"}, 0.05),
        ({"retry-after": "Mon, 01 Jan 2001 00:00:07 GMT"}, None),
        (
            {
                "retry-after": "Mon, 01 Jan 2001 00:00:07 GMT",
                "date": "Mon, 01 Jan 2001 00:00:09 GMT",
            },
            0,
        ),
    ],
)
def test_a_retry_after_that_makes_no_sense_is_passed_over(headers, seconds):
    assert seconds_to_wait(headers) == seconds


def test_an_endless_wait_pauses_the_run():
    with pytest.raises(LLMUnavailable, match="asks to wait"):
        FakeTime().retrying().run(Failing(Interrupted("busy", after=float("inf"))))
