"""`plan.toml` says what the plan says, and a mistake in it is named with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.errors import UsageError
from l2mac_write.plan import ChapterPlan, Entry, PartPlan, Person, Plan, sized
from l2mac_write.plan_file import load
from l2mac_write.plan_writing import amended, dump

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)
lists = st.lists(words, max_size=2).map(tuple)
entries = st.lists(st.builds(Entry, words, words), max_size=2).map(tuple)


def chapters(number, part):
    return st.builds(
        ChapterPlan, number=st.just(number), title=words, goal=words, words=st.integers(1, 9_999),
        beats=lists, must=lists, must_not=lists, point_of_view=words, setting=words, people=lists,
        terms=lists, covers=st.sampled_from([(), (1,), (2, 1)]), part=st.just(part),
        after=st.none() | st.just(tuple(range(1, number))), id=st.just(f"chapter-{number}"),
    )  # fmt: skip


plans = st.builds(
    Plan, title=words, premise=words, style=words,
    people=st.lists(st.builds(Person, words, words), max_size=2).map(tuple),
    chapters=st.tuples(chapters(1, 0), chapters(2, 1), chapters(3, 1)), fiction=st.booleans(),
    requirements=st.just(("A lamp.", "A flood.")), matter=st.just(("dedication", "index")),
    rules=lists, places=entries, terms=entries, parts=st.just((PartPlan(1, "Low", "It sinks."),)),
)  # fmt: skip
WHOLE = 'title = "T"\n[[chapter]]\ntitle = "A"\ngoal = "g"\nwords = 300\n'
SECOND = '[[chapter]]\ntitle = "B"\nwords = 300\n'


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
        ('title = "T"', r"line 1: the plan has no `\[\[chapter\]\]`"),
        (
            WHOLE.replace("300", "0"),
            "line 5: `words` of chapter 1 must be a whole number from 1 to 10,000,000",
        ),
        (WHOLE.replace("300", "true"), "line 5: `words` of chapter 1 must be a whole number"),
        (WHOLE.replace("words = 300", ""), "line 2: `words` of chapter 1 must be"),
        (WHOLE.replace('"A"', "7"), "line 3: chapter 1: `title` must be text"),
        (WHOLE + 'beats = "one"', "line 6: chapter 1: `beats` must be a list"),
        (WHOLE + SECOND + "must = [1]", "line 9: chapter 2: `must` must be a list"),
        ('chapter = "one"', "line 1: .*must be written as"),
        (WHOLE + "must_nt = []", "line 6: there is no key `must_nt`. Did you mean `must_not`?"),
        ("colour = 1\n" + WHOLE, "line 1: there is no key `colour`. Known keys: title, premise"),
        (WHOLE + "after = [1]", "line 6: `after` of chapter 1 .*`1` is no earlier chapter"),
        (WHOLE + SECOND + 'after = ["aa"]', "line 9: .*`aa` is no earlier .*Did you mean `a`?"),
        (
            WHOLE + 'id = "x"\n' + SECOND + 'id = "x"',
            "line 10: chapters 1 and 2 have the same `id`",
        ),
        (WHOLE + "covers = [1]", "line 6: `covers` must list numbers of the plan's requirements"),
        (WHOLE + 'part = "Low"', "line 6: there is no `.*part.*` with the title `Low`"),
        ('matter = ["index", "blurb"]\n' + WHOLE, "line 1: `matter` may hold .* not `blurb`"),
        ("fiction = 1\n" + WHOLE, "line 1: `fiction` must be true or false"),
    ],
)
def test_a_mistake_is_named_with_its_place(toml, why):
    with pytest.raises(UsageError, match=why):
        load(toml)


def test_chapters_that_name_no_id_get_one_after_their_title():
    plan = load(
        '[[chapter]]\nid = "b"\ntitle = "A"\nwords = 9\n' + WHOLE[12:] + SECOND + WHOLE[12:]
    )

    assert [chapter.id for chapter in plan.chapters] == ["b", "a", "b-2", "a-2"]


@pytest.mark.parametrize("letter", ["x", "灯"])
def test_long_titles_that_begin_alike_get_ids_that_can_be_read_back(letter):
    titles = (f"{letter * 60} {n}" for n in (1, 2))
    plan = load("".join(f'[[chapter]]\ntitle = "{title}"\nwords = 9\n' for title in titles))

    assert load(dump(plan)) == plan


def test_what_a_chapter_builds_on_is_named_by_number_or_by_id_and_kept_by_id():
    plan = load(WHOLE + SECOND + SECOND.replace('"B"', '"C"') + 'after = ["a", 2]\n')

    assert plan.chapter(3).after == (1, 2)
    assert 'after = [\n    "a",\n    "b",\n]' in dump(plan)


def test_a_part_is_known_whole_to_chapters_that_build_on_all_of_it():
    rows = "".join(
        f'[[chapter]]\ntitle = "C{n}"\ngoal = "G."\nwords = 9\npart = "P{(n + 1) // 2}"\n{after}'
        for n, after in enumerate(("", "", "", "after = [3]\n", "after = [3]\n"), start=1)
    )
    parts = "".join(f'[[part]]\ntitle = "P{n}"\n' for n in (1, 2, 3))
    plan = load(f'title = "T"\npremise = "P."\nstyle = "S."\n{parts}{rows}')

    assert [plan.whole_parts_before(n) for n in range(1, 6)] == [(), (), (1,), (1,), (1,)]
    assert [c.number for c in plan.before(5)] == [1, 2, 3]


def test_what_a_chapter_builds_on_is_told_by_the_numbers_that_are_shown():
    prologue = WHOLE.replace("words = 300", "words = 300\nnumbered = false")
    third = SECOND.replace('"B"', '"C"') + "after = [1]"
    plan = load(prologue + SECOND + third)

    assert [chapter.shown for chapter in plan.chapters] == [0, 1, 2]
    assert plan.chapters[2].builds_on == (2,)
    with pytest.raises(UsageError, match="`2` is no earlier chapter"):
        load(prologue + SECOND + third.replace("[1]", "[2]"))
    assert load(dump(plan)) == plan


@pytest.mark.parametrize("value", ["1", '"no"', "[]"])
def test_whether_a_chapter_is_numbered_is_true_or_false(value):
    with pytest.raises(UsageError, match="line 6: `numbered` must be true or false"):
        load(WHOLE + f"numbered = {value}")


def test_people_who_come_to_a_plan_stand_one_below_the_other_before_the_chapters():
    first = amended(WHOLE, {}, [{"name": "Ann", "who": "rows"}])
    then = amended(first + "\n" + SECOND, {}, [{"name": "Bo", "who": ""}])

    assert then == (
        'title = "T"\n[[people]]\nname = "Ann"\nwho = "rows"\n\n'
        '[[people]]\nname = "Bo"\nwho = ""\n\n'
        '[[chapter]]\ntitle = "A"\ngoal = "g"\nwords = 300\n\n' + SECOND
    )
