"""A second opinion: an editor reads what the checks let pass, and may send it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from l2mac_write.errors import UsageError, WindowOverflow
from l2mac_write.findings import Finding, Severity, blocking
from l2mac_write.machine import forgiving
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document, record, some, text
from l2mac_write.machine.drafts import Draft
from l2mac_write.messages import Structured

EDITOR = "editor"
REVIEWS = 2
"""Drafts that are read at most: who looks for something to mend always finds something."""
MOST, LONGEST = 8, 400
CODE = "EDT-REVIEW"
SCHEMA = record(
    problems=some(
        record(
            quote=text(120), problem=text(LONGEST), repair=text(LONGEST), serious={"type": "boolean"}
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
    try:
        asked = editor.request(step.review, Structured(SCHEMA), attempt=round_, draft=draft.text)
        problems = _problems(editor.line.reply(asked).text)
        found = tuple(_finding(agent.instruction.writes, draft.text, row) for row in problems)
    except (UsageError, WindowOverflow) as error:
        found = (_unread(agent.instruction.writes, str(error)),)
    return replace(draft, findings=(*draft.findings, *found))


def _problems(answer: str) -> list[Any]:
    problems = document(answer).get("problems")
    if not isinstance(problems, list):
        raise UsageError("The answer has no list of `problems`.")
    return problems[:MOST]


def _finding(path: str, text: str, problem: Any) -> Finding:
    """A quote that is not in the text is left out; the problem itself may still be there."""
    match problem:
        case {"problem": str(what)} if what.strip():
            quote, hint = (forgiving.text(problem.get(key)) for key in ("quote", "repair"))
            return Finding(
                code=CODE,
                severity=_severity(problem.get("serious")),
                path=path,
                message=what[:LONGEST],
                quote=quote if isinstance(quote, str) and quote in text else "",
                hint=hint[:LONGEST] if isinstance(hint, str) else "",
            )
    return _unread(path, "A problem that it names is none.")


def _severity(serious: Any) -> Severity:
    return Severity.REVISE if forgiving.truth(serious) is True else Severity.ADVISE


def _unread(path: str, why: str) -> Finding:
    return Finding(CODE, Severity.ADVISE, path, f"No review could be read: {why}")
