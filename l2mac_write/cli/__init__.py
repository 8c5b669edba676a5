"""What a person types: one module a command, loaded only when it is typed.

At its top a command imports what its `--help` shows; what it does, it imports where it does it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module

import click

from l2mac_write import __version__

COMMANDS: Mapping[str, str] = {
    "generate": "Write a whole book from one prompt.",
    "estimate": "Estimate calls, tokens, dollars and minutes before the first call.",
    "plan": "Plan a book and stop, so that you can edit plan.toml first.",
    "resume": "Go on with a book exactly where it stopped.",
    "status": "Show how far a book is, what it cost and what is still wrong.",
    "check": "Check a book, or any Markdown, for what is wrong with it.",
    "waive": "Let a finding stand, for a reason that is kept.",
    "review": "Have a book read by an editor, who says what is to be done.",
    "revise": "Change a chapter as you say, once you have seen how.",
    "why": "Show what the writer of a chapter saw, why, and at what cost.",
    "history": "Show every version of a book's files, who made it, what a plan changed.",
    "diff": "Show what changed between two versions of a text, word by word.",
    "undo": "Take back a change, the last or an old one; what came after it stays.",
    "redo": "Do again what was undone last.",
    "impact": "Show which other chapters rely on what a change made false.",
    "lock": "Protect a chapter, a passage or a fact from every agent; or list them.",
    "unlock": "Let agents change again what was locked.",
    "ledger": "Show what is true in a book, with the words that say so.",
    "adopt": "Make a book of a manuscript: Markdown, EPUB, Word or HTML.",
    "export": "Make an EPUB, a web site, a PDF, a Word or Markdown file of a book.",
    "models": "List the models, or fetch the weights of a local one.",
    "doctor": "Check this machine, and a book, for what would get in the way.",
}


class Commands(click.Group):
    """Knows every command's name and first line without importing any of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"l2mac_write.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="l2mac-write")
def cli() -> None:
    """Turn one prompt into a whole, consistent, publishable book.

    With ANTHROPIC_API_KEY set, Claude writes it; without a key, a small open-weights model on
    this machine does (a weak writer, which says so in the book). Everything is kept as it is
    written: a run that was stopped goes on with `l2mac-write resume`.
    """


def main() -> None:
    sys.exit(cli())
