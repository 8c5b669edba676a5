"""A key is in no file, no log and nothing that is printed, however a run ends."""

import json
import re

import pytest

from l2mac_write.llm.rehearsal import prose
from tests.cli.commands import typed
from tests.fake_api import Cut, ErrorEvent, FakeApi, Status, in_turn
from tests.fake_api.author import answered, opening
from tests.machine.machines import plan

KEY = "sk-ant-canary-5f2e9b7c1d"
MODEL = ("--model", "claude-sonnet-5-5")
GENERATE = (
    "generate",
    "A tale of two ferrymen.",
    "--to",
    "book",
    "--chapters",
    2,
    "--words",
    600,
    *MODEL,
)
RESUME = ("resume", "--book", "book", "--json")
LENGTH = re.compile(r"(?:about|at most) (\d+) words", re.IGNORECASE)
FINAL = {"x-should-retry": "false"}
ECHOES = {
    "a wrong key": Status(401, "authentication_error", message=f"invalid key {KEY}, or Bearer {KEY}"),
    "a broken server": Status(500, message=f"x-api-key: {KEY}", headers=FINAL),
    "an error in the stream": ErrorEvent("authentication_error", message=f"bad key {KEY}"),
}  # fmt: skip


def model(body):
    asked = json.dumps(body["messages"])
    said = answered(opening(body), plan().text)
    return said or prose(int(LENGTH.findall(asked)[-1]), asked)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Everything that a run writes is in here: its book, and what it keeps for a person."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture
def spoken(house):
    """Runs the tool with a key and a server that does this, and gives back all that it said."""

    def run(*command, faults=(), variable="ANTHROPIC_API_KEY"):
        with FakeApi(model, in_turn(*faults)) as api:
            env = {
                "HOME": str(house), "XDG_CONFIG_HOME": str(house), "XDG_CACHE_HOME": str(house),
                "ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_LOG": "debug", variable: KEY,
            }  # fmt: skip
            done = typed(*command, cwd=house, env=env)
            sent = [KEY in repr(request.headers) for request in api.requests]
        return done.returncode, done.stdout + done.stderr, sent

    return run


def telling(house):
    return [
        path for path in house.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()
    ]


@pytest.mark.parametrize("fault", ECHOES.values(), ids=ECHOES.keys())
def test_a_server_that_echoes_the_key_is_not_quoted(house, spoken, fault):
    begun = (house / "book/book.toml").exists()
    code, said, sent = spoken(*(RESUME if begun else GENERATE), faults=[fault])

    assert code in {1, 3}
    assert sent == [True]
    assert KEY not in said
    assert telling(house) == []


def test_a_book_written_over_cut_streams_and_exported_holds_no_key(house, spoken):
    command = RESUME if (house / "book/book.toml").exists() else GENERATE
    code, said, sent = spoken(*command, faults=[None, Cut(0.5)], variable="ANTHROPIC_AUTH_TOKEN")

    assert code == 0, said
    assert all(sent)
    assert KEY not in said
    assert len([*house.rglob("*.epub")]) == 1
    assert telling(house) == []


@pytest.mark.parametrize("command", ["doctor", "status"])
def test_what_is_told_of_a_book_holds_no_key(house, spoken, command):
    _, said, _ = spoken(command, "--book", "book")

    assert KEY not in said
    assert telling(house) == []
