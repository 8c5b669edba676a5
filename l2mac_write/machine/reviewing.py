"""A second opinion: an editor reads what the checks let pass, and may send it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity, blocking
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document, record, some, text
from l2mac_write.machine.drafts import Draft
from l2mac_write.messages import Structured

EDITOR = "editor"
REVIEWS = 2
"""Drafts that are read at most: who looks for something to mend always finds something."""
MOST = 8
SCHEMA = record(
    problems=some(
        record(
            quote=text(120), problem=text(400), repair=text(400), serious={"type": "boolean"}
        ),
        0,
        MOST,
        default=[],
    )
)  # fmt: skip


def reviewed(agent: Agent, draft: Draft, round_: int) -> Draft:
    """The draft with what the editor holds against it, if the step asks one to review it."""
    if not agent.step.review or blocking(draft.findings) or round_ >= REVIEWS:
        return draft
    line, step = replace(agent.line, role=EDITOR), replace(agent.step, role=EDITOR)
    editor = replace(agent, line=line, step=step)
    asked = editor.request(step.review, Structured(SCHEMA), attempt=round_, draft=draft.text)
    answer = editor.line.reply(asked).text
    return replace(draft, findings=(*draft.findings, *_findings(answer, agent, draft)))


def _findings(answer: str, agent: Agent, draft: Draft) -> Iterator[Finding]:
    """A quote that is not in the text is left out; the problem itself may still be there."""
    path = agent.instruction.writes
    try:
        problems: Any = document(answer).get("problems")
    except UsageError as error:
        yield Finding("EDT-REVIEW", Severity.ADVISE, path, f"No review could be read: {error}")
        return
    for problem in problems[:MOST] if isinstance(problems, list) else ():
        match problem:
            case {"problem": str(what), "repair": str(hint), "serious": bool(serious)}:
                quote = str(problem.get("quote", ""))
                yield Finding(
                    code="EDT-REVIEW",
                    severity=Severity.REVISE if serious else Severity.ADVISE,
                    path=path,
                    message=what,
                    quote=quote if quote in draft.text else "",
                    hint=hint,
                )
