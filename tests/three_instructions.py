"""Writes a book as far as its first chapter, for tests that make the system fail beneath it."""

import sys
from pathlib import Path

from l2mac_write import library
from l2mac_write.cli.ending import ends_well, resumable


def write(root):
    library.generate(
        "A tale of two ferrymen.", root, model="rehearsal", chapters=1, words=600, until="chapter"
    )


@ends_well
def main(root):
    with resumable(root):
        write(root)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
