"""What a prompt may speak of, by its name or by what kind of step it is for."""

from __future__ import annotations

from collections.abc import Mapping

EVERYWHERE = frozenset(
    "role brief asked plan part chapter beat program words is_long language window writes tools keys".split()  # noqa: SIM905
)
"""What every prompt may speak of."""
OF_A_PROMPT: Mapping[str, frozenset[str]] = {
    "findings.md.j2": frozenset({"findings", "draft"}),
    "go_on.md.j2": frozenset({"said", "said_words"}),
    "recap.md.j2": frozenset({"done", "earlier"}),
    "piece.md.j2": frozenset({"piece", "written", "tail", "ending"}),
    "passage.md.j2": frozenset({"passage", "has_words"}),
    "outline.md.j2": frozenset({"shape", "parts"}),
    "part.md.j2": frozenset({"shape", "book"}),
    "compare.md.j2": frozenset({"sets"}),
    "second_judge.md.j2": frozenset({"pairs"}),
    "fulfilment.md.j2": frozenset({"beats"}),
    "quote_again.md.j2": frozenset({"lost"}),
    "edits_again.md.j2": frozenset({"findings", "draft"}),
    "anew.md.j2": frozenset({"shape", "order", "note", "passage", "has_words", "tail"}),
    "prefer.md.j2": frozenset({"shape", "first", "second"}),
    "retell.md.j2": frozenset({"order", "passage"}),
}
"""What only the prompt of that name may speak of, which no step need name."""
OF_A_METHOD: Mapping[str, frozenset[str]] = {
    "digest": frozenset({"piece"}),
    "judged": frozenset({"stretch"}),
    "criticized": frozenset({"stretch"}),
    "revised": frozenset({"order", "passage"}),
    "read": frozenset({"piece"}),
}
"""What the prompt of a step may speak of that is drafted so."""
OF_A_STEP, OF_A_REVIEW = frozenset({"shape"}), frozenset({"shape", "draft"})
VARIABLES = EVERYWHERE.union(OF_A_STEP, *OF_A_PROMPT.values(), *OF_A_METHOD.values())
