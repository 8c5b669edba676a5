"""What an agent may do with the book, and how it is told what it may not."""

import pytest

from l2mac_write.machine.desk import Desk
from l2mac_write.machine.toolbox import file_tools
from l2mac_write.messages import ToolCall
from l2mac_write.store.memory import MemoryBook

BOOK = {"notes/bible.md": "Ansel has grey eyes.\n", "chapters/01.md": "# One\n\nIt rained.\n"}


def ask(tool, *, draft="", book=BOOK, **arguments):
    desk = Desk(MemoryBook(book), "chapters/02.md", draft)
    (result,) = file_tools(desk).answer((ToolCall("1", tool, arguments),)).results
    return result, desk


def test_files_are_listed_with_the_draft_among_them():
    result, _ = ask("list_files", draft="The river rose.")

    assert result.text.splitlines() == ["chapters/01.md", "chapters/02.md", "notes/bible.md"]


def test_lines_of_a_file_can_be_read():
    result, _ = ask("read_file", path="chapters/01.md", first_line=3, last_line=3)

    assert result.text == "It rained.\n"


def test_a_long_file_is_read_in_parts_and_says_how_to_go_on():
    long = {"notes/long.md": "".join(f"line {n} {'x' * 90}\n" for n in range(1, 401))}
    result, _ = ask("read_file", book=long, path="notes/long.md")

    assert "ask for first_line=" in result.text.splitlines()[-1]
    assert len(result.text) < 12_200


def test_a_phrase_is_found_with_its_place():
    result, _ = ask("search", phrase="GREY eyes")

    assert result.text == "notes/bible.md:1: Ansel has grey eyes."


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
        ("search", {"phrase": " "}, "at least one word"),
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
