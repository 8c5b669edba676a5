"""The measured figures, as tables and as one JSON object."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tests.benchmarks.seeds.scoring import Alarm, Hit, Score, wilson
from tests.benchmarks.seeds.words import HALVES

Row = dict[str, object]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Share:
    hits: int
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.n)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} [{low:.3f}, {high:.3f}]" if self.n else "-"


def share(hits: Iterable[bool]) -> Share:
    known = list(hits)
    return Share(sum(known), len(known))


def types(score: Score) -> list[Row]:
    """One row for each type. `named` is the recall: the right place under the right code."""
    by_type = _grouped(score.hits, lambda hit: (hit.row.seed.tier, hit.row.seed.type))
    return [_type(score, tier, name, hits) for (tier, name), hits in by_type.items()]


def _type(score: Score, tier: str, name: str, hits: Sequence[Hit]) -> Row:
    named = share(hit.named for hit in hits)
    false = false_alarms(score, hits[0].row.seed.codes)
    beside = [a for a in false if a.origin != "clean"]
    return {
        "tier": tier,
        "type": name,
        "n": named.n,
        "recall": round(named.value, 3),
        "interval": _rounded(named.interval),
        "strong": round(share(bool(hit.strong) for hit in hits).value, 3),
        "placed": round(share(hit.placed for hit in hits).value, 3),
        "both_ends": round(share(hit.both for hit in hits).value, 3),
        "precision": round(named.hits / (named.hits + len(false)), 3) if named.hits else 0.0,
        "false_per_100k": _per_100k(len(false) - len(beside), score.words),
        "seconds_per_100k": round(score.seconds[name] / score.read[name] * 1e5, 2),
        "tokens": 0,
    }


def false_alarms(score: Score, codes: Sequence[str] = ()) -> list[Alarm]:
    """More than advice, under one of the codes if there are any; each once, however many copies."""
    found = {
        alarm.key: alarm
        for alarm in reversed(score.alarms)
        if alarm.said.is_strong and alarm.counts and (not codes or alarm.said.finding.code in codes)
    }
    return list(found.values())


def distances(score: Score) -> list[Row]:
    pairs = [hit for hit in score.hits if hit.row.seed.distance]
    found = _grouped(pairs, lambda hit: (hit.row.seed.tier, hit.row.seed.distance))
    return [_near(tier, distance, hits) for (tier, distance), hits in sorted(found.items())]


def halves(score: Score) -> list[Row]:
    """Of each type, the wordings that authors of evaluators know beside those that they do not."""
    worded = [hit for hit in score.hits if _half(hit)]
    found = _grouped(worded, lambda hit: (hit.row.seed.tier, hit.row.seed.type))
    return [
        {"tier": tier, "worded": name, **{half: str(_of_half(hits, half)) for half in HALVES}}
        for (tier, name), hits in found.items()
    ]


def _of_half(hits: Sequence[Hit], half: str) -> Share:
    return share(hit.named for hit in hits if _half(hit) == half)


def _half(hit: Hit) -> str:
    half = hit.row.seed.wording.partition("-")[0]
    return half if half in HALVES else ""


def _near(tier: str, distance: str, hits: Sequence[Hit]) -> Row:
    named = share(hit.named for hit in hits)
    both = share(hit.both for hit in hits)
    return {
        "tier": tier,
        "distance": distance,
        "n": named.n,
        "recall": round(named.value, 3),
        "interval": _rounded(named.interval),
        "both_ends": round(both.value, 3),
    }


def decoys(score: Score) -> list[Row]:
    """How many of what looks like an error and is none were let pass."""
    flagged: Counter[str] = Counter(
        alarm.said.finding.code for alarm in score.alarms if _is_decoy(alarm)
    )
    quiet = Counter((row.seed.tier, row.seed.type) for row in score.quiet)
    loud = Counter(
        (alarm.origin, alarm.said.finding.code)
        for alarm in score.alarms
        if _is_decoy(alarm) and alarm.said.is_strong
    )
    rows: list[Row] = []
    for (tier, name), n in sorted(quiet.items()):
        codes = {code: count for (origin, code), count in loud.items() if origin == name}
        rows.append({"tier": tier, "decoy": name, "quiet": n, "flagged_by": codes})
    return rows if flagged or quiet else []


def _is_decoy(alarm: Alarm) -> bool:
    return alarm.origin not in {"clean", "beside"}


def baselines(score: Score) -> list[Row]:
    """What costs nothing: to flag nothing, everything, or as many paragraphs by chance."""
    seeds = [hit.row for hit in score.hits]
    flagged = len({hit.row.id for hit in score.hits if hit.placed}) + len(false_alarms(score))
    ends = len(seeds)
    total = score.paragraphs
    chance = Random("baseline")
    lucky = sum(chance.random() < flagged / total for _ in seeds) if total else 0
    return [
        _baseline("nothing", 0, ends, 0, score.words),
        _baseline("everything", ends, ends, total, score.words),
        _baseline("by chance", lucky, ends, flagged, score.words),
    ]


def _baseline(name: str, hits: int, n: int, flags: int, words: int) -> Row:
    return {
        "baseline": name,
        "n": n,
        "recall": round(hits / n, 3) if n else 0.0,
        "precision": round(min(1.0, hits / flags), 3) if flags else 0.0,
        "false_per_100k": _per_100k(max(0, flags - hits), words),
    }


def clean_alarms(score: Score) -> list[Row]:
    """What is said of the clean books, by evaluator, code and severity."""
    alarms = [a.said.finding for a in score.alarms if a.origin == "clean"]
    counts = Counter((f.by, f.code, str(f.severity)) for f in alarms)
    return [
        {"evaluator": by, "code": code, "severity": severity, "n": n, "per_100k": _per_100k(n, score.words)}
        for (by, code, severity), n in sorted(counts.items())
    ]  # fmt: skip


def macro(score: Score, tier: str) -> float:
    """The mean of the types' recalls, so that no type counts more for being planted more."""
    found = _grouped([h for h in score.hits if h.row.seed.tier == tier], lambda h: h.row.seed.type)
    recalls = [share(hit.named for hit in hits).value for hits in found.values()]
    return statistics.fmean(recalls) if recalls else 0.0


def whole(score: Score) -> Row:
    strong = [a for a in score.alarms if a.origin == "clean" and a.said.is_strong]
    beside = [a for a in score.alarms if a.origin == "beside" and a.said.is_strong]
    return {
        "words": score.words,
        "macro_recall": {tier: round(macro(score, tier), 3) for tier in ("mechanical", "facts")},
        "false_per_100k": _per_100k(len(strong), score.words),
        "beside_per_100k": _per_100k(len(beside), score.judged),
        "seconds_per_100k": round(score.seconds["clean"] / score.words * 1e5, 2),
        "types": types(score),
        "halves": halves(score),
        "distances": distances(score),
        "decoys": decoys(score),
        "clean": clean_alarms(score),
        "baselines": baselines(score),
    }


def details(score: Score) -> Iterator[str]:
    """Every seed that was missed, and every false alarm."""
    for hit in score.hits:
        if not hit.named:
            ends = " | ".join(place.after.strip()[:160] for place in hit.row.places)
            yield f"missed {hit.row.id} {hit.row.seed.wording}: {ends!r}"
    for alarm in false_alarms(score):
        found = alarm.said.finding
        yield f"{alarm.origin} {found.by} {found.code} {found.path}: {found.message} {found.quote!r}"


def printed(figures: Row) -> str:
    tables = [(name, rows) for name, rows in figures.items() if isinstance(rows, list) and rows]
    single = (f"{name}: {value}" for name, value in figures.items() if not isinstance(value, list))
    return "\n".join((*single, *(f"\n{name}\n{_table(rows)}" for name, rows in tables)))


def _table(rows: Sequence[Row]) -> str:
    names = list(rows[0])
    lines = [names, *([str(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(names))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _grouped(hits: Iterable[Hit], key: Callable[[Hit], K]) -> dict[K, list[Hit]]:
    found: dict[K, list[Hit]] = defaultdict(list)
    for hit in hits:
        found[key(hit)].append(hit)
    return found


def _rounded(interval: tuple[float, float]) -> list[float]:
    return [round(end, 3) for end in interval]


def _per_100k(n: int, words: int) -> float:
    return round(n / words * 1e5, 2) if words else 0.0
