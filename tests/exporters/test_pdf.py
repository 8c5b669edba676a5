"""The PDF: a book as a printer sets it, and as a reader of printed books expects it."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l2mac_write.book import Headword, Part, Section
from l2mac_write.edition import Edition
from l2mac_write.errors import SettingsError, Unprintable
from l2mac_write.exporters.pdf import Pdf, page_count
from l2mac_write.exporters.printing import sections
from l2mac_write.exporters.shelf import Shelf
from l2mac_write.exporters.trims import TRIMS
from l2mac_write.exporters.typst_formulas import formula
from tests.exporters.books import BOOK, CASES, back, book, chapter, every_construct, front
from tests.exporters.images import GIF, SVG, png
from tests.exporters.printed import facts_of, pages_of, run, text_of

LONG = " ".join(f"word{n}" for n in range(400))
FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
MARKS = st.text(st.sampled_from(" \n\t#*_-=`~<>\"'&;:![](){}|\\/^.,1a+$@%é\x00\x85\u2028\ud800"))
WORDS = st.lists(st.text("abcdefgh", min_size=2, max_size=9), min_size=1, max_size=6).map(" ".join)


def exported(*sections, language="en", **edition) -> bytes:
    return Pdf().export(replace(book(*sections, language=language), edition=Edition(**edition)))


def spoken(pdf):
    """Its words without a space between them, however a page has broken them."""
    return re.sub(r"[\s\-\u2010\xad]", "", text_of(pdf))


@given(words=WORDS, title=WORDS, markdown=st.sampled_from(["{}", "> {}", "- {}", "`{}`", "*{}*", "# {}", "x[^1]\n\n[^1]: {}", "[^1]: {}", "| {} |\n|-|", "```\n{}", "<b>{}"]))  # fmt: skip
@FEW
def test_no_word_of_the_book_is_lost(words, title, markdown):
    shown = spoken(exported(chapter(markdown.format(words), title=title)))

    assert [word for word in (*words.split(), *title.split()) if word not in shown] == []


@given(noise=MARKS, title=MARKS, author=MARKS)
@FEW
def test_no_mark_of_a_text_is_an_instruction_and_the_bytes_are_always_the_same(
    noise, title, author
):
    manuscript = replace(book(chapter(noise, title=title)), title=title, author=author)

    assert Pdf().export(manuscript) == Pdf().export(manuscript)


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd") #import "@preview/a:0.1.0": b #eval("1") $x$ @a <b> \\u{41} // c',
        "](( ]] [[ ;; (a)[b].c " * 9,
        "\n".join("> " * depth + "x" for depth in range(1, 95)),
        "\n".join("  " * depth + "- a" for depth in range(60)),
        "*a " * 95 + "x" + "*" * 95,
        "|" + "a|" * 80 + "\n|" + "-|" * 80,
        "x" * 5_000,
        "[a-\xad](#b) [](#b) [\u200b](#b)\n\n# x {#b}",
        "[a](#nowhere) [^1][^2]\n\n[^1]: b[^2][^1]\n[^2]: c[^3]\n[^3]: d",
    ],
)
def test_hostile_text_is_printed_as_it_is(hostile):
    assert "root:" not in text_of(exported(chapter(hostile)))


def test_every_construct_is_printed_by_the_standard_for_readers_who_do_not_see():
    pdf = Pdf().export(replace(every_construct(), edition=Edition(pdf_standard="ua-1, a-2a")))

    assert facts_of(pdf)["Tagged"] == "yes"
    assert "Nobody refers to this one." in text_of(pdf)


@pytest.mark.parametrize("chapters", range(1, 6))
def test_the_number_of_pages_is_even(chapters):
    pdf = exported(*(chapter(LONG, number=n) for n in range(1, chapters + 1)))

    assert int(facts_of(pdf)["Pages"]) == page_count(pdf)
    assert page_count(pdf) % 2 == 0


@pytest.mark.parametrize("chapters", range(2, 6))
def test_no_more_than_one_page_is_left_empty_for_it(chapters):
    pages = pages_of(exported(*(chapter("Rain.", number=n) for n in range(1, chapters + 1))))
    (last,) = (n for n, page in enumerate(pages, start=1) if "edition was made" in page)

    assert len(pages) == last + last % 2


@pytest.mark.parametrize("name", TRIMS)
def test_a_page_has_the_size_one_asks_for(name):
    width, height = re.findall(
        r"[\d.]+", facts_of(exported(chapter("Rain."), trim=name))["Page size"]
    )[:2]

    assert (float(width), float(height)) == pytest.approx(
        (TRIMS[name].width, TRIMS[name].height), abs=0.1
    )


@pytest.mark.parametrize(("pages", "least"), [(24, 0.375), (150, 0.375), (151, 0.5), (301, 0.625), (501, 0.75), (828, 0.875)])  # fmt: skip
def test_the_inner_margin_grows_with_the_book_and_is_never_too_narrow_to_print(pages, least):
    assert all(size.inside(pages) >= least * 72 for size in TRIMS.values())


def test_no_letter_stands_nearer_to_an_edge_than_a_printer_allows():
    pdf = exported(*(chapter(f"{LONG}\n\n{LONG}", number=n) for n in range(1, 40)))
    boxes = run("pdftotext", "-bbox", "-", "-", pdf=pdf)
    count = page_count(pdf)

    for number, page in enumerate(boxes.split("<page ")[1:], start=1):
        left = [float(x) for x in re.findall(r'xMin="([\d.]+)"', page)]
        right = [432 - float(x) for x in re.findall(r'xMax="([\d.]+)"', page)]
        inner, outer = (left, right) if number % 2 else (right, left)
        assert min(inner, default=99) >= TRIMS["6x9"].inside(count) - 1
        assert min(outer, default=99) >= 18


def test_the_text_begins_on_a_right_hand_page_1_and_what_comes_before_is_in_roman():
    pages = pages_of(exported(front("preface", "Why.", "Preface"), chapter("It rains.", number=1)))
    text = next(n for n, page in enumerate(pages, start=1) if "It rains." in page)

    assert text % 2 == 1
    assert pages[text - 1].split()[-1] == "1"
    assert next(page for page in pages if "Why." in page).split()[-1] == "iv"


def test_the_contents_tell_the_pages_where_chapters_begin():
    pages = pages_of(exported(chapter(LONG, number=1), chapter("End.", title="Calm", number=2)))
    (contents,) = (page for page in pages if "Contents" in page)

    assert re.search(r"1\. The Storm[ .\u2060]+1\n", contents)
    assert re.search(r"2\. Calm[ .\u2060]+4\n", contents) or re.search(
        r"2\. Calm[ .\u2060]+3\n", contents
    )


def test_a_reader_s_list_of_bookmarks_names_chapters_as_the_contents_do():
    pdf = exported(chapter("Rain.", number=1), chapter("End.", title="Calm", number=2))

    assert re.findall(rb"/Title\(([^)]*)\)", pdf)[:2] == [b"1. The Storm", b"2. Calm"]


def test_the_contents_of_a_document_list_its_headings_too():
    section = replace(chapter("## Scope\n\nAll.\n\n### Deeper\n\nWell.", number=1), numbered=True)
    pages = pages_of(Pdf().export(replace(book(section, chapter("x", number=2)), kind="document")))
    (contents,) = (page for page in pages if "Contents" in page)

    assert "1.1 Scope" in contents
    assert "Deeper" not in contents


def test_a_head_runs_over_the_pages_but_not_where_a_chapter_begins_nor_over_blank_ones():
    pages = pages_of(exported(chapter(f"{LONG} " * 3, number=1)))
    begins = next(n for n, page in enumerate(pages) if "The Storm" in page)

    assert "the storm" in pages[begins + 2].splitlines()[0].lower()
    assert "the long tide" in pages[begins + 1].splitlines()[0].lower()
    assert pages[begins].strip().lower().startswith("chapter 1")
    assert all(len(page.split()) != 1 for page in pages)


def test_a_note_stands_at_the_foot_of_the_page_that_refers_to_it():
    (page,) = (
        p for p in pages_of(exported(chapter("Rain.[^a]\n\nWind.\n\n[^a]: Wet."))) if "Rain." in p
    )

    assert page.index("Wind.") < page.index("Wet.")


def test_an_index_leads_to_the_pages_that_name_its_words():
    text = f"The quay.\n\n{LONG} {LONG}\n\nThe Quay again."
    index = replace(back("index", "", "Index"), headwords=(Headword("Quay", chapters=(1,)),))
    pages = pages_of(exported(chapter(text, number=1), index))
    (last,) = (page for page in pages if "Index" in page and "Contents" not in page)
    (page,) = (page for page in pages if "Quay again" in page)
    again = next(word for word in page.split() if word.isdigit())

    assert f"Quay, 1, {again}\n" in last


def test_what_no_chapter_names_leads_to_where_the_chapter_begins():
    glossary = replace(
        back("glossary", "", "Glossary"), headwords=(Headword("Fo'c'sle", "A cabin.", (1,)),)
    )
    pages = pages_of(exported(chapter("Rain.", number=1), glossary))

    assert any("Fo’c’sle: A cabin. 1" in page for page in pages)


def test_parts_have_a_right_hand_page_of_their_own():
    part = Section("part", Part.BODY, "", "Ebb", "", 1)
    pages = pages_of(exported(part, replace(chapter("Rain.", number=1), within=True)))
    opens = next(
        n for n, page in enumerate(pages, start=1) if "Ebb" in page and "Contents" not in page
    )

    assert opens % 2 == 1
    assert pages[opens].split() == []


def test_no_title_is_divided_neither_where_it_stands_nor_in_the_contents():
    title = "Part I: The Extraordinarily Unaccommodating Buccaneers of Internationalisation"
    part = Section("part", Part.BODY, "", title, "", 1)
    inside = (replace(chapter("Rain.", title=title, number=n), within=True) for n in (1, 2))
    pages = "\n".join(pages_of(exported(part, *inside, trim="5x8", theme="modern")))

    assert not re.search(r"[a-z][-\u2010\xad]\s", pages)


@pytest.mark.parametrize("standard", ["", "ua-1"])
def test_images_are_printed_and_those_that_cannot_be_leave_their_words(standard):
    heard = []
    images = {"a.png": png(), "b.svg": SVG, "broken.png": png()[:40] + png()[-12:], "c.gif": GIF}
    text = "![A light](a.png) ![](b.svg)\n\n![A wreck](broken.png) ![Sea](c.gif)"
    manuscript = replace(
        book(replace(chapter(text), path="3.md")),
        image=images.get,
        warn=heard.append,
        edition=Edition(pdf_standard=standard),
    )
    pdf = Pdf().export(manuscript)

    assert heard == ["The image `broken.png` cannot be printed."]
    assert "[A wreck]" in text_of(pdf)
    assert run("pdfimages", "-list", "-", pdf=pdf).count("image") >= 2


def test_links_between_chapters_lead_there():
    first = replace(chapter("To [the end](2.md#calm-sea).", number=1), path="1.md")
    last = replace(chapter("# Calm Sea\n\nIt ends.", title="End", number=2), path="2.md")

    assert page_count(exported(first, last, front("dedication", "[On](1.md)", "x"))) % 2 == 0


def test_links_lead_to_whatever_has_a_name_and_one_to_nothing_that_is_printed_keeps_its_words():
    text = (
        "{#a}\nPara.\n\n[span]{#b} and\n\n{#c}\n> Said.\n\n{#d}\n- one\n\n<a id='e'></a>\n\n"
        "Note.[^1]\n\n[^1]: Said [here]{#f}.\n\n[one](#a), [two](#b), [three](#c), [four](#d), [five](#e), [six](#f)"
    )
    pdf = exported(chapter(text), raw_html=True, pdf_standard="ua-1")

    assert "one, two, three, four, five, six" in text_of(pdf)
    assert pdf.count(b"/Subtype/Link") >= 5


def test_a_word_of_code_that_is_longer_than_a_line_is_broken_within_the_page():
    words = ("some.module.with_a.path/" * 6, "5f4dcc3b5aa765d6" * 8)
    pdf = exported(chapter(" and ".join(f"`{word}`" for word in words)))
    right = re.findall(r'xMax="([\d.]+)"', run("pdftotext", "-bbox", "-", "-", pdf=pdf))

    assert max(map(float, right)) <= TRIMS["6x9"].width - TRIMS["6x9"].outside + 1


def test_what_an_author_says_in_braces_is_heeded():
    text = "{.verse lang=fr}\nUne ligne\n\n[Small]{.smallcaps} and [**bold** _it_]{#x lang=de}.\n\n{.center}\nMid\n\nTerm\n: Meaning\n\n  {.letter}\n  > Dear\n\n$x^2$"

    shown = text_of(exported(chapter(text), pdf_standard="ua-1"))

    assert [w for w in ("Une", "Mid", "Term", "Meaning", "Dear", "bold") if w not in shown] == []


FORMULAS = [
    r"x^2",
    r"\frac{a+b}{\sqrt[3]{c}}",
    r"\sum_{i=1}^n \alpha_i \leq \int_0^\infty e^{-x}dx",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\hat{x} \overline{ab} \underline{c} \text{if } x, y; #z",
    r"\lim_{x \to 0} \sin(x) \quad \vec{v} \mathbb{R} | \{a\}",
    r"\sqrt{" * 40 + "x" + "}" * 40,
    r"\binom{n}{k} \left( \frac{1}{2} \right] \cases{a & b}",
    r"\begin{aligned} a &= b + c \label{x} \\ d &= e \end{aligned}",
    r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
    r"\begin{vmatrix} a & b \end{vmatrix} - (c + \begin{matrix} d \end{matrix}",
]


@pytest.mark.parametrize("latex", FORMULAS)
def test_a_formula_is_set_for_all_readers(latex):
    pdf = exported(chapter(f"Let ${latex}$ be so.\n\n$$\n{latex}\n$$\n"), pdf_standard="ua-1")

    assert "be so." in text_of(pdf)


def test_brackets_are_as_tall_as_the_matrix_between_them():
    matrix = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"

    set_ = formula(rf"{matrix} \cdot x", is_block=True)

    assert r"lr(\( mat(delim: #none, a, b; c, d) \))" in set_


def test_equations_below_one_another_meet_at_their_signs():
    set_ = formula(r"\begin{align} a &= b \nonumber \\ c &= d \end{align}", is_block=True)

    assert r"mat(delim: #none, a & " in set_


def test_a_line_of_code_without_a_space_stays_on_the_sheet():
    shown = text_of(exported(chapter("```\n" + "0123456789" * 12 + "\n```\n")))

    assert "0123456789" * 12 not in shown.split()
    assert "0123456789" * 12 in shown.replace(" ", "").replace("\u200b", "")


def test_a_title_that_is_read_the_other_way_leaves_its_page_number_where_all_are():
    pdf = exported(chapter("Rain.", title="لغات"), chapter("Snow.", title="Snow"))

    rows = [line for line in pages_of(pdf)[2].splitlines() if " . . " in line]
    assert [row.split()[-1].strip("\u200e\u202c\u202a") for row in rows] == ["1", "2"]


@pytest.mark.parametrize(
    ("begins", "initial"),
    [("Rain fell", "R"), ("“Rain", "“R"), ("*Rain* fell", ""), ("قال", ""), ("Quay", "Q")],
)
def test_a_large_initial_is_a_letter_that_may_stand_apart(begins, initial):
    index = replace(back("index", "", "Index"), headwords=(Headword("Quay", chapters=(1,)),))
    manuscript = book(chapter(f"{begins} {LONG}", number=1), index)
    markup = "".join(sections(manuscript, Shelf(manuscript)))

    assert re.findall(r"#opening\(\[([^\]]+)\]", markup) == [initial] * bool(initial)


def test_a_large_initial_begins_the_text_below_an_epigraph_and_not_below_a_letter():
    below = [f"> Words.\n> — Ann\n\n{LONG}", f"> Dear Ann.\n\n{LONG}"]
    made = [book(chapter(text, number=1)) for text in below]

    markups = ["".join(sections(manuscript, Shelf(manuscript))) for manuscript in made]
    assert ["#opening(" in markup for markup in markups] == [True, False]


def test_each_line_of_verse_hangs_by_itself():
    lines = ["Rain", "and then " + " ".join(["more rain"] * 14), "snow"]

    (page,) = (p for p in pages_of(exported(chapter("\\\n".join(lines)))) if "snow" in p)
    shown = {
        line.split()[0]: len(line) - len(line.lstrip())
        for line in page.splitlines()
        if line.strip()
    }
    assert shown["Rain"] == shown["and"] == shown["snow"] < shown["more"]


def test_no_chapter_ends_with_a_line_or_two_on_a_page_of_their_own():
    chapters = [chapter("Rain.\n\n" * lines, number=lines) for lines in range(110, 150)]

    pages = [page.count("Rain.") for page in pages_of(exported(*chapters))]
    assert sum(pages) == sum(range(110, 150))
    assert min(filter(None, pages)) > 2


def test_a_dedication_has_no_title_and_no_number():
    pages = pages_of(exported(front("dedication", "For Ann.", "Dedication"), chapter("Rain.")))

    assert ["For", "Ann."] in [page.split() for page in pages]


@pytest.mark.parametrize("theme", ["classic", "modern", "plain", "manual"])
def test_a_book_may_look_in_several_ways(theme):
    assert "word399" in text_of(exported(chapter(LONG), theme=theme))


def test_words_are_divided_as_their_language_divides_them():
    text = "Donaudampfschifffahrtsgesellschaft und Rindfleischetikettierung " * 30

    assert re.search(
        r"\w\xad\n", "\n".join(pages_of(exported(chapter(text), language="de", trim="5x8")))
    )


def test_a_book_read_from_right_to_left_is_printed_where_the_fonts_can():
    text = (CASES / "books" / "ar.md").read_text("utf-8")

    assert page_count(exported(chapter(text), language="ar")) % 2 == 0
    assert page_count(exported(chapter("שלום עולם"), language="he")) % 2 == 0


def test_a_book_whose_letters_no_font_has_is_refused_in_a_sentence():
    with pytest.raises(Unprintable, match="EPUB and HTML"):
        exported(chapter((CASES / "books" / "zh.md").read_text("utf-8")), language="zh")


def test_a_picture_among_letters_that_no_font_has_is_told_of():
    heard = []
    Pdf().export(replace(book(chapter(f"{LONG} 🌊")), warn=heard.append))

    assert heard == ["The fonts of the printer lack 1 characters: 🌊"]


def test_so_is_one_in_a_title():
    heard = []
    Pdf().export(replace(book(chapter(LONG)), title="🌊", warn=heard.append))

    assert heard == ["The fonts of the printer lack 1 characters: 🌊"]


@pytest.mark.parametrize(
    ("setting", "known"), [("trim", "6x9"), ("theme", "classic"), ("pdf_standard", "ua-1")]
)
def test_what_cannot_be_is_refused_with_what_can(setting, known):
    with pytest.raises(SettingsError, match=known):
        exported(chapter("Rain."), **{setting: "stone"})


def test_the_file_says_whose_book_it_is_and_when_it_last_changed():
    facts = facts_of(
        Pdf().export(replace(book(chapter("Rain.")), modified=datetime(2026, 5, 17, tzinfo=UTC)))
    )

    assert facts["Title"] == "The Long Tide"
    assert facts["Author"] == "Ada Quill"
    assert facts["CreationDate"].startswith("Sun May 17")


def test_all_fonts_are_in_the_file():
    rows = run("pdffonts", "-", pdf=Pdf().export(every_construct())).splitlines()[2:]

    assert rows
    assert all(row.split()[-5:-3] == ["yes", "yes"] for row in rows)


def test_a_book_without_sections_or_words_is_still_a_book():
    nameless = replace(BOOK, title="", author="", language="", sections=())

    assert "Untitled" in text_of(Pdf().export(nameless))


def test_the_engine_is_not_loaded_with_the_program():
    code = "import sys, l2mac_write.exporters; sys.exit('typst' in sys.modules or 'PIL' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
