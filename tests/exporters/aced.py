"""What Ace by DAISY says of how accessible an EPUB is."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACE = ROOT / ".ace/node_modules/.bin/ace-cli"
"""Where `.ci/run` puts it."""
JUDGED = {0, 2}
TRIES = 3
"""A browser that is slow to start ends it without a judgement."""


def failures_of(epub: Path, scratch: Path):
    """Rule, impact and place of everything that Ace finds wrong."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not ACE.exists() or not chromium:
        pytest.skip("Ace needs Chromium, and npm to be installed: see .ci/run")
    command = [ACE, "-E", "-s", "-f", "-o", scratch / "ace", epub]
    env = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium, "HOME": str(scratch)}
    for _ in range(TRIES):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode in JUDGED:
            break
    assert done.returncode in JUDGED, done.stderr[-600:]
    report = json.loads((scratch / "ace/report.json").read_text("utf-8"))
    return [
        (
            one["earl:test"]["dct:title"],
            one["earl:test"]["earl:impact"],
            one["earl:result"]["dct:description"][:160],
        )
        for document in report["assertions"]
        for one in document["assertions"]
        if one["earl:result"]["earl:outcome"] == "fail"
    ]
