"""Is one name a misspelling of another?"""

from __future__ import annotations

SHORTEST = 5
"""A shorter name is too close to other names to be called misspelled."""
LONG = 8
"""From this length on, two letters may be wrong."""
VOWELS = frozenset("aeiouy")
ENDINGS = VOWELS | {"s"}
"""Letters that make a name of another: `Roberta`, `Henrys`."""


def look_alike(written: str, planned: str) -> bool:
    """Neither a plural nor a longer or shorter name, but the same name with a slip in it."""
    if min(len(written), len(planned)) < SHORTEST or written == planned:
        return False
    if written.startswith(planned) or (planned.startswith(written) and planned[-1] in ENDINGS):
        return False
    slips = 2 if len(planned) >= LONG else 1
    same_start = sorted(written[:2].casefold()) == sorted(planned[:2].casefold())
    return (same_start or written[0] == planned[0]) and distance(written, planned, slips) <= slips


def is_other_form(written: str, planned: str) -> bool:
    """`Maria` and `Marie` may be two people."""
    return written[:-1] == planned[:-1] and {written[-1], planned[-1]} <= VOWELS


def distance(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or swapped with a neighbour; `most + 1` if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, last, row = row, before, [number]
        for place, wanted in enumerate(other, start=1):
            cost = min(before[place - 1] + (letter != wanted), before[place] + 1, row[-1] + 1)
            if number > 1 and place > 1 and one[number - 2] + letter == wanted + other[place - 2]:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return row[-1]
