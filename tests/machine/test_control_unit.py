"""The control unit carries out instructions, has them judged, and decides when they are done."""

from dataclasses import replace

import pytest

from l2mac_write.errors import AnswerRefused, LLMUnavailable, WindowOverflow
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.events import Finished, Judged
from l2mac_write.findings import Severity
from l2mac_write.instructions import Status
from l2mac_write.llm.scripted import calls, says
from l2mac_write.machine.continuing import whole_sentences
from l2mac_write.messages import Reply, Stop
from l2mac_write.ports import Abilities
from tests.evaluators.abroad import texts
from tests.evaluators.works import PROSE
from tests.machine.machines import BRIEF, WHOLE_BOOK, machine, plan, prose

FIRST, SECOND = "chapters/01-the-ferry.md", "chapters/02-the-flood.md"


def replaced(number, *replies):
    """The script of a whole book with its reply number `number` replaced."""
    return (*WHOLE_BOOK[: number - 1], *replies, *WHOLE_BOOK[number:])


def test_a_whole_book_is_planned_written_summarised_and_introduced():
    run = machine(*WHOLE_BOOK)
    registry = run.run()

    assert registry.is_done
    assert run.book.paths() == [
        FIRST, SECOND, "front/about.md", "notes/bible.md",
        "notes/requirements.md", "notes/summaries/01.md", "notes/summaries/02.md", "plan.toml",
    ]  # fmt: skip


def test_a_chapters_file_begins_with_its_title():
    run = machine(*WHOLE_BOOK)
    run.run()

    assert run.book.read(FIRST).startswith("# The Ferry\n\nAnsel counted ferry stone 1 ")


def test_every_instruction_starts_with_a_fresh_conversation():
    run = machine(*WHOLE_BOOK)
    run.run()

    assert not any(isinstance(m, Reply) for r in run.llm.heard for m in r.conversation)


def test_the_second_chapter_is_shown_the_bible_the_summary_and_the_first_ones_ending():
    run = machine(*WHOLE_BOOK)
    run.run()

    shown = run.shown(5)
    assert "bible stone 1 " in shown
    assert "Chapter 1: Ansel begins to count." in shown
    assert run.book.read(FIRST).split()[-1] in shown


def test_a_chapter_that_is_too_short_goes_back_with_the_reason_and_the_longer_one_is_kept():
    run = machine(*replaced(3, prose(100, about="ferry"), prose(300, about="ferry")))
    registry = run.run()

    assert "100 words" in run.told(4).text
    assert registry.outcomes["chapter/the-ferry"].rounds == 1
    assert len(run.book.read(FIRST).split()) > 290


def test_feedback_only_lengthens_the_conversation_at_its_end():
    run = machine(*replaced(3, prose(100, about="ferry"), prose(300, about="ferry")))
    run.run()

    before, after = run.llm.heard[2].conversation, run.llm.heard[3].conversation
    assert after[: len(before)] == before
    assert run.llm.heard[2].system == run.llm.heard[3].system


def test_after_three_rounds_the_best_draft_is_kept_and_what_remains_is_told():
    worse, best = prose(90, about="ferry"), prose(130, about="ferry")
    run = machine(*replaced(3, worse, best, worse, worse))
    registry = run.run()

    outcome = registry.outcomes["chapter/the-ferry"]
    assert outcome.rounds == 3
    assert outcome.status is Status.FLAWED
    assert run.book.read(FIRST).split()[-1] == best.text.split()[-1]


def test_a_draft_is_changed_in_place_by_a_patch_and_keeps_the_rest():
    leaky = says(prose(300, about="ferry").text.replace("stone 9 ", "TODO stone 9 "))
    run = machine(
        *replaced(
            3, leaky, calls("patch_file", path=FIRST, old="TODO stone", new="stone"), says("done")
        )
    )
    run.run()

    text = run.book.read(FIRST)
    assert "TODO" not in text
    assert "ferry stone 9 " in text


def test_what_code_alone_can_mend_costs_no_call():
    chatty = says(f"Here is the chapter:\n\n{prose(300, about='ferry').text}")
    run = machine(*replaced(3, chatty))
    run.run()

    assert len(run.llm.heard) == 7
    assert "Here is" not in run.book.read(FIRST)


def test_a_reply_cut_at_its_limit_is_continued_not_accepted():
    text = prose(300, about="ferry").text
    half = Reply(text[:700], stop=Stop.LENGTH)
    kept = whole_sentences(half.text)
    run = machine(*replaced(3, half, says(text[len(kept) :])))
    run.run()

    assert run.book.read(FIRST).endswith(f"{text}\n")
    assert f"<kept>\n{kept}\n</kept>" in run.told(4).text


def test_a_plan_that_is_no_plan_is_asked_for_again_with_the_reason():
    run = machine(says("I would rather talk about it."), *WHOLE_BOOK)
    run.run()

    assert "no JSON object" in run.told(2).text
    assert "plan.toml" in run.book.paths()


def test_a_plan_with_too_few_chapters_is_never_accepted_as_it_is():
    run = machine(plan("The Ferry"), *WHOLE_BOOK)
    run.run()

    assert "1 chapters; 2 are asked for" in run.told(2).text
    assert SECOND in run.book.paths()


def test_without_any_usable_plan_the_run_stops_with_a_sentence():
    run = machine(*[says("no")] * 4)

    with pytest.raises(AnswerRefused, match="`plan` came to nothing"):
        run.run()


def test_a_refusal_is_not_asked_again_blindly():
    run = machine(Reply("", stop=Stop.REFUSED))

    with pytest.raises(AnswerRefused, match="refused the instruction `plan`"):
        run.run()
    assert len(run.llm.heard) == 1


def test_a_run_that_was_stopped_goes_on_where_it_stopped_and_pays_nothing_twice():
    stopped = machine(*WHOLE_BOOK[:4], LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    resumed = machine(*WHOLE_BOOK[4:], book=stopped.book)
    resumed.run()

    unbroken = machine(*WHOLE_BOOK)
    unbroken.run()
    assert len(resumed.llm.heard) == 3
    assert [resumed.book.read(p) for p in resumed.book.paths()] == [
        unbroken.book.read(p) for p in unbroken.book.paths()
    ]


def test_an_answered_call_of_an_interrupted_instruction_is_not_made_again():
    short, long = prose(100, about="ferry"), prose(300, about="ferry")
    stopped = machine(*WHOLE_BOOK[:2], short, LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    resumed = machine(long, *WHOLE_BOOK[3:], book=stopped.book)
    resumed.run()

    assert "100 words" in resumed.told(1).text


def test_a_run_can_stop_after_the_plan():
    run = machine(*WHOLE_BOOK)
    run.run(until="plan")

    assert run.book.paths() == ["notes/requirements.md", "plan.toml"]


def test_a_run_that_is_to_stop_after_the_plan_does_nothing_once_there_is_one():
    run = machine(*WHOLE_BOOK)
    run.run(until="plan")
    run.run(until="plan")

    assert run.book.paths() == ["notes/requirements.md", "plan.toml"]


def test_a_plan_that_a_person_edited_is_the_one_that_is_written():
    run = machine(*WHOLE_BOOK)
    run.run(until="plan")
    run.book.edit("plan.toml", run.book.read("plan.toml").replace("The Flood", "The Drought"))
    run.run()

    assert "chapters/02-the-drought.md" in run.book.paths()


def test_a_plan_in_another_language_than_the_books_is_made_anew():
    english, french = plan(premise=PROSE), plan(premise=texts("fr")[0])
    run = machine(english, french, brief=replace(BRIEF, language="fr"))
    run.run(until="plan")

    assert "is in English; the book's language is French (français)." in run.told(2).text
    assert "Claire" in run.book.read("plan.toml")


def test_an_evaluator_that_fails_is_an_error_and_never_a_pass():
    def broken(_):
        raise ZeroDivisionError

    run = machine(*WHOLE_BOOK, evaluators=dict.fromkeys(EVALUATORS, broken))
    with pytest.raises(ZeroDivisionError):
        run.run()


def test_listeners_hear_what_was_judged_and_what_was_finished():
    run = machine(*replaced(3, prose(100, about="ferry"), prose(300, about="ferry")))
    run.run()

    verdicts = [
        e for e in run.events if isinstance(e, Judged) and e.instruction == "chapter/the-ferry"
    ]
    finished = [e.instruction.id for e in run.events if isinstance(e, Finished)]
    assert [v.accepted for v in verdicts] == [False, True]
    assert verdicts[0].findings[0].severity is not Severity.ADVISE
    assert finished[0] == "plan"
    assert finished[-1] == "about"


def test_a_window_that_is_full_is_made_smaller_and_the_same_instruction_goes_on():
    script = replaced(5, WindowOverflow("too long"), prose(about="flood"))
    run = machine(*script, abilities=Abilities(window=2400))
    registry = run.run()

    assert registry.is_done
    assert len(run.told(6).text) < len(run.told(5).text)


def test_a_window_that_is_full_however_small_ends_the_run_after_four_tries():
    run = machine(*WHOLE_BOOK[:4], *[WindowOverflow("too long")] * 9)

    with pytest.raises(WindowOverflow):
        run.run()
    assert len(run.llm.heard) == 4 + 4


def test_a_draft_whose_mending_does_not_fit_is_mended_in_a_smaller_window():
    short, whole = prose(100, about="ferry"), prose(300, about="ferry")
    run = machine(*replaced(3, short, WindowOverflow("too long"), whole))
    run.run()

    assert run.book.read(FIRST).endswith(f"{whole.text}\n")
    assert [type(m).__name__ for m in run.llm.heard[4].conversation[-3:]] == [
        "Told",
        "Reply",
        "Told",
    ]
