"""What comes over a network is tried again: it has its moments."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSES = (5, 30)


def again(act: Callable[[], T], fault: type[Exception]) -> T:
    """What `act` gives, at the latest at its third try."""
    for pause in PAUSES:
        try:
            return act()
        except fault:
            time.sleep(pause)
    return act()
