"""Runs the tool as a person does: a process of its own, in a folder of its own."""

import os
import subprocess
import sys

TOOL = (sys.executable, "-m", "l2mac_write")
HEED = (
    "import os, signal, sys; signal.signal(2, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
HEEDING = (sys.executable, "-c", HEED, *TOOL)
"""The same, hearing Ctrl-C also where a shell in the background has it ignored."""
BARE = {k: v for k, v in os.environ.items() if not k.startswith(("ANTHROPIC_", "L2MAC_"))}
REHEARSAL = ("--model", "rehearsal", "--chapters", "2", "--words", "600")


def typed(*arguments, cwd, env=None, stdin=None):
    return subprocess.run(
        [*TOOL, *map(str, arguments)],
        cwd=cwd, env={**BARE, **(env or {})}, capture_output=True, text=True, check=False, stdin=stdin,
    )  # fmt: skip


def rehearsed(cwd, *more, to="book"):
    done = typed("generate", "A tale of two ferrymen.", "--to", to, *REHEARSAL, *more, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return cwd / to
