"""How much is heard of what models say around a text: `python -m tests.benchmarks.leaks_heard`.

By language, of lines that no rule and no weight was made with, each where it would stand; and how
many lines that only look alike are taken for talk, at the start, in the middle or at the end.
"""

from __future__ import annotations

import argparse

from tests.benchmarks.seeds.scoring import wilson
from tests.evaluators.abroad import LANGUAGES
from tests.evaluators.talk import innocent, is_heard, said

PLACES = ("start", "middle", "end")


def report(language: str, *, verbose: bool) -> None:
    lines = said("said_unseen.toml", language)
    missed = [line for line in lines if not is_heard(*line, language)]
    heard = len(lines) - len(missed)
    low, high = wilson(heard, len(lines))
    clean = [(place, line) for line in innocent(language, "unseen") for place in PLACES]
    alarms = [line for line in clean if is_heard(*line, language)]
    print(
        f"{language}: {heard} of {len(lines)} heard, {heard / len(lines):.2f} [{low:.2f}, {high:.2f}];"
        f" {len(alarms)} of {len(clean)} innocent lines too"
    )
    if verbose:
        print(*(f"  missed at the {place}: {line}" for place, line in missed), sep="\n")
        print(*(f"  heard at the {place}: {line}" for place, line in alarms), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="print the lines that went wrong")
    verbose = parser.parse_args().verbose
    for language in ("en", *LANGUAGES):
        report(language, verbose=verbose)


if __name__ == "__main__":
    main()
