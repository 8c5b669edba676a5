"""The same thing is not counted twice with two numbers."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l2mac_write.evaluators.quantities import judge, judge_whole
from l2mac_write.findings import Severity
from tests.evaluators.books import book
from tests.evaluators.works import work
from tests.timing import at_most, cost

SOME = 5_000
WORDS = (
    "seven 12 nine 1954 forty 3,000 twenty-one men boats letters the The his all of ship ship’s had"
    " there were in ."
)
DENSE = st.lists(st.sampled_from((*WORDS.split(), "\n\n")), min_size=3, max_size=30).map(" ".join)

PAIRS = [
    ("There were {} rooms in the lodge.", "Every one of the {} rooms in the lodge was locked."),
    ("The crew of the ferry numbered {} men.", "All {} men of the ferry’s crew came ashore."),
    ("The {} Tolliver sisters kept the shop.", "The {} Tolliver sisters had closed it."),
    (
        "Of the {} letters in the tin box not one was opened.",
        "The {} letters in the tin box burnt.",
    ),
    ("Ansel owned {} boats.", "Ansel’s {} boats were out."),
    ("The mill, with its {} wheels, was old.", "All {} wheels of the mill stood still."),
    ("Ansel’s {} boats were old.", "Once more Ansel’s {} boats were out."),
    ("The orchard had {} pear trees.", "All {} pear trees in the orchard bloomed."),
    ("In the cellar there were {} vats.", "The {} vats kept in the cellar were full."),
    ("Once {} goats were kept behind the chapel.", "The {} goats behind the chapel bleated."),
    ("A count of the steps in the tower gave {}.", "There were {} steps in the tower."),
    ("Counting the bells in the tower, he made {}.", "The {} bells in the tower rang."),
    ("Of windows in the tower there were {}.", "All {} windows in the tower were lit."),
    ("They met in a {}-roomed lodge.", "The lodge had {} rooms."),
    ("The book is divided into {} parts.", "The {} parts of the book differ."),
    ("The expedition set out with {} mules, all lame.", "The expedition’s {} mules died."),
    ("In the chest lay {} coins.", "She counted the coins in the chest; there were {}."),
    ("The train had {} carriages.", "The train pulled its {} carriages over the pass."),
    ("Sir Hugh had {} daughters.", "Sir Hugh married off all {} of his daughters."),
    ("The choir had {} voices.", "The choir, all {} of them, sang."),
    ("The crew of the Petrel was {} strong.", "The Petrel’s crew of {} was lost."),
    ("On the sill stood a row of {} pots.", "The {} pots on the sill were cracked."),
    ("There lived on the island {} monks.", "The {} monks on the island fished."),
    ("The villa had no fewer than {} rooms.", "The villa’s {} rooms were dark."),
    ("Mrs. Pell kept {} cats.", "The {} cats that Mrs. Pell kept were fed at six."),
    ("The letter was signed by {} men.", "The {} men who signed the letter fled."),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_numbers_for_one_thing_are_found(one, other):
    text = f"{one.format('seven')}\n\nHe walked on.\n\n{other.format('nine')}"

    (finding,) = judge(work(text))

    assert finding.code == "NUM-QTY"
    assert finding.severity is Severity.REVISE
    assert finding.conflict.quote in text
    assert judge(work(text.replace("nine", "7"))) == ()


def test_from_one_chapter_to_another_it_is_only_remarked_upon():
    one, other = PAIRS[0]
    (finding,) = judge_whole(book(one.format("seven"), other.format("nine")))

    assert finding.severity is Severity.ADVISE
    assert finding.path == "chapters/02-x.md"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He locked two rooms in the lodge.", "All seven rooms in the lodge were dark."),
        ("The two men in the boat rowed.", "The three men in the house slept."),
        ("The seven rooms in the lodge were dark.", "The nine windows in the lodge were bright."),
        ("The captain’s seven ships sank.", "The captain told the king of his nine ships."),
        ("The hen had seven chicks.", "The cat that ate the hen carried her nine kittens home."),
    ],
)
def test_some_of_them_or_others_are_left_alone(one, other):
    assert judge(work(f"{one} {other}")) == ()


@settings(max_examples=5, deadline=None)
@given(text=DENSE)
@example(text="7 men and 8 men,")
@example(text="The nine letters were 12 pages, and the seven men had 14 boats of 3 oars.")
def test_numbers_cost_little_however_dense_they_stand_and_grow_with_the_text_alone(text):
    some = book((f"{text} " * SOME)[:SOME])
    many = book((f"{text} " * SOME)[: 4 * SOME])

    few = cost(lambda: judge_whole(some))
    with at_most(0.2):
        judge_whole(many)

    assert cost(lambda: judge_whole(many)) < 8 * few + 0.005
