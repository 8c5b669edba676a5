"""The shell is instant, and what needs no model never loads the SDK of one."""

import subprocess
import sys

import pytest

from l2mac_write.cli import COMMANDS, Commands, cli
from tests.cli.commands import BARE, rehearsed
from tests.timing import insist, pace

SPY = """
import resource, sys
from l2mac_write.cli import cli
sys.argv[0] = "l2mac-write"
try:
    cli()
except SystemExit:
    pass
print(*sys.modules, sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), file=sys.stderr)
"""

HEAVY = {
    "anthropic", "ebooklib", "jinja2", "lxml", "markdown_it", "pydantic", "rich",
    "l2mac_write.library", "l2mac_write.machine.drafting",
}  # fmt: skip
HEAVY_TO_READ = {"tomlkit", "l2mac_write.evaluators", "l2mac_write.exporting", "l2mac_write.wiring"}


def spied(cwd, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", SPY, *arguments], cwd=cwd, env=BARE, capture_output=True, text=True, check=True
    )  # fmt: skip
    *loaded, seconds = done.stderr.splitlines()[-1].split()
    return {*loaded}, float(seconds)


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

    assert "anthropic" not in loaded


@pytest.mark.parametrize(
    ("arguments", "also"),
    [(("history",), {"rapidfuzz"}), (("diff", "--json"), set()), (("undo",), set())],
)
def test_what_tells_of_changes_loads_nothing_that_writes_or_prints_a_book(
    tmp_path, arguments, also
):
    rehearsed(tmp_path)
    file = next(tmp_path.glob("book/chapters/*.md"))
    file.write_text(f"{file.read_text('utf-8')}\nAnd that was that.\n", "utf-8")
    loaded, _ = spied(tmp_path, *arguments, "--book", "book")

    assert "l2mac_write.store.folder" in loaded
    assert loaded.isdisjoint(HEAVY | also)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_does_is_not_loaded_to_say_so(tmp_path, name):
    loaded, _ = spied(tmp_path, name, "--help")

    assert f"l2mac_write.cli.{name}" in loaded
    assert loaded.isdisjoint(HEAVY | HEAVY_TO_READ | {"l2mac_write.store.folder"})


@pytest.mark.parametrize(
    "arguments", [("status",), ("why", "1"), ("lock",), ("impact",), ("ledger", "--json")]
)
def test_who_only_looks_at_a_book_loads_nothing_that_writes_or_prints_one(tmp_path, arguments):
    rehearsed(tmp_path)
    loaded, _ = spied(tmp_path, *arguments, "--book", "book")

    assert "l2mac_write.store.folder" in loaded
    assert loaded.isdisjoint((HEAVY | HEAVY_TO_READ) - {"rich"})


def test_help_takes_at_most_150_ms_of_cpu(tmp_path):
    took = min(spied(tmp_path, "--help")[1] for _ in range(3))

    insist(took, 0.15 * pace())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_with_the_line_that_help_shows(name):
    assert isinstance(cli, Commands)
    command = cli.get_command(None, name)

    assert command.short_help == COMMANDS[name]
