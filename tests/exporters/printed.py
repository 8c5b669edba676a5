"""What poppler, which is not ours, reads in a PDF of ours."""

import re
import shutil
import subprocess

import pytest


def text_of(pdf: bytes) -> str:
    """Its words in one line; what a line's end broke is whole again."""
    text = " ".join(pages_of(pdf))
    return " ".join(re.sub(r"[-\xad\u2010]\s*\n\s*", "", text).split())


def pages_of(pdf: bytes) -> list[str]:
    return run("pdftotext", "-layout", "-", "-", pdf=pdf).split("\f")[:-1]


def facts_of(pdf: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in run("pdfinfo", "-", pdf=pdf).splitlines())
    return {name: value.strip() for name, _, value in lines}


def run(program: str, *arguments: str, pdf: bytes) -> str:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    return subprocess.run(
        [program, *arguments], input=pdf, capture_output=True, check=True
    ).stdout.decode()
