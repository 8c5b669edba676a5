"""What is wrong goes back to the model, and a repair is kept only as far as it makes things better."""

from dataclasses import replace

import pytest

from l2mac_write.errors import EvaluatorFailed
from l2mac_write.evaluators import EVALUATORS, panel
from l2mac_write.findings import Evidence, Finding, Severity
from l2mac_write.instructions import Status
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.llm.scripted import calls, says
from l2mac_write.machine.drafts import FED_BACK, Draft, repaired
from l2mac_write.ports import Abilities
from tests.benchmarks import feedback_loop
from tests.evaluators.abroad import texts
from tests.machine.machines import WHOLE_BOOK, machine, prose

FIRST = "chapters/01-the-ferry.md"
BLOCK, REVISE, ADVISE = Severity
CLEAN = prose(300, about="ferry").text


def found(severity, quote, code="T-ONE"):
    return Finding(code, severity, FIRST, f"{quote} is wrong.", quote)


def draft(*findings, text="It began."):
    return Draft(text, findings)


def chapter(*replies):
    """The script of a whole book in which these replies are those to the first chapter."""
    return (*WHOLE_BOOK[:2], *replies, *WHOLE_BOOK[3:])


def with_placeholders(count):
    text = CLEAN
    for number in range(1, count + 1):
        text = text.replace(f"stone {number} ", f"stone [insert number {number} here] ")
    return text


def patch(old, new):
    return calls("patch_file", path=FIRST, old=old, new=new)


def written(run):
    return run.book.read(FIRST).partition("\n\n")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([found(BLOCK, "a"), found(BLOCK, "b")], [found(BLOCK, "a")]),
        ([found(BLOCK, "a")], [found(REVISE, "a")]),
        ([found(BLOCK, "a")], [found(REVISE, "b")]),
        ([found(REVISE, "a"), found(REVISE, "b")], [found(REVISE, "b")]),
        ([found(REVISE, "a")], [found(ADVISE, "b"), found(ADVISE, "c")]),
    ],
)
def test_a_repair_is_kept_if_less_is_wrong_than_before(before, after):
    assert repaired(draft(*before), draft(*after, text="New.")).text == "New."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([found(BLOCK, "a"), found(BLOCK, "b")], [found(BLOCK, "c")]),
        ([found(BLOCK, "a"), found(REVISE, "b")], [found(BLOCK, "b")]),
        ([found(REVISE, "a"), found(REVISE, "b")], [found(REVISE, "c")]),
        ([found(BLOCK, "a"), found(REVISE, "b"), found(REVISE, "c")], [found(BLOCK, "a"), found(REVISE, "d")]),
        ([found(REVISE, "a")], [found(REVISE, "a")]),
        ([found(REVISE, "a")], [found(BLOCK, "a")]),
    ],
)  # fmt: skip
def test_a_repair_that_brings_something_new_or_graver_is_taken_back(before, after):
    assert repaired(draft(*before), draft(*after, text="New.")).text == "It began."


def test_any_text_is_better_than_none():
    assert repaired(draft(text=""), draft(found(BLOCK, "a"), text="New.")).text == "New."


def test_a_text_too_short_by_less_is_better_though_it_is_told_in_other_words():
    short = replace(found(REVISE, ""), message="It is too short by 100 words.")
    long = replace(short, message="It is too long by 30 words.")

    kept = repaired(Draft("It began.", (short,), missed=100), Draft("New.", (long,), missed=30))

    assert kept.text == "New."


def test_the_worst_twelve_are_told_and_the_worst_come_first():
    run = machine(*chapter(says(with_placeholders(20)), says("done")))
    run.run(until="chapter")

    told = run.told(4).text
    assert told.count("In the text:") == FED_BACK

    mixed = draft(found(REVISE, "a"), found(ADVISE, "b"), found(BLOCK, "c"))
    assert [finding.quote for finding in mixed.to_revise] == ["c", "a"]


def test_a_patch_leaves_every_other_character_of_the_text_as_it_was():
    before = with_placeholders(1)
    run = machine(*chapter(says(before), patch("[insert number 1 here]", "one"), says("done")))
    run.run(until="chapter")

    assert written(run) == before.replace("[insert number 1 here]", "one")


def test_a_patch_that_makes_it_worse_is_taken_back_and_what_remains_is_told():
    before = with_placeholders(1)
    worse = patch("[insert number 1 here]", "[insert this here] [insert that here]")
    run = machine(*chapter(says(before), *[worse, says("done")] * 3))
    registry = run.run(until="chapter")

    outcome = registry.outcomes["chapter/the-ferry"]
    assert written(run) == before
    assert (outcome.rounds, outcome.status) == (3, Status.FLAWED)
    assert {f.quote for f in outcome.findings} == {"[insert number 1 here]"}


def test_without_tools_only_the_faulty_passage_is_told_anew():
    before = with_placeholders(1)
    paragraphs = before.split("\n\n")
    anew = paragraphs[0].replace("[insert number 1 here]", "one")
    script = chapter(says(before), says(anew))
    run = machine(*script, abilities=Abilities(tools=False))
    run.run(until="chapter")

    assert written(run).split("\n\n")[1:] == paragraphs[1:]
    assert "[insert" not in written(run)


def test_what_cannot_be_mended_passage_by_passage_is_told_anew_as_a_whole():
    german = " ".join(" ".join(texts("de")).split()[:300]).rpartition(".")[0] + "."
    run = machine(
        *chapter(says(german), says(german), says(CLEAN)), abilities=Abilities(tools=False)
    )
    run.run(until="chapter")

    assert written(run) == CLEAN


def test_what_a_person_lets_stand_is_no_reason_to_mend_the_next_text():
    run = machine(*chapter(says(with_placeholders(1)), says("done"), says("done"), says("done")))
    held, *_ = run.run(until="chapter").outcomes["chapter/the-ferry"].findings
    run.book.waive(held.key, "It is a form.")
    judges = run.unit.judges(run.unit.program.step("chapter"))
    work = run.unit.agent(run.unit.registry().instructions[3]).work(with_placeholders(1))

    assert [
        f for judge in judges for f in judge(replace(work, path=FIRST)) if f.code == "DOC-META"
    ] == []


def test_an_evaluator_that_fails_ends_the_run_with_an_error():
    def broken(work):
        raise ZeroDivisionError

    evaluators = {**EVALUATORS, "leaks": panel.heard("leaks", broken)}
    run = machine(*WHOLE_BOOK, evaluators=evaluators)

    with pytest.raises(EvaluatorFailed, match="`leaks` failed on"):
        run.run()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_of_a_draft_with_planted_errors_only_what_is_at_fault_changes(number):
    """The benchmark asks the local model the same of ten drafts."""
    result = feedback_loop.mended(Rehearsal(), feedback_loop.planted(number))

    assert len(result.before) >= 3
    assert result.after == ()
    assert result.is_kept


def test_the_words_that_a_quote_conflicts_with_are_told_too():
    def doubting(work):
        grey = "stone 3 "
        against = Evidence("notes/bible.md", "The stones have no numbers.")
        return [replace(found(BLOCK, grey), conflict=against)] if grey in work.text else []

    numbered = says(CLEAN)
    script = chapter(numbered, patch("stone 3 ", "that stone "), says("done"))
    run = machine(*script, evaluators={**EVALUATORS, "structure": doubting})
    run.run(until="chapter")

    assert "in `notes/bible.md`: “The stones have no numbers.”" in run.told(4).text
    assert "that stone" in written(run)
