"""Books to judge as a whole: a text for each chapter."""

from __future__ import annotations

from l2mac_write.findings import Text, Whole


def book(*texts: str, **known: object) -> Whole:
    chapters = tuple(Text(f"chapters/{n:02d}-x.md", text) for n, text in enumerate(texts, start=1))
    return Whole(chapters, **known)
