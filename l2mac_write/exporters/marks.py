"""Which quotation marks, dash and ellipsis a language is printed with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from l2mac_write.text.languages import is_traditional, primary


@dataclass(frozen=True, slots=True)
class Marks:
    open: str
    close: str
    inner_open: str
    inner_close: str
    dash: str = "—"
    ellipsis: str = "…"
    unspaced: bool = False
    """Whether a mark between two letters may be a quotation's: no space parts the words."""


ENGLISH = Marks("“", "”", "‘", "’")
GUILLEMETS = Marks("«", "»", "“", "”")
CORNERS = Marks("「", "」", "『", "』", dash="――", ellipsis="……", unspaced=True)
CHINESE = replace(ENGLISH, dash="——", ellipsis="……", unspaced=True)
FAMILIES = (
    ("ar ca el es eu fa gl it oc pt-pt sq", GUILLEMETS),
    ("fr br", Marks("«\u00a0", "\u00a0»", "“", "”")),
    ("de bg cs et is lt lv mk sk sl sr lb", Marks("„", "“", "‚", "‘")),
    ("de-ch rm", Marks("«", "»", "‹", "›")),
    ("pl bs hr ro", Marks("„", "”", "«", "»")),
    ("hu", Marks("„", "”", "»", "«")),
    ("ru be uk kk ky tt hy", Marks("«", "»", "„", "“")),
    ("nb nn no", Marks("«", "»", "‘", "’")),
    ("da", Marks("»", "«", "›", "‹")),
    ("sv fi", Marks("”", "”", "’", "’")),
    ("es-419 es-mx es-ar", ENGLISH),
    ("ja", CORNERS),
    ("zh", CHINESE),
)
WIDE = re.compile(
    r"[\u2e80-\u303f\u3041-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]"
)
KNOWN = {tag: marks for tags, marks in FAMILIES for tag in tags.split()}


def marks(language: str) -> Marks:
    """English where we know of none."""
    if is_traditional(language):
        return replace(CORNERS, dash=CHINESE.dash)
    spelled = language.replace("_", "-").lower()
    return KNOWN.get(spelled) or KNOWN.get(primary(language), ENGLISH)


def is_wide(character: str) -> bool:
    """Chinese and Japanese characters and their punctuation."""
    return bool(character) and WIDE.match(character) is not None
