"""What stands around the chapters: only what was asked for, and what code can make by itself."""

import pytest
from lxml import etree

from l2mac_write.book import Brief
from l2mac_write.evaluators.coverage import judge as coverage
from l2mac_write.exporters import EXPORTERS
from l2mac_write.llm.scripted import says
from l2mac_write.machine.binding import bound
from l2mac_write.plan_file import load
from tests.evaluators.works import work
from tests.exporters.books import BOOK, files
from tests.exporters.epubchecked import complaints, verdict_on
from tests.machine.machines import WHOLE_BOOK, machine, plan, prose

BIBLE, FERRY, SUM, FLOOD, SUM_TOO, COVER = WHOLE_BOOK[1:]
ASKED = Brief(
    "A tale of two ferrymen. For Rosa. Thank Ugo, and add a preface.", chapters=2, words=600
)
PREFACE = prose(120, about="preface")
AROUND = (says("For Rosa"), PREFACE, says("Thanks to Ugo."))


def manuscript(run, brief):
    made = load(run.book.read("plan.toml"))
    return bound(brief, made, run.book, modified=BOOK.modified, written_by="m")


def written(*around, brief=ASKED, **planned):
    run = machine(plan(**planned), BIBLE, FERRY, SUM, FLOOD, SUM_TOO, COVER, *around, brief=brief)
    assert run.run().is_done
    return run


def test_dedication_preface_and_acknowledgements_stand_where_they_belong():
    everything = ["dedication", "preface", "acknowledgements", "glossary", "index"]
    ansel = {"name": "Ansel", "who": "a ferryman"}
    run = written(*AROUND, matter=everything, people=[ansel])

    sections = manuscript(run, ASKED).sections
    assert [section.kind for section in sections] == [
        "dedication", "preface", "chapter", "chapter", "acknowledgments", "index",
    ]  # fmt: skip
    assert [sections[0].markdown, sections[4].markdown] == ["For Rosa", "Thanks to Ugo."]


def test_nothing_of_it_is_there_that_was_not_asked_for():
    run = written()

    assert [section.kind for section in manuscript(run, ASKED).sections] == ["chapter", "chapter"]
    assert sorted(p for p in run.book.paths() if not p.startswith(("chapters/", "notes/"))) == [
        "front/about.md", "plan.toml",
    ]  # fmt: skip


def test_whoever_writes_them_reads_the_request_whole_and_is_told_to_add_nobody():
    brief = Brief(f"{ASKED.prompt} {'Rain. ' * 400}For Rosa, again.", chapters=2, words=600)
    run = written(says("For Rosa"), matter=["dedication"], brief=brief)

    assert "For Rosa, again." in run.llm.heard[-1].system
    assert "No name, memory, verse or quotation" in run.told(len(run.llm.heard)).text


def test_somebody_who_is_thanked_unasked_goes_back_to_the_author():
    run = written(says("Thanks to Dora."), says("Thanks to Ugo."), matter=["acknowledgements"])

    assert run.book.read("back/acknowledgements.md").strip() == "Thanks to Ugo."


def test_a_plan_of_what_is_around_the_chapters_covers_its_wishes():
    def left(matter):
        text = (
            f'title = "T"\npremise = "P"\nstyle = ""\nrequirements = ["A tale.", "For Rosa."]\n'
            f'matter = [{matter}]\n[[chapter]]\ntitle = "A"\ngoal = "g"\nwords = 9\ncovers = [1]\n'
        )
        return [finding.code for finding in coverage(work(text))]

    assert left("") == ["PLT-COVER"]
    assert left('"dedication"') == []


FACTS = {
    "en": ("Glossary", "Index", "1. The Ferry"),
    "de": ("Glossar", "Register", "1. The Ferry"),
}


@pytest.mark.parametrize("language", FACTS)
def test_a_book_of_facts_ends_with_glossary_and_index(language, tmp_path):
    glossary, index, ferry = FACTS[language]
    brief = Brief("Two ferrymen.", chapters=2, words=600, language=language)
    terms = [{"name": "Stone", "what": "What is counted."}, {"name": "keel", "what": "Unused."}]
    run = written(brief=brief, fiction=False, terms=terms)
    book = manuscript(run, brief)

    exported = EXPORTERS["html"].export(book)
    tree = etree.fromstring(exported)
    rows = tree.xpath("//section[@role='doc-glossary']//dt | //section[@role='doc-index']//dt")
    assert [row.text for row in rows] == ["Stone", "Stone"]
    assert [h.text for h in tree.xpath("//h2/span")][-2:] == [glossary, index]
    links = tree.xpath("//dl//a")
    assert [link.text for link in links] == [ferry, ferry, "2. The Flood"]
    assert all(tree.xpath(f"//section[@id='{link.get('href')[1:]}']") for link in links)

    (tmp_path / "book.epub").write_bytes(EXPORTERS["epub"].export(book))
    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []
    pages = files((tmp_path / "book.epub").read_bytes())
    for page in ("glossary", "index"):
        for link in etree.fromstring(pages[f"EPUB/text/{page}.xhtml"].encode()).xpath("//@href")[
            1:
        ]:
            assert f"EPUB/text/{link}" in pages
    assert EXPORTERS["html"].export(manuscript(run, brief)) == exported
