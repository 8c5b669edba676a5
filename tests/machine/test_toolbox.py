"""What an agent may do with the book, and how it is told what it may not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l2mac_write.book import Brief
from l2mac_write.machine.desk import Desk
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.toolbox import file_tools
from l2mac_write.messages import ToolCall
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages

BOOK = {"notes/bible.md": "Ansel has grey eyes.\n", "chapters/01.md": "# One\n\nIt rained.\n"}


LONG = "".join(f"line {n} {'x' * 90}\n" for n in range(1, 401))
ENDLESS = "".join(f"Stone {n} lay by the water. " for n in range(80_000))
HEADED = "# Signals\n\nIntro.\n\n## By day\n\nFlags.\n\n### Red\n\nStop.\n\n## By night\n\nLamps.\n"


def ask(tool, *, draft="", book=BOOK, room=3_000, **arguments):
    memory = MemoryBook(book)
    seek = Situation(Brief("x"), memory, passages=IndexedPassages(memory.rows)).seek
    desk = Desk(memory, "chapters/02.md", draft, seek=seek)
    (result,) = file_tools(desk).answer((ToolCall("1", tool, arguments),), room).results
    return result, desk


def all_of(tool, key, told, **arguments):
    """What one gets who always asks for the rest, and how often that is."""
    parts, start = [], 1
    while start:
        result, _ = ask(tool, **{key: start}, **arguments)
        assert not result.failed
        said, _, way = (
            result.text.rpartition("\n(") if told in result.text else (result.text, "", "")
        )
        parts.append(said)
        found = re.search(rf"{key}=(\d+)", way)
        start = int(found[1]) if found else 0
    return parts


def test_files_are_listed_with_the_draft_among_them():
    result, _ = ask("list_files", draft="The river rose.")

    assert result.text.splitlines() == [
        "chapters/01.md (18 characters)",
        "chapters/02.md (15 characters)",
        "notes/bible.md (21 characters)",
    ]


def test_lines_of_a_file_can_be_read():
    result, _ = ask("read_file", path="chapters/01.md", first_line=3, last_line=3)

    assert result.text == "It rained.\n"


def test_what_stands_under_a_heading_can_be_read():
    result, _ = ask("read_file", book={"notes/s.md": HEADED}, path="notes/s.md", heading="by DAY")

    assert result.text == "## By day\n\nFlags.\n\n### Red\n\nStop.\n\n"


def test_a_long_file_ends_with_a_whole_line_and_says_how_to_go_on():
    result, _ = ask("read_file", book={"notes/long.md": LONG}, path="notes/long.md")
    *_, last, way = result.text.splitlines()

    assert last.endswith("x" * 90)
    assert re.fullmatch(r"\(characters 1-\d+ of 39892; ask for first_character=\d+ to go on\)", way)
    assert len(result.text) <= 12_000


@pytest.mark.parametrize("text", [LONG, ENDLESS[:60_000], "灯塔" * 9_000])
def test_nothing_is_unreadable_because_it_is_long(text):
    parts = all_of(
        "read_file", "first_character", "to go on)", book={"notes/a.md": text}, path="notes/a.md"
    )

    assert "".join("".join(parts).split()) == "".join(text.split())


def test_the_middle_of_one_line_of_two_megabytes_can_be_read():
    result, _ = ask(
        "read_file", book={"notes/a.md": ENDLESS}, path="notes/a.md", first_character=1_000_000
    )

    assert result.text.startswith(ENDLESS[999_999:1_000_100])


def test_all_files_can_be_listed_however_many_there_are():
    many = {f"notes/{n:04d}.md": "x" for n in range(700)}

    parts = all_of("list_files", "first", "to go on)", book=many)

    assert [line.split()[0] for part in parts for line in part.splitlines()] == sorted(many)


def test_a_phrase_is_found_with_its_place():
    result, _ = ask("search", phrase="GREY eyes")

    assert result.text == "notes/bible.md, character 11: Ansel has grey eyes. "[:-1]


def test_every_place_of_a_phrase_can_be_seen():
    parts = all_of(
        "search", "first", "to go on)", book={"notes/a.md": LONG}, phrase="line", room=500
    )

    assert len(parts) > 1
    assert sum(part.count(", character ") for part in parts) == 400


def test_passages_are_found_by_what_they_speak_of():
    result, _ = ask("find_passages", about="the colour of Ansel's eyes")

    assert result.text == "notes/bible.md, paragraph 1: Ansel has grey eyes."


@settings(max_examples=30, deadline=None)
@given(st.integers(20, 4_000), st.sampled_from([LONG, ENDLESS[:9_000], "灯塔" * 3_000, "x"]))
def test_no_answer_takes_more_than_it_may(room, text):
    book = {"notes/a.md": text, **{f"notes/{n}.md": text[:200] for n in range(9)}}
    for tool, arguments in (
        ("list_files", {}),
        ("read_file", {"path": "notes/a.md"}),
        ("read_file", {"path": "notes/a.md", "heading": "x" * 5_000}),
        ("search", {"phrase": "l"}),
        ("find_passages", {"about": "stone line 灯塔"}),
        ("x" * 9_000, {}),
    ):
        result, _ = ask(tool, book=book, room=room, **arguments)
        assert len(result.text.encode()) <= room * 4 + 160


def test_a_passage_of_the_draft_is_replaced_exactly():
    result, desk = ask(
        "patch_file", draft="The river rose.", path="chapters/02.md", old="rose", new="fell"
    )

    assert not result.failed
    assert desk.draft == "The river fell."


@pytest.mark.parametrize(
    ("tool", "arguments", "why"),
    [
        ("read_file", {"path": "nowhere.md"}, "there is no file `nowhere.md`"),
        ("read_file", {"path": "../../etc/passwd"}, "is refused"),
        ("read_file", {}, "needs the argument `path`"),
        ("read_file", {"path": 7}, "takes no `path` of that kind"),
        ("read_file", {"path": "chapters/01.md", "first_line": 9}, "the file has 3"),
        (
            "read_file",
            {"path": "chapters/01.md", "first_line": 3, "last_line": 2},
            "no lines 3 to 2",
        ),
        ("read_file", {"path": "chapters/01.md", "first_character": 99}, "has 18 characters"),
        ("read_file", {"path": "chapters/01.md", "heading": "Two"}, "there are: `One`"),
        ("search", {"phrase": " "}, "at least one word"),
        ("find_passages", {"about": "x" * 501}, "at most 500 characters"),
        (
            "patch_file",
            {"path": "chapters/01.md", "old": "It", "new": "X"},
            "only `chapters/02.md`",
        ),
        ("patch_file", {"path": "chapters/02.md", "old": "e", "new": "X"}, "occurs 3 times"),
        ("patch_file", {"path": "chapters/02.md", "old": "", "new": "X"}, "occurs 0 times"),
        ("rm_rf", {}, "there is no tool `rm_rf`"),
    ],
)
def test_the_model_is_told_what_cannot_be_done(tool, arguments, why):
    result, desk = ask(tool, draft="The river rose.", **arguments)

    assert result.failed
    assert why in result.text
    assert desk.draft == "The river rose."
