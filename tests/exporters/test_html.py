"""The HTML file: whole in itself, and readable by everyone."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from l2mac_write.edition import Edition
from l2mac_write.exporters import EXPORTERS
from tests.exporters.books import book, chapter, every_construct, front

SMALL = book(front("preface", "Why.", "Preface"), chapter("## Later\n\nRain."))


def exported(manuscript=SMALL) -> str:
    return EXPORTERS["html"].export(manuscript).decode()


def tree(manuscript=SMALL):
    return etree.fromstring(exported(manuscript).encode())


def test_it_is_html5_in_the_book_s_language():
    assert exported().startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">')
    assert '<html lang="fa" dir="rtl">' in exported(replace(SMALL, language="fa"))


def test_the_browser_is_told_to_load_nothing_and_to_run_only_what_is_named_by_its_hash():
    (policy,) = tree().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"].split() == hashes("script")
    assert rules["style-src"].split() == hashes("style")
    assert not tree().xpath("//script/@src | //link | //img | //@style")
    assert "url(" not in exported()
    assert "@import" not in exported()


def hashes(name):
    contents = re.findall(f"<{name}>(.*?)</{name}>", exported(), re.DOTALL)
    digests = (hashlib.sha256(content.encode()).digest() for content in contents)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def test_search_engines_are_told_that_it_is_a_book_and_whose():
    edition = Edition(series="Tides", volume=2, isbn="9780306406157", publisher="Salt & <Sons>")
    told = json.loads(tree(replace(SMALL, edition=edition)).xpath("//script[@type]")[0].text)

    assert told["@type"] == "Book"
    assert told["author"] == {"@type": "Person", "name": "Ada Quill"}
    assert told["isPartOf"] == {"@type": "BookSeries", "name": "Tides"}
    assert (told["position"], told["isbn"]) == ("2", "9780306406157")
    assert told["publisher"]["name"] == "Salt & <Sons>"
    assert tree().xpath("//meta[@property='og:title']/@content") == ["The Long Tide"]


def test_no_title_ends_the_script_it_is_told_in():
    told = tree(replace(SMALL, title="</script><script>alert(1)</script>")).xpath("//script[@type]")

    assert json.loads(told[0].text)["name"].startswith("</script>")
    assert "</script><" not in exported(replace(SMALL, title="</script><script>alert(1)"))


def test_headings_go_down_one_step_at_a_time():
    levels = [
        int(h.tag[1]) for h in tree(every_construct()).iter("h1", "h2", "h3", "h4", "h5", "h6")
    ]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_contents_name_every_section_and_lead_to_it():
    links = tree().xpath("//nav//a/@href")

    assert links == ["#preface", "#chapter-3"]
    assert set(tree().xpath("//main/section/@id")) == {"preface", "chapter-3"}


def test_a_keyboard_reader_can_skip_to_the_text():
    assert tree().xpath("//body/*[1]/@href") == ["#text"]
    assert tree().xpath("//main/@id") == ["text"]


def test_a_chapter_s_number_stands_above_its_title_once():
    for title in ("The Storm", "Chapter 3: The Storm", "Chapter Three — The Storm"):
        heading = tree(book(chapter("Rain.", title=title))).xpath("//main//h2")[0]
        assert "".join(heading.itertext()) == "Chapter 3 The Storm"


def test_a_title_that_is_its_own_number_gets_no_other():
    for title in ("III", "Chapter 3", "3. The Storm", "Three"):
        heading = tree(book(chapter("Rain.", title=title))).xpath("//main//h2")[0]
        assert "".join(heading.itertext()) == title


def test_the_number_is_said_in_the_book_s_language():
    said = {
        "en": "Chapter 3",
        "fr": "Chapitre 3",
        "de": "Kapitel 3",
        "es-MX": "Capítulo 3",
        "ja": "第3章",
        "ka": "3",
    }
    for language, label in said.items():
        assert f'<span class="label">{label}</span>' in exported(replace(SMALL, language=language))


def test_the_colophon_tells_how_the_book_was_made():
    assert "written by the language model a-model-7" in exported()
    assert "language model" not in exported(replace(SMALL, written_by=""))
