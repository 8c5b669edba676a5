"""What an export has drawn, kept beside the journal so that it need not be drawn again.

A book may come from anybody, and what is kept goes into an export as it is: each entry is sealed with
a key of the person's own, and one that is damaged, or sealed by somebody else, is not there.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

FOLDER = "rendered"
SEAL = 32
"""Bytes of a key and of a seal."""
LARGEST = 50_000_000
OPENED = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


@dataclass(frozen=True, slots=True)
class Kept:
    """Every failure is as if nothing had been kept: an export never fails for it."""

    folder: Path
    key: bytes

    def get(self, name: str) -> bytes:
        """Empty where there is nothing that can be trusted."""
        with suppress(OSError), os.fdopen(os.open(self._place(name), OPENED), "rb") as file:
            sealed = file.read(LARGEST)
            seal, content = sealed[:SEAL], sealed[SEAL:]
            if hmac.compare_digest(seal, self._seal(name, content)):
                return content
        return b""

    def put(self, name: str, content: bytes) -> None:
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            file, made = tempfile.mkstemp(dir=self.folder, prefix=".l2mac-", suffix=".tmp")
            try:
                with os.fdopen(file, "wb") as part:
                    part.write(self._seal(name, content) + content)
                Path(made).replace(self._place(name))
            except BaseException:
                Path(made).unlink(missing_ok=True)
                raise

    def _place(self, name: str) -> Path:
        return self.folder / blake2b(name.encode(), digest_size=16).hexdigest()

    def _seal(self, name: str, content: bytes) -> bytes:
        return blake2b(name.encode() + b"\0" + content, key=self.key, digest_size=SEAL).digest()


def key_of(folder: Path) -> bytes:
    """The person's own key, made when it is first needed; empty where none can be kept."""
    place = folder / "export.key"
    with suppress(OSError):
        if not place.exists():
            folder.mkdir(parents=True, exist_ok=True)
            file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(file, "wb") as made:
                made.write(secrets.token_bytes(SEAL))
        key = place.read_bytes()
        return key if len(key) == SEAL else b""
    return b""
