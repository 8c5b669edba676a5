"""The table `[edition]` of book.toml: what may stand in it, and what is said of what may not."""

import pytest

from l2mac_write.edition import Contributor, Edition, edition
from l2mac_write.errors import SettingsError
from l2mac_write.settings import from_toml, merged, to_toml

WHOLE = """
prompt = "A tale."

[edition]
series = "Ferrymen"
volume = 2
subjects = ["Fiction / Sea Stories"]
contributors = [{ name = "Ann  Lee", role = "translator" }, { name = "Bo" }]
isbn = "978-3-16-148410-0"
publisher = "Harbour House"
rights = "© 2026 Ada Quill"
"""


def test_every_line_of_the_table_is_understood():
    settings = merged(from_toml(WHOLE, "book.toml"))

    assert settings.edition == Edition(
        series="Ferrymen",
        volume=2.0,
        subjects=("Fiction / Sea Stories",),
        contributors=(Contributor("Ann Lee", "translator"), Contributor("Bo")),
        isbn="9783161484100",
        publisher="Harbour House",
        rights="© 2026 Ada Quill",
    )
    assert [contributor.code for contributor in settings.edition.contributors] == ["trl", "ctb"]


def test_what_is_written_to_book_toml_is_read_as_the_same():
    settings = merged(from_toml(WHOLE, "book.toml"))

    assert merged(from_toml(to_toml(settings), "book.toml")) == settings


def test_a_book_without_the_table_has_none_written():
    assert "edition" not in to_toml(merged({"prompt": "A tale."}))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"isbn": "978-3-16-148410-1"}, "is no ISBN"),
        ({"isbn": "3161484100"}, "is no ISBN of 13 digits"),
        ({"volum": 2}, "unknown setting `edition.volum`"),
        ({"volume": "two"}, "must be a number such as 2"),
        ({"subjects": "sea"}, "must be a list"),
        ({"contributors": [{"name": "Bo", "role": "hero"}]}, "there is no role `hero`"),
        ({"contributors": ["Bo"]}, "must be like"),
        ({"series": 7}, "must be text in quotes"),
        ({"raw_html": "yes"}, "must be true or false"),
        ("paperback", "must be a table"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(table, said):
    with pytest.raises(SettingsError, match=said):
        edition(table)
