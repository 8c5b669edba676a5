"""A line to a model: every attempt is written down, none is made twice, half a reply is kept."""

from functools import partial

import pytest

from l2mac_write.errors import BudgetReached, LLMError, RequestRejected, WindowOverflow
from l2mac_write.events import Heard, Rewound, Spent
from l2mac_write.llm.scripted import ScriptedLLM, calls, says
from l2mac_write.machine.calls import Line
from l2mac_write.machine.continuing import whole_sentences, worth_keeping
from l2mac_write.machine.purse import Purse
from l2mac_write.machine.toolbox import NO_TOOLS
from l2mac_write.machine.turn import Wording, take_turn
from l2mac_write.messages import Prose, Reply, Request, Stop, Structured, Told, Usage
from l2mac_write.ports import EmptyReply, Interrupted
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.spending import total
from tests.machine.machines import prose

TEXT = prose(300).text
ASKED = Request("You write books.", (Told("Write."),), Prose(300))


class Breaking(ScriptedLLM):
    """Breaks off after so many characters where the script says so; a call costs up to a dollar."""

    def reply(self, request, hear):
        entry = super().reply(request, lambda _: None)
        if entry.stop is Stop.CUT:
            hear(entry.text)
            raise Interrupted("cut", usage=Usage(output_tokens=9))
        hear(entry.text)
        return entry

    def patiently(self, attempt):
        while True:
            try:
                return attempt()
            except Interrupted:
                pass

    def ceiling(self, request):
        return float(request.generosity)

    def price(self, usage):
        return usage.output_tokens / 100


def cut(text):
    return Reply(text, stop=Stop.CUT)


class Desk:
    """A line with all its surroundings, open to a test."""

    def __init__(self, *script, book=None, purse=None):
        self.llm, self.book, self.events = Breaking(script), book or MemoryBook(), []
        self.purse = purse or Purse()
        self.line = Line(
            llm=self.llm,
            journal=self.book,
            purse=self.purse,
            instruction="chapter/01",
            role="author",
            tell=self.events.append,
        )

    def turn(self, request=ASKED):
        return take_turn(
            self.line,
            NO_TOOLS,
            request,
            Wording(lambda said: f"Go on after: {said}", lambda done, earlier: ""),
        )


def test_a_reply_that_broke_off_is_gone_on_with_from_its_last_whole_sentence():
    kept = whole_sentences(TEXT[:900])
    desk = Desk(cut(TEXT[:900]), says(TEXT[len(kept) :]))
    turn = desk.turn()

    assert turn.text == TEXT
    assert desk.llm.heard[1].conversation[-1] == Told(f"Go on after: {kept}", once=True)


def test_in_the_conversation_it_then_stands_in_one_piece():
    kept = whole_sentences(TEXT[:900])
    desk = Desk(cut(TEXT[:900]), says(TEXT[len(kept) :]))

    assert [m.text for m in desk.turn().conversation] == ["Write.", TEXT]


def test_a_line_that_breaks_again_and_again_loses_nothing():
    desk = Desk()
    places = [whole_sentences(TEXT[:n]) for n in (400, 800, 1200)]
    pieces = [TEXT[:400], TEXT[len(places[0]) : 800], TEXT[len(places[1]) : 1200]]
    desk = Desk(*map(cut, pieces), says(TEXT[len(places[2]) :]))

    assert desk.turn().text == TEXT


def test_a_run_that_was_killed_goes_on_from_what_it_had_heard():
    book = MemoryBook()
    killed = Desk(book=book)
    call = killed_call(killed)
    book.sending(call, 1.0)
    book.heard(call, TEXT[:900])
    kept = whole_sentences(TEXT[:900])

    desk = Desk(says(TEXT[len(kept) :]), book=book)

    assert desk.turn().text == TEXT
    assert len(desk.llm.heard) == 1


def killed_call(desk):
    """The call that a turn makes first."""
    seen = []
    desk.book.recall = lambda call: seen.append(call) or Reply("")
    desk.line.reply(ASKED)
    del desk.book.recall
    return seen[0]


def test_a_few_words_are_dropped_and_asked_for_again():
    desk = Desk(cut(TEXT[:80]), says(TEXT))

    assert desk.turn().text == TEXT
    assert desk.llm.heard[1] == desk.llm.heard[0]


def test_half_a_json_object_is_dropped_and_asked_for_again():
    request = Request("", (Told("Plan."),), Structured({"type": "object"}))
    desk = Desk(cut(TEXT[:900]), says("{}"))

    assert desk.turn(request).text == "{}"


def test_a_person_who_watches_sees_what_stays():
    desk = Desk(cut(TEXT[:900]), says("It ended."))
    desk.turn()

    kinds = [type(event) for event in desk.events]
    assert kinds == [Heard, Spent, Rewound, Heard, Spent]
    assert desk.events[2] == Rewound("chapter/01", whole_sentences(TEXT[:900]))
    assert [event.answered for event in desk.events if isinstance(event, Spent)] == [False, True]


def test_every_attempt_is_paid_for_once_and_a_broken_one_may_have_cost_its_ceiling():
    answered = Reply(TEXT, usage=Usage(output_tokens=50))
    desk = Desk(cut("Hm."), answered, purse=Purse(5.0))
    desk.line.reply(ASKED)

    spent = total(desk.book.spend())
    assert (spent.calls, spent.unanswered) == (1, 1)
    assert spent.cost == pytest.approx(0.59)
    assert spent.at_most == pytest.approx(1.5) == desk.purse.spent


def test_where_money_is_short_the_model_is_asked_for_less():
    desk = Desk(says(TEXT), purse=Purse(0.60))
    desk.line.reply(ASKED)

    assert desk.llm.heard[0].generosity == 1 / 2


def test_a_call_the_budget_has_no_room_for_is_never_sent():
    desk = Desk(says(TEXT), purse=Purse(0.24))

    with pytest.raises(BudgetReached):
        desk.line.reply(ASKED)
    assert desk.llm.heard == []
    assert desk.book.spend() == ()


@pytest.mark.parametrize("error", [RequestRejected("401"), WindowOverflow("too long")])
def test_a_request_that_is_turned_away_costs_nothing(error):
    desk = Desk(error)

    with pytest.raises(type(error)):
        desk.line.reply(ASKED)
    assert total(desk.book.spend()).at_most == 0 == desk.purse.spent


def test_an_empty_reply_is_asked_for_with_ever_more_room_and_every_time_is_paid():
    desk = Desk(*[EmptyReply(Usage(output_tokens=10))] * 3)

    with pytest.raises(LLMError, match=r"empty reply 3 times.*resume"):
        desk.line.reply(ASKED)
    assert [request.generosity for request in desk.llm.heard] == [1, 2, 4]
    assert total(desk.book.spend()).cost == pytest.approx(0.3)


def test_an_empty_reply_is_no_answer_that_resume_would_find():
    book = MemoryBook()
    empty = Desk(*[EmptyReply(Usage())] * 3, book=book)
    with pytest.raises(LLMError):
        empty.line.reply(ASKED)

    assert Desk(says(TEXT), book=book).line.reply(ASKED).text == TEXT


def test_an_answered_call_is_not_made_again():
    book = MemoryBook()
    Desk(says(TEXT), book=book).turn()

    assert Desk(book=book).turn().text == TEXT


def test_tool_calls_are_answered_within_the_turn():
    desk = Desk(calls("no_such_tool"), says(TEXT))

    assert desk.turn().text == TEXT
    assert "no tool `no_such_tool`" in desk.llm.heard[1].conversation[-1].results[0].text


def test_only_who_can_go_on_from_half_a_reply_is_given_one():
    desk = Desk(cut(TEXT[:900]), says(TEXT))
    other = Desk(cut(TEXT[:900]), says(TEXT))

    assert desk.line.reply(ASKED).text == TEXT
    assert partial(other.line.reply, salvage=worth_keeping)(ASKED).stop is Stop.CUT
