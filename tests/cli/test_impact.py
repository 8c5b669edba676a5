"""`l2mac-write impact`: what a change touches, for a person and for other programs."""

import json

from tests.cli.commands import typed
from tests.history.test_impacts import EYES, book, edited  # noqa: F401 (the fixture)


def shown(root, *words):
    done = typed("impact", *words, "--book", root, cwd=root)
    return done.returncode, done.stdout, done.stderr


def test_a_person_sees_what_was_what_is_and_who_says_so_still(book):  # noqa: F811
    edited(book, "green", "grey")

    code, out, _ = shown(book)

    assert code == 0
    assert "2. The Debt" in out
    assert "Mara Voss, the colour of the eyes: `green`" in out
    assert "now    “Mara Voss looked up with grey eyes.”" in out
    assert (
        "3. The Ferry (its writer was shown it)\n     paragraph 1: “Her green eyes were shut.”"
        in out
    )
    assert "1 thing; chapter 3 relies on it." in out
    assert "`l2mac-write resume`" in out


def test_other_programs_get_every_sentence(book):  # noqa: F811
    told = json.loads(shown(book, "--fact", "Mara eyes", "--json")[1])

    assert told["chapters"] == [3]
    (fact,) = told["facts"]
    assert (fact["id"], fact["kind"], fact["key"]) == (EYES.id, "fact", "eyes")
    assert fact["chapters"][0]["mentions"] == [
        {"paragraph": 1, "quote": "Her green eyes were shut."}
    ]


def test_bad_input_is_answered_in_a_sentence(book):  # noqa: F811
    for words, why in (
        (("99",), "no chapter `99`"),
        (("2", "HEAD", "--fact", "Mara"), "not for both"),
        (("2", "1", "2", "3"), "at most two versions"),
        (("--fact", "Zeno"), "knows no fact `Zeno`"),
    ):
        code, _, error = shown(book, *words)
        assert (code, why in error, "Traceback" in error) == (2, True, False)
