"""`check --judge`: the chapters of a book are judged by a model, and never twice for the same words."""

import json
from contextlib import closing

import pytest

from l2mac_write import library
from l2mac_write.checking import judging
from l2mac_write.events import Noted
from l2mac_write.llm.anthropic import Account, Anthropic
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store.folder import BookFolder
from tests.cli.commands import typed
from tests.fake_api import FakeApi
from tests.fake_api.author import Author, answered, opening
from tests.machine.judges import Judges

MODEL, RAIN = "claude-sonnet-5-5", "It rained on the toll house."
WANTED = Settings(prompt="A tale of two ferrymen.", chapters=3, words=900, model=MODEL)


@pytest.fixture
def written(tmp_path):
    """A book of three chapters that was written over the wire, and judged on the way."""
    root = tmp_path / "book"
    with FakeApi(Author(chapters=3, words=300)) as api, closing(BookFolder.create(root)) as folder:
        folder.begin_settings(to_toml(WANTED))
        library.write(folder, WANTED, Anthropic(MODEL, account=Account("no-key", api.url)))
    return root


def judged(root, model, *, anew=False):
    told = []
    with closing(BookFolder.open(root)) as folder:
        return judging.judged(folder, WANTED, model, told.append, anew=anew), told


def test_what_was_judged_as_it_is_now_costs_nothing(written):
    judges = Judges(model=MODEL)
    _, told = judged(written, judges)

    assert judges.heard == []
    assert told == [
        Noted(f"judging with {MODEL}: every chapter is judged as it is now: no call, no cost")
    ]


def test_only_a_chapter_that_has_changed_is_noted_and_judged_again(written):
    path = next((written / "chapters").glob("02-*.md"))
    path.write_text(path.read_text("utf-8") + f"\n{RAIN}\n", "utf-8")
    row = {"subject": "the world", "key": "other", "value": "rain", "quote": RAIN}
    judges = Judges({"facts": [row]}, model=MODEL)
    judged(written, judges)

    asked = "".join(message.text for r in judges.heard for message in r.conversation)
    assert RAIN in asked
    assert len(judges.asked("cold")) == 2
    assert len(judges.asked("facts")) == 1


def test_another_model_judges_all_chapters_once(written):
    judges = Judges(model="another")
    judged(written, judges, anew=True)
    first = len(judges.heard)
    judged(written, judges, anew=True)

    assert len(judges.asked("cold")) == 6
    assert len(judges.heard) == first


def test_no_word_of_a_chapter_is_changed_whatever_is_found(written):
    before = {path: path.read_text("utf-8") for path in (written / "chapters").iterdir()}
    judges = Judges({"beats": [], "cold": "nonsense"}, model="another")
    findings, _ = judged(written, judges, anew=True)

    assert {f.code for f in findings} == {"EDT-JUDGE"}
    assert {path: path.read_text("utf-8") for path in before} == before


def server(body):
    """Says of every chapter that it contradicts itself, and stands by it."""
    asked = opening(body)
    if "all that you know" in asked:
        chapter = asked.partition('<chapter what="The chapter">\n')[2].partition("\n</chapter>")[0]
        first, second = (" ".join(p.split()[:7]) for p in chapter.split("\n\n")[:2])
        claim = {"kind": "state", "first": first, "second": second, "why": "It cannot be."}
        return json.dumps({"claims": [claim]})
    if "⟦" in asked:
        ids = [piece.partition('"')[0] for piece in asked.split('<pair id="')[1:]]
        rows = [{"pair": id_, "explanations": [], "verdict": "contradiction"} for id_ in ids]
        return json.dumps({"judgements": rows})
    return answered(asked, "")


def test_over_the_wire_what_judges_find_is_told_with_its_quotes(written):
    with FakeApi(server) as api:
        env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "sk-ant-x"}
        done = typed("check", "--judge", "--model", "claude-opus-5-5", "--book", ".", "--json", cwd=written, env=env)  # fmt: skip

    found = [f for f in json.loads(done.stdout)["findings"] if f["code"] == "CHR-STATE"]
    assert len(found) == 3
    assert {(f["severity"], f["evaluator"]) for f in found} == {
        ("revise", "continuity@claude-opus-5-5")
    }
    assert all(f["quote"] and f["conflict"]["quote"] for f in found)


def test_what_it_takes_is_said_first(written):
    with FakeApi(server) as api:
        env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "sk-ant-x"}
        done = typed("check", "--judge", "--model", "claude-opus-5-5", "--book", ".", cwd=written, env=env)  # fmt: skip

    assert "judging with claude-opus-5-5: about 8 calls, $0.0" in done.stderr
    assert "(at most $" in done.stderr


def test_a_budget_that_is_spent_stops_it_before_a_word_is_sent(written):
    with FakeApi(server) as api:
        env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "sk-ant-x"}
        done = typed("check", "--judge", "--model", "claude-opus-5-5", "--budget", "0.0001", "--book", ".", cwd=written, env=env)  # fmt: skip

        assert done.returncode == 3
        assert api.bodies == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["--model", "local"], "--model and --budget are for --judge, which is not there."),
        (["--judge", "--book", "nowhere"], "nowhere"),
    ],
)
def test_bad_input_is_told_in_a_sentence(tmp_path, line, why):
    done = typed("check", *line, cwd=tmp_path)

    assert done.returncode == 2
    assert why in done.stderr
