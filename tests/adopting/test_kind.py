"""What a manuscript is taken for as long as nobody says it."""

import pytest

from l2mac_write import preview
from tests.adoptions import adopted, manuscript

STORY = (
    "She went down to the water and looked for him. “You are late again,” he said, and laughed. "
    * 3
)
QUIET = "She went down to the water and looked for the boat that he had left there for her. " * 3
FACTS = (
    "A boat is kept on land in winter, where it needs a cover that lets some air pass below. " * 3
)
LIST = "## Tools\n\n- a brush\n- a cloth\n\nSee Quill (Quill, 1998), who counts 12 % of 340.5 boats.\n\n"
TABLE = "| boat | year |\n|---|---|\n| Tide | 1904 |\n\n"


def book(*parts):
    return "".join(
        f"# Chapter {n}\n\n" + "\n\n".join([*parts, *parts]) + "\n\n" for n in range(1, 5)
    )


@pytest.mark.parametrize(
    ("parts", "fiction"),
    [
        ((STORY, STORY), True),
        ((QUIET, QUIET), True),
        ((FACTS, LIST), False),
        ((FACTS, TABLE), False),
        ((QUIET, LIST, TABLE), False),
        ((STORY, LIST), True),
    ],
    ids=["spoken", "quiet", "a handbook", "a table", "a history", "a story with a list"],
)
def test_what_is_spoken_makes_a_story_and_signs_of_facts_a_book_of_facts(parts, fiction, tmp_path):
    found = preview(manuscript(tmp_path, book(*parts)))

    assert found.plan.fiction is fiction
    assert f"set `fiction = {str(not fiction).lower()}` in plan.toml" in found.remarks[-1]


def test_the_plan_of_the_book_says_it_and_a_person_may_say_otherwise(tmp_path):
    made = adopted(tmp_path, book(FACTS, LIST))
    plan = made.root / "plan.toml"

    assert "fiction = false" in plan.read_text()

    plan.write_text(plan.read_text().replace("fiction = false", "fiction = true"))
    assert made.plan.fiction


def test_of_a_document_nobody_asks_whether_it_is_a_story(tmp_path):
    assert preview(manuscript(tmp_path, book(FACTS, LIST)), kind="document").remarks == ()
