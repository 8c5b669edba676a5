"""Facts that a long book states are found by their subject and key."""

from l2mac_write.llm.rehearsal import prose
from tests.benchmarks.retrieval import CROWDED, PLANTED, measured

TEXT = "\n\n".join(f"# {n}\n\n{prose(1_500, str(n))}" for n in range(8))


def test_nine_of_ten_facts_are_found_among_the_first_eight_passages():
    assert measured(TEXT, number=60, words=12_000, people=PLANTED).share >= 0.9


def test_half_of_them_are_where_their_subject_is_in_many_other_passages():
    assert measured(TEXT, number=60, words=12_000, people=CROWDED).share >= 0.5
