"""What a title says, with its number and without."""

from __future__ import annotations

import re

from l2mac_write.book import Section
from l2mac_write.text.numbers import CHAPTER, CHINESE_CHAPTER, ENGLISH, NAMED_CHAPTER, spellings

ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3}|c)(?:ix|iv|v?i{0,3})"
NUMBER = rf"(?:\d{{1,4}}|{ROMAN}|{'|'.join(reversed(ENGLISH))}|un|une|uno|eins)"
SAYS_CHAPTER = re.compile(
    rf"\s*(?P<label>(?:{NAMED_CHAPTER}|{CHAPTER}\s+{NUMBER})\b|{CHINESE_CHAPTER})"
    r"\s*(?:[:：.\-–—―|·、]\s*)*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
CHINESE_NUMBER = re.compile(r"第\s?(\w+?)\s?[章回]")
SAYS_NUMBER = re.compile(
    rf"\s*(?P<label>{NUMBER})\s*[:.)–—]\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)


def split_title(title: str) -> tuple[str, str]:
    """`Chapter 3: The Storm` is the label `Chapter 3` and the title `The Storm`."""
    said = SAYS_CHAPTER.fullmatch(title)
    return (said["label"], said["rest"]) if said and said["rest"].strip() else ("", title)


def says_number(title: str) -> bool:
    """Whether to show a number beside the title would be to say it twice."""
    return bool(
        SAYS_CHAPTER.fullmatch(title)
        or SAYS_NUMBER.fullmatch(title)
        or re.fullmatch(NUMBER, title.strip(), re.IGNORECASE)
    )


def says_this_number(label: str, number: int) -> bool:
    return number > 0 and _number(label) in spellings(number)


def unnumbered(title: str, number: int) -> str:
    """The title without its own number, where it says it: `2. Scope` is `Scope`."""
    said = SAYS_CHAPTER.fullmatch(title) or SAYS_NUMBER.fullmatch(title)
    if said and said["rest"].strip() and says_this_number(said["label"], number):
        return said["rest"]
    return title


def says_title(words: str, section: Section, *, in_heading: bool) -> bool:
    """Whether a first line only repeats the title of its section, or its number, or both."""
    if not in_heading:
        return _one_line(words) == _one_line(section.title) != ""
    number, rest = _number_and_rest(words)
    if rest and rest in {_letters(section.title), _number_and_rest(section.title)[1]}:
        return True
    return not rest and section.number > 0 and number in spellings(section.number)


def _number_and_rest(words: str) -> tuple[str, str]:
    said = SAYS_CHAPTER.fullmatch(words) or SAYS_NUMBER.fullmatch(words)
    if not said:
        return "", _letters(words)
    return _number(said["label"]), _letters(said["rest"])


def _number(label: str) -> str:
    chinese = CHINESE_NUMBER.fullmatch(label)
    return chinese[1] if chinese else label.rsplit(maxsplit=1)[-1].lower()


def _one_line(words: str) -> str:
    return " ".join(words.casefold().split())


def _letters(words: str) -> str:
    """What two spellings of one title share: no case, no punctuation, unless that is all."""
    found = re.findall(r"[^\W_]+", words.casefold().replace("'", "").replace("’", ""))
    return " ".join(found) or words.strip()
