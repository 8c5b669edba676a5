"""The engine that prints is native code: what it may see and use has an end."""

import pytest

from l2mac_write.errors import PrintFailed
from l2mac_write.exporters.typst_engine import MAIN, Limits, are_drawn, printed
from tests.exporters.images import png
from tests.exporters.printed import text_of


def run(markup, limits=None):
    return printed({MAIN: markup.encode()}, "pdf", limits=limits or Limits())


def test_it_sets_what_it_is_given():
    assert run("Rain.").startswith(b"%PDF")


@pytest.mark.parametrize(
    "markup",
    [
        '#read("/etc/passwd")',
        '#read("../../../../../../etc/passwd")',
        '#image("https://example.org/a.png")',
        '#import "@preview/cetz:0.3.0"',
        '#import "@local/a:0.1.0"',
        "#unknown",
    ],
)
def test_it_sees_no_file_but_its_own_and_no_network(markup):
    with pytest.raises(PrintFailed, match="could not be set"):
        run(markup)


def test_its_time_has_an_end():
    slow = "#{ for a in range(9999) { for b in range(9999) { let c = calc.sin(a * b) } } }"

    with pytest.raises(PrintFailed, match=r"time or memory|not done"):
        run(slow, Limits(seconds=1))


def test_its_memory_has_an_end():
    with pytest.raises(PrintFailed, match="time or memory"):
        run("#{ let a = range(99999999); a.len() }", Limits(bytes=1 << 30))


def test_an_image_that_is_broken_or_a_bomb_is_not_drawn():
    bomb = png(4, 4)[:16] + b"\x00\x01\x00\x00" * 2 + png(4, 4)[24:]

    assert are_drawn({"a.png": png()})
    assert not are_drawn({"a.png": png(), "b.png": png()[:30]})
    assert not are_drawn({"b.png": bomb})


@pytest.mark.parametrize(("again", "shown"), [("short.typ", "seen"), ("", "once")])
def test_a_text_that_says_what_is_short_is_set_again_where_that_is_allowed(again, shown):
    main = b'#import "short.typ": short\nonce #short.join()#metadata("seen")<short>'

    pdf = printed({MAIN: main, "short.typ": b"#let short = ()"}, "pdf", limits=Limits(again=again))
    assert text_of(pdf).split()[-1] == shown
