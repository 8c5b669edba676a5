"""A reader can tell the people of a plan apart, and none has the name that machines always give."""

from dataclasses import replace

import pytest

from l2mac_write.evaluators.namesakes import judge
from l2mac_write.findings import Severity
from l2mac_write.plan import Person
from tests.evaluators.plans import chapter, judged, plan
from tests.evaluators.works import codes
from tests.samples import SAMPLES
from tests.timing import at_most


def found(*names, brief="A tale of two ferrymen."):
    return codes(judged(judge, plan(*names), brief))


@pytest.mark.parametrize("name", ["Elara Moss", "Captain Thorne", "Sarah Chen", "Lord Ashford"])
def test_a_worn_out_name_goes_back(name):
    (finding,) = judged(judge, plan(name))

    assert finding.code == "CHR-WORN"
    assert finding.severity is Severity.REVISE
    assert finding.quote == name


@pytest.mark.parametrize("brief", ["Elara rows.", "A tale of ELARA, a ferrywoman.", "Elara Thorne"])
def test_a_name_that_the_person_gave_is_that_persons_own(brief):
    assert found("Elara Thorne", brief=brief) == []


def test_a_name_within_another_word_of_the_request_was_not_asked_for():
    assert found("Ines Vance", brief="The ferryman is paid in advance.") == ["CHR-WORN"]


def test_a_name_within_a_longer_name_is_not_worn():
    assert found("Lyrata Vanceville") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marten Rook", "Martin Hale"),
        ("Ansel Rook", "Ansel Hale"),
        ("Captain Marten Rook", "Dr. Martin Hale"),
        ("Thérèse", "Thérese"),
    ],
)
def test_first_names_that_a_reader_will_confuse_are_told(one, other):
    (finding,) = judged(judge, plan(one, other))

    assert finding.code == "CHR-ALIKE"
    assert finding.quote == other
    assert f"`{one}` and `{other}`" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ansel Rook", "Bertha Rook"),
        ("Mr Rook", "Mrs Rook"),
        ("Mr. Rook", "Rook"),
        ("The Mayor", "The Widow"),
        ("Der Bürgermeister", "Der Wirt"),
        ("the old woman", "the old man"),
        ("Ansel Rook", "Ansel's mother"),
        ("Al Rook", "Bo Rook"),
        ("J. R. Rook", "K. T. Rook"),
        ("Sister Agnes", "Father Agnus"),
        ("Old Tom", "Old Bess"),
        ("Anna", "Annabel"),
        ("Monsieur Vidal", "Monsieur Bazin"),
        ("Mademoiselle Thépaut", "Mademoiselle Kermarec"),
        ("Signora Conti", "Signora Ricci"),
        ("Abbé Conti", "Abbé Ricci"),
        ("", "."),
    ],
)
def test_relatives_roles_and_titles_are_not_confused(one, other):
    assert found(one, other) == []


def test_names_that_the_person_gave_may_be_alike():
    assert found("Marten", "Martin", brief="Marten and Martin share a boat.") == []
    assert found("Marten", "Martin", brief="Marten has a boat.") == ["CHR-ALIKE"]


def test_people_of_a_chapter_whom_the_plan_does_not_know_are_told_and_hold_nothing_up():
    chapters = (chapter(1, people=("Ansel", "Mrs Rook")), chapter(2, people=("Ansel", "Corin")))
    (finding,) = judged(judge, plan("Ansel Rook", chapters=chapters))

    assert finding.code == "CHR-STRANGER"
    assert finding.severity is Severity.ADVISE
    assert finding.message == "Chapter 2 has people that the plan does not know: Corin."
    assert finding.quote == "Title 2"


def test_a_plan_that_names_nobody_has_no_strangers():
    assert judged(judge, plan(chapters=(chapter(1, people=("Corin",)),))) == []


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*/plan.toml")), ids=str)
def test_the_plans_of_the_samples_raise_no_alarm(sample):
    assert judged(judge, sample.read_text("utf-8")) == []


def test_what_is_no_plan_is_left_to_others():
    assert judged(judge, "title = ") == []


def test_a_thousand_chapters_and_ten_thousand_people_are_judged_in_no_time():
    people = tuple(Person(f"Name{n}xyz Rook") for n in range(10_000))
    chapters = tuple(
        replace(chapter(1), number=n, id=f"c-{n}", people=(people[n].name,)) for n in range(1, 1001)
    )
    crowded = replace(plan(), people=people, chapters=chapters)

    with at_most(1.2):
        judged(judge, crowded)
