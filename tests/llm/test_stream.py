"""Bytes become events, however they are cut into pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.llm.faults import Interrupted
from l2mac_write.llm.stream import events

DATA = 'event: message_start\ndata: {"type": "message_start", "text": "a\u2028“b”"}\n\n'.encode()
HALF_A_PAIR = b'{"type": "x", "text": "\\ud83d"}'
START = {"type": "message_start", "text": "a\u2028“b”"}


def read(*chunks):
    return list(events(chunks, patience=1.0, clock=lambda: 0.0))


@given(st.lists(st.integers(min_value=0, max_value=2 * len(DATA))))
def test_events_are_the_same_wherever_the_bytes_are_cut(cuts):
    edges = [0, *sorted(cuts), 2 * len(DATA)]
    pieces = [(DATA * 2)[a:b] for a, b in pairwise(edges)]

    assert read(*pieces) == [START, START]


def test_both_kinds_of_line_end_are_understood():
    assert read(DATA.replace(b"\n", b"\r\n")) == [START]


def test_an_event_may_span_several_lines_of_data():
    assert read(b'event: x\ndata: {"a":\ndata: 1}\n\n') == [{"type": "x", "a": 1}]


def test_an_escaped_pair_of_surrogates_is_one_character():
    assert read(b'data: {"type": "x", "text": "\\ud83d\\ude00"}\n\n') == [
        {"type": "x", "text": "😀"}
    ]


def test_pings_comments_and_events_without_data_are_passed_over():
    assert read(b': hello\n\nevent: ping\ndata: {"type": "ping"}\n\nevent: y\n\n', DATA) == [START]


def test_an_event_that_is_not_ended_by_a_blank_line_is_none():
    assert read(DATA[:-1]) == []


@pytest.mark.parametrize(
    "data", [b"{", b"[1]", b"3", b'{"type": 3}', b"\xff", b"[" * 100_000, HALF_A_PAIR]
)
def test_data_that_is_no_event_is_garbage(data):
    with pytest.raises(Interrupted, match="garbage"):
        read(b"event: x\ndata: " + data + b"\n\n")


def test_patience_is_counted_from_the_last_content_and_not_from_the_last_byte():
    times = iter([0.0, 0.5, 0.6, 1.2, 1.4, 1.7])
    ping = b'data: {"type": "ping"}\n\n'

    with pytest.raises(Interrupted, match="said nothing"):
        list(events([DATA, *[ping] * 9], patience=1.0, clock=lambda: next(times)))
