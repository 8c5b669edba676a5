"""Which dates does a Chinese text name, and which of them with their weekday?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from l2mac_write.evaluators.dates import MONTHS, Date, Weekday
from l2mac_write.evaluators.same_day import Same
from l2mac_write.text.numbers import DIGITS, values

NAMES = tuple(f"星期{day}" for day in "一二三四五六日")
DAYS = "一二三四五六日天"
WEEKDAY = rf"(?P<week>星期|周|週|礼拜|禮拜)(?P<day>[{DAYS}])"
TENS = "[一二三四五六七八九十]"
DATE = re.compile(
    rf"(?<![\d{DIGITS}零○])(?P<year>[12]\d{{3}}|[一二][{DIGITS}零○]{{3}})年"
    rf"(?P<month>\d{{1,2}}|{TENS}{{1,2}})月(?P<day>\d{{1,2}}|{TENS}{{1,3}})[日号號]"
)
AFTER = re.compile(
    r"[，,、\s]?[（(]?(?:(?:那|这|這)一?天|当天|當天)?(?:恰好|正好|刚好|恰|正)?(?:是|为|為)?(?:个|個)?"
    rf"{WEEKDAY}(?![至到或和、~—–的{DAYS}-]|还是|還是|吗|嗎|[^，。\n]{{0,6}}[吗嗎？?])"
)
"""`2024年3月5日，星期二`, `2024年3月5日那天正好是礼拜二`; but of `周二的会` it says nothing."""
BEFORE = re.compile(rf"(?<![每上下]){WEEKDAY}[，,]?[（(]?(?:即|也就是)?\Z")
THEN = re.compile(r"[，。；）)\n]|\Z|的?(?:清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜)")
SUPPOSED = re.compile(
    r"(?:如果|假如|假设|假設|要是|倘若|若|农历|農曆|阴历|陰曆|旧历|舊曆)[^。！？\n]{0,8}\Z"
)
IN_DIGITS = str.maketrans({**{sign: str(n) for n, sign in enumerate(DIGITS)}, "零": "0", "○": "0"})
FIRST, NEAR = 1600, 16
"""Before that year a date may be of another calendar."""


def dates(text: str) -> list[Date]:
    found = (_date(match) for match in DATE.finditer(text) if not _is_supposed(text, match))
    return [when for when in found if when.year >= FIRST and 1 <= when.month <= MONTHS]


def same_days(text: str) -> Iterator[Same]:
    for when in dates(text):
        if when.exists and (found := _after(text, when) or _before(text, when)):
            day = min(DAYS.index(found["day"]), DAYS.index("日"))
            yield Same(when, Weekday(found.start("week"), found.end("day"), day), surely=False)


def _after(text: str, when: Date) -> re.Match[str] | None:
    return AFTER.match(text, when.end)


def _before(text: str, when: Date) -> re.Match[str] | None:
    is_all = THEN.match(text, when.end)
    return BEFORE.search(text, max(0, when.start - NEAR), when.start) if is_all else None


def _is_supposed(text: str, found: re.Match[str]) -> bool:
    return SUPPOSED.search(text, max(0, found.start() - NEAR), found.start()) is not None


def _date(found: re.Match[str]) -> Date:
    year = int(found["year"].translate(IN_DIGITS))
    month, day = (values().get(found[name].lstrip("0"), 0) for name in ("month", "day"))
    return Date(*found.span(), year, month, day)
