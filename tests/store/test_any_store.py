"""What every book promises, in a folder and in memory alike."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l2mac_write.errors import NoSuchFile, PathRefused
from l2mac_write.findings import Edit, Finding, Severity
from l2mac_write.instructions import Move, Outcome, Status
from l2mac_write.items import Item
from l2mac_write.messages import Reply, Stop, ToolCall, Usage
from l2mac_write.store.complaints import Check, State
from l2mac_write.store.spending import Spend, by_instruction, by_role, total
from l2mac_write.store.versions import Origin

ONE = "chapters/01.md"
ASIDE = "chapters/01.agent.md"
ENDED = Outcome("chapter-1", rounds=1)
REPEATED = Finding("REP-PHRASE", Severity.ADVISE, ONE, "It says it twice.", "at last, at last")
TRUNCATED = Finding(
    "TXT-CUT", Severity.BLOCK, ONE, "It breaks off.", "and then", "Finish it.", Edit(4, 8, "then.")
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(words, json_values, max_size=3)
replies = st.builds(
    Reply,
    text=words,
    calls=st.lists(st.builds(ToolCall, words, words, objects), max_size=2).map(tuple),
    stop=st.sampled_from(Stop),
    usage=st.builds(Usage, *[st.integers(0, 10**9)] * 4),
    blocks=st.lists(objects, max_size=2).map(tuple),
)
on_one_book = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=50,
    deadline=None,
)


def test_what_was_committed_can_be_read(desk):
    desk.book.commit(ENDED, {ONE: "It began.\r\n", "notes/01.md": "Ö 🜁"})

    assert desk.book.paths() == [ONE, "notes/01.md"]
    assert desk.book.read(ONE) == "It began.\r\n"
    assert desk.book.read("notes/01.md") == "Ö 🜁"


@on_one_book
@given(text=words)
def test_read_gives_back_what_was_written(desk, text):
    desk.book.commit(ENDED, {ONE: text})

    assert desk.book.read(ONE) == text


def test_what_an_agent_was_shown_is_kept_with_what_it_made(desk):
    bible = Item("bible", "The bible", "true in every chapter", "A man counts. Ö 🜁", ("a1", "b2"))
    passage = Item("passages", "Passages", "the contract speaks of it", "He counted.")
    desk.book.commit(replace(ENDED, shown=(bible, passage)), {ONE: "It began."})

    assert desk.book.shown("chapter-1") == (bible, passage)
    assert desk.book.shown("chapter-2") == ()


def test_an_instruction_that_is_carried_out_again_was_shown_what_it_saw_the_last_time(desk):
    old, new = (Item("bible", "", "", text) for text in ("old", "new"))
    desk.book.commit(replace(ENDED, shown=(old, old)), {ONE: "It began."})
    desk.book.commit(replace(ENDED, shown=(new,)), {ONE: "It began again."})

    assert desk.book.shown("chapter-1") == (new,)


def test_a_lone_surrogate_from_a_model_becomes_a_replacement_character(desk):
    desk.book.commit(ENDED, {ONE: "a\ud83db"})

    assert desk.book.read(ONE) == "a\ufffdb"


def test_a_missing_file_is_told_to_the_model(desk):
    with pytest.raises(NoSuchFile, match=r"no file `nowhere\.md`"):
        desk.book.read("nowhere.md")


@pytest.mark.parametrize("path", ["../a.md", "/etc/passwd", ".l2mac/a.md", "a.py", "book.toml"])
def test_a_hostile_path_changes_nothing(desk, path):
    with pytest.raises(PathRefused):
        desk.book.commit(ENDED, {ONE: "fine", path: "x"})

    assert desk.book.paths() == []
    assert desk.book.outcomes() == {}


@pytest.mark.parametrize("path", ["../a.md", "/etc/passwd", ".l2mac/journal.db", "a\0.md"])
def test_a_hostile_path_cannot_be_read(desk, path):
    with pytest.raises(PathRefused):
        desk.book.read(path)


def test_a_name_that_some_system_takes_for_another_is_refused(desk):
    desk.book.commit(ENDED, {ONE: "text"})

    with pytest.raises(PathRefused, match=r"cannot tell `Chapters/` from `chapters/`"):
        desk.book.commit(Outcome("chapter-2"), {"Chapters/02.md": "text"})


def test_an_instruction_that_never_ended_has_no_outcome(desk, ask):
    desk.book.sending(ask(), 0.5)
    desk.book.replied(ask(), Reply("It began."), 0.1)

    assert desk.book.outcomes() == {}


def test_an_outcome_comes_back_as_it_was(desk):
    ended = Outcome("chapter-1", (REPEATED, TRUNCATED), rounds=3)

    desk.book.commit(ended, {ONE: "text"})

    assert desk.book.outcomes() == {"chapter-1": ended}
    assert desk.book.outcomes()["chapter-1"].status is Status.FLAWED


def test_an_instruction_may_end_again(desk):
    desk.book.commit(Outcome("chapter-1", (REPEATED,), rounds=1), {ONE: "one"})
    desk.book.commit(Outcome("chapter-1", rounds=2), {ONE: "two"})

    assert desk.book.outcomes() == {"chapter-1": Outcome("chapter-1", rounds=2)}
    assert desk.book.read(ONE) == "two"


def test_what_an_instruction_was_made_from_is_kept_with_its_end(desk):
    ended = Outcome("summary-1", made_from={ONE: "a1", "chapters/02.md": "b2"})
    desk.book.commit(ended, {"notes/01.md": "It began."})

    assert desk.book.outcomes() == {"summary-1": ended}


def test_an_instruction_that_ends_again_was_made_from_what_it_read_last(desk):
    desk.book.commit(Outcome("summary-1", made_from={ONE: "a1", "chapters/02.md": "b2"}), {})
    desk.book.commit(Outcome("summary-1", made_from={ONE: "a2"}), {})

    assert desk.book.outcomes()["summary-1"].made_from == {ONE: "a2"}


def test_a_finding_not_found_again_is_fixed(desk):
    desk.book.commit(Outcome("chapter-1", (REPEATED, TRUNCATED)), {ONE: "one"})
    desk.book.commit(Outcome("chapter-1", (TRUNCATED,)), {ONE: "two"})

    states = {c.finding.code: c.state for c in desk.book.findings()}
    assert states == {"REP-PHRASE": State.FIXED, "TXT-CUT": State.OPEN}


def test_a_waiver_sticks_when_the_finding_is_found_again(desk):
    desk.book.commit(Outcome("chapter-1", (TRUNCATED,)), {ONE: "one"})
    desk.book.waive(TRUNCATED.key, "It is meant to.")
    desk.book.commit(Outcome("chapter-1", (TRUNCATED,)), {ONE: "two"})

    (complaint,) = desk.book.findings()
    assert (complaint.state, complaint.reason) == (State.WAIVED, "It is meant to.")
    assert desk.book.outcomes()["chapter-1"].status is Status.DONE


def checked(text, *findings, judges=("repetition",)):
    return Check({ONE: text}, findings, frozenset(judges), {ONE: "chapter-1"})


def test_a_check_opens_what_it_finds_and_fixes_what_its_evaluators_find_no_more(desk):
    old = REPEATED.signed("repetition")
    desk.book.commit(Outcome("chapter-1", (old,)), {ONE: "one"})
    desk.book.recheck(checked("one", TRUNCATED))

    states = {c.finding.code: c.state for c in desk.book.findings()}
    assert states == {"REP-PHRASE": State.FIXED, "TXT-CUT": State.OPEN}
    assert desk.book.outcomes()["chapter-1"].findings == (TRUNCATED,)


def test_what_others_have_found_is_fixed_by_a_check_once_the_words_are_gone(desk):
    quoting = replace(REPEATED, quote="one by one")
    desk.book.commit(Outcome("chapter-1", (quoting,)), {ONE: "They came one by one."})

    desk.book.recheck(checked("They came one by one."))
    before = desk.book.findings()[0].state
    desk.book.recheck(checked("They came."))

    assert (before, desk.book.findings()[0].state) == (State.OPEN, State.FIXED)


def test_what_comes_back_is_open_again_and_what_was_waived_stays_so(desk):
    desk.book.recheck(checked("one", REPEATED, TRUNCATED))
    desk.book.waive(TRUNCATED.key, "It is meant to.")
    for found in ((), (REPEATED, TRUNCATED)):
        desk.book.recheck(checked("one", *found))

    states = {c.finding.code: c.state for c in desk.book.findings()}
    assert states == {"REP-PHRASE": State.OPEN, "TXT-CUT": State.WAIVED}


def test_a_waiver_goes_with_the_text_that_is_moved_and_renamed(desk):
    desk.book.commit(Outcome("chapter-1", (TRUNCATED,), writes=ONE), {ONE: "one"})
    desk.book.waive(TRUNCATED.key, "It is meant to.")
    desk.book.rearrange([Move("chapter-1", ONE, "chapters/02-renamed.md", "one")])
    again = replace(TRUNCATED, path="chapters/02-renamed.md")
    desk.book.commit(Outcome("chapter-1", (again,)), {again.path: "two"})

    assert [c.state for c in desk.book.findings()] == [State.WAIVED]


def test_a_call_that_was_never_answered_is_not_recalled(desk, ask):
    assert desk.book.recall(ask()) is None

    desk.book.sending(ask(), 0.5)

    assert desk.book.recall(ask()) is None


@on_one_book
@given(reply=replies, request=words)
def test_a_reply_is_recalled_to_the_letter(desk, ask, reply, request):
    call = ask(request=request)

    desk.book.sending(call, 0.5)
    desk.book.replied(call, reply, 0.0)

    assert desk.book.recall(call) == reply


def test_only_the_very_same_call_is_recalled(desk, ask):
    desk.book.replied(ask(), Reply("It began."), 0.1)

    assert desk.book.recall(ask(request="r2")) is None
    assert desk.book.recall(ask(instruction="chapter-2")) is None


def test_what_a_call_had_said_is_kept_until_its_instruction_ends(desk, ask):
    desk.book.sending(ask(), 0.5)
    desk.book.heard(ask(), "a" * 2048)
    said = desk.book.partial(ask())
    desk.book.commit(ENDED, {ONE: "text"})

    assert said == "a" * 2048
    assert desk.book.partial(ask()) == ""


def test_a_new_attempt_is_heard_from_its_beginning(desk, ask):
    for letter in "ab":
        desk.book.sending(ask(), 0.5)
        desk.book.heard(ask(), letter * 2048)

    assert desk.book.partial(ask()) == "b" * 2048


def test_what_was_spent_adds_up(desk, ask):
    for request, instruction in (("r1", "plan"), ("r2", "chapter-1"), ("r3", "chapter-1")):
        call = ask(request, instruction)
        desk.book.sending(call, 0.5)
        desk.book.replied(call, Reply("", usage=Usage(10, 20, 30, 40)), 0.25)

    spends = desk.book.spend()
    assert by_instruction(spends) == (
        Spend("plan", "", "", 1, 0, Usage(10, 20, 30, 40), 0.25),
        Spend("chapter-1", "", "", 2, 0, Usage(20, 40, 60, 80), 0.5),
    )
    assert by_role(spends) == (Spend("", "author", "", 3, 0, Usage(30, 60, 90, 120), 0.75),)


def test_one_unknown_price_makes_the_sum_unknown(desk, ask):
    desk.book.replied(ask("r1"), Reply(""), 0.25)
    desk.book.replied(ask("r2"), Reply(""), None)

    assert total(desk.book.spend()).cost is None


def test_an_attempt_without_an_answer_is_counted_and_may_have_cost_its_ceiling(desk, ask):
    for _ in range(3):
        desk.book.sending(ask(), 0.5)
    desk.book.replied(ask(), Reply(""), 0.25)

    assert total(desk.book.spend()) == Spend(calls=1, unanswered=2, cost=0.25, doubt=1.0)


def test_an_attempt_under_way_counts_at_its_ceiling(desk, ask):
    desk.book.sending(ask(), 0.5)

    assert total(desk.book.spend()) == Spend(unanswered=1, doubt=0.5)


@pytest.mark.parametrize(("exact", "doubt"), [(True, 0.0), (False, 0.375)])
def test_an_attempt_that_broke_costs_what_is_known_and_at_most_its_ceiling(desk, ask, exact, doubt):
    desk.book.sending(ask(), 0.5)
    desk.book.broke(ask(), Usage(output_tokens=9), 0.125, exact=exact)

    spent = total(desk.book.spend())
    assert spent == Spend(unanswered=1, usage=Usage(output_tokens=9), cost=0.125, doubt=doubt)
    assert spent.at_most == (0.125 if exact else 0.5)


def test_what_a_broken_attempt_had_said_can_answer_its_call(desk, ask):
    desk.book.sending(ask(), 0.5)
    desk.book.heard(ask(), "It began. It w")
    desk.book.broke(ask(), Usage(), 0.0, exact=True)
    said = desk.book.partial(ask())
    desk.book.salvaged(ask(), Reply("It began. ", stop=Stop.CUT))

    assert said == "It began. It w"
    assert desk.book.recall(ask()) == Reply("It began. ", stop=Stop.CUT)
    assert total(desk.book.spend()).calls == 0


def test_nothing_spent_is_nothing(desk):
    assert total(desk.book.spend()) == Spend()


def test_what_is_to_be_remembered_is_remembered(desk):
    desk.book.remember("model", "opus")
    desk.book.remember("model", "haiku")

    assert desk.book.meta("model") == "haiku"
    assert desk.book.meta("brief") is None


def test_the_last_change_is_when_the_text_last_changed(desk, ask):
    assert desk.book.last_change() == 0
    desk.book.commit(ENDED, {ONE: "text"})
    desk.clock.at = 2000
    desk.book.sending(ask(), 0.5)
    desk.book.commit(ENDED, {ONE: "text"})

    assert desk.book.last_change() == 1000


def test_every_version_is_kept_with_its_author(desk):
    desk.book.commit(ENDED, {ONE: "one"})
    desk.edit(ONE, "mine")
    desk.book.read(ONE, by="mend-1")
    desk.book.commit(Outcome("mend-1"), {ONE: "two"})

    versions = desk.book.versions(ONE)
    assert [desk.book.text(version) for version in versions] == ["one", "mine", "two"]
    assert [v.origin for v in versions] == [Origin.AGENT, Origin.PERSON, Origin.AGENT]
    assert [v.instruction for v in versions] == ["chapter-1", "", "mend-1"]
    assert [v.base for v in versions] == [None, versions[0].id, versions[1].id]


def test_the_same_text_again_is_no_new_version(desk):
    desk.book.commit(ENDED, {ONE: "one"})
    desk.book.commit(ENDED, {ONE: "one"})

    assert len(desk.book.versions(ONE)) == 1


def test_a_persons_edit_is_what_is_read(desk):
    desk.book.commit(ENDED, {ONE: "agent"})

    desk.edit(ONE, "mine")

    assert desk.book.read(ONE) == "mine"


def test_a_persons_new_file_is_adopted(desk):
    desk.edit("notes/mine.md", "mine")

    assert desk.book.paths() == ["notes/mine.md"]
    assert desk.book.read("notes/mine.md") == "mine"


def test_a_file_that_a_person_deleted_is_gone(desk):
    desk.book.commit(ENDED, {ONE: "agent"})

    desk.edit(ONE, None)

    assert desk.book.paths() == []
    with pytest.raises(NoSuchFile):
        desk.book.read(ONE)


def test_a_deleted_file_may_come_back(desk):
    desk.book.commit(ENDED, {ONE: "one"})
    desk.edit(ONE, None)
    desk.book.paths()

    desk.book.commit(Outcome("again"), {ONE: "two"})

    assert desk.book.read(ONE) == "two"


def test_an_edit_made_while_the_agent_wrote_stays_and_the_agents_text_goes_beside_it(desk, ask):
    desk.book.commit(ENDED, {ONE: "agent"})
    desk.book.read(ONE)
    desk.book.sending(ask(instruction="mend-1"), 0.5)
    desk.edit(ONE, "mine")
    desk.book.read(ONE)

    desk.book.commit(Outcome("mend-1"), {ONE: "agent again"})

    assert desk.book.read(ONE) == "mine"
    assert desk.book.read(ASIDE) == "agent again"
    (complaint,) = desk.book.findings()
    assert complaint.finding.code == "CHG-CONFLICT"
    assert complaint.finding.severity is Severity.ADVISE
    assert desk.book.outcomes()["mend-1"].findings == (complaint.finding,)


def test_a_persons_file_that_nobody_read_is_not_replaced(desk, ask):
    desk.edit(ONE, "mine")
    desk.book.paths()
    desk.book.sending(ask(), 0.5)

    desk.book.commit(ENDED, {ONE: "agent"})

    assert desk.book.read(ONE) == "mine"
    assert desk.book.read(ASIDE) == "agent"


def test_an_edit_that_the_agent_has_read_may_be_worked_on(desk, ask):
    desk.edit(ONE, "mine")
    desk.book.read(ONE, by=ENDED.instruction)
    desk.book.sending(ask(), 0.5)

    desk.book.commit(ENDED, {ONE: "mine, mended"})

    assert desk.book.read(ONE) == "mine, mended"
    assert desk.book.findings() == ()


def test_what_another_instruction_has_read_is_still_not_replaced(desk, ask):
    desk.edit(ONE, "mine")
    desk.book.read(ONE, by="chapter-9")
    desk.book.sending(ask(), 0.5)

    desk.book.commit(ENDED, {ONE: "agent"})

    assert desk.book.read(ONE) == "mine"
    assert desk.book.read(ASIDE) == "agent"


def test_a_chapter_deleted_while_the_agent_wrote_is_not_put_back(desk, ask):
    desk.book.commit(ENDED, {ONE: "one"})
    desk.book.sending(ask(instruction="mend-1"), 0.5)
    desk.edit(ONE, None)

    desk.book.commit(Outcome("mend-1"), {ONE: "two"})

    assert desk.book.paths() == [ASIDE]


def test_what_a_person_made_of_the_agents_other_text_stays_too(desk):
    desk.edit(ONE, "mine")
    desk.edit(ASIDE, "mine as well")

    desk.book.commit(ENDED, {ONE: "agent"})

    assert desk.book.read(ASIDE) == "mine as well"
    assert desk.book.read("chapters/01.agent-2.md") == "agent"


def test_agreeing_with_a_person_is_no_conflict(desk):
    desk.edit(ONE, "the same words")

    desk.book.commit(ENDED, {ONE: "the same words"})

    assert desk.book.paths() == [ONE]
    assert desk.book.findings() == ()


def test_the_first_settings_are_written_and_later_ones_left_to_the_person(desk):
    assert desk.book.settings() == ""

    desk.book.begin_settings('title = "One"\n')
    desk.book.begin_settings('title = "Two"\n')

    assert desk.book.settings() == 'title = "One"\n'
    assert desk.book.paths() == []
