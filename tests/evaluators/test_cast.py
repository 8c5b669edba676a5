"""People are spelled as planned."""

import pytest

from l2mac_write.evaluators.cast import judge
from l2mac_write.findings import Severity, mended
from tests.evaluators.works import chapters, severities, work

CAST = ("Elizabeth Marlowe", "Jonas Reed", "Dr. Petra Lindqvist")
PAGE = (
    "In the evening Elizabeth Marlowe met Jonas Reed at the ferry. They spoke of Petra Lindqvist, "
    "and Elizabeth laughed. “You know,” said Jonas, “that Lindqvist never sleeps.” "
)


def spelled(name):
    return PAGE + f"Long after midnight {name} was still there. "


def test_people_spelled_as_planned_are_fine():
    assert judge(work(PAGE, cast=CAST)) == ()


def test_without_a_cast_there_is_nothing_to_judge():
    assert judge(work(PAGE)) == ()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Elizabeth", "Elisabeth"),
        ("Elizabeth", "Elziabeth"),
        ("Elizabeth", "Elizabet"),
        ("Marlowe", "Marlwoe"),
        ("Lindqvist", "Lindquist"),
        ("Lindqvist", "Lindqivst"),
        ("Petra", "Perta"),
        ("Jonas", "Jonsa"),
    ],
)
def test_a_slip_in_a_planned_name_is_put_right(right, wrong):
    text = spelled(wrong)

    findings = judge(work(text, cast=CAST))

    assert severities(findings) == [Severity.REVISE]
    assert mended(text, findings) == spelled(right)


def test_what_only_begins_a_sentence_may_be_another_word_and_is_only_remarked_upon():
    (finding,) = judge(work(PAGE + "“Elisabeth will know,” said Jonas.", cast=CAST))

    assert (finding.severity, finding.mend) == (Severity.ADVISE, None)
    assert judge(work(PAGE + "“Joan is here,” said Jonas. Jonah was not.", cast=CAST)) == ()


def test_every_place_of_the_slip_is_put_right():
    text = PAGE.replace("Lindqvist", "Lindquist") + "Lindquist’s lamp went out."

    assert "Lindquist" not in mended(text, judge(work(text, cast=CAST)))


@pytest.mark.parametrize(
    "word", ["Marlowes", "Petrarch", "Reeds", "Joan", "Jonathan", "Lindquistian"]
)
def test_plurals_and_other_names_are_left_alone(word):
    assert judge(work(spelled(word), cast=CAST)) == ()


def test_one_planned_name_is_no_slip_of_another():
    page = "There stood Charles Marlow and Marlowe, and near them Marlow again."

    assert judge(work(page, cast=("Charles Marlow", "Elizabeth Marlowe"))) == ()


def test_an_ordinary_word_is_no_slip():
    page = (
        "He found the great stone where Stone had left it. Only the Store, or the store, was shut."
    )

    assert judge(work(page, cast=("Adam Stone",))) == ()


def test_a_name_that_earlier_chapters_use_is_no_slip():
    earlier = chapters("Nobody but Lindquist had seen it.")

    assert judge(work(spelled("Lindquist"), cast=CAST, earlier=earlier)) == ()


def test_two_names_that_are_both_in_use_are_only_remarked_upon():
    text = PAGE + "At last Maria came, and with Maria her aunt. But Marie stayed, as Marie would."

    findings = judge(work(text, cast=(*CAST, "Maria")))

    assert severities(findings) == [Severity.ADVISE]
    assert findings[0].mend is None


def test_a_name_that_is_not_in_the_plan_is_remarked_upon():
    text = PAGE + "Near them stood Varga, and behind Varga a dog. Nobody liked Varga."

    (finding,) = judge(work(text, cast=CAST))

    assert finding.severity is Severity.ADVISE
    assert finding.quote == "Varga"


def test_german_nouns_are_no_names():
    text = PAGE + "Er sah das Haus, und vor dem Haus stand noch ein Haus."

    assert judge(work(text, cast=CAST, language="de")) == ()


def of(name):
    """A text that names somebody who is not in the plan."""
    return PAGE + f"Then came {name}, and Jonas gave {name} the lamp, and {name} went. "


def varied(name, *before):
    findings = judge(work(of(name), cast=CAST, earlier=chapters(*before)))
    return [f.message for f in findings if "a name in" in f.message]


def test_a_name_that_another_chapter_spells_otherwise_is_told_with_that_chapter():
    assert varied("Catherine", PAGE, of("Cathrine")) == [
        "`Catherine` looks like `Cathrine`, a name in `chapters/02.md`."
    ]


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("Catherine", of("Catherine")),
        ("Catherine", of("Cathrine") + of("Catherine")),
        ("Catherine", "Only once Cathrine was there. "),
        ("Catherine", of("Josephine")),
        ("Valeria", of("Valerie")),
        ("Harrison", of("Harris")),
    ],
    ids=["the same", "both", "once", "another", "other form", "longer"],
)
def test_a_name_of_its_own_is_no_variant(name, before):
    assert varied(name, before) == []


def test_places_and_terms_of_the_plan_are_no_strangers():
    text = " ".join(["Ansel went to Locmaël, and from Locmaël on to Traou."] * 4)
    unknown = judge(work(text, cast=("Ansel Rook",)))
    known = judge(work(text, cast=("Ansel Rook",), known=("Locmaël", "the creek of Traou")))

    assert {finding.quote for finding in unknown} == {"Locmaël", "Traou"}
    assert known == ()
