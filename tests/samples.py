"""Samples are whole books made by the tool, kept with the replies that they were made from.

`python -m tests.samples BOOK samples/NAME` takes a finished book into the samples; without
arguments, what the replies of all samples make today takes the place of what they made before.
"""

import json
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from l2mac_write import library, open_book
from l2mac_write.exporters import EXPORTERS
from l2mac_write.llm.scripted import ScriptedLLM
from l2mac_write.ports import Abilities
from l2mac_write.programs.begun import GUIDED
from l2mac_write.settings import from_toml, merged
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.remains import SETTINGS
from l2mac_write.store.replies import load
from l2mac_write.text.naming import slug

SAMPLES = Path(__file__).parents[1] / "samples"
REPLIES = "replies.jsonl"
EPOCH = "1795392000"
KINDS = ("epub", "html", "markdown")
"""The exports that are kept: what `generate` makes where nobody asks for others."""
TEXTS = ("plan.toml", "chapters", "notes", "front", "back")


def keep(book: Path, sample: Path) -> None:
    """The book's texts, exports and replies, as they are in its folder and journal."""
    sample.mkdir(parents=True, exist_ok=True)
    for name in (SETTINGS, *TEXTS):
        if (book / name).is_dir():
            shutil.rmtree(sample / name, ignore_errors=True)
            shutil.copytree(book / name, sample / name)
        elif (book / name).exists():
            shutil.copyfile(book / name, sample / name)
    with closing(sqlite3.connect(f"file:{book}/.l2mac/journal.db?mode=ro", uri=True)) as journal:
        rows = journal.execute(
            "SELECT instruction, reply FROM call WHERE reply IS NOT NULL ORDER BY id"
        )
        lines = [
            json.dumps({"instruction": i, "reply": json.loads(r)}, ensure_ascii=False)
            for i, r in rows
        ]
    there = open_book(book)
    with closing(BookFolder.read_only(book)) as folder:
        head = {"model": there.written_by, "guided": bool(folder.meta(GUIDED))}
    (sample / REPLIES).write_text("\n".join([json.dumps(head), *lines]) + "\n", "utf-8")
    for kind in KINDS:
        name = f"{slug(there.manuscript.title)}{EXPORTERS[kind].suffix}"
        there.export(kind, sample / "exports" / name)


def replay(sample: Path, root: Path) -> None:
    """Write the book again in `root` from the sample's brief and recorded replies alone."""
    head, *lines = (sample / REPLIES).read_text("utf-8").splitlines()
    made = json.loads(head)
    replies = [load(json.dumps(json.loads(line)["reply"])) for line in lines]
    model = ScriptedLLM(
        replies, abilities=Abilities(tools=not made["guided"], guided=made["guided"])
    )
    model.model = made["model"]
    text = (sample / SETTINGS).read_text("utf-8")
    with closing(BookFolder.create(root)) as folder:
        folder.begin_settings(text)
        library.write(folder, merged(from_toml(text, SETTINGS)), model)


def renew(sample: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        book = Path(place) / "book"
        replay(sample, book)
        keep(book, sample)


if __name__ == "__main__":
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    if len(sys.argv) == 1:
        for replies in SAMPLES.glob(f"*/{REPLIES}"):
            renew(replies.parent)
    else:
        keep(Path(sys.argv[1]), Path(sys.argv[2]))
