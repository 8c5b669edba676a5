"""Two of six chapters are refused, over a wire: the others are written, and `resume` goes on."""

import json
import re
from dataclasses import dataclass, field

import pytest

from tests.cli.commands import typed
from tests.fake_api import FakeApi, refusing
from tests.fake_api.author import Author, opening

GENERATE = (
    "generate", "A tale.", "--to", "book", "--model", "claude-sonnet-5-5", "--chapters", "6",
    "--words", "1800", "--parallel", "3", "--export", "none",
)  # fmt: skip
RESUME = ("resume", "--book", "book", "--parallel", "3", "--export", "none")
CHAPTER = re.compile(r"Chapter (\d) of 6")
AUTHOR = Author(6, 300, but={5: (2,), 6: (1,)})


@dataclass
class Unwilling:
    """Refuses some chapters, for as long as it likes; remembers which it was asked for."""

    refused: set = field(default_factory=lambda: {"2", "4"})
    asked: list = field(default_factory=list)

    def __call__(self, body):
        found = CHAPTER.search(opening(body))
        self.asked += found.groups() if found else ()
        return refusing() if found and found.group(1) in self.refused else AUTHOR(body)


@dataclass(frozen=True)
class Try:
    """How a run ended, which chapters it asked for, and what `status` says after it."""

    code: int
    said: str
    asked: list
    status: dict

    @property
    def waiting(self):
        return [c["number"] for c in self.status["chapters"] if c["status"] == "waiting"]


@pytest.fixture(scope="module")
def tries(tmp_path_factory):
    """The first run, one more just so, and one with other contracts and a willing model."""
    folder, model = tmp_path_factory.mktemp("failing"), Unwilling()
    with FakeApi(model) as api:
        first, again = tried(folder, api, GENERATE), tried(folder, api, RESUME)
        plan = folder / "book/plan.toml"
        plan.write_text(re.sub("(toll|bell) changes hands", r"\1 is lost", plan.read_text()))
        model.refused = set()
        return first, again, tried(folder, api, RESUME)


def tried(folder, api, command):
    api.respond.asked = []
    env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "a-key-of-no-use"}
    done = typed(*command, cwd=folder, env=env)
    status = json.loads(typed("status", "--book", "book", "--json", cwd=folder).stdout)
    return Try(done.returncode, done.stderr, sorted(api.respond.asked), status)


def test_the_run_fails_and_names_each_with_the_line_to_type_next(tries):
    first, *_ = tries

    assert first.code == 1
    assert "the model refused the instruction `chapter/toll`" in first.said
    assert "the model refused the instruction `chapter/bell`" in first.said
    assert first.said.endswith("Go on with: l2mac-write resume --book book\n")


def test_the_others_are_written_and_what_needs_a_failed_one_waits(tries):
    first, *_ = tries

    assert first.asked == ["1", "2", "3", "4", "6"]
    assert first.waiting == [2, 4, 5]
    assert not first.status["finished"]
    assert [bool(c["words"]) for c in first.status["chapters"]] == [
        True, False, True, False, False, True,
    ]  # fmt: skip


def test_a_refusal_is_not_asked_for_again_just_so(tries):
    first, again, _ = tries

    assert again.asked == []
    assert (again.code, again.waiting) == (1, [2, 4, 5])
    assert again.said == first.said


def test_with_another_contract_they_are_asked_for_again_and_no_other_is(tries):
    *_, mended = tries

    assert mended.code == 0, mended.said
    assert mended.asked == ["2", "4", "5"]
    assert mended.status["finished"]
