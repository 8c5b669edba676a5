"""A small model is led: it answers small questions, and goes on from sentences of the plan."""

import json

import pytest

from l2mac_write.book import Brief
from l2mac_write.errors import UsageError
from l2mac_write.llm.scripted import says
from l2mac_write.machine.planning import is_sound, names_in
from l2mac_write.messages import Reply, Structured, Told
from tests.machine.machines import GUIDED, machine, program, word

ANSWERS = {
    "name": "Ruth",
    "who": "a tired ferryman",
    "goal": "cross the frozen river",
    "helper": "an old smith named Otto",
    "enemy": "the toll keeper",
    "object": "a broken oar",
    "place": "the empty boathouse",
    "secret": "the bridge had never been closed",
    "title": "The Last Crossing",
}
BRIEF = Brief("A ferryman crosses the river one last time.", chapters=2, words=600)


def answers(*titles, **changed):
    said = {**ANSWERS, **changed}
    asked = [says(json.dumps({slot: answer})) for slot, answer in said.items()]
    return [*asked, *(says(json.dumps({"title": title})) for title in titles)]


def guided(*script, brief=BRIEF):
    return machine(*script, brief=brief, abilities=GUIDED, name="book-small")


def scenes(count=12):
    """Scenes of a length that fits, no two sentences alike."""
    return [says(" ".join(sentence(n, m) for m in range(10))) for n in range(count)]


def sentence(*seed):
    one, two, three = (word(*seed, n) for n in range(3))
    return f"{one.capitalize()} kept the {two} beside {three}."


def planned(*script):
    run = guided(*script)
    run.run(until="plan")
    return run


def test_the_plan_is_made_of_the_programs_sentences_and_the_models_answers():
    plan = planned(*answers("The Cold Boathouse", "The Open Bridge")).unit.plan()

    assert plan.title == "The Last Crossing"
    assert plan.premise.startswith("Ruth is a tired ferryman and wants to cross the frozen river.")
    assert [chapter.title for chapter in plan.chapters] == ["The Cold Boathouse", "The Open Bridge"]
    assert "Ruth held it up to the window and looked at it closely." in plan.chapters[0].beats


def test_a_short_book_tells_the_whole_story_in_fewer_beats():
    brief = Brief("A ferryman crosses the river one last time.", chapters=1, words=400)
    run = guided(*answers("The Cold Boathouse"), brief=brief)
    run.run(until="plan")

    (chapter,) = run.unit.plan().chapters
    assert len(chapter.beats) == 5
    assert chapter.beats[0].startswith("Ruth woke before the light")
    assert chapter.beats[-1].startswith("In the evening Ruth sat down at last")


def test_each_question_is_asked_alone_under_a_schema_of_its_own():
    run = planned(*answers("The Cold Boathouse", "The Open Bridge"))

    schemas = [request.shape.schema for request in run.llm.heard]
    assert all(isinstance(request.shape, Structured) for request in run.llm.heard)
    assert [[*schema["properties"]] for schema in schemas][:3] == [["name"], ["who"], ["goal"]]
    assert "Ruth" in run.told(2).text


def test_examples_come_before_the_question_as_a_conversation():
    run = planned(*answers("The Cold Boathouse", "The Open Bridge"))

    kinds = [type(message) for message in run.llm.heard[0].conversation]
    assert kinds == [Told, Reply, Told, Reply, Told, Reply, Told]


def test_a_title_that_was_there_before_is_asked_for_again():
    script = answers("The Cold Boathouse", "The Cold Boathouse", "The Open Bridge")
    plan = planned(*script).unit.plan()

    assert plan.chapters[1].title == "The Open Bridge"


def test_a_hero_named_in_the_prompt_keeps_the_name():
    brief = Brief("Anne Kermarec keeps the books of a mill.", chapters=2, words=600)
    run = guided(*answers("One Day", "Another Night", name="Anne Kermarec"), brief=brief)
    run.run(until="plan")

    assert run.llm.heard[0].shape.schema["properties"]["name"]["enum"] == ["Anne Kermarec"]


def test_a_scene_goes_on_from_the_text_so_far_and_the_next_beat():
    run = guided(*answers("The Cold Boathouse", "The Open Bridge"), *scenes())
    run.run()

    openings = [
        r.conversation[-1].text
        for r in run.llm.heard
        if r.conversation and isinstance(r.conversation[-1], Reply)
    ]
    assert openings[0].startswith("Ruth woke before the light that morning")
    assert sentence(0, 9) in openings[1]


def test_chapters_come_close_to_their_length():
    run = guided(*answers("The Cold Boathouse", "The Open Bridge"), *scenes())
    registry = run.run()

    written = [len(run.book.read(c.path).split()) for c in run.unit.plan().chapters]
    assert registry.is_done
    assert all(225 <= words <= 375 for words in written)


def test_a_scene_that_repeats_another_is_tried_again_with_another_seed():
    first, *rest = scenes()
    run = guided(*answers("The Cold Boathouse", "The Open Bridge"), first, first, *rest)
    run.run()

    repeated, again = run.llm.heard[12:14]
    text = run.book.read(run.unit.plan().chapters[0].path)
    assert repeated.conversation == again.conversation
    assert repeated.seed != again.seed
    assert text.count(first.text[:60]) == 1


@pytest.mark.parametrize(
    ("answer", "sound"),
    [
        ("a broken oar", True),
        ("a broken mirror,", False),
        ("x" * 59, False),
        ("", False),
        ("the old oar that broke", False),
    ],
)
def test_an_answer_that_was_cut_or_given_before_is_not_sound(answer, sound):
    assert is_sound(answer, ["the old oar that broke"]) is sound


def test_full_names_are_found_and_openings_of_sentences_are_not():
    assert names_in("Anne Kermarec meets Job Riou. In Brest, nobody cares.") == (
        "Anne Kermarec",
        "Job Riou",
    )


def test_a_language_that_the_program_cannot_write_is_refused():
    with pytest.raises(UsageError, match="in en only, not in `fr`"):
        program("book-small").insist_on("fr", guided=True)
    program("book-small").insist_on("en-GB", guided=True)
