"""`waived.toml`: what a person lets stand in texts that belong to no book, beside them, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import tomli_w

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding
from l2mac_write.store.exported import write_whole

FILE = "waived.toml"
HEADER = "# What `l2mac-write check` lets stand here. `waive` adds to it; take out what is to be told again.\n\n"


def reasons(root: Path) -> dict[str, str]:
    """By the keys of findings, of a file or a folder of them. Raises `UsageError`."""
    return {key: row["reason"] for key, row in _rows(_file(root)).items()}


def add(root: Path, finding: Finding, reason: str) -> None:
    """The words are there for people who read the file; a key says nothing to them."""
    file = _file(root)
    row = {"text": finding.path, "code": finding.code, "words": finding.quote, "reason": reason}
    rows = {**_rows(file), finding.key: row}
    text = tomli_w.dumps({"waived": [{"key": key, **row} for key, row in rows.items()]})
    write_whole(file.absolute(), f"{HEADER}{text}".encode())


def _file(root: Path) -> Path:
    return (root if root.is_dir() else root.parent) / FILE


def _rows(file: Path) -> dict[str, Mapping[str, str]]:
    try:
        document = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except (OSError, ValueError) as error:
        raise UsageError(f"`{file}` cannot be read: {error}.") from error
    rows = document.get("waived", [])
    if not isinstance(rows, list) or not all(map(_is_sound, rows)):
        raise UsageError(f"`{file}` must hold `[[waived]]` tables, each with `key` and `reason`.")
    return {row["key"]: {k: v for k, v in row.items() if k != "key"} for row in rows}


def _is_sound(row: object) -> bool:
    """A waiver without a reason is none."""
    texts = row if isinstance(row, dict) and {"key", "reason"} <= row.keys() else {"": ""}
    return all(isinstance(said, str) for said in texts.values()) and bool(
        texts.get("reason", "").strip()
    )
