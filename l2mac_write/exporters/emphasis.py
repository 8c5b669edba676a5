"""Emphasis among Chinese and Japanese characters, which no spaces part from their punctuation.

CommonMark lets `**注意：**这` stand as it is, for it sees a closing mark after punctuation and
before a letter. Models write so all the time, and readers would see the asterisks.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from l2mac_write.exporters.marks import is_wide

MARK = "*"


def emphasis_plugin(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", "emphasis_among_characters", _asterisks)


def _asterisks(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's protocol)
    if silent or state.src[state.pos] != MARK:
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=True)
    before, after = state.src[: state.pos][-1:], state.src[state.pos + scanned.length :][:1]
    opens = scanned.can_open or (is_wide(before) and after.strip() != "")
    closes = scanned.can_close or (is_wide(after) and before.strip() != "")
    if (opens, closes) == (scanned.can_open, scanned.can_close):
        return False
    for _ in range(scanned.length):
        state.push("text", "", 0).content = MARK
        token = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(ord(MARK), scanned.length, token, end=-1, open=opens, close=closes)
        )
    state.pos += scanned.length
    return True
