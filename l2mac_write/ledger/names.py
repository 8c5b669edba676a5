"""Who is meant by a name: entities by what they are called, wholly or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import Being, Entity

WORLD = "the world"
LEAST_PART = 3
"""Letters of a part of a name by which somebody may be called."""


class Names:
    """Of two entities that a name fits, the one that was there first is meant."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = (Entity(WORLD, Being.WORLD, ("the book", "world")), *entities)
        self._meant = _meant(self._entities)

    def meant(self, name: str) -> str:
        """The entity's own name, empty where nobody is called so."""
        return self._meant.get(folded(name), "")

    def within(self, text: str) -> tuple[str, ...]:
        """Everyone whom the text names, in the order of the ledger."""
        words = f" {folded(text)} "
        there = {name for called, name in self._meant.items() if f" {called} " in words}
        return tuple(dict.fromkeys(e.name for e in self._entities if e.name in there))


def _meant(entities: Iterable[Entity]) -> Mapping[str, str]:
    meant: dict[str, str] = {}
    parts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entity in entities:
        name = meant.get(folded(entity.name), entity.name)
        for called in (entity.name, *entity.aliases):
            meant.setdefault(folded(called), name)
        if entity.kind == Being.PERSON:
            for part in folded(entity.name).split():
                parts[part][name] = None
    alone = {part: next(iter(names)) for part, names in parts.items() if len(names) == 1}
    return {**{p: n for p, n in alone.items() if len(p) >= LEAST_PART}, **meant}
