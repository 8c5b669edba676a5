"""What a model says to us in the language of the book stays between us, too."""

import pytest

from l2mac_write.evaluators.leaks import judge
from l2mac_write.findings import Severity, mended
from tests.evaluators.abroad import LANGUAGES, lines, texts
from tests.evaluators.works import severities, work


def found(text, language):
    return judge(work(text, language=language))


def cleaned(text, language):
    for _ in range(3):
        text = mended(text, found(text, language)).strip()
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_prose_holds_no_leak(language):
    assert [found(text, language) for text in texts(language)] == [(), ()]


@pytest.mark.parametrize(("language", "line"), lines("heads"))
def test_talk_before_the_text_is_taken_off(language, line):
    prose = texts(language)[0]

    assert cleaned(f"{line}\n\n{prose}", language) == prose


@pytest.mark.parametrize(("language", "line"), lines("tails"))
def test_talk_after_the_text_is_taken_off(language, line):
    prose = texts(language)[0]

    assert cleaned(f"{prose}\n\n{line}", language) == prose


@pytest.mark.parametrize(("language", "line"), lines("removed"))
def test_a_leak_within_the_text_is_cut_out(language, line):
    one, two = texts(language)

    assert cleaned(f"{one}\n\n{line}\n\n{two}", language) == f"{one}\n\n{two}"


@pytest.mark.parametrize(("language", "line"), lines("blocked"))
def test_what_only_a_writer_can_put_right_blocks(language, line):
    one, two = texts(language)
    (finding,) = found(f"{one}\n\n{line}\n\n{two}", language)

    assert (finding.severity, finding.mend) == (Severity.BLOCK, None)


@pytest.mark.parametrize(("language", "line"), lines("innocent"))
def test_what_real_books_say_is_no_leak(language, line):
    one, two = texts(language)
    for text in (f"{line}\n\n{one}", f"{one}\n\n{line}\n\n{two}", f"{one}\n\n{line}"):
        assert severities(found(text, language)) == []
