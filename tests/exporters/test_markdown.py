"""The Markdown file: the author's own words, ready to be imported again."""

import re
from dataclasses import replace

from l2mac_write.exporters import EXPORTERS
from tests.exporters.books import back, book, chapter, every_construct, front


def exported(manuscript) -> str:
    return EXPORTERS["markdown"].export(manuscript).decode()


def test_the_title_is_the_only_first_heading_and_sections_are_the_second():
    manuscript = book(
        front("preface", "Why.", "Preface"),
        chapter("# The Storm\n\nRain.\n\n#### Later\n\nSun.\n"),
        back("afterword", "So.", "Afterword"),
    )

    assert exported(manuscript) == (
        "# The Long Tide\n\n*by Ada Quill*\n\n## Preface\n\nWhy.\n\n## The Storm\n\nRain.\n\n"
        "### Later\n\nSun.\n\n## Afterword\n\nSo.\n"
    )


def test_the_author_s_marks_stay_as_typed():
    text = '"It\'s only rain," she said -- "isn\'t it..."'

    assert text in exported(book(chapter(text)))


def test_a_title_is_plain_words_whatever_it_holds():
    manuscript = replace(book(), title="A *star* is [born] <b> &amp; #", author="")

    assert exported(manuscript) == "# A \\*star\\* is \\[born\\] \\<b> \\&amp; \\#\n"


def test_a_fence_left_open_does_not_swallow_the_next_chapter():
    manuscript = book(chapter("```\ncode"), chapter("Text.", title="Next", number=4))

    assert "```\ncode\n```\n\n## Next" in exported(manuscript)


def test_raw_html_is_text_here_too():
    text = "<!-- a\n\n`<b>` <b> <https://example.org>\n\n```\n<b>\n```"

    assert "\\<!-- a\n\n`<b>` \\<b> <https://example.org>\n\n```\n<b>\n```" in exported(
        book(chapter(text))
    )


def test_notes_of_two_chapters_keep_their_own_names():
    text = "A.[^1]\n\n[^1]: First."
    manuscript = book(chapter(text), chapter(text, title="Next", number=4))

    assert "A.[^1]\n\n[^1]: First.\n\n## Next\n\nA.[^1-2]\n\n[^1-2]: First." in exported(manuscript)


def test_link_definitions_come_along():
    assert "[r]: https://example.org/" in exported(
        book(chapter("[a][r]\n\n[r]: https://example.org/"))
    )


def test_every_way_to_draw_a_scene_break_becomes_one():
    drawn = "a\n\n***\n\nb\n\n#\n\nc\n\n⁂\n\nd\n\n~~~\n\ne"

    assert "a\n\n* * *\n\nb\n\n* * *\n\nc\n\n* * *\n\nd\n\n* * *\n\ne\n" in exported(
        book(chapter(drawn))
    )


def test_what_was_exported_exports_to_itself_when_imported_again():
    once = exported(every_construct())

    chapters = re.split(r"^## (.*)\n", once, flags=re.MULTILINE)[1:]
    sections = [
        chapter(b, title=t, number=0) for t, b in zip(chapters[::2], chapters[1::2], strict=True)
    ]
    again = exported(book(*sections))

    # titles come back escaped, which only their importer can undo
    assert body_of(again) == body_of(once)


def body_of(markdown: str) -> list[str]:
    return [line for line in markdown.split("\n")[4:] if not line.startswith("## ")]
