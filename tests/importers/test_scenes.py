"""Scenes that no rule parts: white that is wider than elsewhere parts them, white that is everywhere does not."""

import io

import docx
import pytest
from docx.shared import Pt

from l2mac_write.adopting.importing import imported

LINES = [f"It rained on day {day}." for day in range(12)]
BLANKS = ["<p></p>", "<p>&nbsp;</p>", "<p><br/></p>", "<p><span></span></p>", "<p> <b> </b></p>"]


def between(text):
    """After which lines there is a rule."""
    (section,) = (s for s in imported(text).sections if s.kind == "chapter")
    blocks = section.markdown.split("\n\n")
    words = [at for at, block in enumerate(blocks) if block.startswith("It")]
    return [count for count, at in enumerate(words) if "* * *" in blocks[at + 1 : at + 2]]


def typed(folder, text, name="a.md"):
    (folder / name).write_text(text)
    return folder / name


def page(folder, paragraphs):
    return typed(folder, f"<html><body><h1>One</h1>{''.join(paragraphs)}</body></html>", "a.html")


def word(folder, fill):
    document, out = docx.Document(), io.BytesIO()
    document.add_heading("One", 1)
    fill(document)
    document.save(out)
    (folder / "a.docx").write_bytes(out.getvalue())
    return folder / "a.docx"


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("gaps", "rules"),
    [
        ({}, []),
        ({4: "\n\n\n"}, [4]),
        ({4: "\n\n\n\n\n", 8: "\n\n\n"}, [4, 8]),
        (dict.fromkeys(range(11), "\n\n\n"), []),
        (dict.fromkeys(range(11), "\n\n\n") | {4: "\n\n\n\n"}, [4]),
        (dict.fromkeys(range(0, 11, 2), "\n\n\n"), []),
    ],
    ids=["none", "one", "two widths", "everywhere", "wider still", "every other"],
)
def test_a_gap_wider_than_most_parts_scenes_where_it_is_rare(gaps, rules, name, tmp_path):
    ends = [gaps.get(at, "\n\n") for at in range(len(LINES))]
    text = "".join(line + end for line, end in zip(LINES, ends, strict=True))

    assert between(typed(tmp_path, f"# One\n\n{text}", name)) == rules


@pytest.mark.parametrize("blank", BLANKS)
def test_a_page_says_it_by_a_paragraph_without_words(blank, tmp_path):
    paragraphs = [f"<p>{line}</p>" for line in LINES]

    assert between(page(tmp_path, [*paragraphs[:5], blank, *paragraphs[5:]])) == [4]


def test_a_page_with_blanks_between_all_paragraphs_has_one_scene(tmp_path):
    assert between(page(tmp_path, [f"<p>{line}</p><p>&nbsp;</p>" for line in LINES])) == []


def test_lines_broken_twice_are_paragraphs_and_three_times_is_wider(tmp_path):
    text = "<br><br>".join(LINES[:6]) + "<br><br><br>" + "<br><br>".join(LINES[6:])

    assert between(page(tmp_path, [f"<p>{text}</p>"])) == [5]


@pytest.mark.parametrize("count", [1, 3])
def test_word_says_it_by_paragraphs_without_words(count, tmp_path):
    def fill(document):
        for at, line in enumerate(LINES):
            document.add_paragraph(line)
            for _ in range(count if at == 4 else 0):
                document.add_paragraph("")

    assert between(word(tmp_path, fill)) == [4]


def test_word_with_blanks_between_all_paragraphs_has_one_scene(tmp_path):
    def fill(document):
        for line in LINES:
            document.add_paragraph(line)
            document.add_paragraph("")

    assert between(word(tmp_path, fill)) == []


@pytest.mark.parametrize(("side", "after"), [("space_before", 3), ("space_after", 4)])
def test_word_says_it_by_white_above_or_below_one_paragraph(side, after, tmp_path):
    def fill(document):
        for at, line in enumerate(LINES):
            setattr(document.add_paragraph(line).paragraph_format, side, Pt(24 if at == 4 else 6))

    assert between(word(tmp_path, fill)) == [after]


def test_word_says_it_by_a_style_that_has_white_above(tmp_path):
    def fill(document):
        first = document.styles.add_style("First of a Scene", 1)
        first.base_style = document.styles["Normal"]
        first.paragraph_format.space_before = Pt(24)
        for at, line in enumerate(LINES):
            document.add_paragraph(line, style=first if at in {5, 9} else None)

    assert between(word(tmp_path, fill)) == [4, 8]


@pytest.mark.parametrize("sign", ["*", "#", "~", "***", "~~~", "* * *", "⁂", "xXx", "- - -", "###"])
def test_a_line_of_signs_parts_scenes_however_it_is_typed(sign, tmp_path):
    plain = "\n\n".join([*LINES[:5], sign, *LINES[5:]])
    paragraphs = [f"<p>{line}</p>" for line in [*LINES[:5], sign, *LINES[5:]]]

    assert between(typed(tmp_path, f"Chapter 1\n\n{plain}\n", "a.txt")) == [4]
    assert between(page(tmp_path, paragraphs)) == [4]


def test_code_and_what_stands_around_headings_lists_and_quotations_stay_as_they_are(tmp_path):
    text = "# One\n\n\n\nIt.\n\n\n\n## Two\n\n\nIt.\n\n\n\n> So.\n\n\n```\na\n\n\n\nb\n```\n\nIt.\n\nIt.\n"
    (section,) = imported(typed(tmp_path, text)).sections

    assert "* * *" not in section.markdown
    assert "a\n\n\n\nb" in section.markdown
