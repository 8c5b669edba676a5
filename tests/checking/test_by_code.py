"""One function judges a whole manuscript: in the order of the book, each finding once, in linear time."""

import pytest

from l2mac_write.checking import by_code
from l2mac_write.errors import EvaluatorFailed
from l2mac_write.evaluators import panel
from l2mac_write.findings import Edit, Evidence, Finding, Severity, Work
from l2mac_write.llm.rehearsal import prose
from tests.timing import cost, insist


def found(path="1.md", quote="", code="T-ONE", **more):
    return Finding(code, Severity.ADVISE, path, "Something is wrong.", quote, **more)


def works(*texts):
    return [Work(f"{n}.md", text, 0) for n, text in enumerate(texts, start=1)]


def judged(*texts, whole=(), **evaluators):
    return by_code.judged(
        works(*texts),
        evaluators=evaluators,
        whole={f"w{n}": judge for n, judge in enumerate(whole)},
    )


def seen(word):
    """An evaluator that holds a word against every text that has it."""
    return lambda work: [found(work.path, word)] if word in work.text else []


def test_findings_come_in_the_order_of_the_book_whoever_makes_them():
    of_all = [lambda whole: [found("2.md", "wolf"), found("1.md", "goat")]]
    findings = judged("A hare, a goat.", "A wolf, a hare.", one=seen("hare"), whole=of_all)

    assert [(f.path, f.quote) for f in findings] == [
        ("1.md", "hare"), ("1.md", "goat"), ("2.md", "wolf"), ("2.md", "hare"),
    ]  # fmt: skip


def test_a_finding_that_two_evaluators_make_is_there_once():
    assert len(judged("A hare.", one=seen("hare"), other=seen("hare"))) == 1


def test_an_evaluator_of_the_whole_gets_all_texts_at_once_and_one_of_a_text_none_but_its_own():
    met = []
    judged(
        "One.",
        "Two.",
        one=lambda w: met.append(w.earlier) or [],
        whole=[lambda w: met.append(len(w.texts)) or []],
    )

    assert met == [(), (), 2]


def test_a_manuscript_without_texts_has_no_findings():
    assert judged(whole=[lambda whole: [found()]]) == ()


def test_of_words_that_repeat_others_of_their_text_the_second_place_is_meant():
    text = "It rained. He slept. It rained."
    again = found(quote="It rained.", conflict=Evidence("1.md", "It rained."))

    assert by_code.place(again, text) == 21
    assert by_code.place(found(quote="It rained."), text) == 0
    assert by_code.place(found(mend=Edit(11, 20)), text) == 11


def test_an_evaluator_signs_what_it_finds():
    heard = panel.heard("hares", seen("hare"))

    assert [f.by for f in heard(Work("1.md", "A hare.", 0))] == ["hares"]


def test_an_evaluator_that_fails_is_an_error_and_no_pass():
    with pytest.raises(EvaluatorFailed, match=r"`broken` failed on `1\.md`: ZeroDivisionError"):
        judged("A hare.", one=panel.heard("broken", lambda work: 1 // 0))


def test_what_is_no_finding_is_an_error_too():
    with pytest.raises(EvaluatorFailed, match="`odd` failed"):
        judged("A hare.", one=panel.heard("odd", lambda work: ["a hare"]))


def test_ten_times_as_many_chapters_take_ten_times_as_long():
    chapters = [prose(60, str(number)) for number in range(3_000)]

    def seconds(count):
        return cost(lambda: by_code.judged(works(*chapters[:count])), rounds=1)

    insist(seconds(3_000), 2 * 10 * seconds(300))
