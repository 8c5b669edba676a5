"""A plan answers every wish, and no two of its chapters do the same."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from l2mac_write.evaluators.coverage import ALIKE, FEWEST, judge
from l2mac_write.findings import Severity
from tests.evaluators.plans import chapter, judged, plan
from tests.evaluators.works import codes
from tests.samples import SAMPLES
from tests.timing import at_most


def with_goals(*goals):
    chapters = (replace(chapter(1), number=n, id=f"c-{n}", title=f"Title {n}", goal=goal) for n, goal in enumerate(goals, 1))  # fmt: skip
    return plan(chapters=tuple(chapters))


def test_a_plan_that_covers_every_wish_and_has_no_twins_passes():
    wishes = ("A flood.", "A ferry.")
    covering = (chapter(1, covers=(2,)), chapter(2), chapter(3, covers=(1,)))

    assert judged(judge, plan(requirements=wishes, chapters=covering)) == []


def test_a_wish_that_no_chapter_covers_is_told_with_its_number_and_its_words():
    covering = (chapter(1, covers=(1,)), chapter(2))
    (finding,) = judged(judge, plan(requirements=("A flood.", "A dog."), chapters=covering))

    assert finding.code == "PLT-COVER"
    assert finding.severity is Severity.REVISE
    assert finding.message.endswith("under 2: A dog.")
    assert "add 2 to its `covers`" in finding.hint


def test_two_chapters_that_are_to_do_the_same_are_told_by_the_title_of_the_later_one():
    goal = "Ansel finds that the lower bank has moved in the night."
    (finding,) = judged(judge, with_goals(goal, "Nothing.", f"Again {goal.upper()}"))

    assert finding.code == "PLT-TWIN"
    assert finding.message.startswith("Chapters 1 and 3 are to do the same")
    assert finding.quote == "Title 3"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He leaves.", "He leaves."),
        ("He goes to the mill and finds her there.", "She goes to the ford and waits for nobody."),
        ("", ""),
    ],
)
def test_goals_too_short_to_tell_or_really_different_are_no_twins(one, other):
    assert judged(judge, with_goals(one, other)) == []


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*/plan.toml")), ids=str)
def test_the_plans_of_the_samples_raise_no_alarm(sample):
    assert judged(judge, sample.read_text("utf-8")) == []


def test_what_is_no_plan_is_left_to_others():
    assert judged(judge, "title = ") == []


def test_a_thousand_chapters_are_judged_in_no_time():
    chance = random.Random(1)
    goals = (" ".join(f"word{chance.randrange(400)}" for _ in range(40)) for _ in range(1_000))
    long = with_goals(*goals)

    with at_most(1.2):
        findings = judged(judge, long)

    assert codes(findings) == []


def test_no_pair_of_chapters_that_are_alike_is_passed_over():
    chance = random.Random(3)
    words = [f"word{n}" for n in range(14)]
    goals = [" ".join(chance.choices(words, k=chance.randint(4, 12))) for _ in range(40)]
    bags = [frozenset(goal.split()) for goal in goals]
    alike = [
        (one + 1, other + 1)
        for one, other in combinations(range(len(bags)), 2)
        if (fewest := min(len(bags[one]), len(bags[other]))) >= FEWEST
        and len(bags[one] & bags[other]) >= ALIKE * fewest
    ]
    findings = [f for f in judged(judge, with_goals(*goals)) if f.code == "PLT-TWIN"]

    assert alike
    assert [f.message for f in findings] == [
        f"Chapters {one} and {other} are to do the same: {goals[other - 1]}" for one, other in alike
    ]
