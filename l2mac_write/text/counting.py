"""How long is a text? One counter for every language, so that all who ask hear the same number."""

from __future__ import annotations

import re
from functools import lru_cache

from l2mac_write.text.remembered import remembered

HAN_AND_KANA = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
"""Chinese and Japanese: each character counts."""
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
"""Thai, Lao, Burmese and Khmer, which set no space between words."""
CHARACTERS_OF_A_WORD = 6
"""In those, marks above and below the line included: what GMX-V, the translators' standard, takes for Thai."""
APART = rf"\s\u2013\u2014\u2015\u2026|{HAN_AND_KANA}{UNSPACED}"
UNIT = re.compile(
    rf"[^\W_{HAN_AND_KANA}{UNSPACED}][^{APART}.-]*(?:[.-](?![.-])[^{APART}.-]*)*"
    rf"|[{HAN_AND_KANA}]"
    rf"|[{UNSPACED}]{{1,{CHARACTERS_OF_A_WORD}}}"
)
# Every pattern here reads each character a bounded number of times, whatever the text.
LINE_MARKS = re.compile(r"(?:\A|\n)[ \t>]*(?:\d{1,9}[.)](?=\s)|(?:```|~~~)[^\n]*)")
"""The number of a list's item, or the fence of code with the name of its language."""
INLINE_MARKS = re.compile(
    r"""(?mx)
      !\[ [^\[\]\n]* \] (?:\( [^()\n]* \))?                         # a picture
    | \[\^ [^\[\]\n]* \] :?                                         # the number of a note
    | ^[ ]{0,3} \[ [^\[\]\n]+ \] : [^\n]*                            # addresses of links, here
    | (?<=\]) \( (?: [^()\n] | \( [^()\n]* \) )* \)                 # and here
    | (?<=\]) \[ [^\[\]\n]* \]                                      # and the names of such
    """
)


@lru_cache(maxsize=8)
def count_words(text: str) -> int:
    """What stands between spaces or dashes, as in a word processor; Markdown's own marks aside.

    `l’homme`, `c’est-à-dire` and `3.50` are one word each, a web address is one. Scripts that set
    no spaces are counted in characters, whatever the language: Latin words among them are words.
    """
    if "[" in text:
        text = INLINE_MARKS.sub("", text)
    return len(UNIT.findall(LINE_MARKS.sub("\n", text)))


known_words = remembered(4096)(count_words)
"""The same for texts that stay as they are: those of all earlier chapters are counted at each."""
