"""Where a key of a TOML text stands, so that a person can be told the line to mend."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.text.toml_lines import line_of

TEXT = '''\
# step = "a comment"
name = "x"  # [[step]]
people = [
  { name = "A" },   # ]
  { name = "]" },
]

prose = """
[[step]]
id = "in a text"
\\"""
"""
other = \'\'\'
after = 1\'\'\'

[frame]
"a b" = 1
dotted.key = 2

[[step]]
id = "one"

  [step.asks]
  who = "Who?"

[[step.examples]]
ask = "first"

[[step.examples]]
ask = "second"

[[step]]
after = [
  "one",
]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("people",), 3),
        (("people", 1, "name"), 3),
        (("prose",), 8),
        (("other",), 13),
        (("frame",), 16),
        (("frame", "a b"), 17),
        (("frame", "dotted", "key"), 18),
        (("step", 0), 20),
        (("step", 0, "id"), 21),
        (("step", 0, "asks", "who"), 24),
        (("step", 0, "examples", 1, "ask"), 30),
        (("step", 1), 32),
        (("step", 1, "after"), 33),
    ],
)
def test_a_key_has_the_line_where_it_begins(path, line):
    assert line_of(TEXT, *path) == line


def test_what_is_missing_has_the_line_of_what_it_is_missing_from():
    assert line_of(TEXT, "step", 1, "prompt") == 32
    assert line_of(TEXT, "step", 7, "prompt") == 1
    assert line_of("", "step") == 1


def test_lines_are_counted_alike_with_either_kind_of_line_end():
    assert line_of(TEXT.replace("\n", "\r\n"), "step", 1, "after") == 33


@given(st.text(alphabet="ab=.[]{}\"'#\\\n ", max_size=60))
def test_any_text_at_all_has_a_line(text):
    assert 1 <= line_of(text, "a", 0, "b") <= text.count("\n") + 1


def test_the_example_is_toml():
    assert tomllib.loads(TEXT)["step"][1]["after"] == ["one"]
