"""The text of a book as a search in the browser reads it: a script that holds nothing but text.

No index: a million words are scanned in some 20 ms, and a script can be loaded where a page that
was opened as a file may fetch nothing.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence

PIECE = re.compile(r"<(?:p|h[1-6]|li|pre|td|th|dt|dd|figcaption)(?=[ >])[^>]*>")
"""Where a paragraph begins, in the order in which `PIECES` of `places.js` counts them."""
ASIDE = re.compile(r'<a class="(?:noteref|back)"[^>]*>[^<]*</a>|<span class="number">[^<]*</span>')
TAG = re.compile(r"<[^>]*>")


def texts(markup: str) -> tuple[str, ...]:
    """The words of each paragraph of a section's markup; one that holds only others is empty."""
    words = html.unescape(TAG.sub("", PIECE.sub("\0", ASIDE.sub("", markup))))
    return tuple(" ".join(piece.split()) for piece in words.split("\0")[1:])


def row(file: str, name: str, title: str, paragraphs: Sequence[str]) -> bytes:
    """A section, whose id is `name`; as bytes, of which a long book needs half as many."""
    said = (file, name, title, paragraphs)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def script(rows: Iterable[bytes]) -> bytes:
    return b"var bookText = [\n" + b",\n".join(rows) + b"\n];\n"
