"""What a model proposes is taken row by row, or refused row by row with the reason."""

import pytest

from l2mac_write.ledger import page_file
from l2mac_write.ledger.proposals import MOST, MOST_REFUSED
from l2mac_write.ledger.rows import Entity, Event, Fact, Thread
from tests.ledger.pages import EYES, fact, page


def why(found):
    assert not found.rows
    return found.refused[0].why


def test_a_fact_is_kept_with_the_words_of_the_text_and_their_place():
    (found,) = page(fact(value="gray", quote="ansel rook HAD grey eyes")).rows

    assert (found.subject, found.normal, found.quote) == ("Ansel Rook", "grey", EYES)
    assert (found.chapter, found.paragraph) == ("ferry", 1)


def test_a_thing_that_one_holds_is_held_by_one():
    ledger = {"name": "toll ledger", "kind": "thing", "quote": "he held the toll ledger"}
    held = fact(key="holds", value="the toll ledger", quote="he held the toll ledger")

    (found,) = page(held, entities=[ledger]).of(Fact)

    assert (found.subject, found.key, found.value) == ("toll ledger", "held_by", "Ansel Rook")


def test_what_is_said_is_kept_as_said_by_somebody():
    (found,) = page(
        fact(key="age", value="42", said="dialogue", speaker="Ansel", quote="I was forty-two")
    ).rows

    assert not found.is_so
    assert found.speaker == "Ansel Rook"


def test_a_fact_holds_from_when_its_chapter_is_set():
    assert page(fact(), when="spring 1871").rows[0].since == "spring 1871"
    assert page(fact(since="1850"), when="spring 1871").rows[0].since == "1850"


def test_an_event_and_a_thread_have_their_words_too():
    found = page(
        events=[{"what": "Ansel is born.", "participants": ["Ansel"], "quote": EYES}],
        threads=[{"name": "The debt", "kind": "promise", "due": 2, "quote": EYES}],
    )

    assert found.of(Event)[0].participants == ("Ansel Rook",)
    assert (found.of(Thread)[0].name, found.of(Thread)[0].due) == ("The debt", "flood")


def test_whoever_the_reply_names_first_may_be_spoken_of():
    mara = {"name": "Mara Voss", "kind": "person", "quote": EYES}

    assert page(fact(subject="Mara"), entities=[mara], known=()).of(Fact)[0].subject == "Mara Voss"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (fact(quote="Ansel Rook had one green eye"), "The text does not say"),
        (fact(quote="grey eyes"), "The text does not say"),
        (fact(quote=""), "`quote` is missing"),
        (fact(quote=["grey"]), "`quote` must be a text"),
        (fact(quote=EYES * 50), "`quote` is too long"),
        (fact(subject="Nobody Inparticular"), "Nobody is called `Nobody Inparticular`"),
        (fact(key="shoe_size"), "There is no key `shoe_size`"),
        (fact(value="x" * 301), "`value` is too long"),
        (fact(value={"a": 1}), "`value` must be a text"),
        (fact(value=True), "`value` must be a text"),
        (fact(value=" "), "`value` is missing"),
        (fact(said="gossip"), "`said` must be one of"),
        (fact(said="plan"), "`said` must be one of"),
        (fact(said=["plan"]), "`said` must be one of"),
        ("Ansel has grey eyes", "A row must be an object"),
        (None, "A row must be an object"),
        ([], "A row must be an object"),
    ],
)
def test_a_fact_that_is_none_is_refused_and_why(said, reason):
    assert reason in why(page(said))


@pytest.mark.parametrize(
    ("lists", "reason"),
    [
        ({"entities": "Ansel"}, "A row must be an object"),
        ({"entities": [{"name": "X", "kind": "ghost", "quote": EYES}]}, "`kind` must be one of"),
        (
            {"entities": [{"name": "X", "kind": "thing", "aliases": "Y", "quote": EYES}]},
            "`aliases` must be a list",
        ),
        (
            {"threads": [{"name": "a", "kind": "setup", "due": 99, "quote": EYES}]},
            "`due` must be the number of a chapter",
        ),
        (
            {"threads": [{"name": "a", "kind": "setup", "due": "soon", "quote": EYES}]},
            "`due` must be the number of a chapter",
        ),
    ],
)
def test_other_rows_that_are_none_are_refused_too(lists, reason):
    assert reason in why(page(**lists))


def test_one_bad_row_does_no_harm_to_the_others():
    found = page(fact(), fact(key="x"), fact(key="hair", value="red"))

    assert [row.key for row in found.rows] == ["eyes", "hair"]
    assert len(found.refused) == 1


def test_the_same_row_twice_is_there_once():
    assert len(page(fact(), fact(value="gray")).rows) == 1


def test_of_ten_thousand_facts_the_first_are_taken_and_the_others_counted():
    found = page(*(fact(key="other", value=f"fact {n}") for n in range(10_000)))

    assert len(found.rows) == MOST
    assert len(found.refused) == MOST_REFUSED + 1
    assert sum(refused.times for refused in found.refused) == 10_000 - MOST
    assert len(page_file.dump(found)) < 200_000


def test_the_file_of_a_page_gives_the_page_again():
    found = page(
        fact(value="gray", old="brown"),
        fact(key="x"),
        when="1871",
        entities=[{"name": "Mara", "kind": "person", "aliases": ["the widow"], "quote": EYES}],
        events=[{"what": "It rains.", "participants": ["Mara", "Ansel"], "quote": EYES}],
        threads=[{"name": "debt", "kind": "promise", "due": 2, "quote": EYES}],
    )

    assert len(found.rows) == 4
    assert page_file.load(page_file.dump(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "this is no TOML",
        "fact = 3",
        "[[fact]]\nsubject = 'a'",
        "[[fact]]\nsubject = 'a'\nkey = 'no such key'\nvalue = 'b'",
        "[[fact]]\nsubject = 1\nkey = 'eyes'\nvalue = 'b'",
        "[[entity]]\nname = 'a'\nkind = 'person'\naliases = [1]",
        "[[entity]]\nname = 'a'\nkind = 'person'\nhobby = 'b'",
    ],
)
def test_what_a_person_has_spoilt_in_it_is_left_out(text):
    assert page_file.load(text).rows == ()


def test_rows_that_a_person_left_whole_are_taken():
    text = "chapter = 'ferry'\n[[entity]]\nname = 'Mara'\nkind = 'person'\n[[fact]]\nx = 1"

    assert page_file.load(text).rows == (Entity("Mara", "person", chapter="ferry"),)
