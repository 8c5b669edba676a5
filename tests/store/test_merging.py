"""Two changes of one text become one text, or none: nobody's words are lost in between."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from l2mac_write.store.merging import line_apart, merged
from tests.timing import at_most

BASE = [f"Paragraph {number}." for number in range(8)]
MANY = 10_000

gaps = st.sampled_from(["\n\n", "\n\n", "\n \n\t\n", "\r\n\r\n"])
edges = st.sampled_from(["", "\n", "\n\n", " \r\n"])
paragraphs = st.sampled_from(["A.", "B.", "* * *", "two\nlines", "two\r\nlines", " C.", "D. "])
places = st.sets(st.integers(0, len(BASE) - 1), min_size=1, max_size=3)


@st.composite
def set_in_type(draw, lists):
    """Paragraphs with any gaps between them, and anything blank around them."""
    first, *rest = draw(lists) or [""]
    body = first + "".join(draw(gaps) + paragraph for paragraph in rest)
    return draw(edges) + body + draw(edges)


@st.composite
def edited(draw, side):
    """What one hand made of BASE: most of it stays; what is new bears its name, or both had it."""
    new = [[f"{side}."], ["Both."], [f"{side} 1.", f"{side} 2."]]
    kept = st.sampled_from([True] * 12 + [False])
    added = st.sampled_from([[]] * 12 + new)
    return [p for old in BASE for p in (*draw(added), *([old] * draw(kept)))] + draw(added)


texts = set_in_type(st.lists(paragraphs, max_size=8)) | st.text("a\n\r \t", max_size=12)
mine, theirs = edited("Mine"), edited("Theirs")


def page(words, gap="\n\n"):
    return gap.join(words) + "\n"


def words(text):
    return text.split("\n\n") if text else []


def replaced(numbers, word):
    return [word if number in numbers else old for number, old in enumerate(BASE)]


@given(base=texts, text=texts)
def test_what_only_one_changed_is_as_they_left_it_to_the_byte(base, text):
    assert merged(base, text, base) == text
    assert merged(base, base, text) == text


@given(base=texts, text=texts)
def test_the_very_same_change_on_both_sides_is_no_conflict(base, text):
    assert merged(base, text, text) == text


@given(base=texts, one=texts, other=texts)
def test_whether_a_merge_is_clean_does_not_depend_on_who_is_who(base, one, other):
    assert (merged(base, one, other) is None) == (merged(base, other, one) is None)


@given(ours=mine, others=theirs)
def test_a_clean_merge_holds_what_either_added_and_lacks_what_either_deleted(ours, others):
    both = merged(page(BASE), page(ours), page(others))
    assume(both is not None)

    stayed = set(BASE) & set(ours) & set(others)
    assert set(words(both.strip())) == stayed | (set(ours) | set(others)) - set(BASE)


@given(ours=mine, others=theirs)
def test_a_clean_merge_keeps_the_persons_paragraphs_in_the_persons_order(ours, others):
    both = merged(page(BASE), page(ours), page(others))
    assume(both is not None)

    persons = {*others} - ({*BASE} - {*ours}) - {"Both."}
    in_order = [[p for p in text if p in persons] for text in (words(both.strip()), others)]
    assert in_order[0] == in_order[1]


@given(ours=places, others=places)
def test_changes_merge_exactly_where_an_untouched_paragraph_stands_between_them(ours, others):
    both = merged(page(BASE), page(replaced(ours, "Mine.")), page(replaced(others, "Theirs.")))

    touching = any(abs(one - other) < 2 for one, other in product(ours, others))
    assert (both is None) == touching


@given(ours=places, others=places, data=st.data())
def test_no_byte_of_what_the_person_wrote_changes_in_a_merge(ours, others, data):
    odd = "  Theirs,\r\n\twith  odd\nline ends\x0c. "
    edit = data.draw(set_in_type(st.just(["First.", *replaced(others, odd), "Last."])))
    base, draft = (page(["First.", *p, "Last."]) for p in (BASE, replaced(ours, "Mine.")))

    both = merged(base, draft, edit)
    assume(both is not None)

    assert both.count(odd) == len(others)


@pytest.mark.parametrize(
    ("ours", "others", "both"),
    [
        ("1a\n\n2\n\n3\n", "1\n\n2\n\n3b\n", "1a\n\n2\n\n3b\n"),
        ("0\n\n1\n\n2\n\n3\n", "1\n\n2\n\n3\n\n4\n", "0\n\n1\n\n2\n\n3\n\n4\n"),
        ("2\n\n3\n", "1\n\n2\n", "2\n"),
        ("1a\n\n2\n\n3\n", "1\n\n\n2\n\n\n3\n\n\n", "1a\n\n2\n\n\n3\n\n\n"),
        ("1a\n\n2\n\n3\n", "1\r\n\r\n2\r\n\r\n3b\r\n", "1a\n\n2\r\n\r\n3b\r\n"),
        ("1a\n\n2\n\n3\n\n4\n", "1\n\n2\n\n3\n\n4\n", "1a\n\n2\n\n3\n\n4\n"),
    ],
    ids=[
        "both ends changed",
        "both ends grew",
        "both ends cut",
        "blank lines added",
        "line ends changed",
        "both grew alike",
    ],
)
def test_these_two_changes_give_this_text(ours, others, both):
    assert merged("1\n\n2\n\n3\n", ours, others) == both


def test_a_text_whose_line_ends_changed_throughout_still_merges():
    verse = "Rose,\nthou art sick.\n\nThe worm.\n\nFlies.\n"

    both = merged(verse, verse.replace("Flies", "Flew"), verse.replace("\n", "\r\n"))

    assert both == "Rose,\r\nthou art sick.\r\n\r\nThe worm.\n\nFlew.\n"


@pytest.mark.parametrize(
    ("ours", "others"),
    [
        ("1a\n\n2\n\n3\n", "1b\n\n2\n\n3\n"),
        ("1a\n\n2\n\n3\n", "1\n\n2b\n\n3\n"),
        ("1\n\n3\n", "1\n\n2b\n\n3\n"),
        ("1\n\n2\n\n3\n\n4a\n", "1\n\n2\n\n3\n\n4b\n"),
        ("1a\n\n2\n\n3\n", ""),
        ("new\n", "1\n\n2\n\n3b\n"),
    ],
    ids=[
        "the same paragraph",
        "neighbours",
        "deleted and changed",
        "both went on",
        "emptied",
        "rewritten",
    ],
)
def test_these_two_changes_are_a_conflict(ours, others):
    assert merged("1\n\n2\n\n3\n", ours, others) is None


def test_a_moved_paragraph_and_a_change_elsewhere_are_both_there():
    moved = [*BASE[:1], *BASE[2:7], BASE[1], BASE[7]]

    both = merged(page(BASE), page(replaced({4}, "Mine.")), page(moved))

    assert both == page(["Mine." if p == BASE[4] else p for p in moved])


def test_scene_breaks_that_are_all_alike_do_not_confuse_a_merge():
    base = [p for number in range(9) for p in (f"Scene {number}.", "* * *")]
    ours = [p.replace("Scene 2", "Mine 2") for p in base]
    others = [p for p in base if p != "Scene 6."]

    both = merged(page(base), page(ours), page(others))

    assert both == page([p for p in ours if p != "Scene 6."])


def long(change=lambda number, text: text, text="Paragraph {}."):
    return page(change(number, text.format(number)) for number in range(MANY))


@pytest.mark.parametrize(
    ("base", "ours", "others"),
    [
        (
            long(),
            long(lambda n, p: p if n % 4 else "x"),
            long(lambda n, p: p if n % 4 != 2 else "y"),
        ),
        (long(text="* * *"), long(text="* * *") + "\n\nx", "y\n\n" + long(text="* * *")),
        (
            long(lambda n, p: p if n % 2 else "* * *"),
            long(lambda n, p: p if n % 3 else "x"),
            long(lambda n, p: p if n % 2 else "* * *") + "\n\ny",
        ),
        (long(), page(f"Paragraph {number}." for number in reversed(range(MANY))), long()),
        ("word " * 400_000, "word " * 400_000 + "x", "word " * 400_000),
        ("a" + "\n" * 2_000_000 + "b", "a" + "\n \t" * 600_000 + "b", "a\n" + " " * 2_000_000),
    ],
    ids=[
        "every other one",
        "all alike",
        "half alike",
        "reversed",
        "one long paragraph",
        "blank lines",
    ],
)
def test_ten_thousand_paragraphs_or_two_megabytes_are_merged_in_seconds(base, ours, others):
    # Comparing each paragraph with each takes minutes.
    with at_most(0.8):
        merged(base, ours, others)


@pytest.mark.parametrize(
    ("one", "other", "line"), [("a\nb", "a\nc", 2), ("a", "a\nb", 2), ("a\r\n", "b\r\n", 1)]
)
def test_the_line_where_two_texts_part_is_counted_as_an_editor_does(one, other, line):
    assert line_apart(one, other) == line
