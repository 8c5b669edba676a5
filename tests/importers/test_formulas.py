"""Formulas of Word, which come in as the LaTeX that draws them."""

import pytest
from lxml import etree

from l2mac_write.exporters.word_formulas import formula
from l2mac_write.importers.formulas import put_in_words, shown

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def latex_of(omml: str) -> str:
    root = etree.fromstring(f"<w:p {SPACES}>{omml}</w:p>")
    put_in_words(root)
    return shown("".join(root.itertext())).split('alttext="')[1].split('"')[0]


LATEX = [
    r"x^{2}_{i}", r"\frac{a + b}{c}", r"\sqrt{x}", r"\sqrt[3]{x}", r"\hat{x}", r"\overline{AB}",
    r"\sum_{i=1}^{n} x_i + y", r"\int_{0}^{1} x", r"\lim_{x \to 0} \sin x", r"\binom{n}{k}",
    r"\left( \frac{a}{b} \right]", r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r"\underbrace{a+b}_{n}", r"50 \% \{a\}",
    r"\operatorname{lcm} a",
]  # fmt: skip


@pytest.mark.parametrize("latex", LATEX)
def test_a_formula_that_word_was_given_comes_back_as_the_same(latex):
    written = formula(latex, is_block=True)
    again = latex_of(written)

    assert formula(again, is_block=True).replace("\u200b", "") == written.replace("\u200b", "")


def test_what_word_leaves_unsaid_is_what_it_takes_for_granted():
    run = "<m:e><m:r><m:t>x</m:t></m:r></m:e>"

    assert latex_of(f"<m:oMath><m:d>{run}</m:d></m:oMath>") == r"\left( x \right)"
    assert latex_of(f"<m:oMath><m:nary>{run}</m:nary></m:oMath>") == r"\int x"
    assert latex_of(f"<m:oMath><m:acc>{run}</m:acc></m:oMath>") == r"\hat{x}"


def test_the_words_around_a_formula_stay_where_they_are():
    root = etree.fromstring(
        f"<w:p {SPACES}>a<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>b<m:oMath/>c</w:p>"
    )
    put_in_words(root)

    assert shown("".join(root.itertext())) == 'a<math display="inline" alttext="x">x</math>bc'


def test_a_formula_without_end_is_its_signs():
    deep = "<m:e>" * 200 + "<m:r><m:t>x_y</m:t></m:r>" + "</m:e>" * 200

    assert latex_of(f"<m:oMath>{deep}</m:oMath>") == r"x\_y"
