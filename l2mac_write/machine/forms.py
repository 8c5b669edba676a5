"""Answers that are no prose: how each is asked for, and the file that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from l2mac_write.machine import (
    contracting,
    contradictions,
    noting,
    planning,
    replanning,
    requirements,
)
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.situation import Situation


@dataclass(frozen=True, slots=True)
class Form:
    """`settled` gives a draft without text where the answer is none at all."""

    schema: Callable[[Situation], Mapping[str, Any]]
    settled: Callable[[str, Situation], Draft]


FORMS: Mapping[str, Form] = {
    "plan": Form(planning.plan_schema, planning.settled),
    "changes": Form(replanning.schema, replanning.settled),
    "contracts": Form(contracting.schema, contracting.settled),
    "contradictions": Form(contradictions.schema, contradictions.settled),
    "facts": Form(noting.schema, noting.settled),
    "requirements": Form(requirements.schema, requirements.settled),
}
