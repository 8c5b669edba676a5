"""What is so at one point of the story follows from all that was said of it."""

from l2mac_write.ledger.moments import moment
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.rows import Entity, Thread
from l2mac_write.ledger.states import current, open_threads
from tests.ledger.pages import ANSEL, so


def values(*facts, at=""):
    return [fact.value for fact in current(facts, moment(at))]


def test_what_changes_is_as_it_was_said_last():
    assert values(so(key="located_at", value="mill"), so(key="located_at", value="quay")) == [
        "quay"
    ]


def test_what_cannot_change_is_as_it_was_said_first():
    assert values(so(value="grey"), so(value="brown")) == ["grey"]


def test_what_adds_up_is_all_there():
    assert values(so(key="knows", value="the debt"), so(key="knows", value="the fire")) == [
        "the debt",
        "the fire",
    ]


def test_a_thing_may_be_counted_in_two_ways():
    paid, fetched = so(key="count_of", value="3479"), so(key="count_of", value="1309")

    assert values(paid, fetched) == ["3479", "1309"]
    assert values(paid, fetched, so(key="count_of", value="3484", old="3479")) == ["1309", "3484"]


def test_a_change_ends_the_old_value_of_what_adds_up():
    smith = so(key="occupation", value="smith")
    assert values(smith, so(key="occupation", value="miller", old="smith")) == ["miller"]


def test_what_is_over_is_not_so():
    assert values(so(key="injured", value="left hand"), so(key="injured", value="no")) == []


def test_a_chapter_set_earlier_changes_nothing_of_what_came_later():
    now = so(key="lives_at", value="mill", since="1871")
    then = so(key="lives_at", value="inn", since="1850")

    assert values(now, then, at="1872") == ["mill"]


def test_a_chapter_set_earlier_sees_what_was_so_then():
    now = so(key="lives_at", value="mill", since="1871")
    then = so(key="lives_at", value="inn", since="1850")

    assert values(then, now, at="1851") == ["inn"]


def test_what_ended_before_is_not_so_any_more():
    ill = so(key="ill", value="fever", since="day 2", until="day 5")

    assert values(ill, at="day 3") == ["fever"]
    assert values(ill, at="day 6") == []


def test_what_somebody_says_is_not_what_is_so():
    told = so(key="located_at", value="quay")
    lie = so(key="located_at", value="mill", said="dialogue", speaker="Mara")

    assert values(told, lie) == ["quay", "mill"]
    assert [f.value for f in current((told, lie)) if f.is_so] == ["quay"]


def thread(course="planted", name="debt", **more):
    return Thread(name, "promise", course, chapter=course, **more)


def test_a_thread_is_open_from_its_seed_until_it_is_paid():
    other = thread(name="fire")
    assert open_threads((thread(), other, thread("advanced"), thread("paid"))) == (other,)


def test_a_thread_is_paid_by_its_name_in_any_case():
    assert open_threads((thread(name="Fant's debt"), thread("paid", name="fant's debt"))) == ()


def test_a_thread_keeps_its_seed_and_is_due_when_it_was_last_said_to_be():
    (found,) = open_threads((thread(due="flood", quote="the seed"), thread("advanced", due="end")))

    assert (found.quote, found.due) == ("the seed", "end")


def test_a_name_may_be_told_in_part_or_otherwise():
    names = Names((ANSEL, Entity("Mara Voss", "person", ("the widow",))))

    assert [*map(names.meant, ("ansel", "ROOK", "The Widow", "Mara Voss"))] == [
        "Ansel Rook",
        "Ansel Rook",
        "Mara Voss",
        "Mara Voss",
    ]


def test_a_part_that_two_share_means_neither():
    names = Names((ANSEL, Entity("Jonas Rook", "person")))

    assert names.meant("Rook") == ""
    assert names.meant("Jonas") == "Jonas Rook"


def test_everyone_whom_a_text_names_is_found():
    names = Names((ANSEL, Entity("the Crossing", "place"), Entity("Mara Voss", "person")))

    assert names.within("At the crossing, Ansel waits.") == ("Ansel Rook", "the Crossing")
