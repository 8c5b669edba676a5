"""People of a plan are told apart by their names, not by how they are addressed."""

import pytest

from l2mac_write.evaluators.namesakes import judge
from tests.evaluators.works import codes, work

PLAN = """
title = "The Mill"

[[people]]
name = "{}"
who = "the engineer"

[[people]]
name = "{}"
who = "the owner"

[[chapter]]
title = "Neaps"
goal = "The engineer comes."
words = 600
beats = ["He knocks."]
"""


def judged(one, other):
    return codes(judge(work(PLAN.format(one, other), path="plan.toml")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Monsieur Vidal", "Monsieur Bazin"),
        ("Mademoiselle Thépaut", "Mademoiselle Kermarec"),
        ("Signora Conti", "Signora Ricci"),
    ],
)
def test_two_who_share_a_form_of_address_are_told_apart(one, other):
    assert judged(one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Monsieur Bazin", "Monsieur Bazan"), ("Marie Vidal", "Maria Bazin")],
)
def test_two_who_share_a_name_are_not(one, other):
    assert judged(one, other) == ["CHR-ALIKE"]
