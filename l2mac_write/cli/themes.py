"""`l2mac-write export --theme`: how a book may look, and from where a theme of one's own is copied."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli.printing import document
from l2mac_write.errors import UsageError
from l2mac_write.exporters.covers import designs
from l2mac_write.exporters.looks import looks
from l2mac_write.shipped import folder


def listed(*, as_json: bool) -> None:
    kinds = {"theme": looks(), "cover": designs()}
    if as_json:
        rows = [
            {"kind": kind, "name": name, "is": says}
            for kind, known in kinds.items()
            for name, says in known.items()
        ]
        document({"themes": rows, "folder": str(folder())})
        return
    for kind, known in kinds.items():
        click.echo(f"`{kind}` under [edition] in book.toml may be")
        for name, says in known.items():
            click.echo(f"  {name:10} {says}")
    click.echo(f"A theme of your own is a folder with files that you copy from {folder()}")


def chosen(asked: str) -> tuple[str, Path | None]:
    """The name of a look, or the folder of a theme. Raises `UsageError` for what is neither."""
    if asked in looks():
        return asked, None
    if asked and not Path(asked).is_dir():
        raise UsageError(
            f"there is no theme `{asked}`; there are: {', '.join(looks())}, or name a folder."
        )
    return "", Path(asked) if asked else None
