"""How much is heard of what models say: each line put where it would stand in a text."""

from __future__ import annotations

import tomllib

from l2mac_write.evaluators.leaks import judge
from l2mac_write.findings import Severity
from l2mac_write.text.languages import is_unspaced
from tests.evaluators.abroad import texts
from tests.evaluators.works import CASES, PROSE, severities, work


def said(name: str, language: str) -> list[tuple[str, str]]:
    """Each line with where it stands, of all kinds."""
    table = tomllib.loads((CASES / name).read_text("utf-8"))[language]
    kinds = [table] if "start" in table else table.values()
    return [(place, line) for kind in kinds for place, lines in kind.items() for line in lines]


def put(place: str, line: str, language: str) -> str:
    text = PROSE if language == "en" else "\n\n".join(texts(language))
    middle, sentence = text.index("\n\n", len(text) // 2), text.index(_stop(language)) + 1
    space = "" if is_unspaced(language) else " "
    return {
        "start": f"{line}\n\n{text}",
        "middle": f"{text[:middle]}\n\n{line}{text[middle:]}",
        "end": f"{text}\n\n{line}",
        "inline": f"{text[:sentence]}{space}{line}{text[sentence:]}",
    }[place]


def _stop(language: str) -> str:
    return "。" if is_unspaced(language) else ". "


def innocent(language: str, half: str) -> list[str]:
    """What people in a story say of texts to each other, or its narrator to the reader."""
    return tomllib.loads((CASES / "not_said.toml").read_text("utf-8"))[language][half]["story"]


def is_heard(place: str, line: str, language: str) -> bool:
    found = judge(work(put(place, line, language), language=language))
    return any(severity != Severity.ADVISE for severity in severities(found))


def share_heard(name: str, language: str) -> float:
    lines = said(name, language)
    return sum(is_heard(*line, language) for line in lines) / len(lines)
