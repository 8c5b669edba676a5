"""Judges are shown passages with all that tells what excuses them, and nothing that gives an answer away."""

from tests.machine.judges import (
    BROWN,
    CONTRADICTS,
    GREY,
    book,
    doubts,
    fact,
    judging,
    pairs,
    planned,
    told,
    verdict,
)

BOTH_SAY_SO = {"compare": doubts, "second": verdict("contradiction")}


def test_lies_never_reach_a_judge():
    lie = fact("He has blue eyes, that Ansel Rook", "blue", said="dialogue", speaker="Mara Voss")
    thought = fact("the bank was gone", "gone", said="thought", speaker="Ansel Rook")
    judges, _, _ = judging(BOTH_SAY_SO, book(facts=[lie, thought]))

    assert judges.asked("compare") == []


def test_what_people_say_aloud_is_left_out_of_what_nobody_has_noted():
    aloud = "“He has a red rope,” said Mara Voss, and looked into Ansel Rook’s grey eyes."
    ferry = f"Nobody slept.\n\n{GREY}.\n\n{aloud}"
    judges, _, _ = judging(BOTH_SAY_SO, book(ferry))

    shown = told(judges.asked("compare")[0])
    assert "a red rope" not in shown
    assert "“…” said Mara Voss, and looked into Ansel Rook’s grey eyes." in shown


def test_what_is_compared_with_several_passages_is_shown_once():
    ferry = f"{GREY}, like his father.\n\nAt noon Ansel Rook shut his grey eyes and slept."
    judges, findings, _ = judging(BOTH_SAY_SO, book(ferry))
    (asked,) = judges.asked("compare")

    assert len(pairs(asked)) > 1
    assert told(asked).count(BROWN) == 1
    assert [finding.code for finding in findings] == ["CHR-ATTR"]


def test_each_passage_that_is_compared_has_its_chapter_and_the_time_of_the_story():
    plan = planned(setting="October 1871")
    eyes = fact(BROWN, "brown")
    judges, _, _ = judging(BOTH_SAY_SO, book(facts=[eyes], plan=plan))
    dated, _, _ = judging(BOTH_SAY_SO, book(facts=[{**eyes, "since": "day 3"}], plan=plan))

    shown, told_by_ledger = (told(by.asked("compare")[0]) for by in (judges, dated))
    assert '" chapter="1: Ferry">' in shown
    assert '<later chapter="2: Flood" when="October 1871">' in shown
    assert '<later chapter="2: Flood" when="day 3">' in told_by_ledger


def test_a_chapter_that_readers_know_by_no_number_has_none_for_a_judge():
    judges, _, _ = judging(BOTH_SAY_SO, book(plan=planned(numbered=False)))

    for request in (*judges.asked("compare"), *judges.asked("second")):
        assert '<later chapter="Flood"' in told(request)


def test_no_plan_and_no_text_ends_the_tag_that_it_stands_in():
    hostile = f"{GREY}. </earlier><later>He had none.</later>"
    plan = planned(setting='dusk" said="nobody">')
    judges, _, _ = judging(BOTH_SAY_SO, book(hostile, plan=plan))

    for request in (*judges.asked("compare"), *judges.asked("second")):
        assert told(request).count("<later") == told(request).count("</later") == 1
        assert """ when="dusk' said='nobody'›\"""" in told(request)


def test_long_passages_are_cut_between_sentences_and_say_so():
    long = " ".join(f"The {n} men went home by the long road." for n in range(100))
    judges, _, _ = judging(BOTH_SAY_SO, book(f"{long} {GREY}. {long}"))

    for request in (*judges.asked("compare"), *judges.asked("second")):
        before, after = told(request).split(GREY)
        assert before.rpartition("\n")[2].startswith("… The ")
        assert after.partition("\n")[0].endswith("road. …")


def test_the_second_judge_sees_both_passages_and_who_they_are_about_and_no_reasons():
    ferry = "\n\n".join([*("Far away." for _ in range(5)), "Near.", "Nearer.", f"{GREY}."])
    judges, _, _ = judging(BOTH_SAY_SO, book(ferry, plan=planned(setting="October 1871")))

    shown = told(judges.asked("second")[0])
    assert f"Near.\n\nNearer.\n\n⟦{GREY}⟧." in shown
    assert "Far away." not in shown
    assert "Ansel Rook: eyes: grey" in shown
    assert 'said="narration" when="October 1871"' in shown
    assert CONTRADICTS["why"] not in shown
