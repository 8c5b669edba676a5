"""Facts that a long book states are found by their subject and key."""

from l2mac_write.llm.rehearsal import prose
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import ANSWERS, FOUND, IndexedPassages
from tests.benchmarks.retrieval import CROWDED, PLANTED, measured

TEXT = "\n\n".join(f"# {n}\n\n{prose(1_500, str(n))}" for n in range(8))


def test_nine_of_ten_facts_are_found_among_the_first_eight_passages():
    assert measured(TEXT, number=60, words=12_000, people=PLANTED).share >= 0.9


def test_half_of_them_are_where_their_subject_is_in_many_other_passages():
    assert measured(TEXT, number=60, words=12_000, people=CROWDED).share >= 0.5


def test_what_was_asked_of_the_same_texts_is_remembered_for_so_many_questions():
    book, queries = MemoryBook({f"chapters/{n:02d}.md": prose(200, str(n)) for n in range(3)}), []
    passages = IndexedPassages(lambda *asked: queries.append(asked) or book.rows(*asked))
    seen = tuple(book.paths())

    def answered(word):
        before = sum(statement == FOUND for statement, *_ in queries)
        passages.best(((word,),), seen, 8)
        return sum(statement == FOUND for statement, *_ in queries) == before

    assert [answered("lamp"), answered("lamp")] == [False, True]
    assert not any(answered(f"word{number}") for number in range(ANSWERS))
    assert not answered("lamp")
