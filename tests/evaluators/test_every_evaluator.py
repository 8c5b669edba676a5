"""What all evaluators promise: they never fail, never guess at random, and stay quick."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l2mac_write.evaluators import EVALUATORS
from l2mac_write.findings import mended
from tests.evaluators.works import PROSE, chapters, work
from tests.timing import at_most

HUGE = 200_000
JUNK = {
    "no spaces": "a" * HUGE,
    "one paragraph": "the cat sat on the mat and " * (HUGE // 27),
    "blank lines": "\n " * (HUGE // 2),
    "full stops": ". " * (HUGE // 2),
    "opening quotes": "“" * HUGE,
    "apostrophes": "’" * HUGE,
    "straight quotes": '"' * HUGE,
    "backticks": "`" * HUGE,
    "fences": "```\n" * (HUGE // 4),
    "headings": "# a\n\n" * (HUGE // 5),
    "brackets": "[insert " * (HUGE // 8),
    "braces": '{"a":' * (HUGE // 5),
    "tags": "<chapter " * (HUGE // 9),
    "rules": "* * *\n" * (HUGE // 6),
    "one paragraph again and again": f"{PROSE[:180]}\n\n" * (HUGE // 182),
    "control characters": "\x00\x01" * (HUGE // 2),
    "half characters": "\ud83d" * HUGE,
    "names": "Abcdef Abcdeg " * (HUGE // 14),
    "chinese": "灯塔看守人又数了一遍楼梯。" * (HUGE // 13),
    "arabic": "مرحبا بكم في هذا الكتاب. " * (HUGE // 24),
}
TEXT = st.text(max_size=400)
MARKED = st.lists(
    st.sampled_from(
        [*PROSE.split(" ")[:60], "\n\n", "\n", "#", "```", "“", "”", '"', "* * *", "<|", "[", "- "]
    )
).map(" ".join)


@pytest.mark.parametrize("name", EVALUATORS)
def test_clean_prose_passes(name):
    assert list(EVALUATORS[name](work(title="The Lamp", cast=("Tomas", "Anna")))) == []


@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_judged_in_linear_time(junk):
    text = JUNK[junk]
    judged = work(text, words=900, earlier=chapters(text[: HUGE // 10]), cast=("Abcdeg",))

    with at_most(5):
        findings = [finding for judge in EVALUATORS.values() for finding in judge(judged)]

    assert all(finding.key and len(finding.quote) <= 90 for finding in findings)


@settings(max_examples=150, deadline=None)
@given(text=TEXT | MARKED, before=TEXT | MARKED)
@example(text="'0`0`a'", before="")
@example(text="#`0`0", before="")
def test_no_text_makes_an_evaluator_fail(text, before):
    judged = work(text, words=100, title=before[:20], earlier=chapters(before), cast=("Tomas",))
    for judge in EVALUATORS.values():
        findings = list(judge(judged))

        assert findings == list(judge(judged))
        assert all(finding.quote in text and finding.message.endswith(".") for finding in findings)
        assert isinstance(mended(text, findings), str)


@settings(max_examples=100, deadline=None)
@given(text=MARKED)
def test_mending_comes_to_an_end(text):
    for _ in range(12):
        judged = work(text, words=100, title="The Lamp", cast=("Tomas",))
        mend = mended(text, [f for judge in EVALUATORS.values() for f in judge(judged)]).strip()
        if mend == text:
            return
        text = mend
    pytest.fail(f"{text!r} is still being mended")
