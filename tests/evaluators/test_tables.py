"""A table adds up, and the text says what it says."""

import pytest

from l2mac_write.evaluators.tables import judge
from tests.evaluators.works import work

TABLE = "| Farm | Sheep |\n|---|---|\n| Alder | 14 |\n| Birch | 20 |\n| Total | {} |"


def found(*blocks):
    return judge(work("\n\n".join(blocks)))


def test_a_total_that_is_not_the_sum_is_found():
    (finding,) = found(TABLE.format("35"))

    assert finding.message == "The column adds up to 34, not to 35."
    assert found(TABLE.format("**34**")) == ()


def test_a_table_with_gaps_has_no_sum():
    assert found(TABLE.format("35").replace("20", "–")) == ()


@pytest.mark.parametrize("said", ["16", "sixteen"])
def test_a_sentence_about_the_table_with_another_number_is_found(said):
    (finding,) = found(TABLE.format(34), f"As the table shows, Alder has {said} sheep.")

    assert finding.conflict.quote == "| Alder | 14 |"


@pytest.mark.parametrize(
    "sentence",
    [
        "As the table shows, Alder has fourteen sheep.",
        "Alder has 16 sheep by now.",
        "The table has Alder at 14 and Birch at 20.",
        "The table shows 2 farms.",
    ],
)
def test_other_sentences_are_left_alone(sentence):
    assert found(TABLE.format(34), sentence) == ()
