"""How much a book may hold, so that a model gone wild fills neither disk nor memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from l2mac_write.errors import TooMuch

TEXT_BYTES = 2_000_000
FILES = 10_000
BOOK_BYTES = 500_000_000
MEGABYTE = 1_000_000


def insist_on_room(texts: Mapping[str, str], there: Collection[str], kept: int) -> None:
    """Raises `TooMuch` where the texts are too large, too many, or one book too much."""
    sizes = {path: len(text.encode()) for path, text in texts.items()}
    for path, size in sizes.items():
        if size > TEXT_BYTES:
            raise TooMuch(
                f"`{path}` would have {size / MEGABYTE:.1f} MB; a text of a book has at most"
                f" {TEXT_BYTES / MEGABYTE:.0f} MB. Write less, or divide it into several files."
            )
    if (files := len({*there, *texts})) > FILES:
        raise TooMuch(
            f"the book would have {files:,} files; it has at most {FILES:,}. Divide it into several"
            " books."
        )
    if (size := kept + sum(sizes.values())) > BOOK_BYTES:
        raise TooMuch(
            f"the book with all its versions would have {size / MEGABYTE:,.1f} MB; it has at most"
            f" {BOOK_BYTES / MEGABYTE:.0f} MB. Divide it into several books."
        )
