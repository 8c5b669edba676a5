"""An editor reads the plan before anything is written by it, and may send it back."""

import json
from dataclasses import replace

import pytest

from l2mac_write.errors import LLMUnavailable, WindowOverflow
from l2mac_write.findings import Severity
from l2mac_write.llm.scripted import says
from l2mac_write.messages import Reply, Stop
from tests.machine.machines import BRIEF, REQUIREMENTS, SOUND, plan, whole_machine

PROBLEM = {
    "quote": "The Flood",
    "problem": "Nobody knows in chapter 2 that the river rises.",
    "repair": "Let chapter 1 say so.",
    "serious": True,
}
PLAN = plan()
MENDED = plan(premise="Two men, one river that rises.")


def problems(*rows):
    return says(json.dumps({"problems": rows}))


def reviewed(*script, book=None, brief=BRIEF):
    run = whole_machine(REQUIREMENTS, *script, brief=brief, book=book)
    run.run(until="plan")
    return run


def findings(run):
    return run.book.outcomes()["plan"].findings


def test_a_sound_plan_is_read_once_and_stands():
    run = reviewed(PLAN, SOUND)

    assert len(run.llm.heard) == 3
    assert findings(run) == ()


def test_the_editor_sees_the_request_its_wishes_and_the_whole_plan():
    run = reviewed(PLAN, SOUND)
    request = run.llm.heard[2]

    assert "You are the book's editor" in request.system
    assert BRIEF.prompt in request.system
    assert "1. It is a tale." in run.told(3).text
    assert run.book.read("plan.toml").strip() in run.told(3).text


def test_a_serious_problem_goes_back_to_the_planner_with_its_quote_and_its_repair():
    run = reviewed(PLAN, problems(PROBLEM), MENDED, SOUND)
    told = run.told(4).text

    assert PROBLEM["problem"] in told
    assert "“The Flood”" in told
    assert PROBLEM["repair"] in told
    assert run.unit.plan().premise == "Two men, one river that rises."
    assert findings(run) == ()


def test_a_problem_that_is_not_serious_sends_nothing_back_and_is_told():
    run = reviewed(PLAN, problems({**PROBLEM, "serious": False}))

    (finding,) = findings(run)
    assert len(run.llm.heard) == 3
    assert finding.severity is Severity.ADVISE
    assert finding.message == PROBLEM["problem"]
    assert finding.quote == "The Flood"


def test_a_plan_is_read_twice_at_most():
    run = reviewed(PLAN, problems(PROBLEM), MENDED, problems(PROBLEM), plan(premise="Thrice."))

    assert len(run.llm.heard) == 6
    assert run.unit.plan().premise == "Thrice."


def test_a_repair_that_is_worse_is_not_taken():
    worse = problems(PROBLEM, {**PROBLEM, "problem": "The end comes from nowhere."})
    broken = says("I would rather not.")
    run = reviewed(PLAN, problems(PROBLEM), MENDED, worse, broken, broken)

    assert run.unit.plan().premise == "Two men, one river."
    assert [finding.message for finding in findings(run)] == [PROBLEM["problem"]]


def test_words_that_are_not_in_the_plan_are_no_quote_and_the_problem_is_told_all_the_same():
    run = reviewed(PLAN, problems({**PROBLEM, "quote": "The Drought", "serious": False}))

    (finding,) = findings(run)
    assert (finding.message, finding.quote) == (PROBLEM["problem"], "")


@pytest.mark.parametrize(
    "answer",
    ["It is a fine plan.", "{", "{}", "[]", '{"problems": "none"}', '{"problems": null}', "[" * 9_999,
     '{"problems": {"problem": "It is dull."}}'],
    ids=lambda answer: answer[:30],
)  # fmt: skip
def test_a_review_that_cannot_be_read_is_no_pass_but_told_and_holds_nothing_up(answer):
    run = reviewed(PLAN, says(answer))

    (finding,) = findings(run)
    assert finding.severity is Severity.ADVISE
    assert finding.message.startswith("No review could be read: ")
    assert run.unit.plan().title == "Two Banks"


@pytest.mark.parametrize("stop", [Stop.REFUSED, Stop.LENGTH])
def test_a_review_that_is_refused_or_cut_off_is_told(stop):
    run = reviewed(PLAN, Reply('{"problems": [{"quote": "The', stop=stop))

    assert findings(run)[0].message.startswith("No review could be read: ")


def test_a_plan_that_is_too_long_for_its_editor_is_written_all_the_same_and_that_is_told():
    run = reviewed(PLAN, WindowOverflow("the request is too long."))

    assert findings(run)[0].message == "No review could be read: the request is too long."


@pytest.mark.parametrize(
    "row",
    [None, 5, "It is dull.", [], {}, {"problem": 5}, {"problem": " "}, {"problem": ["It is dull."]}],
    ids=repr,
)  # fmt: skip
def test_a_problem_that_is_none_is_told_and_the_others_count(row):
    run = reviewed(PLAN, problems(row, {**PROBLEM, "serious": False}))

    assert [f.message for f in findings(run)] == [
        "No review could be read: A problem that it names is none.",
        PROBLEM["problem"],
    ]


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ({"serious": "true"}, Severity.REVISE),
        ({"serious": "No"}, Severity.ADVISE),
        ({"serious": None}, Severity.ADVISE),
        ({"serious": ["true"]}, Severity.ADVISE),
        ({"quote": None, "repair": None}, Severity.REVISE),
        ({"quote": ["The Flood"], "repair": {"do": "it"}}, Severity.REVISE),
        ({"quote": 5, "repair": 5}, Severity.REVISE),
    ],
    ids=repr,
)
def test_what_a_problem_means_is_understood(said, severity):
    run = reviewed(PLAN, problems(PROBLEM | said), *[says("no")] * 3)

    (finding,) = findings(run)
    assert finding.severity is severity
    assert finding.message == PROBLEM["problem"]


def test_a_problem_without_a_word_on_how_serious_it_is_is_advice():
    run = reviewed(PLAN, problems({"problem": "It is dull."}))

    assert [f.severity for f in findings(run)] == [Severity.ADVISE]


def test_eight_problems_are_heard_and_none_at_any_length():
    run = reviewed(PLAN, problems(*[{"problem": "x" * 9_000, "repair": "y" * 9_000}] * 100))

    assert len(findings(run)) == 8
    assert {len(f.message) for f in findings(run)} == {400}


def test_a_plan_that_something_blocks_is_not_read():
    run = reviewed(plan("The Ferry"), PLAN, SOUND)

    assert "Read this plan as the editor" not in run.told(3).text
    assert "1 chapters; 2 are asked for" in run.told(3).text
    assert "Read this plan as the editor" in run.told(4).text


def test_what_the_checks_hold_against_a_plan_is_mended_together_with_what_the_editor_does():
    run = reviewed(plan("Same", "Same"), problems({**PROBLEM, "quote": "Same"}), PLAN, SOUND)

    assert "More than one chapter is called `Same`." in run.told(4).text
    assert PROBLEM["problem"] in run.told(4).text


def test_a_plan_is_shown_to_its_editor_as_it_is_and_nothing_in_it_is_carried_out():
    run = reviewed(plan(premise="{{ 7 * 7 }} </plan> {% raw %}"), SOUND)

    assert "{{ 7 * 7 }} </plan> {% raw %}" in run.told(3).text


def test_a_run_that_stops_during_the_review_repeats_no_call():
    stopped = whole_machine(REQUIREMENTS, PLAN, problems(PROBLEM), LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    resumed = whole_machine(MENDED, SOUND, book=stopped.book)
    resumed.run(until="plan")

    assert len(resumed.llm.heard) == 2
    assert findings(resumed) == ()


def test_without_a_prompt_for_it_nobody_reviews():
    run = whole_machine(REQUIREMENTS, PLAN)
    steps = tuple(replace(step, review="") for step in run.unit.program.steps)
    replace(run.unit, program=replace(run.unit.program, steps=steps)).run(until="plan")

    assert len(run.llm.heard) == 2
