"""What the checks find in other languages than English, and what they leave alone there."""

import pytest

from l2mac_write.evaluators import EVALUATORS
from l2mac_write.findings import Severity, mended
from tests.evaluators.abroad import LANGUAGES, texts
from tests.evaluators.works import chapters, severities, work

POLISH = "Latarnik znowu policzył schody, jeden po drugim, aż do końca.\n\n„Ile?” zapytała Ola."
DANISH = "Fyrmesteren talte trinene en gang til, et efter et.\n\n»Hvor mange?« spurgte Ida."
GERMAN = "Der Wärter zählte die Stufen noch einmal, eine nach der anderen.\n\n»Wie viele?«, fragte »sie«."
CHINESE = texts("zh")[0]
MENTIONS = "Вечером у Ирины был гость. Он знал, что у Ирины нет дома, и ушёл, не сказав ни слова."


def judged(name, text, language, **known):
    return EVALUATORS[name](work(text, language=language, **known))


@pytest.mark.parametrize("name", EVALUATORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_prose_passes_in_every_language(name, language):
    first, second = texts(language)

    assert [*judged(name, second, language, words=0, earlier=chapters(first))] == []


@pytest.mark.parametrize(
    ("text", "language"), [(POLISH, "pl"), (DANISH, "da"), (GERMAN, "de"), (CHINESE, "zh")]
)
def test_a_speech_is_closed_by_the_marks_of_its_own_language(text, language):
    assert judged("truncation", text, language) == ()


@pytest.mark.parametrize(
    ("text", "language", "mark"), [(POLISH, "pl", "„"), (DANISH, "da", "»"), (GERMAN, "de", "»")]
)
def test_a_speech_left_open_is_closed(text, language, mark):
    cut = f"{text} {mark}Sto."

    (finding,) = judged("truncation", cut, language)

    assert mended(cut, [finding])[-1] in "“”«"


def test_chinese_that_breaks_off_is_no_signature():
    (finding,) = judged("truncation", f"{CHINESE}\n\n她走进屋子，看见", "zh")

    assert finding.severity is Severity.BLOCK


def test_a_declined_name_is_not_misspelled():
    assert judged("cast", MENTIONS, "ru", cast=("Ирина Павлова",)) == ()


def test_a_paragraph_said_twice_is_found_in_chinese():
    paragraph = max(CHINESE.split("\n\n"), key=len)
    findings = judged("duplicates", f"{CHINESE}\n\n{paragraph}", "zh")

    assert Severity.BLOCK in severities(findings)


def test_sentences_that_differ_in_latin_letters_alone_are_not_the_same():
    lines = [
        f"このディスク{name}は、全部で四ギガバイトの領域を利用できます。" for name in ("sdc", "sdd")
    ]

    assert Severity.BLOCK not in severities(judged("duplicates", "\n\n".join(lines), "ja"))


def test_chapters_may_begin_with_the_same_name():
    first, second = "林小雨走下楼梯，天已经亮了。", "林小雨走下码头，船还没有来。"

    assert judged("duplicates", second, "zh", earlier=chapters(first)) == ()


def test_a_heading_in_chinese_is_a_title_and_a_sentence_is_none():
    (finding,) = judged("structure", f"第三章 雨中的信\n\n{CHINESE}", "zh")

    assert mended(f"第三章 雨中的信\n\n{CHINESE}", [finding]) == CHINESE
    assert judged("structure", f"第三章里写着他的名字。\n\n{CHINESE}", "zh") == ()


def test_a_missing_length_is_told_in_characters():
    (finding,) = judged("length", CHINESE, "zh", words=900)

    assert "characters, and 900 were asked for" in finding.message
