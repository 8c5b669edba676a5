"""Chapters that were written without having seen each other are read together once all are there."""

import json
from dataclasses import replace

import pytest

from l2mac_write.errors import LLMUnavailable, UsageError
from l2mac_write.findings import Severity
from l2mac_write.llm.scripted import calls, says
from tests.machine.machines import BRIEF, GUIDED, chapter, machine, plan, prose

FIRST, SECOND = "chapters/01-the-ferry.md", "chapters/02-the-flood.md"
FERRY, FLOOD = prose(about="ferry").text, prose(270, about="flood").text
OPENING = "On the seventh day the ice was gone."
COVER = prose(120, about="cover")


def apart(first=FERRY, second=FLOOD, found=()):
    """A book of two chapters that do not know of each other, up to what contradicts in it."""
    chapters = [chapter("The Ferry", words=300), chapter("The Flood", words=300, after=[])]
    texts = (prose(60, about="bible"), says(first), says("He counts."), says(second))
    return (plan(chapters=chapters), *texts, says("He swims."), claims(*found))


def claims(*found):
    return says(json.dumps({"contradictions": found}))


def beginning(text):
    return f"{OPENING}\n\n{text}"


ALIKE = apart(beginning(FERRY), beginning(FLOOD))
COPY = FERRY.partition("\n\n")[0]
WITH_A_COPY = apart(FERRY, f"{FLOOD}\n\n{COPY}")


def findings(run, instruction):
    return [f.message for f in run.book.outcomes()[instruction].findings]


def written(run, path):
    return [run.book.text(version) for version in run.book.versions(path)]


def test_where_nothing_contradicts_or_is_copied_no_text_is_touched():
    run = machine(*apart(), COVER)
    registry = run.run()

    assert registry.is_done
    assert "joint/the-flood" in registry.outcomes
    assert len(run.llm.heard) == 8
    assert len(written(run, SECOND)) == 1


def test_chapters_that_saw_each_other_are_not_read_again():
    chapters = [chapter("The Ferry", words=300), chapter("The Flood", words=300)]
    run = machine(plan(chapters=chapters), *apart()[1:-1], COVER)
    steps = {i.step for i in run.run().instructions}

    assert steps == {"requirements", "plan", "bible", "chapter", "summary", "replan", "about"}
    assert len(run.llm.heard) == 7


def test_a_passage_that_both_have_is_taken_out_of_the_later_one_by_code_alone():
    run = machine(*WITH_A_COPY, says("He swims still."), COVER)
    run.run()

    assert FERRY in run.book.read(FIRST)
    assert written(run, SECOND)[-1] == f"# The Flood\n\n{FLOOD}\n"
    assert len(run.llm.heard) == 9


def test_the_summary_is_made_again_of_the_text_as_it_stands_then():
    run = machine(*WITH_A_COPY, says("He swims still."), COVER)
    run.run()

    assert "<chapter " in run.shown(8)
    assert FERRY[:60] not in run.shown(8)
    assert run.book.read("notes/summaries/02.md") == "He swims still.\n"
    assert "He swims still." in run.told(9).text


def test_what_code_cannot_mend_goes_back_to_an_agent_with_the_chapter_and_the_reason():
    run = machine(*ALIKE, says(FLOOD), says("He swims."), COVER)
    registry = run.run()

    _, told, text, asked = run.llm.heard[7].conversation
    assert "Chapter 2 of 2: The Flood" in told.text
    assert text.text == beginning(FLOOD)
    assert f"begins with the same words as `{FIRST}`" in asked.text
    assert registry.outcomes["joint/the-flood"].rounds == 1
    assert run.book.read(SECOND) == f"# The Flood\n\n{FLOOD}\n"


def test_a_name_that_the_two_spell_differently_goes_back_to_the_later_author():
    ferry, flood = (
        text.replace("stone", name) for text, name in ((FERRY, "Cathrine"), (FLOOD, "Catherine"))
    )
    run = machine(*apart(ferry, flood), says(FLOOD), says("He swims."), COVER)
    run.run()

    assert f"`Catherine` looks like `Cathrine`, a name in `{FIRST}`" in run.told(8).text


def test_a_passage_is_mended_by_a_patch():
    patch = calls("patch_file", path=SECOND, old=OPENING, new="Then it rained.")
    run = machine(*ALIKE, patch, says("done"), says("He swims."), COVER)
    run.run()

    assert run.book.read(SECOND).startswith("# The Flood\n\nThen it rained.\n\nAnsel counted flood")


def test_of_a_chapter_longer_than_one_reply_only_the_passage_is_told_anew():
    anew, (_, _, rest) = prose(66, about="rain"), FLOOD.partition("\n\n")
    run = machine(*ALIKE, anew, says("He swims."), COVER)
    joint = replace(run.unit.program.step("joint"), reply_words=100)
    steps = tuple(joint if step.id == "joint" else step for step in run.unit.program.steps)
    run.unit = replace(run.unit, program=replace(run.unit.program, steps=steps))
    run.run()

    request = run.llm.heard[7]
    assert f"<passage>\n{OPENING}" in request.conversation[-1].text
    assert request.shape.words < 100
    assert run.book.read(SECOND) == f"# The Flood\n\n{anew.text}\n\n{rest}\n"


def test_after_three_rounds_the_text_stays_and_what_remains_is_told():
    run = machine(*ALIKE, *[says(beginning(FLOOD))] * 3, COVER)
    registry = run.run()

    assert registry.is_done
    assert len(written(run, SECOND)) == 1
    assert [f.severity for f in registry.outcomes["joint/the-flood"].findings] == [Severity.REVISE]
    assert "begins with the same words" in findings(run, "joint/the-flood")[0]


def test_what_was_known_of_a_chapter_before_is_not_held_against_it_again():
    short = prose(100, about="flood")
    run = machine(*apart()[:4], *[short] * 4, says("He swims."), claims(), COVER)
    run.run()

    assert "100 words" in findings(run, "chapter/the-flood")[0]
    assert findings(run, "joint/the-flood") == []


def test_a_run_that_stops_before_the_new_summary_goes_on_with_it():
    stopped = machine(*WITH_A_COPY, LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    resumed = machine(says("He swims still."), COVER, book=stopped.book)
    registry = resumed.run()

    assert registry.is_done
    assert resumed.book.read("notes/summaries/02.md") == "He swims still.\n"


def test_no_paragraph_that_a_person_wrote_is_taken_out():
    stopped = machine(*WITH_A_COPY[:-2], LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    mine = stopped.book.read(SECOND).replace("ferry stone 1 ", "ferry stone 1, and mine, ")
    stopped.book.edit(SECOND, mine)
    machine(says("He swims."), claims(), says("He swims."), COVER, book=stopped.book).run()

    assert stopped.book.read(SECOND) == mine
    assert "and mine" not in stopped.book.read("chapters/02-the-flood.agent.md")


def test_the_small_program_takes_out_what_two_chapters_have_and_asks_no_model():
    stopped = machine(*WITH_A_COPY[:-2], LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    small = machine(book=stopped.book, name="book-small", abilities=GUIDED)
    registry = small.run()

    assert registry.is_done
    assert small.book.read(SECOND) == f"# The Flood\n\n{FLOOD}\n"


CLAIM = {
    "chapter": 2,
    "quote": "He swims.",
    "other": 1,
    "other_quote": "He counts.",
    "why": "Whoever counts cannot swim.",
}
CLAIMED = apart(found=[CLAIM])


def test_a_model_is_asked_once_what_contradicts_in_the_summaries_of_such_chapters():
    run = machine(*apart(), COVER)
    run.run()

    assert "Chapter 1: He counts.\n\nChapter 2: He swims." in run.told(7).text
    assert "Chapter 2 knew none of the chapters before it." in run.told(7).text
    assert FERRY[:40] not in run.told(7).text


def test_a_contradiction_goes_to_the_author_of_the_later_chapter_who_mends_it():
    patch = calls("patch_file", path=SECOND, old="flood stone 9 ", new="flood boulder 9 ")
    run = machine(*CLAIMED, patch, says("done"), says("He wades."), COVER)
    registry = run.run()

    assert "“He swims.” There: “He counts.” Whoever counts cannot swim." in run.told(8).text
    assert "flood boulder 9 " in run.book.read(SECOND)
    assert registry.outcomes["joint/the-flood"].findings == ()
    assert run.book.read("notes/summaries/02.md") == "He wades.\n"


def test_an_author_who_lets_it_stand_is_not_asked_again_and_the_reader_is_told():
    run = machine(*CLAIMED, says("done"), COVER)
    registry = run.run()

    assert len(written(run, SECOND)) == 1
    assert [f.severity for f in registry.outcomes["joint/the-flood"].findings] == [Severity.ADVISE]
    assert "cannot swim" in findings(run, "joint/the-flood")[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "He flies."},
        {"other_quote": ""},
        {"chapter": 1, "other": 1},
        {"chapter": 3},
        {"other": -1},
        {"why": None},
        {"chapter": "2"},
    ],
    ids=str,
)
def test_a_claim_that_the_summaries_do_not_bear_out_is_dropped(wrong):
    run = machine(*apart(found=[CLAIM | wrong, "nonsense"]), COVER)
    run.run()

    assert run.book.read("notes/contradictions.toml") == "contradiction = []\n"
    assert len(run.llm.heard) == 8


def test_a_claim_about_a_chapter_that_was_known_is_dropped():
    chapters = [chapter(title, words=300, after=[]) for title in ("The Ferry", "The Flood")]
    third = [chapter("The Ford", words=300, after=[2])]
    text, summary = prose(about="ford"), says("He fords.")
    claim = {**CLAIM, "chapter": 3, "quote": "He fords.", "other": 2, "other_quote": "He swims."}
    script = (plan(chapters=chapters + third), *apart()[1:-1], text, summary, claims(claim), COVER)
    run = machine(*script, brief=replace(BRIEF, chapters=3, words=900))
    run.run()

    assert run.book.read("notes/contradictions.toml") == "contradiction = []\n"


@pytest.mark.parametrize("answer", ["There are none.", "{", '{"contradictions": 5}', "[" * 9000])
def test_an_answer_that_is_none_is_asked_for_again_and_then_told(answer):
    run = machine(*apart()[:-1], *[says(answer)] * 2, COVER)
    registry = run.run()

    assert registry.is_done
    assert "Nobody could say what contradicts" in run.told(8).text
    assert "Nobody could say what contradicts" in findings(run, "contradictions")[0]


def test_a_list_that_a_person_has_broken_is_told_in_a_sentence():
    run = machine(*CLAIMED, LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        run.run()
    run.book.edit("notes/contradictions.toml", "contradiction = [")

    with pytest.raises(UsageError, match=r"`notes/contradictions\.toml` is not valid TOML"):
        machine(book=run.book).run()


def test_what_a_person_takes_from_the_list_is_not_asked():
    stopped = machine(*CLAIMED, LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    stopped.book.edit("notes/contradictions.toml", None)
    resumed = machine(COVER, book=stopped.book)

    assert resumed.run().outcomes["joint/the-flood"].findings == ()


def test_a_plan_that_has_them_see_each_other_after_all_leaves_every_text_where_it_is():
    run = machine(*CLAIMED, says("done"), COVER)
    run.run()
    before = run.book.read(SECOND)
    run.book.edit("plan.toml", run.book.read("plan.toml").replace("after = []", "after = [1]"))
    registry = run.run()

    assert "joint/the-flood" not in {i.id for i in registry.instructions}
    assert run.book.read(SECOND) == before


def test_what_contradicts_is_asked_though_a_chapter_has_moved_since():
    stopped = machine(*CLAIMED, LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    renamed = stopped.book.read("plan.toml").replace("The Flood", "The Drought")
    stopped.book.edit("plan.toml", renamed)
    resumed = machine(says("done"), COVER, book=stopped.book)
    resumed.run()

    assert "cannot swim" in resumed.told(1).text
    assert resumed.told(1).text.count("chapters/02-the-drought.md")
