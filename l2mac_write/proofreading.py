"""Checks a book, or files that belong to none, and makes the edits that need no thought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from l2mac_write import checking, library, manuscripts
from l2mac_write.counting import known_words
from l2mac_write.errors import UsageError
from l2mac_write.evaluators import panel
from l2mac_write.evaluators.language import likeliest
from l2mac_write.findings import Edit, Finding, Work, edited, edits
from l2mac_write.instructions import Outcome
from l2mac_write.languages import language
from l2mac_write.proofs import Pages, Proof, Remark, Repair, Sheet, original
from l2mac_write.store.complaints import CHECK, Check, Complaint, State, rechecked
from l2mac_write.store.exported import write_whole
from l2mac_write.store.folder import BookFolder

Files: TypeAlias = Mapping[str, str]
PASSES = 3
"""An edit may lay bare what calls for another."""
