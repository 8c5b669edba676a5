"""A chapter is judged: who doubts it has to quote, and a second judge looks for what excuses it."""

import json
import re

import pytest

from l2mac_write.findings import Evidence, Severity
from l2mac_write.machine import pairing, second_opinion
from l2mac_write.machine.judging import MOST_CLAIMS
from l2mac_write.machine.verdicts import dump, load
from l2mac_write.machine.witness import LONGEST
from l2mac_write.ports import Abilities
from tests.machine.judges import (
    AGAIN,
    BROWN,
    FLOOD,
    GREY,
    beats,
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
SPOKEN = "He has blue eyes, that Ansel Rook"


def codes(findings):
    return [(finding.code, str(finding.severity)) for finding in findings]


def was_asked_again(judges):
    return any(AGAIN in told(request) for request in judges.heard)


def cold(first, second, kind="attribute"):
    return [{"kind": kind, "first": first, "second": second, "why": "They differ."}]


def test_what_contradicts_an_earlier_chapter_is_told_with_both_quotes():
    _, (found,), _ = judging(BOTH_SAY_SO)

    assert codes([found]) == [("CHR-ATTR", "revise")]
    assert (found.path, found.quote) == ("chapters/02-flood.md", BROWN)
    assert found.conflict == Evidence("chapters/01-ferry.md", GREY)
    assert found.by == "continuity@judges"


def test_two_of_two_are_worth_what_the_card_of_the_judge_allows():
    weighed = []
    judging(BOTH_SAY_SO, weigh=lambda found: weighed.append(found) or found)

    assert [found.severity for found in weighed] == [Severity.BLOCK]


@pytest.mark.parametrize("order", [("contradiction", "unclear"), ("evolution", "contradiction")])
def test_one_vote_of_two_only_advises(order):
    _, (found,), verdicts = judging({"compare": doubts, "second": verdict(*order)})

    assert found.severity is Severity.ADVISE
    assert verdicts.doubts[0].votes == 1


@pytest.mark.parametrize("innocent", ["compatible", "evolution", "unclear"])
def test_an_innocent_explanation_wins(innocent):
    _, findings, verdicts = judging({"compare": doubts, "second": verdict(innocent)})

    assert findings == ()
    assert verdicts.doubts[0].innocent == ("Time has passed.",)


def test_a_reader_who_knows_nothing_else_finds_what_the_chapter_says_against_itself():
    claim = cold("nobody rang the bell", "In the morning the bank was gone", kind="state")
    _, (found,), _ = judging({"cold": claim, "second": verdict("contradiction")})

    assert found.code == "CHR-STATE"
    assert found.quote == "In the morning the bank was gone"
    assert found.conflict == Evidence(found.path, "nobody rang the bell")


def test_each_stretch_is_read_twice_and_what_both_find_is_judged_once():
    claim = cold("nobody rang the bell", "In the morning the bank was gone", kind="state")
    judges, findings, _ = judging({"cold": claim, "second": verdict("contradiction")})

    assert len({request.seed for request in judges.asked("cold")}) == 2
    assert [len(pairs(request)) for request in judges.asked("second")] == [1, 1]
    assert len(findings) == 1


def test_a_quote_that_is_not_in_the_book_is_asked_for_once_more_and_then_dropped():
    invented = cold("the bell rang all night long", "In the morning the bank was gone")
    judges, findings, verdicts = judging({"cold": invented, "second": verdict("contradiction")})

    again = [request for request in judges.heard if AGAIN in told(request)]
    assert len(again) == 2
    assert "“the bell rang all night long” is not in the text." in told(again[0])
    assert judges.asked("second") == []
    assert findings == ()
    assert verdicts.dropped == ("“the bell rang all night long” is not in the text.",)


def test_a_quote_that_is_exact_the_second_time_counts():
    def reader(request):
        is_second = AGAIN in told(request)
        first = "nobody rang the bell" if is_second else "nobody was ringing a bell"
        return cold(first, "In the morning the bank was gone")

    _, findings, _ = judging({"cold": reader, "second": verdict("contradiction")})

    assert codes(findings) == [("CHR-ATTR", "revise")]


def test_the_same_words_do_not_contradict_themselves():
    claim = cold("nobody rang the bell", "and nobody rang the bell")
    judges, findings, _ = judging({"cold": claim, "second": verdict("contradiction")})

    assert (judges.asked("second"), findings) == ([], ())
    assert not was_asked_again(judges)


@pytest.mark.parametrize(
    "claim", [cold(SPOKEN, BROWN), cold("eyes, that Ansel Rook", "nobody rang the bell")]
)
def test_what_somebody_says_is_never_held_against_what_is_so(claim):
    judges, findings, verdicts = judging({"cold": claim, "second": verdict("contradiction")})

    assert (judges.asked("second"), findings) == ([], ())
    assert "not said by the same one" in verdicts.dropped[0]


def test_only_quotes_that_can_be_mended_are_asked_for_again():
    spoken, invented = cold(SPOKEN, BROWN), cold("the bell rang all night", BROWN)
    of_speech, of_both = (
        [told(request) for request in judging({"cold": rows})[0].heard if AGAIN in told(request)]
        for rows in (spoken, [*spoken, *invented])
    )

    assert of_speech == []
    assert "not said by the same one" not in of_both[0]
    assert "“the bell rang all night” is not in the text." in of_both[0]


LETTER = "“My eyes are brown,” he wrote"


def test_a_letter_that_contradicts_what_is_so_is_no_excuse_in_itself():
    flood = FLOOD.replace("nobody rang", f"{LETTER}. Nobody rang")
    there = book(flood=flood, facts=[fact(LETTER, "brown", said="document")])
    claim = cold(LETTER, "Ansel Rook stood at the rope, and his brown eyes were wet")
    judges, findings, _ = judging({"cold": claim, "second": verdict("contradiction")}, there)

    assert [f.code for f in findings] == ["CHR-ATTR"]
    assert 'said="document"' in told(judges.asked("second")[0])


def test_what_stands_beside_a_letter_is_not_the_letters():
    wide = (
        f"the bell. {LETTER}, and at noon the sexton came down to the river to see who had called"
    )
    flood = FLOOD.replace("nobody rang the bell.", f"nobody rang {wide}.")
    there = book(flood=flood, facts=[fact(LETTER, "brown", said="thought")])
    claim = cold(f"nobody rang {wide}", "In the morning the bank was gone")
    _, findings, _ = judging({"cold": claim, "second": verdict("contradiction")}, there)

    assert len(findings) == 1


@pytest.mark.parametrize("again", [" The river ran on, as rivers do.", " And the river ran ON!"])
def test_a_refrain_and_a_letter_that_is_quoted_again_do_not_contradict_themselves(again):
    flood = f"And the river ran on, as rivers do.\n\n{FLOOD}\n\n{again}"
    claim = cold("And the river ran on, as rivers do", again.strip())
    judges, findings, _ = judging({"cold": claim, "second": verdict("contradiction")}, book(flood=flood))  # fmt: skip

    assert (judges.asked("second"), findings) == ([], ())


def test_the_second_time_names_and_seed_are_others():
    judges, _, _ = judging(BOTH_SAY_SO)
    first, second = judges.asked("second")

    assert first.seed != second.seed
    assert [id_ for id_, _ in pairs(first)] != [id_ for id_, _ in pairs(second)]


@pytest.mark.parametrize(
    "nonsense", ["It looks fine to me.", "{", '{"claims": "none"}', "[]", '{"verdict": 7}']
)
@pytest.mark.parametrize("who", ["cold", "compare", "second", "beats"])
def test_an_answer_that_nobody_can_read_is_told_of_and_is_no_pass(who, nonsense):
    judges, findings, verdicts = judging({**BOTH_SAY_SO, who: nonsense})

    assert "EDT-JUDGE" in dict(codes(findings))
    assert verdicts.unjudged
    assert len({request.seed for request in judges.asked(who)}) >= 2
    assert ("PLT-PLAN", "revise") not in codes(findings)


def test_a_pair_without_a_verdict_has_not_passed():
    _, findings, verdicts = judging({"compare": doubts, "second": []})

    assert dict(codes(findings)) == {"EDT-JUDGE": "revise"}
    assert BROWN in verdicts.unjudged[0]


@pytest.mark.parametrize(
    "rows", [[None], [7, "x"], [{"pair": "none"}], [{"kind": [], "first": {}}], [{"beat": "1"}]]
)
def test_rows_that_are_none_are_dropped(rows):
    _, findings, verdicts = judging(dict.fromkeys(("cold", "compare"), rows))

    assert findings == ()
    assert verdicts.dropped


def test_every_beat_has_the_words_that_tell_it():
    _, findings, verdicts = judging()

    assert findings == ()
    assert [told.quote for told in verdicts.beats] == [
        "The flood came at night",
        "In the morning the bank was gone.",
    ]


@pytest.mark.parametrize(
    "said", [[], [{"beat": 2, "quote": "The bank was washed away by dawn."}], [{"beat": 9, "quote": BROWN}]]
)  # fmt: skip
def test_a_beat_that_no_words_of_the_chapter_tell_is_missing(said):
    rows = [{"beat": 1, "quote": "The flood came at night"}, *said]
    _, (found,), _ = judging({"beats": rows})

    assert codes([found]) == [("PLT-PLAN", "revise")]
    assert "“The bank is lost.”" in found.message


def test_what_the_contract_says_has_to_be_in_the_chapter_is_asked_for_too():
    plan = planned(must=("Ansel's brown eyes", "the price of 240 marks"))
    rows = [*beats(None), {"beat": 3, "quote": BROWN}]
    _, (found,), verdicts = judging({"beats": rows}, book(plan=plan))

    assert "“the price of 240 marks”" in found.message
    assert [told.quote for told in verdicts.beats][2:] == [BROWN, ""]


LONG = "\n\n".join(
    [FLOOD, *(f"Stone {n} lay. {'All was grey. ' * 30}So was stone {n}." for n in range(60))]
)
BOUNDS = re.compile("it begins “(.+?) …” and ends “… (.+?)”")


def shelf(request):
    """What is shown before the question."""
    return "".join(message.text for message in request.conversation[:-1])


def test_a_long_chapter_is_shown_whole_and_read_in_stretches_that_lie_end_to_end():
    judges, _, _ = judging(there=book(flood=LONG))
    read = judges.asked("cold")[::2]
    text = " ".join(LONG.split())
    bounds = [BOUNDS.search(told(request)).groups() for request in read]
    ends = [text.find(last, text.find(first)) + len(last) for first, last in bounds]

    assert len({shelf(request) for request in judges.asked("cold")}) == 1
    assert LONG in shelf(read[0])
    lengths = [len(text[a:b].split()) for a, b in zip([0, *ends], ends, strict=False)]
    assert (len(lengths), max(lengths) - min(lengths) < 200) == (-(-sum(lengths) // 1000), True)
    assert [text.find(first) for first, _ in bounds[1:]] == [end + 1 for end in ends[:-1]]
    assert ends[-1] == len(text)


def test_a_chapter_of_one_stretch_is_read_as_a_whole():
    judges, _, _ = judging()

    assert "stretch" not in told(judges.asked("cold")[0])
    assert "find two places in it" in told(judges.asked("cold")[0]).casefold()


def test_all_who_judge_the_chapter_by_itself_are_shown_it_in_the_same_words():
    judges, _, _ = judging(BOTH_SAY_SO)
    alone = [*judges.asked("cold"), *judges.asked("beats")]
    both = [*judges.asked("compare"), *judges.asked("second")]

    assert {shelf(request) for request in alone} == {
        f'<chapter what="The chapter">\n{FLOOD}\n</chapter>'
    }
    assert {shelf(request) for request in both} == {""}


def test_the_second_reader_of_a_stretch_is_asked_in_the_words_that_the_server_has_kept():
    judges, _, _ = judging()

    assert [request.conversation[-1].shared for request in judges.asked("cold")] == [True, True]
    assert judges.asked("cold")[0].conversation == judges.asked("cold")[1].conversation
    assert judges.asked("beats")[0].conversation[-1].once


def test_a_chapter_too_long_to_be_shown_whole_comes_in_parts_each_asked_only_for_what_is_missing():
    small = Abilities(window=8_192, tools=False)
    judges, findings, _ = judging(there=book(flood=LONG, facts=[]), abilities=small)
    shown = [*dict.fromkeys(map(shelf, judges.asked("cold")))]

    assert len(shown) > 2
    assert all('what="A part of the chapter"' in part for part in shown)
    assert all(f"Stone {n} lay" in "".join(shown) for n in range(60))
    assert any("".join(shown).count(f"Stone {n} lay") > 1 for n in range(60))
    assert len(judges.asked("beats")) == 1
    assert findings == ()


def test_however_much_a_chapter_makes_true_the_judges_read_no_more():
    many = [f"In room {n} Ansel Rook had {n} grey ropes." for n in range(200)]
    ferry = "\n\n".join(many[:100])
    facts = [
        {"subject": "Ansel Rook", "key": "other", "value": f"{n} ropes", "quote": quote}
        for n, quote in enumerate(many[100:])
    ]

    def all_(request):
        return [
            {"pair": id_, "later": later, "earlier": earlier, "why": "Too many ropes."}
            for id_, text in pairs(request)
            for earlier, later in [[s for s in many if s in text][:2]]
        ]

    there = book(ferry, "\n\n".join(many[100:]), facts=facts)
    judges, _, _ = judging({"compare": all_, "second": verdict("contradiction")}, there)

    compared = judges.asked("compare")
    assert sum(len(pairs(request)) for request in compared) <= pairing.MOST_PAIRS
    assert all(len(pairs(request)) <= 10 for request in judges.heard)
    assert len(judges.asked("second")) == 2 * -(-MOST_CLAIMS // second_opinion.AT_ONCE)
    assert max(len(told(request)) for request in judges.asked("second")) < 10 * 4 * LONGEST + 4000


def test_a_small_model_is_shown_as_much_as_its_window_holds():
    small = Abilities(window=4096, tools=False)
    judges, _, _ = judging(there=book(flood=LONG, facts=[]), abilities=small)

    assert max(len(shelf(request) + told(request)) for request in judges.heard) < 3 * 4096


def test_what_was_judged_is_a_file_that_is_read_as_it_was_written():
    _, _, verdicts = judging(BOTH_SAY_SO)

    assert load(dump(verdicts), "x") == verdicts
    assert load('doubt = 7\nbeat = [{beat = 1}, "x"]\nunjudged = "x"', "x").doubts == ()


def test_the_same_chapter_is_judged_in_the_same_words():
    asked = [[json.dumps(told(r)) for r in judging(BOTH_SAY_SO)[0].heard] for _ in range(2)]

    assert asked[0] == asked[1]
