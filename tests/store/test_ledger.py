"""The ledger's rows follow the texts: whoever changes them, in every kind of book."""

from l2mac_write.instructions import Move, Outcome
from l2mac_write.ledger import page_file
from l2mac_write.plan import ChapterPlan, Entry, Person, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.store import derived
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger
from tests.ledger.pages import CHAPTER, fact, page

FERRY, NOTED = "chapters/01-the-ferry.md", "notes/ledger/01.toml"
TEXT = f"# The Ferry\n\n{CHAPTER}\n"
PAGE = page(
    fact(),
    fact(key="age", value="42", said="dialogue", quote="I was forty-two that spring"),
    entities=[{"name": "toll ledger", "kind": "thing", "quote": "he held the toll ledger"}],
    threads=[{"name": "debt", "kind": "promise", "due": 2, "quote": "not yet afraid"}],
)
NOTES = page_file.dump(PAGE) + "\n"
PLAN = Plan(
    "Two Banks",
    "A river.",
    "plain",
    (Person("Ansel Rook", "a ferryman"), Person("Mara Voss")),
    (ChapterPlan(1, "The Ferry", "It begins.", 300, id="ferry"),),
    places=(Entry("the Crossing", "where the road ends"),),
    rules=("Nobody crosses at night.",),
)


def ended(book, **files):
    book.commit(Outcome("facts/ferry", writes=NOTED), files)


def told(book, chapters=("ferry",)):
    ledger = StoredLedger(book.rows)
    return [*ledger.entities(chapters), *ledger.facts(chapters), *ledger.threads(chapters)]


def test_what_was_noted_of_a_chapter_is_in_the_ledger(desk):
    ended(desk.book, **{FERRY: TEXT, NOTED: NOTES})

    assert told(desk.book) == [*PAGE.rows]


def test_it_does_not_matter_which_text_was_there_first(desk):
    ended(desk.book, **{NOTED: NOTES})
    assert told(desk.book) == []

    ended(desk.book, **{FERRY: TEXT})
    assert told(desk.book) == [*PAGE.rows]


def test_what_a_chapter_says_no_more_is_not_in_the_ledger_any_more(desk):
    ended(desk.book, **{FERRY: TEXT, NOTED: NOTES})

    desk.edit(FERRY, TEXT.replace("grey eyes", "brown eyes").replace("# The Ferry\n\n", "", 1))
    desk.book.adopt()

    left = [row for row in PAGE.rows if "grey" not in row.quote]
    assert told(desk.book) == left
    assert [row.paragraph for row in left] == [2, 2, 2]


def test_what_is_remembered_of_a_page_is_forgotten_with_it(desk):
    ledger = StoredLedger(desk.book.rows)
    ended(desk.book, **{FERRY: TEXT, NOTED: NOTES})
    before = ledger.facts(("ferry",))
    desk.edit(FERRY, TEXT.replace("grey eyes", "brown eyes"))
    desk.book.adopt()

    assert [fact.key for fact in before] == ["eyes", "age"]
    assert [fact.key for fact in ledger.facts(("ferry",))] == ["age"]


def test_what_a_person_takes_back_is_there_again(desk):
    ended(desk.book, **{FERRY: TEXT, NOTED: NOTES})

    for text in (None, TEXT):
        desk.edit(FERRY, text)
        desk.book.adopt()

    assert told(desk.book) == [*PAGE.rows]


def test_a_chapter_that_moves_takes_its_rows_with_it(desk):
    book = desk.book
    ended(book, **{FERRY: TEXT})
    book.commit(Outcome("chapter/ferry", writes=FERRY), {})
    ended(book, **{NOTED: NOTES})

    moves = [
        Move("chapter/ferry", FERRY, "chapters/07-the-ferry.md", TEXT),
        Move("facts/ferry", NOTED, "notes/ledger/07.toml", NOTES),
    ]
    book.rearrange(moves)

    assert told(book) == [*PAGE.rows]
    assert {number for (number,) in book.rows("SELECT number FROM fact")} == {7}


def test_only_the_chapters_that_are_asked_for_are_told_of(desk):
    ended(desk.book, **{FERRY: TEXT, NOTED: NOTES})

    assert told(desk.book, ("flood",)) == []
    assert StoredLedger(desk.book.rows).facts(("ferry",), subjects=("Mara",)) == ()
    assert [f.key for f in StoredLedger(desk.book.rows).facts(("ferry",), key="age")] == ["age"]


def test_rows_are_found_by_their_ids(desk):
    ended(desk.book, **{FERRY: TEXT, NOTED: NOTES})
    asked = [row.id for row in PAGE.rows[1:3]]

    assert [row.id for row in StoredLedger(desk.book.rows).rows(asked)] == asked


def test_what_the_plan_says_is_true_before_anything_is_written(desk):
    desk.book.commit(Outcome("plan", writes="plan.toml"), {"plan.toml": dump(PLAN)})
    ledger = StoredLedger(desk.book.rows)

    assert [e.name for e in ledger.entities(())] == ["Ansel Rook", "Mara Voss", "the Crossing"]
    assert [(f.subject, f.said) for f in ledger.facts(())] == [
        ("Ansel Rook", "plan"),
        ("the Crossing", "plan"),
        ("the world", "plan"),
    ]


def test_a_plan_that_is_spoilt_says_nothing(desk):
    desk.book.commit(Outcome("plan", writes="plan.toml"), {"plan.toml": dump(PLAN)})

    desk.edit("plan.toml", "this is no plan")
    desk.book.adopt()

    assert told(desk.book, ()) == []


def test_notes_that_are_none_do_no_harm(desk):
    ended(desk.book, **{FERRY: TEXT, NOTED: "[[fact]\nthis is no TOML"})

    assert told(desk.book) == []
    assert desk.book.read(FERRY) == TEXT


def test_dropped_and_made_anew_the_tables_are_the_same(tmp_path):
    with BookFolder.create(tmp_path) as book:
        ended(book, **{FERRY: TEXT, NOTED: NOTES, "plan.toml": dump(PLAN)})
        before = everything(book)
        with book._journal._database.transaction() as sql:
            derived.make(sql)
        assert everything(book) != before
        with book._journal._database.transaction() as sql:
            derived.make_anew(sql)

        assert everything(book) == before


def everything(book):
    tables = ("entity", "fact", "event", "thread")
    return {table: book.rows(f"SELECT * FROM {table} ORDER BY number, ord") for table in tables}
