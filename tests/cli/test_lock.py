"""`l2mac-write lock` and `unlock`, as a person types them."""

import json

from tests.cli.commands import typed
from tests.history.test_impacts import book  # noqa: F401 (the fixture)


def shown(root, *words):
    done = typed(*words, "--book", root, cwd=root)
    return done.returncode, done.stdout, done.stderr


def test_what_is_locked_is_listed_and_let_go_by_its_number(book):  # noqa: F811
    assert "Nothing is locked." in shown(book, "lock")[1]

    assert "2. The Debt: the passage “nine pounds.”" in shown(book, "lock", "2", "nine pounds.")[1]
    assert shown(book, "lock", "--fact", "Mara eyes", "--why", "her mother's")[0] == 0

    listed = shown(book, "lock")[1]
    assert "  1  2. The Debt: the passage “nine pounds.”" in listed
    assert "  2  2. The Debt: the fact `Mara Voss, eyes: green` (her mother's)" in listed
    assert shown(book, "unlock", "1")[1] == "Unlocked: the passage “nine pounds.”.\n"
    (lock,) = json.loads(shown(book, "lock", "--json")[1])["locks"]
    assert (lock["number"], lock["of"], lock["key"], lock["holds"]) == (1, 2, "eyes", True)


def test_bad_input_is_answered_in_a_sentence(book):  # noqa: F811
    for words, why in (
        (("lock", "99"), "no chapter `99`"),
        (("lock", "2", "--fact", "Mara eyes"), "not both at once"),
        (("unlock", "7"), "there is no lock 7"),
    ):
        code, _, error = shown(book, *words)
        assert (code, why in error, "Traceback" in error) == (2, True, False)
