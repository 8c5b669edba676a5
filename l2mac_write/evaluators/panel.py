"""Who sits in judgement: our own evaluators, and those that a person has installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from l2mac_write.errors import EvaluatorFailed, UsageError
from l2mac_write.evaluators import EVALUATORS, WHOLE
from l2mac_write.evaluators.authority import capped
from l2mac_write.findings import Finding, Severity, Whole, Work
from l2mac_write.ports import Evaluator, WholeEvaluator
from l2mac_write.text.characters import in_one_line

Judged = TypeVar("Judged", Work, Whole)
GROUP = "l2mac_write.evaluators"
"""Entry points under which a person's own evaluators are found."""
THE_BOOK = "the whole book"
MOST = 1_000
"""Findings of one code in one text; a reader has long seen what is wrong with it."""


def as_it_is(finding: Finding) -> Finding:
    return finding


@cache
def evaluators() -> Mapping[str, Evaluator]:
    """Those of one text, by name. Raises `UsageError` where a person's has the name of ours.

    Ours are as grave as their cards allow; for a person's own their author answers.
    """
    own = {entry.name: _installed(entry) for entry in entry_points(group=GROUP)}
    if both := sorted(own.keys() & EVALUATORS.keys()):
        raise UsageError(
            f"the evaluator `{both[0]}` that is installed has the name of one of ours. Give it"
            f" another name among the entry points `{GROUP}`."
        )
    ours = {name: heard(name, judge, capped) for name, judge in EVALUATORS.items()}
    return {**ours, **{name: heard(name, judge) for name, judge in own.items()}}


def own() -> frozenset[str]:
    """The names of those that a person has installed."""
    return frozenset(evaluators().keys() - EVALUATORS.keys())


@cache
def whole() -> Mapping[str, WholeEvaluator]:
    return {name: heard(name, judge, capped) for name, judge in WHOLE.items()}


def outspoken() -> tuple[Mapping[str, Evaluator], Mapping[str, WholeEvaluator]]:
    """Ours as if nobody had measured them yet, for whoever does."""
    return (
        {name: heard(name, judge) for name, judge in EVALUATORS.items()},
        {name: heard(name, judge) for name, judge in WHOLE.items()},
    )


def heard(
    name: str,
    judge: Callable[[Judged], Iterable[Finding]],
    weighed: Callable[[Finding], Finding] = as_it_is,
) -> Callable[[Judged], tuple[Finding, ...]]:
    """The evaluator with its name on what it finds. Where it fails, it raises `EvaluatorFailed`."""

    def judged(work: Judged) -> tuple[Finding, ...]:
        path = work.path if isinstance(work, Work) else THE_BOOK
        try:
            return tuple(weighed(f.signed(name)) for f in _bounded(map(_sound, judge(work))))
        # Anything may go wrong in what is not ours, and none of it is a pass.
        except Exception as error:
            why = in_one_line(f"{type(error).__name__}: {error}")
            raise EvaluatorFailed(name, path, why) from error

    return judged


def _sound(finding: Finding) -> Finding:
    """Whoever writes their own may say `"block"` for how grave it is. Raises `TypeError`."""
    if not isinstance(finding, Finding):
        raise TypeError(f"`{finding!r}` is no `Finding`")
    return replace(finding, severity=Severity(finding.severity))


def _bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of one kind in one text so many; more are found when these are gone."""
    times: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        times[finding.path, finding.code] += 1
        if times[finding.path, finding.code] <= MOST:
            yield finding


def _installed(entry: EntryPoint) -> Evaluator:
    """Imported only when it is first asked."""
    load = cache(entry.load)

    def judge(work: Work) -> Sequence[Finding]:
        return tuple(load()(work))

    return judge
