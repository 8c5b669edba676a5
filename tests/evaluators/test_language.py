"""A text in another language than the book's is not accepted; a foreign speech in it is."""

import itertools

import pytest

from l2mac_write.evaluators.language import judge
from l2mac_write.findings import Severity
from tests.evaluators.abroad import LANGUAGES, texts
from tests.evaluators.works import PROSE, work

IN = {"en": PROSE, **{language: texts(language)[0] for language in LANGUAGES}}
PAIRS = [*itertools.permutations(IN, 2)]
NAMES = {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "zh": "Chinese"}


@pytest.mark.parametrize("language", IN)
def test_a_text_in_the_language_of_the_book_passes(language):
    assert judge(work(IN[language], language=language)) == ()


@pytest.mark.parametrize(("book", "text"), PAIRS)
def test_a_text_in_another_language_is_to_be_written_anew(book, text):
    (finding,) = judge(work(IN[text], language=book))

    assert finding.severity is Severity.BLOCK
    assert finding.message.startswith(f"The text is in {NAMES[text]}")


@pytest.mark.parametrize(("book", "guest"), PAIRS)
def test_a_guest_may_speak_his_own_language(book, guest):
    speech = IN[guest][: len(IN[book]) // 3].replace("\n", " ")

    assert judge(work(f"{IN[book]}\n\n“{speech}”", language=book)) == ()


def test_the_comments_of_a_plan_are_not_the_writers():
    plan = f"# {PROSE.replace(chr(10), ' ')}\n\ntitle = 'Le phare'\n"

    assert judge(work(plan, path="plan.toml", language="fr")) == ()


def test_a_variety_is_judged_as_its_language():
    assert judge(work(IN["es"], language="es-MX")) == ()
    assert judge(work(IN["zh"], language="zh-Hant-TW")) == ()


def test_a_language_whose_words_nobody_knows_is_not_judged():
    assert judge(work(PROSE, language="ka")) == ()


@pytest.mark.parametrize(
    "text", ["The end.", "o o o o o " * 40, "k = s + z;\n" * 40, "Ada Quill " * 40]
)
def test_what_is_short_or_no_prose_says_nothing_of_its_language(text):
    assert judge(work(text, language="fr")) == ()


@pytest.mark.parametrize(
    ("guest", "name"), [(IN["de"], "German"), (IN["fr"], "French"), (IN["zh"], "another script")]
)
def test_a_paragraph_that_slips_into_another_language_is_found(guest, name):
    slip = guest.replace("\n", " ")[:200].lstrip("“„«»")

    (finding,) = judge(work(f"{PROSE}\n\n{slip}\n\n{PROSE}"))

    assert finding.severity is Severity.REVISE
    assert finding.message.startswith(f"This paragraph is in {name}")
    assert finding.quote in slip


@pytest.mark.parametrize(
    "line",
    [
        "*Tempora mutantur, nos et mutamur in illis, et omnia vincit amor, ut dicunt poetae.*",
        "Messrs. Dupont, Durand, Lefèvre, Moreau, Girard and Rousseau signed it, one by one.",
        "Alpha, beta, gamma (α, β, γ) were chalked on the door, and nobody knew why.",
    ],
)
def test_names_mottoes_and_single_words_are_no_slip(line):
    assert judge(work(f"{PROSE}\n\n{line}\n\n{PROSE}")) == ()
