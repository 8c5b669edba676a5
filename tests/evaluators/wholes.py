"""Whole books to judge."""

from __future__ import annotations

from l2mac_write.findings import Text, Whole


def whole(*texts: str, titles: tuple[str, ...] = (), **changes: object) -> Whole:
    names = titles or ("",) * len(texts)
    numbered = enumerate(zip(texts, names, strict=True), start=1)
    made = tuple(Text(f"chapters/{n:02d}.md", text, title) for n, (text, title) in numbered)
    return Whole(made, **changes)
