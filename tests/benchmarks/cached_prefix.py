"""How much of its prompts a book of 40 chapters reads from the server's cache: `python -m tests.benchmarks.cached_prefix`."""

from __future__ import annotations

import argparse
import sys

from l2mac_write.evaluators import EVALUATORS
from l2mac_write.findings import Finding, Severity, Work
from tests.benchmarks.metered import Metered, metered

LEAST = 0.60
SENT_BACK = 5
"""Every so-manieth chapter is mended once: what `estimate` takes to be likely."""


class Picky:
    """An evaluator that finds fault with a passage of every fifth chapter, once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, work: Work, /) -> tuple[Finding, ...]:
        number = work.path.removeprefix("chapters/").partition("-")[0]
        is_whole = work.words and number.isdecimal() and not int(number) % SENT_BACK
        if not is_whole or work.path in self._seen:
            return ()
        self._seen.add(work.path)
        quote = work.text[:60]
        return (Finding("BEN-AGAIN", Severity.REVISE, work.path, "Mend this.", quote=quote),)


def book(chapters: int, words: int) -> Metered:
    return metered(chapters, words, dict.fromkeys(EVALUATORS, Picky()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=40)
    parser.add_argument("--words", type=int, default=3_000, help="words of a chapter")
    chosen = parser.parse_args()
    run = book(chosen.chapters, chosen.words)
    for step, (prompt, read) in run.by_step().items():
        print(f"  {step:<14}{prompt:>12,} tokens in, {read / prompt:6.1%} of them from the cache")
    share = run.cached()
    print(f"in all {share:.1%} (at least {LEAST:.0%})")
    sys.exit(share < LEAST)


if __name__ == "__main__":
    main()
