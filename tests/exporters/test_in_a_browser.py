"""What a reader gets who opens the site or the single file from a disk, in a real browser."""

from dataclasses import replace

import pytest

from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.store.exported import write_folder
from tests.exporters.axed import violations
from tests.exporters.books import book, chapter, every_construct
from tests.exporters.chromium import browser as started

LONG = "\n\n".join(f"Wave {n} broke on the harbour wall and was gone again." for n in range(90))
BOOK = book(
    chapter(f"The first tide came.\n\n{LONG}", title="Low Water", number=1),
    chapter(
        f"“Élan,” said the pilot.[^1]\n\n## The Gate\n\n{LONG}\n\nA *heron* stood.\n\n[^1]: So he said.",
        title="The Storm",
        number=2,
    ),
    chapter("Sun.", title="The Calm", number=3),
)
HITS = "[...document.querySelectorAll('dialog li')].map((hit) => hit.textContent)"
ROUNDS = 10
DESK, PHONE = (1280, 900), (390, 780)
THEMES = ("light", "sepia", "dark")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with started(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Where the book lies as a site, as one file, and with all that Markdown can say."""
    place = tmp_path_factory.mktemp("shelf")
    write_folder(place / "site", FOLDERS["site"].files(BOOK))
    write_folder(place / "odd", FOLDERS["site"].files(every_construct()))
    write_folder(place / "rtl", FOLDERS["site"].files(replace(BOOK, language="ar")))
    (place / "book.html").write_bytes(EXPORTERS["html"].export(BOOK))
    return place.as_uri()


@pytest.fixture
def reader(browser):
    """A reader who has never opened a book before; afterwards no page may have met an error."""
    browser.forget()
    browser.size(*DESK)
    browser.scheme("light")
    yield browser
    assert browser.says == []


def open_page(browser, address):
    browser.open(address)
    browser.until("document.getElementById('percent').textContent")


def keeps(browser, act, claim):
    """Whether what was done holds on the page that it led to.

    Chromium on a busy machine may lose what a page kept just before it was left: it is done again.
    """
    for _ in range(ROUNDS):
        act()
        if browser.run(f"Boolean({claim})"):
            return True
    return False


def search(browser, words):
    browser.press("/")
    browser.until("document.querySelector('dialog').open && scanned")
    browser.write(words)


@pytest.mark.parametrize("page", ["site/chapter-2.html", "book.html"])
def test_the_search_finds_words_however_they_are_spelled_and_leads_to_them(reader, shelf, page):
    open_page(reader, f"{shelf}/{page}")
    search(reader, "elan PILOT")

    reader.shows(HITS, ["Chapter 2 The Storm“Élan,” said the pilot."])
    reader.press("Enter")
    reader.until(
        "location.hash.startsWith('#chapter-2:0') && CSS.highlights.get('found')?.size === 2"
    )


def test_the_search_leads_to_other_pages(reader, shelf):
    open_page(reader, f"{shelf}/site/chapter-1.html")
    search(reader, "heron")
    reader.press("Enter")
    reader.until(
        "location.pathname.endsWith('chapter-2.html') && CSS.highlights.get('found')?.size"
    )

    seen = "[...CSS.highlights.get('found')][0].getBoundingClientRect().top"
    reader.until(f"0 < {seen} && {seen} < {DESK[1]}")


def test_words_in_quotes_are_found_together_and_nothing_is_said_to_be_nothing(reader, shelf):
    open_page(reader, f"{shelf}/site/index.html")
    search(reader, '"wave 17 broke"')
    reader.shows(f"{HITS}.length", 2)

    reader.run("document.querySelector('dialog input').value = ''")
    reader.write("albatross")
    reader.shows("document.querySelector('.count').textContent", "Nothing found")


def test_what_is_found_is_shown_where_its_words_stand_together(reader, shelf):
    open_page(reader, f"{shelf}/site/index.html")
    text = f"A pond. {'Dull words. ' * 40}The pond in winter froze over."
    parts = reader.run(
        f"quoted('{text}', ['pond', 'winter']).map((part) => part.textContent ?? part)"
    )

    assert "".join(parts).startswith("… ")
    assert "".join(parts).endswith("Dull words. The pond in winter froze over.")
    assert parts.count("pond") == parts.count("winter") == 1


def test_the_arrow_keys_turn_the_pages(reader, shelf):
    open_page(reader, f"{shelf}/site/chapter-2.html")
    reader.press("ArrowRight")
    reader.until("location.pathname.endsWith('chapter-3.html') && globalThis.turn")
    reader.press("ArrowLeft")
    reader.until("location.pathname.endsWith('chapter-2.html')")


def test_in_a_book_from_right_to_left_the_left_arrow_leads_on(reader, shelf):
    open_page(reader, f"{shelf}/rtl/chapter-2.html")
    reader.press("ArrowLeft")
    reader.until("location.pathname.endsWith('chapter-3.html')")


def test_in_the_single_file_the_arrow_keys_go_from_chapter_to_chapter(reader, shelf):
    open_page(reader, f"{shelf}/book.html")
    reader.press("ArrowRight")
    reader.until("location.hash === '#chapter-1'")


@pytest.mark.parametrize("page", ["site/chapter-2.html", "book.html"])
def test_a_note_opens_where_it_is_called_and_escape_closes_it(reader, shelf, page):
    open_page(reader, f"{shelf}/{page}")
    reader.run("document.querySelector('.noteref').click()")

    reader.until(
        "document.querySelector('.bubble:popover-open')?.textContent.trim().endsWith('So he said.')"
    )
    reader.press("Escape")
    reader.until("!document.querySelector('.bubble:popover-open')")


@pytest.mark.parametrize("page", ["site/chapter-2.html", "book.html"])
def test_colours_and_type_size_are_kept_for_the_next_page(reader, shelf, page):
    open_page(reader, f"{shelf}/{page}")
    before = reader.run("parseFloat(getComputedStyle(document.documentElement).fontSize)")

    def choose():
        reader.run("document.querySelector('[value=sepia]').click()")
        reader.run("document.querySelector('.sizes [value=\"1\"]').click()")
        reader.shows("document.documentElement.dataset.theme", "sepia")
        open_page(reader, f"{shelf}/{page}")

    larger = f"parseFloat(getComputedStyle(document.documentElement).fontSize) > {before}"
    assert keeps(reader, choose, f"document.documentElement.dataset.theme === 'sepia' && {larger}")
    reader.shows("getComputedStyle(document.body).backgroundColor", "rgb(243, 231, 208)")


def test_without_a_choice_the_colours_are_those_of_the_system(reader, shelf):
    reader.scheme("dark")
    open_page(reader, f"{shelf}/site/chapter-1.html")

    reader.shows("getComputedStyle(document.body).backgroundColor", "rgb(23, 22, 26)")


@pytest.mark.parametrize(
    ("page", "start"), [("site/chapter-2.html", "site/index.html"), ("book.html", "book.html")]
)
def test_the_place_is_remembered_and_offered_at_the_start(reader, shelf, page, start):
    def read():
        open_page(reader, f"{shelf}/{page}")
        reader.run("pieces('chapter-2')[40].scrollIntoView({ behavior: 'instant' })")
        reader.until("kept.get(book)?.includes('chapter-2')")
        open_page(reader, f"{shelf}/{start}")

    assert keeps(reader, read, "!document.getElementById('resume').hidden")
    reader.until("document.getElementById('resume').textContent.endsWith(': The Storm')")
    reader.run("document.getElementById('resume').click()")
    reader.until(
        "Math.abs(globalThis.pieces?.('chapter-2')[40]?.getBoundingClientRect().top ?? 999) < 160"
    )


def test_progress_counts_the_whole_book(reader, shelf):
    open_page(reader, f"{shelf}/site/chapter-2.html")
    percent = "parseInt(document.getElementById('percent').textContent)"
    reader.until(f"40 < {percent} && {percent} < 60")

    open_page(reader, f"{shelf}/site/chapter-3.html")
    reader.until("document.getElementById('percent').textContent === '100 %'")


def test_progress_follows_a_page_that_grows(reader, shelf):
    open_page(reader, f"{shelf}/site/chapter-3.html")
    reader.until("document.getElementById('percent').textContent === '100 %'")

    reader.run("document.querySelector('main').style.paddingBottom = '4000px'")
    reader.until("document.getElementById('percent').textContent === '99 %'")


def test_every_heading_has_a_link_to_itself(reader, shelf):
    open_page(reader, f"{shelf}/site/chapter-2.html")

    links = "[...document.querySelectorAll('main .here')].map((a) => a.hash)"
    reader.shows(links, ["#chapter-2-title", "#chapter-2-the-gate"])


def test_without_scripts_the_book_can_be_read_and_the_contents_be_opened(reader, shelf):
    reader.size(*PHONE)
    reader.scripts(allowed=False)
    reader.open(f"{shelf}/site/chapter-2.html")
    shown = "getComputedStyle(document.querySelector('{}')).display"

    reader.shows(shown.format(".tools"), "none")
    reader.shows(shown.format(".text p"), "block")
    reader.shows(shown.format(".side"), "none")
    reader.run("document.querySelector('.toggle').click()")
    reader.shows(shown.format(".side"), "block")
    reader.scripts(allowed=True)


def test_a_script_in_the_page_that_is_not_ours_does_not_run(browser, shelf, tmp_path):
    page = (
        EXPORTERS["html"].export(BOOK).replace(b"<main", b"<script>window.hurt = 1</script><main")
    )
    (tmp_path / "hurt.html").write_bytes(page)
    open_page(browser, (tmp_path / "hurt.html").as_uri())

    assert browser.run("globalThis.hurt") is None
    browser.hears("Content Security Policy")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "page",
    [
        "site/index.html",
        "site/chapter-2.html",
        "site/404.html",
        "odd/whole.html",
    ],
)
def test_axe_finds_nothing_that_keeps_anybody_from_reading(reader, shelf, page, theme, size):
    reader.size(*size)
    reader.open(f"{shelf}/{page}")
    reader.run(f"document.documentElement.dataset.theme = '{theme}'")

    assert violations(reader) == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_what_a_reader_opens(reader, shelf, theme):
    open_page(reader, f"{shelf}/site/chapter-2.html")
    reader.run(f"document.documentElement.dataset.theme = '{theme}'")
    reader.run("document.getElementById('appearance').showPopover()")
    assert violations(reader) == []

    reader.run("document.querySelector('.noteref').click()")
    assert violations(reader) == []
    reader.press("Escape")
    search(reader, "wave")
    assert violations(reader) == []
