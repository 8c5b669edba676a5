"""Where what a chapter says is so cannot stand beside what the ledger says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from l2mac_write.findings import Evidence, Finding, Severity
from l2mac_write.ledger.agreeing import agree, is_younger
from l2mac_write.ledger.conflicts import CODES
from l2mac_write.ledger.keys import Type, keys
from l2mac_write.ledger.moments import moment
from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import Fact
from l2mac_write.ledger.states import current
from l2mac_write.locks import CODE, Lock
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import PLAN


def clashes(facts: Iterable[Fact], situation: Situation) -> tuple[Finding, ...]:
    """Of the chapter's facts in order: each is held against the ledger and those before it."""
    mine = [fact for fact in facts if fact.is_so]
    subjects = {fact.subject for fact in mine}
    there = situation.ledger.facts(situation.known, subjects=subjects) if subjects else ()
    said: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in there:
        said[fact.subject, fact.key].append(fact)
    return tuple(_found(mine, said, situation))


def _found(
    facts: Iterable[Fact], said: Mapping[tuple[str, str], list[Fact]], situation: Situation
) -> Iterator[Finding]:
    for fact in facts:
        before = said[fact.subject, fact.key]
        so = [other for other in before if other.is_so]
        if lock := _locked(fact, situation.locks):
            yield _against(fact, lock, situation)
        elif other := _lasting(fact, so) or _older(fact, so) or _assumed(fact, so):
            yield _finding(fact, other, situation)
        before.append(fact)


def _locked(fact: Fact, locks: Sequence[Lock]) -> Lock | None:
    """What the person has settled, where this is something else."""
    mine = (lock for lock in locks if (lock.subject, lock.key) == (fact.subject, fact.key))
    return next(
        (lock for lock in mine if not agree(fact, replace(fact, normal="", value=lock.value))), None
    )


def _against(fact: Fact, lock: Lock, situation: Situation) -> Finding:
    chapter = situation.chapter
    return Finding(
        CODE,
        Severity.ADVISE,
        chapter.path if chapter else "",
        f"The text takes {keys()[fact.key].means} ({fact.subject}) to be `{fact.value}`, but the"
        f" author has locked `{lock.value}`.",
        quote=fact.quote,
    )


def _lasting(fact: Fact, before: Sequence[Fact]) -> Fact | None:
    """What was said first of something that cannot change, where this is something else.

    Only of values that can be compared: words may say the same in other words.
    """
    key = keys()[fact.key]
    if not (key.single and key.lasting) or key.type is Type.TEXT or not before:
        return None
    return before[0] if before[0].normal != fact.normal else None


def _older(fact: Fact, before: Sequence[Fact]) -> Fact | None:
    """What was said last of somebody's age, where they are younger now."""
    return next((other for other in reversed(before) if is_younger(fact, other)), None)


def _assumed(fact: Fact, before: Sequence[Fact]) -> Fact | None:
    """What is so, where the text takes something else to have been so."""
    there = current(before, moment(fact.since)) if fact.old else ()
    is_known = any(_alike(fact.old, other) for other in there)
    return there[-1] if there and not is_known else None


def _alike(old: str, other: Fact) -> bool:
    if keys()[other.key].type not in {Type.TEXT, Type.ENTITY}:
        return old == other.normal
    one, two = folded(old), folded(other.value)
    return one in two or two in one


def _finding(fact: Fact, other: Fact, situation: Situation) -> Finding:
    chapters = situation.plan.chapters if situation.plan else ()
    paths = {chapter.id: chapter.path for chapter in chapters}
    key, where = keys()[fact.key], paths.get(other.chapter, PLAN)
    told = f"was `{fact.old}` before" if _assumed(fact, (other,)) else f"is `{fact.value}`"
    return Finding(
        code=CODES[key.kind],
        severity=Severity.ADVISE,
        path=paths.get(fact.chapter, ""),
        message=f"{fact.subject} ({key.means}): by this text it {told}, by `{where}` it is"
        f" `{other.value}`.",
        quote=fact.quote,
        conflict=Evidence(where, other.quote),
    )
