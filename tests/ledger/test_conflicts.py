"""What the ledger tells twice and cannot both be so, and what only looks like it."""

import pytest

from l2mac_write.findings import Severity
from l2mac_write.ledger.auditing import audited
from l2mac_write.ledger.conflicts import conflicts
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.normal import normal
from l2mac_write.ledger.rows import Event, Fact
from tests.timing import at_most

PATHS = {"one": "chapters/01.md", "two": "chapters/02.md"}


def fact(subject, key, value, quote="", **more):
    """In chapter one, unless it is told where."""
    told = {"chapter": "one", "paragraph": 1, **more}
    return Fact(subject, key, value, normal(value, keys()[key].type), quote=quote or value, **told)


def later(subject, key, value, quote="", **more):
    return fact(subject, key, value, quote, **{"chapter": "two", **more})


def event(what, *people, **more):
    return Event(what, people, quote=what, **{"chapter": "two", "paragraph": 1, **more})


def codes(*rows):
    return [conflict.code for conflict in conflicts(rows)]


DEAD = fact("Anna", "dead", "fever", "Anna died that night.", since="1 May 1850")
LOST = fact("sextant", "condition", "lost in the sea", "The sextant sank.")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([fact("Anna", "eyes", "grey"), later("Anna", "eyes", "brown")], "CHR-ATTR"),
        ([fact("Anna", "birth_date", "1850"), later("Anna", "birth_date", "1851")], "TIM-DUR"),
        ([fact("the mill", "lies_in", "Alder"), later("the mill", "lies_in", "Birch")], "WLD-GEO"),
        ([DEAD, event("Anna laughed.", "Anna")], "CHR-STATE"),
        ([DEAD, later("the key", "held_by", "Anna")], "CHR-STATE"),
        ([DEAD, later("Anna", "knows", "that the well is poisoned")], "CHR-STATE"),
        ([LOST, later("sextant", "held_by", "Tomas")], "OBJ-POSS"),
        ([LOST, event("Tomas used the sextant.", "Tomas", "sextant")], "OBJ-POSS"),
        ([fact("lodge", "count_of", "7"), later("lodge", "count_of", "nine")], "NUM-QTY"),
        (
            [
                fact("Anna", "located_at", "Alder", since="the night of the fire"),
                later("Anna", "located_at", "Birch", since="The night of the fire"),
            ],
            "WLD-GEO",
        ),
        (
            [
                fact("Anna", "knows", "the well was poisoned"),
                later("Anna", "knows", "the well was poisoned", "Only now did Anna learn it."),
            ],
            "CHR-KNOW",
        ),
    ],
    ids=str,
)
def test_two_rows_that_cannot_both_be_so_are_found(rows, code):
    assert codes(*rows) == [code]


@pytest.mark.parametrize(
    "rows",
    [
        [fact("Anna", "hair", "black"), later("Anna", "hair", "red")],
        [fact("Anna", "eyes", "grey"), later("Anna", "eyes", "brown", said="dialogue")],
        [fact("Anna", "dead", "shot", said="thought"), event("Anna ate.", "Anna")],
        [fact("Anna", "dead", "at sea", said="dialogue"), event("Anna ate.", "Anna")],
        [DEAD, event("Anna was buried.", "Anna")],
        [DEAD, event("Anna laughed.", "Anna", when="1840")],
        [DEAD, event("Anna laughed.", "Anna", chapter="one")],
        [LOST, later("sextant", "condition", "found"), later("sextant", "held_by", "Tomas")],
        [LOST, later("sextant", "held_by", "Tomas", "Tomas found the sextant again.")],
        [fact("Anna", "rank", "Miss Reed"), later("Anna", "rank", "Mrs Hale")],
        [fact("Anna", "age", "30", since="1850"), later("Anna", "age", "40", since="1860")],
        [fact("Anna", "located_at", "Alder"), later("Anna", "located_at", "Birch")],
        [fact("Anna", "wears", "a black wig"), later("Anna", "wears", "a coat")],
        [fact("lodge", "price", "7"), later("lodge", "price", "9", old="7")],
    ],
    ids=[
        "haircut",
        "lie",
        "dream",
        "rumour",
        "funeral",
        "before the death",
        "the same paragraph",
        "found",
        "found again",
        "married name",
        "time jump",
        "moved",
        "disguise",
        "a change",
    ],
)
def test_what_time_or_somebodys_words_explain_is_left_alone(rows):
    assert codes(*rows) == []


def test_a_finding_has_both_quotes_and_what_to_write():
    (finding,) = audited(
        [later("Anna", "eyes", "brown", "Her eyes were brown."), fact("Anna", "eyes", "grey", "Grey eyes.")],
        PATHS,
    )  # fmt: skip

    assert finding.severity is Severity.REVISE
    assert (finding.path, finding.quote) == ("chapters/02.md", "Her eyes were brown.")
    assert (finding.conflict.path, finding.conflict.quote) == ("chapters/01.md", "Grey eyes.")
    assert finding.hint == "Write `grey` here, or say what has changed."


def test_a_thing_of_somebody_else_may_be_another():
    lost = fact("sextant", "condition", "lost", "Tomas lost the sextant.")

    assert [c.sure for c in conflicts([lost, later("sextant", "held_by", "Tomas")])] == [True]
    assert [c.sure for c in conflicts([lost, later("sextant", "held_by", "Ines")])] == [False]


def test_a_book_is_held_against_its_plan_but_never_the_plan_against_itself():
    planned = fact("Anna", "eyes", "grey", said="plan", chapter="")
    other = fact("Anna", "eyes", "blue", said="plan", chapter="")

    (finding,) = audited([planned, other, later("Anna", "eyes", "brown")], PATHS)

    assert finding.conflict.path == "plan.toml"


def test_a_hundred_thousand_rows_take_seconds():
    rows = [later(f"P{n % 50}", "knows", f"thing {n} was told first") for n in range(20_000)]
    rows += [later("Anna", "eyes", str(n)) for n in range(20_000)] + [DEAD] * 20_000

    with at_most(15):
        list(conflicts(rows))
