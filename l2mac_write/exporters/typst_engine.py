"""Runs Typst, the engine that prints: native code, so in a process with limits of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from l2mac_write.errors import ExtraMissing, PrintFailed
from l2mac_write.exporters.fonts import Font

WORKER = Path(__file__).with_name("typst_worker.py")
MAIN = "main.typ"
PIXELS = 72
"""Per inch: a point is a pixel."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A million words take 20 seconds and 4 GB; what asks for more than this is no book.

    `again` is the file that may be written anew, with what the text says is short, to set all again.
    """

    seconds: int = 600
    bytes: int = 6 << 30
    again: str = ""


LIMITS = Limits()


def printed(
    files: Mapping[str, bytes],
    form: str,
    *,
    standards: Sequence[str] = (),
    fonts: Sequence[Font] = (),
    limits: Limits = LIMITS,
) -> bytes:
    """What Typst makes of `main.typ`, which may read the other files and nothing else.

    Raises `ExtraMissing` where it is not installed, `PrintFailed` when it does not come to an end.
    """
    if find_spec("typst") is None:
        raise ExtraMissing("printing", "pdf")
    try:
        with tempfile.TemporaryDirectory(prefix="l2mac-write-print-") as name:
            every = {f"fonts/{n}{font.ending}": font.content for n, font in enumerate(fonts)}
            _write(Path(name), {**{f"book/{path}": c for path, c in files.items()}, **every})
            return _printed(Path(name), form, standards, limits)
    except OSError as error:
        raise PrintFailed(f"`{tempfile.gettempdir()}`: {error.strerror}") from error


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _printed(folder: Path, form: str, standards: Sequence[str], limits: Limits) -> bytes:
    root, output = folder / "book", folder / f"printed.{form}"
    _run(
        {
            "main": str(root / MAIN),
            "root": str(root),
            "fonts": str(folder / "fonts"),
            "output": str(output),
            "again": str(root / limits.again) if limits.again else "",
            "format": form,
            "ppi": PIXELS,
            "standards": list(standards),
            "seconds": limits.seconds,
            "bytes": limits.bytes,
        },
        limits,
    )
    return output.read_bytes()


def are_drawn(images: Mapping[str, bytes]) -> bool:
    """Whether Typst can draw all of these images: each by itself may be broken, or a bomb."""
    calls = "".join(f"#image({json.dumps(path)})\n" for path in images)
    try:
        printed({MAIN: calls.encode(), **images}, "pdf")
    except PrintFailed:
        return False
    return True


def _run(asked: Mapping[str, object], limits: Limits) -> None:
    try:
        done = subprocess.run(  # noqa: S603 (our own file, by our own interpreter)
            [sys.executable, "-P", WORKER],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PrintFailed(f"Typst was not done after {limits.seconds} seconds") from error
    if done.returncode:
        raise PrintFailed(_why(done))


def _why(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode < 0:
        return "they took more time or memory than a book may"
    return done.stderr.strip().removesuffix(".").rpartition("\n")[2] or "Typst gave no reason"
