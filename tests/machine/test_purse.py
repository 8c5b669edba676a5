"""What is set aside before a call, and what a budget lets happen."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.errors import BudgetReached
from l2mac_write.machine.purse import Purse

PATIENCE = 120


def test_without_a_budget_everything_may_be_spent():
    purse = Purse()
    with purse.set_aside(1e9) as bill:
        bill.amount = 5.0

    assert purse.spent == 5.0


def test_a_call_that_could_pass_the_budget_is_not_made_and_it_says_what_to_do():
    purse = Purse(1.00, spent=0.60)

    with (
        pytest.raises(BudgetReached, match=r"\$1\.00 is reached: \$0\.60.*\$0\.50.*--budget 1\.11"),
        purse.set_aside(0.50),
    ):
        pytest.fail("it was made")


def test_what_a_call_did_not_cost_comes_back():
    purse = Purse(1.00)
    for _ in range(5):
        with purse.set_aside(0.80) as bill:
            bill.amount = 0.04

    assert purse.spent == pytest.approx(0.20)


def test_a_call_whose_end_nobody_saw_counts_as_its_worst():
    purse = Purse(1.00)
    with pytest.raises(ZeroDivisionError), purse.set_aside(0.80):
        raise ZeroDivisionError

    assert purse.spent == 0.80


def test_where_money_is_short_less_is_set_aside():
    purse = Purse(1.00, spent=0.60)

    with purse.set_aside(0.80, 0.40, 0.20) as bill:
        assert (bill.choice, bill.amount) == (1, 0.40)
    with pytest.raises(BudgetReached, match=r"could cost \$0\.20"), purse.set_aside(0.80, 0.20):
        pytest.fail("it was made")


def test_a_call_waits_for_another_that_may_give_something_back():
    purse, order = Purse(1.00), []

    def other():
        with purse.set_aside(0.80):
            order.append("second")

    with purse.set_aside(0.80) as bill:
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.05)
        order.append("first")
        bill.amount = 0.10
    thread.join(PATIENCE)

    assert order == ["first", "second"]


@given(st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 1)), max_size=30), st.floats(0.1, 2))
def test_whatever_calls_cost_the_budget_is_never_passed(calls, budget):
    purse = Purse(budget)

    def made(ceiling, share):
        try:
            with purse.set_aside(ceiling) as bill:
                bill.amount = ceiling * share
        except BudgetReached:
            pass

    threads = [threading.Thread(target=made, args=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert not any(thread.is_alive() for thread in threads)
    assert purse.spent <= budget + 1e-9
