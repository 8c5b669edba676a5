"""The days of the story run forward."""

import pytest

from l2mac_write.evaluators.days import judge
from l2mac_write.findings import Severity
from tests.evaluators.works import work

BETWEEN = "He walked on and said nothing.\n\n“Yes.”\n\n* * *\n\nIt was cold."


def found(*paragraphs, language="en"):
    return judge(work("\n\n".join(paragraphs), language=language))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("*Thursday, 14 March.* Rain.", "*Monday, 11 March.* Sun."),
        ("March 14.—The wind fell.", "March 11.—The wind rose."),
        ("Entry for 14 March 1890: quiet.", "Entry for 11 March 1890: quiet."),
        ("**Day 5.** Rain.", "**Day 4.** Sun."),
        ("It was 14 March.", "Three days later, on 11 March, it froze."),
        ("It was the fourteenth of March.", "The next morning, the eleventh of March, it froze."),
    ],
)
def test_a_day_before_the_last_one_is_found_with_that_one(one, other):
    (finding,) = found(one, BETWEEN, other)

    assert finding.code == "TIM-ORD"
    assert finding.severity is Severity.REVISE
    assert finding.quote in other
    assert finding.conflict.quote in one


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("*11 March.* Rain.", "*14 March.* Sun."),
        ("*31 December.* Rain.", "*1 January.* Sun."),
        ("_14 March._—Rain.", "Dr Sewall’s Diary", "_11 March._—Sun."),
        ("*14 March 1890.* Rain.", "*11 March 1870.* An old letter."),
        ("He had come on 14 March.", "She thought of the 11 March when he left."),
        ("It was the eleventh of March.", "The next morning, the twelfth of March, it froze."),
    ],
    ids=["forward", "new year", "another diary", "an old letter", "no entries", "next day"],
)
def test_days_that_run_forward_or_belong_to_another_text_are_left_alone(paragraphs):
    assert found(*paragraphs) == ()


def test_the_day_after_has_the_next_weekday():
    (finding,) = found("Monday was fine. The next day, a Sunday, it rained.")

    assert finding.severity is Severity.ADVISE
    assert found("Monday was fine. The next day, a Tuesday, it rained.") == ()


def test_a_diary_in_another_language_is_read_too():
    assert len(found("*14. März.* Regen.", "*11. März.* Sonne.", language="de")) == 1
