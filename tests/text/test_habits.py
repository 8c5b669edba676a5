"""What a book says again and again is counted chapter by chapter, in languages with spaces and without."""

import pytest

from l2mac_write.text import habits as counting
from l2mac_write.text.habits import Often, habits, repeated, spoken
from l2mac_write.text.overdone import Kind, Least, overdone
from tests.timing import at_most

FEW = dict.fromkeys(Kind, Least(2, 1_000_000, 2)) | {Kind.TIC: Least(3, 3, 1)}
GESTURE = "Mara felt the cold iron gate close behind her."
GERMAN = "Sie strich das feuchte Haar hinter ihr Ohr."
CHINESE = "她轻轻推开那扇生锈的铁门，走了进去。"


def test_a_phrase_is_known_by_the_words_between_which_it_stands():
    said = habits([f"{GESTURE} {GESTURE}", GESTURE], "en").phrases

    assert said["cold iron gate close"] == Often(3, 2)
    assert not any(phrase.startswith(("the ", "felt ")) for phrase in said)


def test_names_are_no_habit_and_no_phrase_goes_across_them_or_a_mark():
    said = habits(["The grey harbour Mara wrecked lay empty, grey ships rotting silently."], "en")

    assert not any("mara" in phrase or "empty grey" in phrase for phrase in said.phrases)


@pytest.mark.parametrize(
    ("text", "language", "phrase"),
    [
        (GERMAN, "de", "strich das feuchte haar"),
        (CHINESE, "zh", "推开那扇生"),
        (CHINESE, "zh-TW", "生锈的铁门"),
    ],
)
def test_other_languages_are_counted_by_their_own_words(text, language, phrase):
    assert habits([text, text], language).phrases[phrase] == Often(2, 2)


def test_beginnings_ends_and_similes_are_counted():
    text = "# One\n\nThe rain came down again.\n\nHe ran like a wounded animal into the dark cold night."
    said = habits([text, text], "en")

    assert said.paragraph_openings["the rain came"] == Often(2, 2)
    assert said.openings == {"the rain came down": Often(2, 2)}
    assert said.endings == {"the dark cold night": Often(2, 2)}
    assert said.similes["like a wounded animal"] == Often(2, 2)


def test_what_an_empty_text_says_is_nothing():
    assert habits(["", "\n\n#\n"], "en").words == 0
    assert [*overdone(habits(["", ""], "en"), "en", FEW)] == []


def test_of_two_phrases_one_within_the_other_the_weightier_is_told():
    found = [o.said for o in overdone(habits([GESTURE] * 3, "en"), "en", FEW, ["Mara"])]

    assert found == ["cold iron gate close", "gate close behind her"]


def test_the_planned_names_are_left_out_in_every_language():
    german = overdone(habits([GERMAN] * 3, "de"), "de", FEW, ["Haar"])
    chinese = overdone(habits([CHINESE] * 3, "zh"), "zh", FEW, ["铁门", "推开"])

    assert not any("haar" in o.said for o in german)
    assert not any("铁门" in o.said or "推开" in o.said for o in chinese)


def test_a_word_is_a_tic_only_where_people_use_it_much_less():
    text = "Suddenly it rained. " * 3 + "The boat lay at the pier. " * 20
    tics = [o for o in overdone(habits([text], "en"), "en", FEW) if o.kind is Kind.TIC]

    assert [(o.said, o.often.times) for o in tics] == [("suddenly", 3)]
    assert 0 < tics[0].usual < 1


def test_how_much_comes_more_than_once_is_a_share():
    assert repeated(spoken("one two three four five six seven eight", "en")) == 0
    assert repeated(spoken("we go down now. we go down now.", "en")) == 2 / 5
    assert repeated([]) == 0


def test_who_asks_for_one_chapter_more_gets_what_a_count_of_all_would_give():
    texts = [f"Stone {n} lay beside the dark water of pool {n}." for n in range(40)]
    step_by_step = [habits(texts[:number], "en") for number in range(1, 41)][-1]
    for n in range(20):
        habits([f"Something else {n}."], "en")

    assert habits(texts, "en") == step_by_step


def test_a_book_of_a_thousand_chapters_costs_no_more_for_each():
    texts = [f"{GESTURE} {n}" for n in range(1_000)]
    habits(texts, "en")

    with at_most(0.2):
        for extra in range(100):
            habits([*texts, *texts[: extra + 1]], "en")


def test_what_is_remembered_is_bounded_and_what_comes_back_is_not_forgotten():
    strange = ("".join(chr(97 + (n // 26**k) % 26) for k in range(4)) for n in range(90_000))
    texts = [" ".join(next(strange) for _ in range(3_000)) + f". {GESTURE}" for _ in range(30)]
    found = habits(texts, "en").phrases

    assert len(found) <= counting.PHRASES
    assert found["cold iron gate close"] == Often(30, 30)


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "the cat sat on the mat and " * 7_000, "“" * 200_000, "灯塔" * 50_000]
)
def test_junk_is_counted_in_linear_time(text):
    with at_most(0.4):
        habits([text], "en"), habits([text], "zh")
