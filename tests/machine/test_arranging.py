"""A plan may be changed at any time: what is written is found where it belongs now, untouched."""

import re
from contextlib import closing

import pytest

from l2mac_write import library, open_book
from l2mac_write.book import Brief
from l2mac_write.errors import UsageError
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.instructions import Outcome
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.desk import Desk
from l2mac_write.plan import PLAN
from l2mac_write.programs.words import ProgramWords
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from l2mac_write.text.headings import body
from tests.machine.machines import program

BRIEF = Brief("A tale of two ferrymen.", chapters=4, words=1200)
TITLES = ("The Ferry", "The Lamp", "The Flood", "The Bank")
HEAD = 'title = "Two Banks"\npremise = "One river."\nstyle = ""\n'


def chapter(title, *, name="", goal="It changes.", **_):
    given = f'id = "{name}"\n' if name else ""
    return f'[[chapter]]\n{given}title = "{title}"\ngoal = "{goal}"\nwords = 300\n'


def toml(*chapters):
    return HEAD + "\n".join(chapters)


FIRST = [chapter(title, name=title.split()[1].lower()) for title in TITLES]
FERRY, LAMP, FLOOD, BANK = FIRST


def unit(book, llm=None):
    return ControlUnit(
        program=program(), brief=BRIEF, llm=llm or Rehearsal(), store=book, journal=book,
        passages=IndexedPassages(book.rows),
        ledger=StoredLedger(book.rows),
        prompts=ProgramWords("book"), evaluators=EVALUATORS, tell=lambda _: None,
    )  # fmt: skip


def run(book, llm=None):
    return unit(book, llm).run()


@pytest.fixture
def book():
    """Four chapters, written by this plan."""
    book = MemoryBook({PLAN: toml(*FIRST)})
    book.commit(Outcome("plan", writes=PLAN), {})
    run(book)
    return book


def texts(book):
    """What each chapter says, by its title."""
    files = [book.read(path) for path in book.paths() if path.startswith("chapters/")]
    return {text.partition("\n")[0].removeprefix("# "): body(text) for text in files}


def paths(book):
    return [path for path in book.paths() if path.startswith(("chapters/", "removed/"))]


class Counting(Rehearsal):
    calls = 0

    def reply(self, request, hear):
        self.calls += 1
        return super().reply(request, hear)


@pytest.mark.parametrize(
    ("plan", "places"),
    [
        (toml(FERRY, FLOOD, LAMP, BANK), ["01-the-ferry", "02-the-flood", "03-the-lamp", "04-the-bank"]),
        (toml(BANK, FERRY, LAMP, FLOOD), ["01-the-bank", "02-the-ferry", "03-the-lamp", "04-the-flood"]),
        (
            toml(FERRY, chapter("The Light", name="lamp"), FLOOD, BANK),
            ["01-the-ferry", "02-the-light", "03-the-flood", "04-the-bank"],
        ),
        (toml(chapter("The Lamp", name="ferry"), chapter("The Ferry", name="lamp"), FLOOD, BANK),
         ["01-the-lamp", "02-the-ferry", "03-the-flood", "04-the-bank"]),
    ],
    ids=["two change places", "the last comes first", "one is renamed", "two change names"],
)  # fmt: skip
def test_chapters_that_are_moved_or_renamed_cost_no_call_and_keep_every_word(book, plan, places):
    before = texts(book)
    book.edit(PLAN, plan)
    llm = Counting()
    run(book, llm)

    assert llm.calls == 0
    assert paths(book) == [f"chapters/{name}.md" for name in places]
    assert sorted(texts(book).values()) == sorted(before.values())
    assert all(book.read(p).startswith("# The ") for p in paths(book))


def test_a_chapter_that_is_added_is_written_and_the_others_move_up(book):
    before = texts(book)
    book.edit(PLAN, toml(FERRY, chapter("The Rope"), LAMP, FLOOD, BANK))
    llm = Counting()
    run(book, llm)

    assert llm.calls == 6
    assert paths(book)[1:3] == ["chapters/02-the-rope.md", "chapters/03-the-lamp.md"]
    assert before.items() < texts(book).items()


def test_a_chapter_at_the_end_waits_for_one_that_is_put_in_however_far_before(book):
    book.edit(PLAN, toml(FERRY, chapter("The Rope"), LAMP, FLOOD, BANK, chapter("The End")))
    ready = [instruction.id for instruction in unit(book).registry().ready]

    assert ready == ["chapter/the-rope"]


def test_a_chapter_that_is_taken_out_is_kept_aside_unseen_by_agents_and_can_come_back(book):
    before = texts(book)
    book.edit(PLAN, toml(FERRY, FLOOD, BANK))
    run(book)
    without = paths(book)
    hidden = [path for path in without if path not in Desk(book, "").paths()]
    book.edit(PLAN, toml(*FIRST))
    llm = Counting()
    run(book, llm)

    assert "chapters/02-the-flood.md" in without
    assert hidden == [
        f"removed/{step}/lamp.md" for step in ("chapter", "facts", "judge", "summary")
    ]
    assert (llm.calls, texts(book)) == (0, before)


def test_what_a_person_wrote_moves_with_its_chapter(book):
    book.edit("chapters/02-the-lamp.md", "# The Lamp\n\nMine alone.\n")
    book.edit(PLAN, toml(LAMP, FERRY, FLOOD, BANK))
    run(book)

    assert book.read("chapters/01-the-lamp.md") == "# The Lamp\n\nMine alone.\n"


def test_a_file_of_a_persons_that_is_in_the_way_stays(book):
    book.edit("chapters/01-the-lamp.md", "A note of mine.\n")
    book.edit(PLAN, toml(LAMP, FERRY, FLOOD, BANK))
    run(book)

    assert book.read("chapters/01-the-lamp.md") == "A note of mine.\n"
    assert "chapters/01-the-lamp.agent.md" in book.paths()


def test_on_disk_an_export_follows_the_plan_before_anything_is_resumed(tmp_path):
    root = tmp_path / "book"
    settings = Settings(prompt="A tale.", chapters=3, words=600)
    with closing(BookFolder.create(root)) as folder:
        library.write(folder, settings, Rehearsal())
    tables = (root / PLAN).read_text().split("\n[[chapter]]")
    (root / PLAN).write_text("\n[[chapter]]".join([tables[0], tables[2], tables[1], tables[3]]))
    exported = open_book(root).export("markdown").read_text()
    states = open_book(root).chapters
    with closing(BookFolder.open(root)) as folder:
        library.write(folder, settings, Rehearsal())
    titles = [path.read_text().partition("\n")[0][2:] for path in sorted(root.glob("chapters/*"))]

    assert [state.words for state in states] == [state.target for state in states]
    assert [exported.index(title) for title in titles] == sorted(map(exported.index, titles))
    assert [path.name[:3] for path in sorted(root.glob("chapters/*"))] == ["01-", "02-", "03-"]


def test_a_plan_that_is_broken_while_the_book_is_written_stops_it_and_costs_nothing(book):
    class Meddling(Counting):
        def reply(self, request, hear):
            book.edit(PLAN, toml(FERRY, "[[chapter]]\ntitle = 7\n"))
            return super().reply(request, hear)

    book.edit(PLAN, toml(*FIRST, chapter("The Sea"), chapter("The End")))
    llm = Meddling()
    with pytest.raises(UsageError, match=r"line \d+: .*chapter 2"):
        run(book, llm)
    book.edit(PLAN, toml(*FIRST, chapter("The Sea"), chapter("The End")))

    assert llm.calls == 1
    assert re.search("The Sea", "\n".join(texts(book)))


def test_a_chapter_that_is_taken_out_while_it_is_written_is_kept_aside(book):
    class Meddling(Rehearsal):
        def reply(self, request, hear):
            book.edit(PLAN, toml(*FIRST))
            return super().reply(request, hear)

    book.edit(PLAN, toml(*FIRST, chapter("The Sea")))
    run(book, Meddling())
    run(book)

    assert [path for path in paths(book) if "sea" in path] == ["removed/chapter/the-sea.md"]
