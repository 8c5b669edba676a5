"""A chapter longer than one reply is written beat by beat, with a running count of its words."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.book import Brief
from l2mac_write.errors import AnswerRefused, LLMUnavailable
from l2mac_write.instructions import Status
from l2mac_write.llm.scripted import calls, says
from l2mac_write.machine.continuing import whole_sentences
from l2mac_write.machine.passages import passages
from l2mac_write.machine.pieces import SHORTEST, BeatPart, following, last_paragraphs
from l2mac_write.messages import Reply, Stop
from l2mac_write.ports import Abilities
from l2mac_write.text.counting import count_words
from l2mac_write.text.headings import body
from tests.machine.machines import chapter, first_told, machine, plan, prose

PATH = "chapters/01-the-ferry.md"
BEATS = ("The rope breaks.", "The water rises.", "Ansel swims.", "He is gone.")
BEFORE = 2
"""Calls for plan and bible."""


def long_chapter(*script, words=1200, reply=400, beats=BEATS, book=None, tools=True):
    """A machine that writes one chapter, and whose model gives `reply` words at a time."""
    ferry = chapter("The Ferry", words=words, beats=list(beats))
    opening = () if book else (plan(chapters=[ferry]), prose(60, about="bible"))
    brief = Brief("A tale of two ferrymen.", chapters=1, words=words)
    run = machine(*opening, *script, book=book, brief=brief, abilities=Abilities(tools=tools))
    steps = [replace(step, reply_words=reply) for step in run.unit.program.steps]
    run.unit = replace(run.unit, program=replace(run.unit.program, steps=tuple(steps)))
    return run


def pieces(*sizes):
    return [prose(size, about=f"piece{n}") for n, size in enumerate(sizes)]


REST = (says("Ansel swims ashore."), prose(120, about="cover"))


def asked(run, number):
    """What was asked for in call `number` of the chapter, window and contract left out."""
    return run.llm.heard[BEFORE + number - 1].conversation[-1].text


def written(run):
    return body(run.book.read(PATH))


def test_a_chapter_of_three_replies_is_written_in_three_pieces():
    said = pieces(400, 400, 400)
    run = long_chapter(*said, *REST)
    run.run()

    assert written(run) == "\n\n".join(reply.text for reply in said)


def test_each_piece_is_told_its_beats_its_words_and_how_many_are_written_and_left():
    run = long_chapter(*pieces(400, 380, 420), *REST)
    run.run()

    first, second, third = (asked(run, n) for n in (1, 2, 3))
    assert "the first piece" in first
    assert "about 400 words (between 380 and 420); 800 more are left" in first
    assert re.findall(r"(?m)^- (.*)$", first) == list(BEATS[:2])
    assert f"may not begin yet: {BEATS[2]}" in first
    assert "400 of its 1200 words are written" in second
    assert re.findall(r"(?m)^- (.*)$", second) == [BEATS[2]]
    assert "780 of its 1200 words are written" in third
    assert "the last piece" in third
    assert "about 420 words (between 399 and 441)." in third
    assert re.findall(r"(?m)^- (.*)$", third) == [BEATS[3]]


def test_each_piece_sees_the_end_of_what_is_written_word_for_word():
    said = pieces(400, 400, 400)
    run = long_chapter(*said, *REST)
    run.run()

    assert said[0].text.rpartition("\n\n")[2] in asked(run, 2)
    assert said[1].text.rpartition("\n\n")[2] in asked(run, 3)
    assert "<written>" not in asked(run, 1)


def test_all_pieces_begin_with_the_same_words_so_that_a_cache_has_them():
    run = long_chapter(*pieces(400, 400, 400), *REST)
    run.run()

    requests = run.llm.heard[BEFORE : BEFORE + 3]
    first = requests[0]
    for request in requests:
        assert request.system == first.system
        assert request.tools == first.tools
        assert request.conversation[:-1] == first.conversation[:-1]
    assert "This chapter's contract" in first_told(first)
    assert all(r.conversation[-1].once for r in requests)


def test_what_one_piece_falls_short_of_the_next_ones_make_up_for():
    run = long_chapter(*pieces(200, 350, 350, 300), *REST)
    run.run()

    assert "about 333 words" in asked(run, 2)
    assert count_words(written(run)) == 1200
    assert re.findall(r"(?m)^- (.*)$", asked(run, 4)) == [BEATS[3]]


def test_a_piece_without_a_beat_of_its_own_goes_deeper_and_leaves_the_ending_to_the_last():
    run = long_chapter(*pieces(200, 200, 400, 400), *REST, beats=BEATS[:2])
    run.run()

    assert "No new beat" in asked(run, 3)
    assert f"may not begin yet: {BEATS[1]}" in asked(run, 3)


def test_fewer_beats_than_pieces_are_told_in_parts():
    run = long_chapter(*pieces(400, 400, 400), *REST, beats=["The river rises."])
    run.run()

    told = [re.findall(r"part (\d) of (\d)", asked(run, n)) for n in (1, 2, 3)]
    assert told == [[("1", "3")], [("2", "3")], [("3", "3")]]


def test_a_chapter_that_one_reply_can_hold_is_written_whole():
    run = long_chapter(prose(400, about="ferry"), *REST, words=400)
    run.run()

    request = run.llm.heard[BEFORE]
    assert not any(message.once for message in request.conversation)
    assert "Write this chapter, whole: about 400 words" in first_told(request)


def test_a_piece_that_broke_off_is_gone_on_with():
    first, *others = pieces(400, 400, 400)
    half = Reply(first.text[:900], stop=Stop.LENGTH)
    kept = whole_sentences(half.text)
    run = long_chapter(half, says(first.text[len(kept) :]), *others, *REST)
    run.run()

    assert f"<kept>\n{kept}\n</kept>" in asked(run, 2)
    assert written(run).startswith(first.text)


def test_a_run_that_stops_between_two_pieces_goes_on_with_the_next():
    said = pieces(400, 400, 400)
    stopped = long_chapter(*said[:2], LLMUnavailable("overloaded"))
    with pytest.raises(LLMUnavailable):
        stopped.run()
    resumed = long_chapter(said[2], *REST, book=stopped.book)
    resumed.run()

    assert len(resumed.llm.heard) == 1 + len(REST)
    assert written(resumed) == "\n\n".join(reply.text for reply in said)


def test_a_piece_that_repeats_the_end_of_the_text_adds_only_what_is_new():
    first, second, third = pieces(400, 400, 400)
    again = says(f"{first.text.rpartition(chr(10))[2]}\n\n{second.text}")
    run = long_chapter(first, again, third, *REST)
    run.run()

    assert written(run) == f"{first.text}\n\n{second.text}\n\n{third.text}"


def test_words_to_us_around_a_piece_are_no_part_of_the_chapter():
    first, second, third = pieces(400, 400, 400)
    run = long_chapter(first, says(f"Here is the next piece:\n\n{second.text}"), third, *REST)
    run.run()

    assert "Here is" not in written(run)


def test_an_empty_piece_is_asked_for_again_and_its_beats_are_not_lost():
    first, second, third = pieces(400, 400, 400)
    run = long_chapter(first, says(" "), second, third, *REST)
    run.run()

    before, after = (run.llm.heard[BEFORE + n] for n in (1, 2))
    assert before.conversation == after.conversation
    assert before.seed != after.seed
    assert written(run).endswith(third.text)


def test_a_model_that_never_says_anything_leaves_no_empty_chapter():
    run = long_chapter(*[says("")] * 99)

    with pytest.raises(AnswerRefused, match="`chapter/the-ferry` came to nothing"):
        run.run()
    assert PATH not in run.book.paths()


def test_a_chapter_that_stays_too_short_gets_more_before_its_ending():
    said = [*pieces(*[100] * 9), prose(400, about="more")]
    run = long_chapter(*said, *REST)
    registry = run.run()

    ending = last_paragraphs(said[8].text, 60)
    assert "has its ending already" in asked(run, 10)
    assert ending in asked(run, 10)
    assert written(run).endswith(ending)
    assert said[9].text in written(run)
    assert registry.status("chapter/the-ferry") is Status.DONE


def test_a_chapter_that_is_too_long_has_its_longest_passages_tightened_one_at_a_time():
    said = pieces(500, 500, 500)
    run = long_chapter(*said, *[prose(95, about=f"tight{n}") for n in range(9)], *REST)
    registry = run.run()

    assert "told in about" in asked(run, 4)
    assert max(r.shape.words for r in run.llm.heard[BEFORE + 3 : -2]) < 200
    assert count_words(written(run)) == pytest.approx(1200, rel=0.05)
    assert registry.status("chapter/the-ferry") is Status.DONE


def test_of_a_long_chapter_only_the_passage_with_the_fault_is_told_anew():
    first, second, third = pieces(400, 400, 400)
    leaky = says(second.text.replace("stone 9 ", "TODO stone 9 "))
    faulty = next(p for p in passages(leaky.text, 133) if "TODO" in p)
    run = long_chapter(first, leaky, third, says(faulty.replace("TODO ", "")), *REST, tools=False)
    run.run()

    request = run.llm.heard[BEFORE + 3]
    assert "TODO" in asked(run, 4)
    assert request.shape.words < 250
    assert written(run) == f"{first.text}\n\n{second.text}\n\n{third.text}"


def test_a_few_words_of_a_long_chapter_are_patched():
    first, second, third = pieces(400, 400, 400)
    leaky = says(second.text.replace("stone 9 ", "TODO stone 9 "))
    patch = calls("patch_file", path=PATH, old="TODO stone", new="stone")
    run = long_chapter(first, leaky, third, patch, says("done"), *REST)
    run.run()

    assert written(run) == f"{first.text}\n\n{second.text}\n\n{third.text}"


def test_a_remark_does_not_take_the_place_of_a_passage():
    first, second, third = pieces(400, 400, 400)
    leaky = says(second.text.replace("stone 9 ", "TODO stone 9 "))
    run = long_chapter(first, leaky, third, *[says("I have mended it.")] * 3, *REST)
    run.run()

    assert written(run) == f"{first.text}\n\n{leaky.text}\n\n{third.text}"


@given(st.integers(0, 12), st.integers(1, 20_000), st.integers(100, 5_000))
def test_of_any_beats_each_is_told_once_and_the_last_one_last(beats, words, most):
    left = tuple(BeatPart(str(n)) for n in range(beats))
    told, total = [], 0
    while True:
        piece = following(left, words - total, most)
        told, total, left = [*told, *piece.beats], total + piece.words, piece.later
        assert piece.words <= max(most, SHORTEST)
        if piece.is_last:
            break

    assert [beat.text for beat in told] == [str(n) for n in range(beats)]
    assert words <= total <= words + SHORTEST


@given(st.lists(st.integers(1, 300), min_size=1), st.integers(1, 1_000))
def test_passages_are_the_whole_text_cut_between_paragraphs(sizes, words):
    text = "\n\n".join("word " * (size - 1) + "word" for size in sizes)

    assert "\n\n".join(passages(text, words)) == text
