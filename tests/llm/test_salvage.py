"""A chapter whose stream breaks anywhere, in any way, is gone on with over the wire and comes out whole."""

import pytest

from l2mac_write.machine.toolbox import NO_TOOLS
from l2mac_write.machine.turn import Wording, take_turn
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.spending import total
from l2mac_write.text.languages import language
from tests.fake_api import Cut, ErrorEvent, Framing, Garbage, calling
from tests.fake_api.author import Author, opening
from tests.llm.wired import READ, FakeTime, asking, line, wired
from tests.machine.machines import prose

CHAPTER = prose(400).text
WAYS = {
    "chunked": lambda fraction: Cut(fraction, Framing.CHUNKED),
    "closed": lambda fraction: Cut(fraction, Framing.CLOSE),
    "reset": lambda fraction: Cut(fraction, Framing.RESET),
    "error event": ErrorEvent,
    "garbage": Garbage,
}


class Novelist(Author):
    """Has one chapter in mind, whatever it is asked."""

    def text(self, body):
        return CHAPTER


def go_on(said):
    words = ProgramWords("book")
    known = {"said_words": len(said.split()), "language": language("en")}
    return words.render("go_on.md.j2", said=said, **known)


def written(llm, book=None, **asked):
    return take_turn(
        line(llm.llm, book or MemoryBook()),
        NO_TOOLS,
        asking(**asked),
        Wording(go_on, lambda done, earlier: ""),
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("twentieth", range(20))
def test_no_truncated_chapter_is_ever_accepted(way, twentieth):
    with wired(Novelist(), WAYS[way](twentieth / 20)) as (llm, api):
        assert written(llm).text == CHAPTER

    assert len(api.bodies) == 2


def test_a_line_that_breaks_at_every_attempt_still_brings_the_chapter_home():
    breaks = [Cut(0.4, framing) for framing in (*Framing, *Framing)]
    with wired(Novelist(), *breaks) as (llm, _):
        assert written(llm).text == CHAPTER


def test_what_arrived_is_not_written_again():
    book = MemoryBook()
    with wired(Novelist(), Cut(0.9)) as (llm, api):
        written(llm, book)

    whole, rest = (bill.output_tokens for bill in api.bills)
    assert rest < whole / 3
    assert total(book.spend()).unanswered == 1


def test_what_was_kept_stands_in_the_turn_of_the_user_and_the_prompt_before_it_is_not_touched():
    with wired(Novelist(), Cut(0.5)) as (llm, api):
        written(llm)

    first, second = api.bodies
    assert [message["role"] for message in second["messages"]] == ["user"]
    assert opening(second) == opening(first)
    assert second["system"] == first["system"]
    assert CHAPTER[:200] in second["messages"][0]["content"][1]["text"]


def test_what_is_said_but_once_takes_no_place_in_the_cache():
    with wired(Novelist(), Cut(0.5)) as (llm, api):
        written(llm)

    prompt, kept = api.bodies[1]["messages"][0]["content"]
    assert "cache_control" in prompt
    assert "cache_control" not in kept


def test_a_cut_among_tool_calls_is_asked_for_again_and_nothing_is_called():
    answers = iter([calling("read_file", {"path": "a.md"}), CHAPTER, CHAPTER])
    with wired(lambda _: next(answers), Cut(0.9)) as (llm, _):
        turn = written(llm, tools=(READ,))

    assert turn.text == CHAPTER
    assert len(turn.conversation) == 2


def test_a_crowded_server_is_waited_for_before_going_on():
    time = FakeTime()
    with wired(Novelist(), ErrorEvent(fraction=0.6), retrying=time.retrying()) as (llm, _):
        written(llm)

    assert sum(time.sleeps) > 0
