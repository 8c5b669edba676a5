"""Learns how talk to whoever asked sounds: `python -m tests.benchmarks.learned_leaks CLEAN`.

CLEAN holds clean texts that nothing may be heard in, as `CLEAN/en/*`, one folder for each language:
the books of the corpus, sayings and handbooks (Debian has both in its packages `fortunes`,
`fortunes-de`, `fortunes-es`, `fortunes-zh` and `debian-handbook`). The lines to be heard, and those
that only look alike, are the cases of the tests. FTRL-Proximal (McMahan et al., 2013) keeps few
weights; the same lines give the same bytes.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import copysign, exp, sqrt
from pathlib import Path
from typing import Any

from l2mac_write.evaluators import sound
from l2mac_write.evaluators.frames import SHORT
from l2mac_write.evaluators.leaks import LINE, SPEECH
from l2mac_write.evaluators.passages import Passage, blanked, sentences
from tests.evaluators.abroad import LANGUAGES as ABROAD
from tests.evaluators.abroad import texts
from tests.evaluators.works import CASES

DEV = Path(__file__).parent / "seeds/wordings/dev.toml"
WEIGHTS = Path(sound.__file__).parent
LANGUAGES = ("en", *ABROAD)
ROUNDS, RATE, FEW, SMOOTH = 6, 0.3, 4.0, 0.5
TEMPTING, LEAST = 6, 0.05
"""How often a line that tempts is shown, and which weights are kept."""
SCARCE = 7.0
"""All lines that are said, few as they are, weigh as much as one in so many that are not."""
LONGEST = 400
FIELD = re.compile(r"\{\w+\}")
"""What a wording leaves open, a number mostly."""


@dataclass(slots=True)
class Learner:
    """One weight for each sign, of which most stay nothing."""

    pull: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)

    def weight(self, sign: str) -> float:
        pull = self.pull.get(sign, 0.0)
        if abs(pull) <= FEW:
            return 0.0
        rate = (1.0 + sqrt(self.seen[sign])) / RATE + SMOOTH
        return -(pull - copysign(FEW, pull)) / rate

    def learn(self, signs: Sequence[str], *, said: bool, dear: float) -> None:
        weights = [self.weight(sign) for sign in signs]
        odds = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, sum(weights)))))
        error = (odds - said) * dear
        for sign, weight in zip(signs, weights, strict=True):
            seen = self.seen.get(sign, 0.0)
            step = (sqrt(seen + error * error) - sqrt(seen)) / RATE
            self.pull[sign] = self.pull.get(sign, 0.0) + error - step * weight
            self.seen[sign] = seen + error * error


def learned(said: Sequence[str], clean: Sequence[str]) -> dict[str, int]:
    samples = [(sorted(sound.signs(line)), True) for line in said]
    samples += [(sorted(sound.signs(line)), False) for line in clean]
    learner, chance = Learner(), random.Random(1)
    dear = len(clean) / len(said) / SCARCE
    for _ in range(ROUNDS):
        chance.shuffle(samples)
        for signs, is_said in samples:
            learner.learn(signs, said=is_said, dear=dear if is_said else 1.0)
    weights = {sign: learner.weight(sign) for sign in sorted(learner.pull)}
    return {sign: round(w * sound.IN_ONE) for sign, w in weights.items() if abs(w) >= LEAST}


def units(text: str) -> Iterator[str]:
    """The lines and sentences of a text, as they are listened to."""
    for match in LINE.finditer(blanked(text, SPEECH).replace("’", "'")):
        line = Passage(match.start(), match.end(), match.group().strip())
        parts = [sentence.text for sentence in sentences(line)]
        if len(line.text) <= SHORT and len(parts) != 1:
            yield line.text
        yield from (part for part in parts if len(part) <= LONGEST)


def said(language: str) -> Iterator[str]:
    lines = [_table("said_seen.toml")[language], _table("talk_seen.toml")[language]]
    leaks = _table("leaks.toml" if language == "en" else f"leaks_{language}.toml")
    lines += [leaks["heads"], leaks["tails"], leaks["removed"]]
    if language == "en":
        dev = tomllib.loads(DEV.read_text("utf-8"))["leaks"]
        lines += [_table("wordings.toml"), _table("left_behind.toml")]
        lines += [kind for name, kind in dev.items() if name != "language"]
    else:
        lines.append(_table("left_abroad.toml")[language])
    for line in _leaves(lines):
        for part in line.splitlines():
            if blank := blanked(part, SPEECH).replace("’", "'").strip():
                yield blank


def clean(language: str, folder: Path) -> Iterator[str]:
    tempting = [_table("not_said.toml")[language]["seen"]["story"]]
    leaks = _table("leaks.toml" if language == "en" else f"leaks_{language}.toml")
    tempting.append(leaks["innocent"])
    if language == "en":
        tempting.append(_table("not_talk.toml")["told"])
        single = tomllib.loads(DEV.read_text("utf-8"))["single"]
        tempting.append([single["reference"], single["section"]])
    for line in _leaves(tempting):
        yield from [*units(FIELD.sub("7", line))] * TEMPTING
    for file in sorted((folder / language).iterdir()):
        yield from units(file.read_text("utf-8"))
    if language in ABROAD:
        yield from (unit for text in texts(language) for unit in units(text))


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text("utf-8"))


def _leaves(tree: Any) -> Iterator[str]:
    """The strings of a table, however deep they are."""
    if isinstance(tree, str):
        yield tree
    else:
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(branch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clean", type=Path, help="a folder of clean texts for each language")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    chosen = parser.parse_args()
    for language in chosen.language or LANGUAGES:
        weights = learned([*said(language)], [*clean(language, chosen.clean)])
        rows = (f"{sign}\t{weight}\n" for sign, weight in weights.items())
        (WEIGHTS / f"sound_{language}.tsv").write_text("".join(rows), "utf-8")
        print(f"{language}: {len(weights)} weights")


if __name__ == "__main__":
    main()
