"""Which links of a document hold in a book: those to the web, and to headings beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.text.naming import slug

OUTSIDE = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Links:
    root: etree._Element
    named: dict[str, etree._Element] = field(default_factory=dict)

    def address(self, url: str) -> str:
        """Empty for what leads nowhere any more."""
        if OUTSIDE.fullmatch(url):
            return url
        if not url.startswith("#"):
            return ""
        if not self.named:
            self.named.update((str(e.get("id")), e) for e in self.root.iter() if e.get("id"))
        target = self.named.get(unquote(url[1:]))
        while target is not None and target.tag not in HEADINGS:
            first = target[0] if len(target) and not (target.text or "").strip() else None
            parent = target.getparent()
            target = parent if parent is not None and parent.tag in HEADINGS else first
        return "" if target is None else f"#{slug(' '.join(target.itertext()))}"
