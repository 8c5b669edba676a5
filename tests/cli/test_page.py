"""The live page: what it shows of several chapters at a time, and that it stays calm."""

import io

import pytest
from rich.console import Console

from l2mac_write.cli.page import Page
from l2mac_write.events import Finished, Heard, Judged, Noted, Planned, Rewound, Spent, Started
from l2mac_write.findings import Finding, Severity
from l2mac_write.instructions import Instruction, Outcome
from l2mac_write.messages import Usage

TITLES = ("Rope", "Toll", "Ice", "Bell")
PLAN = Planned("Two Banks", TITLES, (600,) * 4)
MODEL = "claude-sonnet-5-5"


def chapter(number):
    return Instruction(f"chapter/{number:02d}", "chapter", f"chapters/{number:02d}.md", number)


def summary(number):
    return Instruction(f"summary/{number:02d}", "summary", f"notes/{number:02d}.md", number)


def joint(number):
    return Instruction(f"joint/{number:02d}", "joint", f"chapters/{number:02d}.md", number)


def started(*numbers):
    return [Started(chapter(number), TITLES[number - 1]) for number in numbers]


def heard(number, text):
    return Heard(f"chapter/{number:02d}", text)


def spent(number, cost=0.25, *, answered=True):
    return Spent(f"chapter/{number:02d}", MODEL, Usage(1000, 500), cost, answered)


def finished(number, words=600):
    return Finished(chapter(number), Outcome(f"chapter/{number:02d}"), words)


def mended(number):
    finding = Finding("LEN-SHORT", Severity.REVISE, "chapters/x.md", "Too short.")
    return Judged(f"chapter/{number:02d}", 0, (finding,), accepted=False)


def page(*events, width=80, height=24, written=dict, now=lambda: 0.0):
    console = Console(file=io.StringIO(), width=width, height=height, force_terminal=False)
    it = Page("book", written, console=console, now=now)
    for event in (PLAN, *events):
        it.tell(event)
    with console.capture() as shown:
        console.print(it.drawn())
    return shown.get()


def row(shown, title):
    line = next(line for line in shown.splitlines() if f" {title} " in line)
    return " ".join(line.strip("│ ").split())


def test_every_running_chapter_has_its_own_growing_words():
    shown = page(*started(1, 3), heard(1, "one two "), heard(3, "three"), heard(1, "four"))

    assert [row(shown, title) for title in TITLES] == [
        "▸ 1 Rope 3 / 600",
        "· 2 Toll 0 / 600",
        "▸ 3 Ice 1 / 600",
        "· 4 Bell 0 / 600",
    ]


def test_of_a_chinese_book_the_characters_are_counted():
    plan = Planned("玻璃灯塔", ("雨中的信",), (600,), "zh")

    shown = page(plan, *started(1), heard(1, "补给船中午靠了岸。"))

    assert "8 / 600 characters" in shown


def test_the_text_shown_is_that_of_the_first_of_them_whoever_spoke_last():
    shown = page(*started(2, 3), heard(2, "By the toll."), heard(3, "On the ice."))

    assert "2. Toll" in shown
    assert "By the toll." in shown
    assert "On the ice." not in shown


def test_a_summary_is_shown_only_while_no_chapter_is_written():
    events = [Started(summary(1), "Rope"), Heard("summary/01", "In short.")]

    assert "summary of chapter 1" in page(*events)
    assert "In short." not in page(*events, *started(2), heard(2, "By the toll."))


def test_of_an_attempt_that_broke_off_only_what_is_kept_stays():
    shown = page(
        *started(1), heard(1, "one two three. fo"), Rewound("chapter/01", "one two three.")
    )

    assert row(shown, "Rope") == "▸ 1 Rope 3 / 600"


def test_what_was_answered_or_kept_before_no_later_attempt_takes_back():
    events = [
        *(heard(1, "one "), spent(1), heard(1, "two thr"), Rewound("chapter/01", "two ")),
        *(heard(1, "three fo"), Rewound("chapter/01", "")),
    ]

    assert row(page(*started(1), *events), "Rope") == "▸ 1 Rope 2 / 600"


def test_a_draft_that_is_written_anew_does_not_look_like_a_loss():
    shown = page(*started(1), heard(1, "one two three"), spent(1), mended(1), heard(1, "Uno"))

    assert row(shown, "Rope") == "▸ 1 Rope 3 / 600"
    assert "Uno" in shown
    assert "one two" not in shown
    assert "chapter 1, to mend: Too short." in shown


def test_an_attempt_without_an_answer_costs_money_and_is_no_call():
    shown = page(*started(1), spent(1), spent(1, answered=False))

    assert "1 call  3,000 tokens  $0.50" in shown


def test_an_unknown_price_is_not_shown_as_nothing():
    assert "price unknown" in page(*started(1), spent(1, None))


def test_chapters_of_an_earlier_run_are_there_from_the_beginning():
    shown = page(*started(2), written=lambda: {1: 612})

    assert row(shown, "Rope") == "✓ 1 Rope 612 / 600"
    assert "612 / 2,400 words" in shown


def test_a_manuscript_that_is_adopted_is_looked_at_once_its_plan_is_there():
    asked = iter([{1: 612}])
    shown = page(PLAN, *started(2), written=lambda: next(asked))

    assert row(shown, "Rope") == "✓ 1 Rope 612 / 600"


def test_time_left_goes_by_the_pace_of_this_run():
    clock = iter((0.0, 60.0))
    shown = page(*started(2), finished(2), written=lambda: {1: 600}, now=lambda: next(clock))

    assert "about 2 min left" in shown


def test_what_the_book_may_take_can_be_read_until_its_first_chapter_is_there():
    note = Noted("about 28 calls, $0.90")
    accepted = Judged("chapter/01", 0, (), accepted=True)

    assert "about 28 calls" in page(note, *started(1), heard(1, "one"))
    assert "about 28 calls" not in page(note, *started(1), heard(1, "one"), accepted)


def test_what_is_to_be_mended_is_told_until_that_text_is_done():
    assert "chapter 1, to mend: Too short." in page(*started(1, 2), mended(1), finished(2))
    assert "to mend" not in page(*started(1, 2), mended(1), finished(1))


def test_of_an_answer_for_the_machine_only_what_it_says_is_shown():
    said = '```json\n{"title": "Two Banks", "beats": ["Ansel \\"ferries\\" the toll", "the ice br'
    shown = page(*started(1), heard(1, said))

    assert 'Ansel "ferries" the toll' in shown
    assert "the ice br" in shown
    assert "beats" not in shown


def test_a_title_that_looks_like_markup_is_shown_as_it_is():
    shown = page(Planned("[red]Two[/] Banks", ("[bold]Rope",), (600,)), *started(1))

    assert "[red]Two[/] Banks" in shown
    assert "[bold]Rope" in shown


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 16), (200, 60), (40, 12)])
def test_it_fits_the_window_and_never_changes_its_height(width, height):
    plan = Planned("Two Banks", tuple(f"Chapter {n} " * 9 for n in range(30)), (600,) * 30)
    sizes = set()
    for said in ("", "one", "many words " * 2000, "a line\n\nand another\n\n" * 90):
        events = (plan, Started(chapter(12), "Twelve"), heard(12, said), Noted("note " * 90))
        lines = page(*events, width=width, height=height).splitlines()
        sizes.add(len(lines))
        assert max(map(len, lines)) <= width

    assert len(sizes) == 1
    assert sizes.pop() <= height


def test_a_chapter_that_is_read_again_keeps_its_words_and_is_not_counted_twice():
    again = Started(joint(2), "Toll")
    reading = page(*started(1, 2), finished(1), finished(2), again, now=iter((0, 60)).__next__)
    ended = Finished(joint(2), Outcome("joint/02"), 580)
    read = page(*started(1, 2), finished(1), finished(2), again, ended, now=iter((0, 60)).__next__)

    assert row(reading, "Toll") == "▸ 2 Toll 600 / 600"
    assert row(read, "Toll") == "✓ 2 Toll 580 / 600"
    assert "about 1 min left" in read


def test_a_prologue_has_no_number():
    plan = Planned("Two Banks", TITLES, (600,) * 4, "en", (0, 1, 2, 3))
    shown = page(plan, *started(1, 2), written=dict)

    assert "│ ▸    Rope " in shown
    assert "│ ▸ 1  Toll " in shown
    assert "1. Rope" not in shown
