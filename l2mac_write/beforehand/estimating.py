"""What would a book take, in calls, tokens, US dollars and minutes, and what is that based on?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from l2mac_write import wiring
from l2mac_write.beforehand.amounts import dollars, lasting
from l2mac_write.beforehand.rehearsing import Doubts, Rehearsal, elapsed, rehearsed
from l2mac_write.llm.standin import CHARACTERS_PER_TOKEN, WORDS_PER_TOKEN, Target
from l2mac_write.machine.judging import MOST_CLAIMS
from l2mac_write.messages import Usage
from l2mac_write.settings import Settings
from l2mac_write.store.derived import DERIVED, LEDGER, Derived
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook

UNSEARCHED = (LEDGER,)
"""Tables of a book whose passages are counted, and never sought."""
NONE = Doubts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is taken for granted where nobody can know.

    `rounds` of repair for each draft, as far as the program allows them; `doubts` of judges;
    `thinking` tokens for each token of an answer; `length` in tokens of a text, against one of
    four characters each.
    """

    rounds: float = 0
    doubts: Doubts = NONE
    thinking: float = 0
    length: float = 1
    cached: bool = True


CLEAN = Supposed()
LIKELY = Supposed(rounds=0.2, doubts=Doubts(heard=0.3, amended=0.1), thinking=0.5)
AT_MOST = Supposed(
    rounds=9,
    # so many that two times two calls judge all of them
    doubts=Doubts(heard=2, at_once=MOST_CLAIMS // 2, amended=1),
    thinking=1,
    length=1.35,
    cached=False,
)
LONGER = 1.25
"""What texts take more in languages that tokens were not made for first."""
SHORT = frozenset({"en", "zh", "ja"})
"""A word of ours is a character in Chinese and Japanese."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`cost` is in US dollars, None where the price is unknown."""

    calls: int
    usage: Usage
    cost: float | None
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What is left to be written, and what that takes.

    `clean` holds if every first draft is accepted, of a model that does not think; `likely` and
    `at_most` under the `assumptions`. `advice` says what to do about a price that is unknown.
    """

    model: str
    chapters: int
    words: int
    clean: Figures
    likely: Figures
    at_most: Figures
    assumptions: tuple[str, ...]
    advice: str = ""
    budget: float = 0.0
    spent: float = 0.0

    @property
    def short(self) -> str:
        """In one line."""
        likely, most = self.likely.cost, self.at_most.cost
        known = likely is not None and most is not None
        cost = f"{dollars(likely)} (at most {dollars(most)})" if known else dollars(None)
        budget = f"; budget {self.allowed}" if self.budget else ""
        return f"about {self.likely.calls} calls, {cost}, {lasting(self.likely.minutes)}{budget}"

    @property
    def allowed(self) -> str:
        """The budget, and how much of it earlier runs have spent at worst."""
        spent = f", up to {dollars(self.spent)} of it spent" if self.spent else ""
        return f"{dollars(self.budget)}{spent}"


def estimated(
    settings: Settings, target: Target, book: MemoryBook | None = None, spent: float = 0.0
) -> Estimate:
    """For the book as far as it is there. It is rehearsed in memory: nothing else is touched."""
    rehearsal = rehearsed(settings, target, book or MemoryBook(tables=UNSEARCHED))
    extra = 1 if settings.language.partition("-")[0] in SHORT else LONGER
    hands = settings.parallel or 1
    clean, likely, at_most = (
        _figures(rehearsal, target, fitted(supposed, target, extra), hands)
        for supposed in (CLEAN, LIKELY, AT_MOST)
    )
    drafting = {s.id for s in rehearsal.program.steps if s.is_chapter and not s.mends}
    chapters = {i.chapter for i in rehearsal.left if i.step in drafting}
    return Estimate(
        model=target.model,
        chapters=len(chapters),
        words=sum(rehearsal.plan.chapter(number).words for number in chapters),
        clean=clean,
        likely=likely,
        at_most=at_most,
        assumptions=(*_sampled(rehearsal.taken_over), *assumptions(target, extra, hands)),
        advice="" if likely.cost is not None else wiring.how_to_price(target.model),
        budget=settings.budget,
        spent=spent,
    )


def begun(folder: BookFolder, tables: Sequence[Derived] = DERIVED) -> tuple[MemoryBook, float]:
    """A copy of the book to rehearse with, and what it may have cost so far."""
    # by version: what the folder is asked to read counts as known to whoever writes next
    texts = {path: folder.text(folder.versions(path)[-1]) for path in folder.paths()}
    book = MemoryBook(texts, tables=tables)
    for outcome in folder.outcomes().values():
        book.commit(outcome, {})
    return book, sum(spend.at_most for spend in folder.spend())


def forecast(folder: BookFolder, settings: Settings, target: Target) -> Estimate:
    """For what is left of a book that is begun."""
    book, spent = begun(folder, UNSEARCHED)
    return estimated(settings, target, book, spent)


def fitted(supposed: Supposed, target: Target, extra: float) -> Supposed:
    """For one model and language. A model on this machine neither thinks nor charges."""
    longer = replace(supposed, length=supposed.length * extra)
    return longer if target.source else replace(longer, thinking=0, cached=True)


def _figures(rehearsal: Rehearsal, target: Target, supposed: Supposed, hands: int) -> Figures:
    calls = [
        (weight, asked.instruction, charged(asked.usage, supposed))
        for weight, asked in rehearsal.calls(supposed.rounds, supposed.doubts)
    ]
    seconds: dict[str, float] = {}
    for weight, name, usage in calls:
        took = target.pace.first_token + usage.output_tokens / target.pace.speed
        seconds[name] = seconds.get(name, 0.0) + weight * took
    return Figures(
        calls=round(sum(weight for weight, _, _ in calls)),
        usage=_total((weight, usage) for weight, _, usage in calls),
        cost=target.cost((weight, usage) for weight, _, usage in calls),
        minutes=elapsed(rehearsal.left, seconds, hands) / 60,
    )


def charged(usage: Usage, supposed: Supposed) -> Usage:
    """What the provider would count, under these suppositions."""
    if not supposed.cached:
        usage = Usage(0, usage.output_tokens, 0, usage.prompt)
    answer = round(usage.output_tokens * supposed.length * (1 + supposed.thinking))
    return replace(usage.times(supposed.length), output_tokens=answer)


def _total(calls: Iterable[tuple[float, Usage]]) -> Usage:
    weighed = [[weight * count for count in usage.counts] for weight, usage in calls]
    return Usage(*(round(sum(column)) for column in zip(*weighed, strict=True)))


def _sampled(chapters: int) -> Iterator[str]:
    if chapters:
        yield f"{chapters} of the chapters take what others like them do, which were rehearsed"


def assumptions(target: Target, extra: float, hands: int) -> Iterator[str]:
    """Each in a sentence; what holds for the upper figure stands in brackets."""
    per_token = CHARACTERS_PER_TOKEN / extra
    yield (
        f"a token is {per_token:.1f} characters, 100 words are"
        f" {100 / WORDS_PER_TOKEN * extra:.0f} tokens (at most:"
        f" {AT_MOST.length - 1:.0%} more of them)"
    )
    yield (
        f"{LIKELY.rounds:.0%} of the drafts are sent back once, to be written anew (at most: all"
        " of them, as often as the program allows)"
    )
    yield (
        f"in {LIKELY.doubts.heard:.0%} of the chapters judges doubt a passage, and second judges look"
        f" into it twice; {LIKELY.doubts.amended:.0%} are changed then, and judged once more (at"
        f" most: {MOST_CLAIMS} passages in every chapter, and all are changed)"
    )
    yield "no draft looks up a file of the book, which is one more call each time"
    if target.source:
        yield (
            f"a model thinks {LIKELY.thinking:.1f} tokens for each token of its answer (at most:"
            f" {AT_MOST.thinking:.0f})"
        )
        yield "the server's prompt cache keeps what was sent before (at most: it keeps nothing)"
        yield f"prices are those of {target.source}"
    if target.pace.speed < float("inf"):
        yield (
            f"{target.pace.speed:.0f} tokens a second, the first after"
            f" {target.pace.first_token:.1f} s; no waiting for a busy server"
        )
    yield f"{hands} at a time" + (", where the plan lets them" if hands > 1 else "")
