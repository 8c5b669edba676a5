"""What an export says around the author's text, in the language of the book."""

from __future__ import annotations

import re
from collections.abc import Mapping

from l2mac_write.book import Manuscript
from l2mac_write.edition import NOTHING
from l2mac_write.templating import table, text
from l2mac_write.text.languages import is_traditional, is_unspaced, primary

LANGUAGES = "ar arc ckb dv fa he ks nqo ps sd syr ug ur yi"
RIGHT_TO_LEFT = frozenset(LANGUAGES.split())
RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def labels(language: str) -> Mapping[str, str]:
    """English where we have no words of our own; a chapter is then called by its number alone."""
    known: Mapping[str, Mapping[str, str]] = table("labels.toml")
    spelled = "zh-hant" if is_traditional(language) else tag(language).lower()
    for name in (spelled, primary(spelled)):
        if name in known:
            return known[name]
    return {**known["en"], "chapter": "{number}"}


def kind_named(kind: str, words: Mapping[str, str]) -> str:
    """What a page without a title is called: `abstract` is `Summary`, others are as they say."""
    plain = kind.replace("-", " ").capitalize() or words["untitled"]
    return words.get(f"page-{kind}", plain)


def tag(language: str) -> str:
    """A well-formed BCP 47 tag, `und` where the language is not one."""
    hyphenated = language.strip().replace("_", "-")
    return hyphenated if TAG.fullmatch(hyphenated) else "und"


def direction(language: str) -> str:
    first, *rest = tag(language).lower().split("-")
    scripts = [part for part in rest if len(part) == 4]  # noqa: PLR2004 (a script has four letters)
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def part_named(title: str, number: int, words: Mapping[str, str]) -> tuple[str, str]:
    """What stands over the title of a part, and the title; one that says it has nothing over it."""
    label = words["part"].format(number=number)
    said = re.escape(words["part"]).replace(re.escape("{number}"), r"\w{1,12}?") + r"(?!\w)"
    if not title:
        return "", label
    return ("" if re.match(said, title, re.IGNORECASE) else label), title


def style(form: str, manuscript: Manuscript) -> str:
    """The style sheet of HTML or EPUB, with what this book alone needs."""
    language, kind = manuscript.language, manuscript.kind
    needed = {
        "book": True,
        "reader": form == "html",
        "scripts": is_unspaced(language) or direction(language) == "rtl",
        kind: True,
        "parts": any(section.is_part for section in manuscript.sections),
        "edition": manuscript.edition != NOTHING,
        "cover": bool(manuscript.edition.cover),
        "headwords": any(section.headwords for section in manuscript.sections),
    }
    return "".join(text(f"{form}/{sheet}.css") for sheet, is_needed in needed.items() if is_needed)
