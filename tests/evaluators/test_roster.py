"""Whoever is planned comes, and whoever stays is planned."""

from l2mac_write.evaluators.roster import judge
from l2mac_write.findings import Severity
from tests.evaluators.abroad import texts
from tests.evaluators.books import book

ANSEL = "So Ansel went, and Ansel came, and Ansel slept."


def of(name):
    return f"So {name} went, and {name} came, and {name} slept."


def test_whoever_is_never_met_is_missed_at_the_end_of_the_book():
    (finding,) = judge(book(ANSEL, ANSEL, cast=("Ansel Rook", "Ines Vidal", "Olga")))

    assert finding.severity is Severity.ADVISE
    assert finding.path == "chapters/02-x.md"
    assert finding.message == "The book is over, and nobody has met: Ines Vidal, Olga."


def test_whoever_comes_once_is_not_missed():
    assert judge(book(ANSEL, "Then Vidal left.", cast=("Ansel Rook", "Ines Vidal"))) == ()


def test_a_chinese_may_be_called_by_the_given_name_alone():
    chinese = book(*texts("zh"), language="zh", cast=("林小雨", "王大力"))

    assert [finding.message.partition(": ")[2] for finding in judge(chinese)] == ["王大力."]


def test_a_declined_name_is_met():
    assert judge(book("У Ирины был гость.", language="ru", cast=("Ирина Павлова",))) == ()


def test_a_name_that_stays_and_is_not_in_the_plan_is_remarked_upon():
    (finding,) = judge(book(*[ANSEL + of("Varga")] * 3, cast=("Ansel Rook",)))

    assert finding.quote == "Varga"
    assert judge(book(*[ANSEL + of("Varga")] * 2, cast=("Ansel Rook",))) == ()
    assert judge(book(*[ANSEL + of("Varga")] * 3)) == ()


def test_names_that_a_reader_will_confuse_are_remarked_upon():
    (finding,) = judge(book(*[of("Marten") + of("Martin")] * 3))

    assert finding.message == "A reader will confuse `Martin` and `Marten`."
    assert judge(book(*[of("Marten") + of("Martin")] * 3, cast=("Marten", "Martin"))) == ()
