"""What can be held against a whole manuscript, by code alone, in time that grows no faster than it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from l2mac_write.evaluators import ASSIGNED, TOGETHER, panel
from l2mac_write.findings import Finding, Text, Whole, Work
from l2mac_write.ports import Evaluator, WholeEvaluator


def judged(
    works: Sequence[Work],
    names: Collection[str] | None = None,
    *,
    evaluators: Mapping[str, Evaluator] | None = None,
    whole: Mapping[str, WholeEvaluator] | None = None,
) -> tuple[Finding, ...]:
    """Each finding once, in the order of the book: what the texts have in themselves and among them.

    `works` are the texts in their order, each under a path of its own and with nothing `earlier`:
    what one text has to do with another is for the evaluators of the whole. `names` are the
    evaluators of one text that are asked, by default all that any text may be judged by.
    """
    return once(every(works, names, evaluators=evaluators, whole=whole))


def every(
    works: Sequence[Work],
    names: Collection[str] | None = None,
    *,
    evaluators: Mapping[str, Evaluator] | None = None,
    whole: Mapping[str, WholeEvaluator] | None = None,
) -> tuple[Finding, ...]:
    """The same with every place where one finding is made, since each may have an edit."""
    evaluators = panel.evaluators() if evaluators is None else evaluators
    asked = evaluators.keys() - ASSIGNED if names is None else {*names}
    judges = [judge for name, judge in evaluators.items() if name in asked - TOGETHER]
    found = [finding for work in works for judge in judges for finding in judge(work)]
    for of_all in (panel.whole() if whole is None else whole).values():
        found += of_all(_whole(works)) if works else ()
    return _in_order(works, found)


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One of each key, the worst, where the first of them is."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        before = kept.get(finding.key)
        if not before or finding.severity.rank < before.severity.rank:
            kept[finding.key] = finding
    return tuple(kept.values())


def _whole(works: Sequence[Work]) -> Whole:
    first = works[0]
    texts = tuple(Text(work.path, work.text, work.title) for work in works)
    return Whole(texts, first.language, first.cast, first.known)


def place(finding: Finding, text: str) -> int:
    """Where its words are in its text; of what repeats words of the same text, the second time.

    Those that an edit is for may begin before it.
    """
    if finding.mend:
        edit = finding.mend.start
        around = text.find(finding.quote, max(0, edit - max(0, len(finding.quote) - 1)))
        return edit if around < 0 else around
    first = max(0, text.find(finding.quote))
    again = finding.conflict and finding.conflict.path == finding.path
    return max(first, text.find(finding.quote, first + 1)) if again and finding.quote else first


def _in_order(works: Sequence[Work], found: Iterable[Finding]) -> tuple[Finding, ...]:
    order = {work.path: (number, work.text) for number, work in enumerate(works)}

    def rank(finding: Finding) -> tuple[int, int, int]:
        number, text = order.get(finding.path, (len(order), ""))
        return number, place(finding, text), finding.severity.rank

    return tuple(sorted(found, key=rank))
