"""A model judges the pairs that a perfect reader and a perfect search put before it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.seeds.planting import Place, Planted, Row
from tests.benchmarks.seeds.replies import Replies
from tests.benchmarks.seeds.scoring import paragraph_at, wilson

PROMPT = Path(__file__).parent / "prompts" / "judge.md"
SYSTEM = "You check the continuity of a book before it is printed."
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {
        "explanations": {
            "type": "array",
            "items": {"type": "string", "maxLength": 200},
            "maxItems": 3,
        },
        "verdict": {"type": "string", "enum": ["contradiction", "compatible"]},
    },
    "required": ["explanations", "verdict"],
    "additionalProperties": False,
}
FREE = {"failed": 0, "tokens": 0, "seconds": 0.0}
MOST = 1200
"""Characters of a passage that are shown: its end, where what was planted stands."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`failed` where the model gave no verdict: never a pass, and never a find."""

    row: Row
    found: bool
    failed: bool
    tokens: int
    seconds: float

    @property
    def is_wrong(self) -> bool:
        return not self.row.seed.decoy


def verdicts(planted: Planted, replies: Replies) -> Iterator[Verdict]:
    """Of all pairs: those that conflict, their twins and decoys, none of which does."""
    for row in planted.rows:
        if len(row.places) == 2:
            yield _verdict(planted, row, replies)


def _verdict(planted: Planted, row: Row, replies: Replies) -> Verdict:
    first, second = (_passage(planted, place) for place in sorted(row.places, key=_start))
    prompt = PROMPT.read_text("utf-8").format(first=first, second=second)
    answer = replies.answer(SYSTEM, prompt, SCHEMA)
    said = _said(answer.text)
    return Verdict(row, said == "contradiction", not said, answer.tokens, answer.seconds)


def _start(place: Place) -> int:
    return place.start


def _passage(planted: Planted, place: Place) -> str:
    span = paragraph_at(planted.text, place.span)
    return planted.text[span.start : span.end][-MOST:]


def _said(text: str) -> str:
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1])
    except ValueError:
        return ""
    said = found.get("verdict") if isinstance(found, dict) else ""
    return said if said in ("contradiction", "compatible") else ""


def figures(found: Sequence[Verdict]) -> list[dict[str, object]]:
    """The model, beside who always and who never says that it is a contradiction."""
    wrong = sum(verdict.is_wrong for verdict in found)
    right = len(found) - wrong
    tp = sum(verdict.is_wrong and verdict.found for verdict in found)
    fp = sum(verdict.found for verdict in found) - tp
    return [
        {
            **_row("the model", (tp, fp), (wrong, right)),
            "failed": sum(verdict.failed for verdict in found),
            "tokens": sum(verdict.tokens for verdict in found),
            "seconds": round(sum(verdict.seconds for verdict in found), 1),
        },
        {**_row("always", (wrong, right), (wrong, right)), **FREE},
        {**_row("never", (0, 0), (wrong, right)), **FREE},
    ]


def _row(name: str, said: tuple[int, int], true: tuple[int, int]) -> dict[str, object]:
    (tp, fp), (wrong, right) = said, true
    tn, fn = right - fp, wrong - tp
    recall, kept = tp / max(1, wrong), tn / max(1, right)
    root = math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    return {
        "judge": name,
        "n": f"{wrong} + {right}",
        "recall": round(recall, 3),
        "interval": [round(end, 3) for end in wilson(tp, wrong)],
        "precision": round(tp / (tp + fp), 3) if tp + fp else 0.0,
        "balanced_accuracy": round((recall + kept) / 2, 3),
        "mcc": round((tp * tn - fp * fn) / root, 3) if root else 0.0,
    }


def by_type(found: Sequence[Verdict]) -> list[dict[str, object]]:
    """Of each type, how many conflicts were seen, and how many twins or decoys were let pass."""
    names = dict.fromkeys((verdict.row.seed.tier, verdict.row.seed.type) for verdict in found)
    rows = []
    for tier, name in names:
        mine = [v for v in found if (v.row.seed.tier, v.row.seed.type) == (tier, name)]
        conflicts = [v.found for v in mine if v.is_wrong]
        others = [not v.found for v in mine if not v.is_wrong]
        rows.append(
            {
                "tier": tier,
                "judged": name,
                "seen": f"{sum(conflicts)}/{len(conflicts)}",
                "let_pass": f"{sum(others)}/{len(others)}",
            }
        )
    return rows
