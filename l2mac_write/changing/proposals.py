"""What is proposed for a chapter and not decided yet: both texts, what is wrong with each, the cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l2mac_write.errors import UsageError
from l2mac_write.evaluators.panel import evaluators
from l2mac_write.findings import Finding, Severity, blocking
from l2mac_write.locks import Lock, broken
from l2mac_write.machine.following import words_of
from l2mac_write.machine.program import Step
from l2mac_write.machine.proposed import Proposed, load
from l2mac_write.machine.situation import Situation
from l2mac_write.orders import Order
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.programs import chosen
from l2mac_write.programs.begun import begun
from l2mac_write.reading.standing import open_orders, plan_of, settings_of
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.merging import merged
from l2mac_write.store.spending import Spend, total
from l2mac_write.text.characters import in_one_line
from l2mac_write.text.headings import body, title

FREE = Spend()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`before` is the file it was made from, `now` as it is; None where nobody knows the former.

    `found` is what code holds against the text before, `left` against the text after.
    """

    order: Order
    chapter: ChapterPlan
    before: str | None
    now: str
    after: str
    said: Proposed
    found: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    spend: Spend = FREE
    locks: tuple[Lock, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return self.after == self.before

    @property
    def has_failed(self) -> bool:
        """Whether nothing would change because nothing that was answered could be used."""
        return self.is_empty and bool(self.said.refused)

    @property
    def regressions(self) -> tuple[str, ...]:
        """Why it may not take the place of the text unless a person wants it all the same."""
        return tuple(self._regressions())

    def _regressions(self) -> Iterator[str]:
        for lock in broken(self.locks, self.chapter.id, self.now, self.after):
            yield f"you have locked {lock.what}"
        many, few = len(blocking(self.left)), len(blocking(self.found))
        if many > few:
            yield f"{many} of its findings would block, and {few} did before"
        if self.said.likes_the_old:
            why = in_one_line(self.said.votes[0].why)
            yield f"a judge who was not told which is new liked the old text better, twice: {why}"

    @property
    def text(self) -> str:
        """The chapter's file with it: what a person has changed since stays.

        Raises `UsageError` where both changed the same paragraphs, or a lock is in the way.
        """
        if self.before is None:
            raise UsageError(
                f"{self._named} was proposed for a text that nobody has any more.{ANEW}"
            )
        before, after = (_under_title_of(self.now, text) for text in (self.before, self.after))
        both = after if self.now == before else merged(before, after, self.now)
        if both is None:
            raise UsageError(
                f"{self._named} has changed since, in the same paragraphs; nothing was changed.{ANEW}"
            )
        for lock in broken(self.locks, self.chapter.id, self.now, both):
            raise UsageError(
                f"you have locked {lock.what} of {self._named}; nothing was changed. `l2mac-write"
                " unlock` takes the lock away."
            )
        return both

    @property
    def _named(self) -> str:
        return self.chapter.named


ANEW = " Turn it down with `revise --open --reject`, and ask for the change anew."


def waiting(folder: BookFolder) -> tuple[Order, ...]:
    """Those that nobody has carried out. What the plan has taken out since waits for nothing."""
    plan, there, done = plan_of(folder), {*folder.paths()}, folder.outcomes()
    written = {c.id for c in plan.chapters if c.path in there} if plan else set()
    left = (o for o in open_orders(folder) if o.path not in there and o.id not in done)
    return tuple(order for order in left if order.chapter in written)


def proposals(folder: BookFolder) -> tuple[Proposal, ...]:
    """Those that a person has to decide on. What the plan has taken out since is none."""
    plan, there = plan_of(folder), {*folder.paths()}
    orders = [o for o in open_orders(folder) if {o.path, o.record} <= there]
    if not plan or not orders:
        return ()
    chapters = {c.id: c for c in plan.chapters if c.path in there}
    reader = _Reader(folder, plan, settings_of(folder))
    return tuple(reader.proposal(o, chapters[o.chapter]) for o in orders if o.chapter in chapters)


@dataclass(frozen=True)
class _Reader:
    folder: BookFolder
    plan: Plan
    settings: Settings

    def proposal(self, order: Order, chapter: ChapterPlan) -> Proposal:
        read = self.folder.text
        now, after, record = (
            read(self.folder.versions(path)[-1])
            for path in (chapter.path, order.path, order.record)
        )
        said = load(record, order.record)
        before = self._before(now, said.made_from)
        return Proposal(
            order=order,
            chapter=chapter,
            before=before,
            now=now,
            after=after,
            said=said,
            found=self._found(chapter, now if before is None else before),
            left=self._found(chapter, after),
            locks=self._situation(chapter).locks,
            spend=total(s for s in self.folder.spend() if s.instruction == order.id),
        )

    def _before(self, now: str, made_from: str) -> str | None:
        """The last text of the book with these words, wherever the plan had it then."""
        if words_of(now) == made_from:
            return now
        versions = reversed(self.folder.every_version())
        texts = (self.folder.text(v) for v in versions if v.sha and v.path.endswith(".md"))
        return next((text for text in texts if words_of(text) == made_from), None)

    def _found(self, chapter: ChapterPlan, text: str) -> tuple[Finding, ...]:
        here = self._situation(chapter)
        work = here.work(chapter.path, body(text), chapter.words, here.earlier)
        judges = [evaluators()[name] for name in self._step.evaluators]
        found = (finding for judge in judges for finding in judge(work))
        return tuple(f for f in found if f.key not in self.folder.waived())

    def _situation(self, chapter: ChapterPlan) -> Situation:
        return Situation(self.settings.brief, self.folder, self.plan, chapter, together=True)

    @property
    def _step(self) -> Step:
        program = begun(self.settings, self.folder.meta)
        return chosen.revising(program).steps[0]


def new(proposal: Proposal) -> tuple[Finding, ...]:
    """What the change would bring, the worst first."""
    return _without(proposal.left, proposal.found)


def gone(proposal: Proposal) -> tuple[Finding, ...]:
    """What it would mend."""
    return _without(proposal.found, proposal.left)


def _without(some: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    known = {(finding.key, finding.severity) for finding in others}
    left = [f for f in some if (f.key, f.severity) not in known]
    return tuple(sorted(left, key=lambda finding: [*Severity].index(finding.severity)))


def _under_title_of(now: str, text: str) -> str:
    """The plan may have renamed the chapter meanwhile."""
    if not title(now) or not title(text) or title(now) == title(text):
        return text
    return now.partition("\n")[0] + text[len(text.partition("\n")[0]) :]
