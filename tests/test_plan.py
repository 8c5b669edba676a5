"""`plan.toml` says what the plan says, and a mistake in it is named with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.errors import UsageError
from l2mac_write.plan import ChapterPlan, Person, Plan, dump, load, sized, slug

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)
chapters = st.builds(
    ChapterPlan, number=st.just(1), title=words, goal=words, words=st.integers(1, 9_999),
    beats=st.lists(words, max_size=3).map(tuple), must=st.lists(words, max_size=2).map(tuple),
    must_not=st.just(()), point_of_view=words, setting=words,
)  # fmt: skip
plans = st.builds(
    Plan, title=words, premise=words, style=words,
    people=st.lists(st.builds(Person, words, words), max_size=2).map(tuple),
    chapters=chapters.map(lambda chapter: (chapter,)),
)  # fmt: skip
WHOLE = 'title = "T"\n[[chapter]]\ntitle = "A"\ngoal = "g"\nwords = 300\n'


@given(plan=plans)
def test_what_is_written_is_read_back(plan):
    assert load(dump(plan)) == plan


@given(
    targets=st.lists(st.integers(1, 5_000), min_size=1, max_size=40),
    words=st.integers(100, 100_000),
)
def test_scaled_targets_add_up_to_the_books_length_exactly(targets, words):
    plan = Plan(
        "T", "P", "", (), tuple(ChapterPlan(n, "A", "g", t) for n, t in enumerate(targets, 1))
    )

    assert sized(plan, words).words == words


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("title = \n", "not valid TOML.*line 1"),
        ('title = "T"', r"no `\[\[chapter\]\]`"),
        (
            WHOLE.replace("300", "0"),
            "chapter 1: `words` must be a whole number from 1 to 10,000,000",
        ),
        (WHOLE.replace("300", "true"), "`words` must be a whole number"),
        (WHOLE.replace('"A"', "7"), "chapter 1: `title` must be text"),
        (WHOLE + 'beats = "one"', "chapter 1: `beats` must be a list"),
        ('chapter = "one"', "must be written as"),
    ],
)
def test_a_mistake_is_named_with_its_place(toml, why):
    with pytest.raises(UsageError, match=why):
        load(toml)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Flood", "the-flood"),
        ("Où est l’été ?", "ou-est-lete"),
        ("第一章", "chapter"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 200, "x" * 48),
    ],
)
def test_a_file_is_named_after_its_title_in_plain_letters(title, name):
    assert slug(title) == name
