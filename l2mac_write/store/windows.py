"""The journal's windows: what the agent of each finished instruction was shown, and why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from l2mac_write.items import Item
from l2mac_write.store.database import Database
from l2mac_write.store.versions import sha
from l2mac_write.text.characters import encodable

FORGET = "DELETE FROM window WHERE instruction = ?"
KEEP = "INSERT OR IGNORE INTO shown (sha, body) VALUES (?, ?)"
SHOW = """
    INSERT INTO window (instruction, ord, source, title, reason, tokens, facts, sha)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
SHOWN = """
    SELECT source, title, reason, body, facts FROM window JOIN shown USING (sha)
    WHERE instruction = ? ORDER BY ord
"""

READERS = """
    SELECT DISTINCT instruction FROM window JOIN json_each(window.facts) AS fact
    WHERE fact.value = ?
"""


def keep(sql: sqlite3.Connection, instruction: str, items: Sequence[Item]) -> None:
    """In the transaction that ends the instruction. What many are shown is kept once."""
    texts = [encodable(item.text) for item in items]
    keys = [sha(text) for text in texts]
    sql.execute(FORGET, (instruction,))
    sql.executemany(KEEP, zip(keys, texts, strict=True))
    sql.executemany(
        SHOW,
        (
            (
                instruction,
                number,
                item.source,
                encodable(item.title),
                encodable(item.reason),
                item.tokens,
                json.dumps(item.facts),
                key,
            )
            for number, (item, key) in enumerate(zip(items, keys, strict=True))
        ),
    )


def shown(database: Database, instruction: str) -> tuple[Item, ...]:
    """In the order in which it was shown."""
    return tuple(
        Item(source, title, reason, text, tuple(json.loads(facts)))
        for source, title, reason, text, facts in database.rows(SHOWN, instruction)
    )


def readers(database: Database, fact: str) -> frozenset[str]:
    """The instructions whose agents were shown that row of the ledger."""
    return frozenset(name for (name,) in database.rows(READERS, fact))
