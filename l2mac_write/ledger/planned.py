"""What the plan says is true, as rows of the ledger: its people, places, terms and rules."""

from __future__ import annotations

from collections.abc import Iterator

from l2mac_write.ledger.names import WORLD
from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import Being, Entity, Fact, Page, Said
from l2mac_write.plan import Plan

DESCRIPTION, DEFINITION, RULE = "description", "definition", "rule"


def planned(plan: Plan) -> Page:
    """Rows of no chapter; the plan's own words are their quotes."""
    entities = (
        *(Entity(p.name, Being.PERSON, quote=p.name) for p in plan.people),
        *(Entity(e.name, Being.PLACE, quote=e.name) for e in plan.places),
        *(Entity(e.name, Being.TERM, quote=e.name) for e in plan.terms),
    )
    return Page(rows=(*entities, *_facts(plan)))


def _facts(plan: Plan) -> Iterator[Fact]:
    told = (
        *((p.name, DESCRIPTION, p.who) for p in plan.people),
        *((e.name, DESCRIPTION, e.what) for e in plan.places),
        *((e.name, DEFINITION, e.what) for e in plan.terms),
        *((WORLD, RULE, rule) for rule in plan.rules),
    )
    for subject, key, value in told:
        if value:
            yield Fact(subject, key, value, folded(value), said=Said.PLAN, quote=value)
