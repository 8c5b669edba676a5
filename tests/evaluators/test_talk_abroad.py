"""Whoever talks about the text in French, German, Spanish or Chinese is heard by how he speaks."""

import tomllib

import pytest

from l2mac_write.evaluators.leaks import judge
from l2mac_write.findings import Severity
from l2mac_write.text.languages import is_unspaced
from tests.evaluators.abroad import LANGUAGES, texts
from tests.evaluators.works import CASES, severities, work


def said(name, language):
    """Each line with where it stands, of all kinds."""
    table = tomllib.loads((CASES / name).read_text("utf-8"))[language]
    kinds = [table] if "start" in table else table.values()
    return [(place, line) for kind in kinds for place, lines in kind.items() for line in lines]


def put(place, line, language):
    text = "\n\n".join(texts(language))
    middle, sentence = text.index("\n\n", len(text) // 2), text.index(_stop(language)) + 1
    space = "" if is_unspaced(language) else " "
    return {
        "start": f"{line}\n\n{text}",
        "middle": f"{text[:middle]}\n\n{line}{text[middle:]}",
        "end": f"{text}\n\n{line}",
        "inline": f"{text[:sentence]}{space}{line}{text[sentence:]}",
    }[place]


def _stop(language):
    return "。" if is_unspaced(language) else ". "


def share_heard(name, language):
    lines = said(name, language)
    found = [judge(work(put(*line, language), language=language)) for line in lines]
    return sum(any(s != Severity.ADVISE for s in severities(each)) for each in found) / len(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_all_wordings_one_in_twenty_is_missed_at_most(language):
    assert share_heard("talk_seen.toml", language) >= 0.95
    assert share_heard("talk_unseen.toml", language) >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_what_is_left_behind_in_english_too_four_in_five_are_heard(language):
    assert share_heard("left_abroad.toml", language) >= 0.8
