"""Starts, asks and ends the child process that holds a local model."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from l2mac_write.errors import LLMError, WindowOverflow
from l2mac_write.llm.local_child import KEY

STOP_SECONDS = 5
SILENCE_SECONDS = 300


class LocalServer:
    """A llama.cpp server on loopback with a key of its own, gone when we are."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, key: str) -> None:
        self._process = process
        self._log = log
        self._key = key
        self._address = self._greeting()

    @classmethod
    def start(cls, model: Path, window: int) -> Self:
        key = secrets.token_hex(16)
        file, name = tempfile.mkstemp(prefix="l2mac-local-", suffix=".log")
        command = [
            sys.executable, "-u", "-m", "l2mac_write.llm.local_child", str(model), str(window)
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

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, path: str, body: Mapping[str, Any]) -> Any:
        """One JSON answer."""
        with self._sent(path, body) as response:
            return json.loads(response.read())

    def stream(self, path: str, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The server's events while they arrive; leaving early makes it stop generating."""
        with self._sent(path, {**body, "stream": True}) as response:
            for line in response:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

    def stop(self) -> None:
        """End of input is the child's signal; stronger ones follow if it does not hear it."""
        for end in (self._hang_up, self._process.terminate, self._process.kill):
            end()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
        self._log.unlink(missing_ok=True)

    def _hang_up(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _greeting(self) -> str:
        """The server's address; the engine may print lines of its own before it."""
        for line in self._process.stdout or ():
            if line.startswith(b'{"url"'):
                return str(urlsplit(json.loads(line)["url"]).netloc)
        raise LLMError(f"the local model could not be started; `{self._log}` says why.")

    def _sent(self, path: str, body: Mapping[str, Any]) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self._address, timeout=SILENCE_SECONDS)
        headers = {"content-type": "application/json", "authorization": f"Bearer {self._key}"}
        try:
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise LLMError(
                f"the local model does not answer: {error}. See `{self._log}`."
            ) from error
        if response.status != http.HTTPStatus.OK:
            raise self._refusal(response)
        return response

    def _refusal(self, response: http.client.HTTPResponse) -> LLMError:
        said = response.read().decode("utf-8", "replace")
        if "exceed" in said and "context" in said:
            return WindowOverflow("the request is longer than the local model's window.")
        return LLMError(f"the local model refused the request: {said[:300]} See `{self._log}`.")


def _environment(key: str) -> dict[str, str]:
    """No key of the person's goes along; idle threads sleep, or another busy process stalls us."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.endswith(("_KEY", "_TOKEN", "_SECRET")) and not name.startswith("ANTHROPIC_")
    }
    return {**kept, KEY: key, "OMP_WAIT_POLICY": "passive"}
