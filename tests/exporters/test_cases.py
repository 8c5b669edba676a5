"""What one section's Markdown becomes: each file in cases/body is one case.

Its name starts with the language; then come the Markdown, a line with a dot, and the markup.
"""

import pytest

from l2mac_write.exporters.frames import Frame
from l2mac_write.exporters.labels import labels
from l2mac_write.exporters.pages import around, body, pages
from tests.exporters.books import CASES, book, chapter

FILES = sorted((CASES / "body").glob("*.md"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_section_becomes_the_markup_of_its_case(file):
    markdown, expected = file.read_bytes().decode().split("\n.\n")
    language = file.stem[:2]

    manuscript = book(chapter(markdown), language=language)
    (page,) = pages(manuscript)
    frame = Frame(page.id, labels(language))

    assert body(page, around(manuscript, [page]), frame) == expected
