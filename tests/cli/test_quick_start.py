"""The shell is instant, and what needs no model never loads the SDK of one."""

import subprocess
import sys

import pytest

from l2mac_write.cli import COMMANDS, Commands, cli
from tests.cli.commands import BARE, rehearsed

SPY = """
import resource, sys
from l2mac_write.cli import cli
sys.argv[0] = "l2mac-write"
try:
    cli()
except SystemExit:
    pass
print("anthropic" in sys.modules, sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), file=sys.stderr)
"""


def spied(cwd, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", SPY, *arguments], cwd=cwd, env=BARE, capture_output=True, text=True, check=True
    )  # fmt: skip
    loaded, seconds = done.stderr.split()[-2:]
    return loaded == "True", float(seconds)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("status", "--book", "book"),
        ("export", "--book", "book"),
        ("models",),
        ("estimate", "A tale.", "--model", "claude-sonnet-5-5"),
        ("estimate", "--book", "book", "--model", "claude-sonnet-5-5"),
    ],
)
def test_the_sdk_is_not_loaded(tmp_path, arguments):
    rehearsed(tmp_path)
    loaded, _ = spied(tmp_path, *arguments)

    assert not loaded


def test_help_takes_at_most_150_ms_of_cpu(tmp_path):
    assert min(spied(tmp_path, "--help")[1] for _ in range(5)) <= 0.15


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_with_the_line_that_help_shows(name):
    assert isinstance(cli, Commands)
    command = cli.get_command(None, name)

    assert command.short_help == COMMANDS[name]
