"""What can still be read from a damaged journal: row by row, and only what is plainly sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from l2mac_write.findings import Finding, Severity
from l2mac_write.store import replies, wal
from l2mac_write.store.complaints import State
from l2mac_write.store.files import digest
from l2mac_write.store.paths import allowed
from l2mac_write.store.schema import migrate
from l2mac_write.store.troubles import in_sentences
from l2mac_write.store.versions import Origin

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = Mapping[str, Sequence[Row]]

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""SQLite quotes a garbled schema when it complains of it, and Python cannot decode that."""
PAGE = 4096
ROLLBACK_JOURNAL = b"\x01\x01"
LAST_ID = 1_000_000
"""A greater row number is a garbled one."""
SCAN = "SELECT {key} AS place, * FROM {table} ORDER BY {key} {order}"
LOOK_UP = "SELECT rowid AS place, * FROM {table} WHERE rowid = {number}"
ADD = "INSERT INTO {table} ({names}) VALUES ({marks})"
GUESSES = 20_000
"""Rows asked for by number where neither end of a table can be read."""
COUNTS = ("attempts", "answers", "input_tokens", "output_tokens")


@dataclass(frozen=True, slots=True)
class Salvage:
    """Sound rows by table; `whole` names the tables of which nothing is missing."""

    rows: Rows
    whole: frozenset[str]


def salvaged(place: Path) -> Salvage:
    with in_sentences(place):
        image = _image(place)
    for candidate in (image, _grafted(image)):
        with closing(sqlite3.connect(":memory:")) as sql, suppress(*UNREADABLE):
            sql.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            sql.row_factory = sqlite3.Row
            sql.deserialize(_readable(candidate))
            if _has_our_tables(sql):
                return _sound_rows(sql)
    return Salvage({}, frozenset())


def _sound_rows(sql: sqlite3.Connection) -> Salvage:
    read = {table: _read(sql, table) for table in TABLES}
    whole = frozenset(table for table, (_, is_whole) in read.items() if is_whole)
    return Salvage({table: rows for table, (rows, _) in read.items()}, whole)


def _image(place: Path) -> bytes:
    """The database as it would be with its log written back."""
    log = place.with_name(f"{place.name}-wal")
    data = place.read_bytes() if place.is_file() else b""
    return wal.applied(wal.read(log.read_bytes()), data) if log.is_file() else data


def _grafted(image: bytes) -> bytes:
    """With the first page of a new journal, whose tables begin where those of every journal do."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as sql:
        migrate(sql, Path("new"))
        return sql.serialize()[:PAGE] + image[PAGE:]


def _readable(image: bytes) -> bytes:
    """In whole pages, as many as its header says, and not waiting for a log."""
    data = bytearray(image[: len(image) // PAGE * PAGE])
    data[18:20] = ROLLBACK_JOURNAL
    data[28:32] = (len(data) // PAGE).to_bytes(4, "big")
    data[92:96] = data[24:28]
    return bytes(data)


def _has_our_tables(sql: sqlite3.Connection) -> bool:
    names = {row[0] for row in sql.execute("SELECT name FROM sqlite_schema")}
    return names >= TABLES.keys()


def _read(sql: sqlite3.Connection, table: str) -> tuple[list[Row], bool]:
    """From both ends towards the damage, then each row in between by its number."""
    key = "key" if table == "meta" else "rowid"
    found: dict[Any, Row] = {}
    for order in ("ASC", "DESC"):
        if _scan(sql, table, SCAN.format(key=key, table=table, order=order), found):
            return [*found.values()], True
    if key == "rowid":
        for number in range(1, max((*found, GUESSES))):
            if number not in found:
                _scan(sql, table, LOOK_UP.format(table=table, number=number), found)
    return [*found.values()], False


def _scan(sql: sqlite3.Connection, table: str, statement: str, found: dict[Any, Row]) -> bool:
    """Whether it came to the end, and met nothing on the way that is no row of that table."""
    strangers = 0
    try:
        for values in sql.execute(statement):
            row = dict(values)
            place = row.pop("place")
            if _passes(TABLES[table], row):
                found.setdefault(place, row)
            else:
                strangers += 1
    except UNREADABLE:
        return False
    return not strangers


def _passes(is_sound: Callable[[Row], bool], row: Row) -> bool:
    """What no program of ours can have written is as good as lost."""
    try:
        for value in row.values():
            if isinstance(value, str):
                value.encode()
        return is_sound(row)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _is_meta(row: Row) -> bool:
    return isinstance(row["value"], str)


def _is_blob(row: Row) -> bool:
    return bool(digest(row["body"]) == row["sha"])


def _is_version(row: Row) -> bool:
    Origin(row["origin"])
    return 0 < row["id"] < LAST_ID and allowed(row["path"]) and row["at"] >= 0


def _is_call(row: Row) -> bool:
    if row["reply"] is not None:
        usage = replies.load(row["reply"]).usage
        if row["input_tokens"] < usage.input_tokens or row["output_tokens"] < usage.output_tokens:
            return False
    names = (row["instruction"], row["role"], row["model"], row["request"])
    return all(row[count] >= 0 for count in COUNTS) and all(isinstance(n, str) for n in names)


def _is_finding(row: Row) -> bool:
    State(row["state"])
    finding = Finding(
        row["code"], Severity(row["severity"]), row["path"], row["message"], row["quote"]
    )
    return bool(finding.key == row["key"])


TABLES: Mapping[str, Callable[[Row], bool]] = {
    "meta": _is_meta,
    "blob": _is_blob,
    "file": _is_version,
    "call": _is_call,
    "finding": _is_finding,
}
"""In an order in which each refers only to those before it."""


def fill(sql: sqlite3.Connection, rows: Rows) -> None:
    """Takes the rows into a new journal, inside a caller's transaction."""
    for table, row in _fitting(rows):
        names = {info[1] for info in sql.execute(f"PRAGMA table_info({table})")} & row.keys()
        marks = ", ".join("?" * len(names))
        # What a constraint refuses is no row of ours.
        with suppress(sqlite3.Error):
            sql.execute(
                ADD.format(table=table, names=", ".join(sorted(names)), marks=marks),
                [row[name] for name in sorted(names)],
            )


def _fitting(rows: Rows) -> Iterator[tuple[str, Row]]:
    """A version without its text is none; one whose forebear is lost has none."""
    texts = {None, *(row["sha"] for row in rows.get("blob", ()))}
    versions = [row for row in rows.get("file", ()) if row["sha"] in texts]
    ids = {None, *(row["id"] for row in versions)}
    for table in TABLES:
        if table != "file":
            yield from ((table, row) for row in rows.get(table, ()))
            continue
        for row in sorted(versions, key=lambda row: row["id"]):
            yield table, row if row["base"] in ids else row | {"base": None}
