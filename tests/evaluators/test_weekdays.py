"""A weekday falls on the date that it is given with."""

import pytest

from l2mac_write.evaluators.weekdays import judge
from l2mac_write.findings import Severity
from tests.evaluators.works import work


def found(text, language="en"):
    return judge(work(text, language=language))


@pytest.mark.parametrize(
    "text",
    [
        "It was Tuesday, 3 March 1954.",
        "Tuesday, March 3rd, 1954. Rain.",
        "On Tuesday the third of March, nineteen fifty-four, the roof fell in.",
        "3 March 1954 (Tuesday)",
        "March 3, 1954, which was a Tuesday, passed.",
        "He died on 3 March 1954. It was a Tuesday.",
        "Tues., Mar. 3, 1954",
        "In 1954 the third of March fell upon a Tuesday.",
        "It was Tuesday; the date was 3 March 1954.",
        "*Tuesday, 3 March 1954.* Rain.",
    ],
)
def test_a_weekday_that_the_date_did_not_fall_on_is_found(text):
    (finding,) = found(text)

    assert finding.code == "TIM-ABS"
    assert finding.severity is Severity.BLOCK
    assert "a Wednesday, not a Tuesday" in finding.message
    assert found(text.replace("Tues", "Wednes").replace("Wednes.", "Wed.")) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("le lundi 3 mars 1954", "fr"),
        ("Montag, den 3. März 1954", "de"),
        ("el lunes 3 de marzo de 1954", "es"),
        ("lunedì 3 marzo 1954", "it"),
        ("segunda-feira, 3 de março de 1954", "pt"),
        ("maandag 3 maart 1954", "nl"),
    ],
)
def test_it_is_found_in_other_languages(text, language):
    assert len(found(text, language)) == 1
    assert found(text, "ru") == ()


@pytest.mark.parametrize(
    "text",
    [
        "He was ill since Monday. On 3 March 1954 he died.",
        "It was not a Tuesday on 3 March 1954.",
        "Monday, 1 March 1954, Tuesday, 2 March 1954, Wednesday, 3 March 1954",
        "On Monday he read the letter of 3 March 1954.",
        "the Monday before 3 March 1954",
        "Monday to Friday, 3–7 March 1954",
        "Tuesday, 3 March, and nobody knows the year.",
    ],
)
def test_a_weekday_that_belongs_to_no_date_is_left_alone(text):
    assert found(text) == ()


def test_before_the_calendar_was_changed_either_calendar_may_be_meant():
    assert found("Sunday, 3 March 1700") == ()
    assert found("Wednesday, 3 March 1700") == ()
    assert len(found("Friday, 3 March 1700")) == 1
    assert found("In Moscow it was Monday, 3 March 1897.") == ()


def test_where_the_right_weekday_is_named_too_it_may_be_the_point():
    (finding,) = found("“Tuesday, 3 March 1954? That day was a Wednesday. The letter is forged.”")

    assert finding.severity is Severity.REVISE


def test_a_day_that_the_month_does_not_have_is_found():
    assert [f.message for f in found("On 31 April 1954 he left.")] == ["There is no 31 April 1954."]
    assert found("On 29 February 1956 he left.") == ()


def test_two_dates_of_one_year_cannot_have_weekdays_that_do_not_fit():
    (finding,) = found("Monday, 3 May. Rain.\n\nWednesday, 6 May. Sun.")

    assert finding.severity is Severity.ADVISE
    assert finding.conflict.quote.startswith("Monday, 3 May")
    assert found("Monday, 3 May. Rain.\n\nThursday, 6 May. Sun.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月5日，星期{}，下着雨。",
        "2024年3月5日（周{}）下着雨。",
        "二〇二四年三月五日，礼拜{}，下着雨。",
        "二零二四年三月五號是星期{}。",
        "他记得2024年3月5日那天正好是星期{}。",
        "星期{}，2024年3月5日。下着雨。",
        "周{}（2024年3月5日）下着雨。",
    ],
)
def test_a_chinese_weekday_that_the_date_did_not_fall_on_is_found(text):
    (finding,) = found(text.format("三"), "zh")

    assert finding.code == "TIM-ABS"
    assert finding.severity is Severity.REVISE
    assert "was a 星期二, not a 星期三" in finding.message
    assert found(text.format("二"), "zh") == ()


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月5日，每周三的例会照常举行。",
        "2024年3月5日，周三的例会改期了。",
        "2024年3月5日不是星期三。",
        "2024年3月5日是星期三吗？",
        "如果2024年3月5日是星期三，他就来。",
        "2024年3月5日，周三至周五的课都停了。",
        "2024年3月5日，下周三再说。",
        "2024年3月5日，他说。星期三，他走了。",
        "上周三，2024年3月5日的报纸到了。",
        "农历2024年3月5日，星期三。",
        "光绪三年三月五日，星期三。",
        "1054年3月5日，星期三。",
        "2024年3月5日是个好日子，星期三也是。",
        "2024年3月10日，星期天。2024年3月10日，周日。",
    ],
)
def test_a_chinese_weekday_of_another_day_is_left_alone(text):
    assert found(text, "zh") == ()


def test_a_chinese_date_that_no_month_has_is_found():
    (finding,) = found("那是2023年2月29日的事。", "zh")

    assert finding.message == "There is no 2023年2月29日."
