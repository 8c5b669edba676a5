"""One thing that `doctor` looked at, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"
    """No book can be written, or this one cannot be gone on with."""


@dataclass(frozen=True, slots=True)
class Check:
    """`advice` says what to do, and is empty where there is nothing to do."""

    name: str
    verdict: Verdict
    found: str
    advice: str = ""


def fine(name: str, found: str) -> Check:
    return Check(name, Verdict.OK, found)


def note(name: str, found: str, advice: str) -> Check:
    return Check(name, Verdict.NOTE, found, advice)


def problem(name: str, found: str, advice: str = "") -> Check:
    return Check(name, Verdict.PROBLEM, found, advice)
