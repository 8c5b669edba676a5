"""A real browser without a window, driven over a pipe: what a reader sees, and may press."""

from __future__ import annotations

import base64
import json
import os
import re
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PATIENCE = 120.0
SILENCE = 900.0
"""Seconds for one answer: a book is long, and a busy machine reads it slowly."""
GONE = re.compile(r"navigated|context|closed")
KEYS = {"ArrowRight": 39, "ArrowLeft": 37, "/": 191, "Escape": 27, "Enter": 13}


class Left(Exception):
    """The page that was asked is no longer there: the reader has turned it."""


class Browser:
    """One tab. `says` are the errors that a page has met since it was opened."""

    def __init__(self, send: int, receive: int) -> None:
        self._send, self._receive = send, receive
        self._heard = b""
        self._calls = 0
        self._session = self._reader = ""
        self.says: list[str] = []
        self.forget()

    def forget(self) -> None:
        """A tab of its own for somebody who has never read here: no page before it can reach it."""
        self._session, left = "", self._reader
        self._reader = self.ask("Target.createBrowserContext")["browserContextId"]
        tab = {"url": "about:blank", "browserContextId": self._reader}
        target = self.ask("Target.createTarget", **tab)["targetId"]
        if left:
            self.ask("Target.disposeBrowserContext", browserContextId=left)
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")
        self.says.clear()

    def open(self, address: str) -> None:
        """From page to page as a reader goes, so that the next one knows what the last one kept.

        What a page has only just kept may be lost if it is thrown away for an empty one.
        """
        is_here = address.partition("#")[0] == self.run("location.href.split('#')[0]")
        if is_here:
            self.run(f"history.replaceState(null, '', {json.dumps(address)})")
        self.run("window.left = true")
        self.says.clear()
        if is_here:
            self.ask("Page.reload")
        else:
            self.ask("Page.navigate", url=address)
        self.until("!window.left && document.readyState === 'complete'")

    def until(self, claim: str) -> None:
        """Waits as long as it takes until this holds in the page."""
        end = time.monotonic() + PATIENCE
        while not self._holds(claim):
            assert time.monotonic() < end, f"it never came to be that {claim}"
            time.sleep(0.02)

    def shows(self, script: str, expected: object) -> None:
        """Waits as long as it takes until the expression comes to this."""
        end = time.monotonic() + PATIENCE
        while (shown := self._seen(script)) != expected and time.monotonic() < end:
            time.sleep(0.02)
        assert shown == expected

    def hears(self, words: str) -> None:
        """Waits as long as it takes until a page has met an error that holds these words."""
        end = time.monotonic() + PATIENCE
        while not any(words in said for said in self.says):
            assert time.monotonic() < end, f"{words} was never said: {self.says}"
            time.sleep(0.02)
            self.run("0")

    def _holds(self, claim: str) -> bool:
        return bool(self._seen(f"Boolean({claim})"))

    def _seen(self, script: str) -> object:
        """What the expression comes to; None while the reader turns a page."""
        try:
            return self.run(script)
        except Left:
            return None

    def run(self, script: str) -> Any:
        """What the expression comes to; a promise is waited for."""
        answer = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        text = {"text": key} if len(key) == 1 else {}
        common = {"key": key, "windowsVirtualKeyCode": KEYS.get(key, 0)}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **common, **text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **common)

    def write(self, text: str) -> None:
        self.ask("Input.insertText", text=text)

    def scheme(self, name: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.ask("Emulation.setEmulatedMedia", features=features)

    def size(self, width: int, height: int) -> None:
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def scripts(self, *, allowed: bool) -> None:
        self.ask("Emulation.setScriptExecutionDisabled", value=not allowed)

    def picture(self) -> bytes:
        return base64.b64decode(self.ask("Page.captureScreenshot")["data"])

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._calls += 1
        call = {"id": self._calls, "method": method, "params": params}
        if self._session:
            call["sessionId"] = self._session
        os.write(self._send, json.dumps(call).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._calls:
                if GONE.search(str(message.get("error"))):
                    raise Left
                assert "error" not in message, message["error"]
                return dict(message["result"])
            self._listen(message)

    def _listen(self, event: dict[str, Any]) -> None:
        if event.get("sessionId") != self._session:
            return
        if event.get("method") == "Runtime.exceptionThrown":
            self.says.append(str(event["params"]["exceptionDetails"]))
        elif event.get("method") == "Log.entryAdded":
            entry = event["params"]["entry"]
            if entry["level"] == "error":
                self.says.append(entry["text"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._heard:
            assert select.select([self._receive], [], [], SILENCE)[0], "the browser says nothing"
            more = os.read(self._receive, 1 << 20)
            assert more, "the browser has gone"
            self._heard += more
        message, _, self._heard = self._heard.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Skips a test where there is none."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("this needs a browser: apt-get install chromium")
    (hears, send), (receive, says) = os.pipe(), os.pipe()
    command = ["bash", "-c", f'exec "$@" 3<&{hears} 4>&{says}', "-", program, *FLAGS]
    process = subprocess.Popen(
        [*command, f"--user-data-dir={profile}"],
        pass_fds=(hears, says),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(hears)
    os.close(says)
    try:
        yield Browser(send, receive)
    finally:
        os.close(send)
        os.close(receive)
        process.terminate()
        process.wait()
