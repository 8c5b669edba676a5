"""A conversation that outgrows its model's window goes on without its oldest look-ups."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l2mac_write.errors import LLMError, WindowOverflow
from l2mac_write.llm.scripted import calls
from l2mac_write.machine.overflow import Talk, groups, size
from l2mac_write.messages import Prose, Reply, Request, Returned, Stop, Told, ToolCall, ToolResult
from l2mac_write.ports import Abilities
from tests.machine.machines import machine, plan, prose

WINDOWS = st.sampled_from([4_000, 8_000, 32_000, 200_000, 1_000_000])
WORDS = st.text("abc 灯\n", max_size=400)


def recap(done, earlier):
    return f"{earlier} and " + "; ".join(f"{d.tool} {d.arguments} {d.said}" for d in done)


def looked(number, shown, said=""):
    call = ToolCall(f"c{number}", "read_file", {"path": f"chapters/{number:02d}.md"})
    return Reply(said, (call,), Stop.TOOLS), Returned((ToolResult(call.id, shown),))


@st.composite
def talks(draw):
    """As a turn makes them: each answer takes at most what the talk says it may."""
    window = draw(WINDOWS)
    opening = Told("x" * draw(st.integers(0, window * 2 - 4_000)))
    request = Request("system", (opening,), Prose(draw(st.integers(0, window // 20))))
    talk = Talk(request, window, recap, opening=1)
    for number in range(draw(st.integers(0, 12))):
        reply, _ = looked(number, "", draw(WORDS))
        shown = "y" * min(4 * talk.shown(reply) - 40, draw(st.integers(0, 40_000)))
        once = (Told("Go on.", once=True),) if draw(st.booleans()) else ()
        talk = talk.grown(*once, reply, Returned((ToolResult(f"c{number}", shown),))).fitting()
    return talk


@settings(deadline=None)
@given(talks())
def test_what_is_sent_always_fits(talk):
    room = talk.window - 2 * talk.whole.shape.words

    assert size(talk.request()) <= room


@settings(deadline=None)
@given(talks(), st.integers(0, 12))
def test_the_opening_never_moves_and_the_newest_group_stays(talk, times):
    for _ in range(times):
        talk = talk.shorter() if talk.can_be_shorter else talk
    sent, whole = talk.request().conversation, talk.whole.conversation

    assert sent[0] == whole[0]
    assert sent[-2:] == whole[-2:] or len(whole) == 1


@settings(deadline=None)
@given(talks(), st.integers(0, 12))
def test_a_call_and_its_result_are_left_out_together_or_not_at_all(talk, times):
    for _ in range(times):
        talk = talk.shorter() if talk.can_be_shorter else talk
    sent = talk.request().conversation

    asked = [call.id for message in sent if isinstance(message, Reply) for call in message.calls]
    got = [r.call_id for message in sent if isinstance(message, Returned) for r in message.results]
    assert asked == got
    assert len(groups(sent)) == len(groups(talk.whole.conversation)) - talk.left_out


def test_a_note_stands_where_they_stood_and_says_what_was_done():
    opening = Told("Write.")
    talk = Talk(Request("", (opening,), Prose(10)), 4_000, recap, 1)
    talk = talk.grown(*looked(1, "A", "First"), *looked(2, "B"), *looked(3, "C"))

    sent = talk.shorter().shorter().request().conversation

    note = '0 and read_file {"path": "chapters/01.md"} First; read_file {"path": "chapters/02.md"} '
    assert sent == (opening, Told(note), *looked(3, "C"))


def test_the_note_is_bounded_however_much_was_done():
    talk = Talk(Request("", (Told("Write."),), Prose(10)), 4_000, recap, 1)
    for number in range(100):
        talk = talk.grown(*looked(number, "", "z" * 10_000))
    note = replace(talk, left_out=99).request().conversation[1].text

    assert note.startswith("91 and ")
    assert len(note) < 3_000


def test_a_task_that_was_told_once_at_the_opening_stays():
    opening = (Told("The window."), Told("Your piece.", once=True))
    talk = Talk(Request("", opening, Prose(10)), 4_000, recap, opening=2)
    sent = talk.grown(*looked(1, "A"), *looked(2, "B")).shorter().request().conversation

    assert sent[:2] == opening


READS = [replace(calls("read_file", path="notes/bible.md"), text=f"Look {n}.") for n in range(6)]


FERRY = "chapters/01-the-ferry.md"


def first_chapter(*script, **how):
    """The requests with tools of a run that ends with its script."""
    run = machine(plan(), *script, **how)
    with pytest.raises(LLMError, match="script"):
        run.run()
    assert "ferry stone" in run.book.read(FERRY)
    return [request for request in run.llm.heard if request.tools]


def grown_by(requests):
    """How many messages each has more than the first."""
    return [len(r.conversation) - len(requests[0].conversation) for r in requests]


def test_a_turn_that_reads_more_than_its_window_holds_is_brought_to_its_end():
    small, bible = Abilities(window=8_000), prose(3_000, about="bible")
    sent = first_chapter(bible, *READS, prose(about="ferry"), abilities=small)

    assert all(size(request) <= 8_000 for request in sent)
    note = sent[len(READS)].conversation[len(sent[0].conversation)].text
    assert "`read_file`" in note
    assert "Look 0." in note


def test_a_server_that_still_refuses_gets_ever_less_until_it_answers():
    full = WindowOverflow("too long")
    sent = first_chapter(prose(60, about="bible"), *READS[:3], full, full, prose(about="ferry"))

    assert grown_by(sent)[:6] == [0, 2, 4, 6, 5, 3]


def test_when_nothing_can_be_left_out_any_more_the_window_itself_is_narrowed():
    full = WindowOverflow("too long")
    look = replace(READS[0], calls=(ToolCall("1", "read_file", {"path": "plan.toml"}),))
    sent = first_chapter(
        prose(1_500, about="bible"), look, full, prose(about="ferry"),
        abilities=Abilities(window=8_000),
    )  # fmt: skip

    assert grown_by(sent)[:3] == [0, 2, 0]
    assert size(sent[2]) < size(sent[0])


def test_a_look_up_too_large_for_the_server_is_cut_until_it_answers():
    full = WindowOverflow("too long")
    sent = first_chapter(
        prose(1_500, about="bible"), READS[0], full, full, prose(about="ferry"),
        abilities=Abilities(window=100_000),
    )  # fmt: skip
    answers = [request.conversation[-1].results[0].text for request in sent[1:4]]

    assert grown_by(sent)[:4] == [0, 2, 2, 2]
    assert len(answers[0]) > 1.9 * len(answers[1]) > 3.6 * len(answers[2])
    assert answers[2].endswith("… (cut: ask for a smaller part)")
    assert answers[2].count("(cut") == 1
