"""Starts, asks and ends the child process that holds a local model."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any, Self
from urllib.parse import urlsplit

from l2mac_write.errors import LLMError
from l2mac_write.llm import local_child
from l2mac_write.llm.chat import Piece

START_SECONDS = 180
STOP_SECONDS = 5
SILENCE_SECONDS = 300


class Gone(LLMError):
    """The child process is no more; another one may fare better."""


class LocalServer:
    """A llama.cpp server on loopback with a key of its own, gone when we are."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, key: str) -> None:
        self._process = process
        self._log = log
        self._log_is_named = False
        self._key = key
        atexit.register(self.stop)
        self._address = self._greeting()

    @classmethod
    def start(cls, model: Path, window: int) -> Self:
        key = secrets.token_hex(16)
        file, name = tempfile.mkstemp(prefix="l2mac-local-", suffix=".log")
        # -P and a path of ours: no module of the person's current folder is imported.
        command = [
            sys.executable, "-P", "-u", local_child.__file__, str(model.absolute()), str(window)
        ]  # fmt: skip
        with os.fdopen(file, "wb") as log:
            process = subprocess.Popen(  # noqa: S603  # our own argv
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_environment(key),
                start_new_session=True,
            )
        return cls(process, Path(name), key)

    def tokens(self, pieces: Iterable[Piece]) -> list[int]:
        """The prompt as the model reads it; words never turn into control tokens."""
        ids: list[int] = []
        for number, piece in enumerate(pieces):
            asked = {
                "content": piece.text,
                "add_special": number == 0,
                "parse_special": piece.is_markup,
            }
            ids += self.ask("/tokenize", asked)["tokens"] if piece.text else []
        return ids

    def ask(self, path: str, body: Mapping[str, Any]) -> Any:
        """One JSON answer."""
        with self._sent(path, body) as response:
            return json.loads(response.read())

    def stream(self, path: str, body: Mapping[str, Any]) -> Generator[dict[str, Any], None, None]:
        """The server's events while they arrive; leaving early makes it stop generating."""
        with self._sent(path, {**body, "stream": True}) as response:
            event: dict[str, Any] = {}
            for line in response:
                if line.startswith(b"data: "):
                    event = json.loads(line[6:])
                    yield event
            if not event.get("stop"):
                # http.client takes a connection that breaks between two chunks for the end
                raise ConnectionError

    def stop(self) -> None:
        """End of input is the child's signal; stronger ones follow if it does not hear it."""
        atexit.unregister(self.stop)
        for end in (self._hang_up, self._process.terminate, self._process.kill):
            end()
            if self._ended(within=STOP_SECONDS):
                break
        if not self._log_is_named:
            self._log.unlink(missing_ok=True)

    def discard(self) -> None:
        """Stop, and keep no log: nobody was told of it."""
        self._log_is_named = False
        self.stop()

    def _ended(self, within: float) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(within)
        return self._process.poll() is not None

    def _hang_up(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _greeting(self) -> str:
        """The server's address; the engine may print lines of its own before it."""
        patience = Timer(START_SECONDS, self._process.kill)
        patience.start()
        try:
            for line in self._process.stdout or ():
                if line.startswith(b'{"url"'):
                    return str(urlsplit(json.loads(line)["url"]).netloc)
        finally:
            patience.cancel()
        why = f"the local model could not be started; `{self._named_log}` says why."
        self.stop()
        raise LLMError(why)

    @contextmanager
    def _sent(self, path: str, body: Mapping[str, Any]) -> Iterator[http.client.HTTPResponse]:
        headers = {"content-type": "application/json", "authorization": f"Bearer {self._key}"}
        connection = http.client.HTTPConnection(self._address, timeout=SILENCE_SECONDS)
        with closing(connection):
            try:
                connection.request("POST", path, json.dumps(body), headers)
                response = connection.getresponse()
                self._insist_on_success(response)
                with response:
                    yield response
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise self._failure(error) from error

    def _failure(self, error: Exception) -> LLMError:
        if isinstance(error, TimeoutError):
            return LLMError(
                f"the local model said nothing for {SILENCE_SECONDS} seconds. "
                f"`{self._named_log}` may say why; try again."
            )
        why = f"{type(error).__name__}; `{self._named_log}` says why. Try again"
        if self._ended(within=STOP_SECONDS):
            return Gone(f"the local model's process ended: {why}.")
        return LLMError(f"the local model does not answer: {why}.")

    def _insist_on_success(self, response: http.client.HTTPResponse) -> None:
        if response.status == http.HTTPStatus.OK:
            return
        said = response.read().decode("utf-8", "replace")[:300]
        raise LLMError(f"the local model refused the request: {said} See `{self._named_log}`.")

    @property
    def _named_log(self) -> Path:
        """The log, kept from now on: a person was told to read it."""
        self._log_is_named = True
        return self._log


def _environment(key: str) -> dict[str, str]:
    """No key of the person's goes along; idle threads sleep, or another busy process stalls us."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.endswith(("_KEY", "_TOKEN", "_SECRET")) and not name.startswith("ANTHROPIC_")
    }
    return {**kept, local_child.KEY: key, "OMP_WAIT_POLICY": "passive"}
