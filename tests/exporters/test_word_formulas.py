"""Formulas as Word holds them; who reads them there is Pandoc, where there is one."""

import shutil
import subprocess

import pytest

from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.word_formulas import formula
from tests.exporters.books import book, chapter


def words_of(latex: str) -> str:
    """The same in a line: the elements that matter, and their words."""
    made = formula(latex, is_block=False)
    for unseen in ("m:oMath", "m:r", "m:t"):
        made = made.replace(f"<{unseen}>", "").replace(f"</{unseen}>", "")
    font = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'
    return made.replace(font, "").replace('<m:t xml:space="preserve">', "").replace("m:", "")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x^2", "<sSup><e>x</e><sup>2</sup></sSup>"),
        (r"\frac{a}{b}", "<f><num>a</num><den>b</den></f>"),
        (r"\sqrt[3]{x}", "<rad><deg>3</deg><e>x</e></rad>"),
        (r"\hat{x}", '<acc><accPr><chr val="̂"/></accPr><e>x</e></acc>'),
        (r"a < b", "a&lt;b"),
        (
            r"\sin x",
            '<func><fName><rPr><sty val="p"/></rPr>sin</fName><e>x</e></func>',
        ),
        (
            r"\left( a \right]",
            '<d><dPr><begChr val="("/><endChr val="]"/></dPr><e>a</e></d>',
        ),
        (
            r"\int_0^1 x dx = y",
            '<nary><naryPr><chr val="∫"/><limLoc val="subSup"/></naryPr><sub>0</sub><sup>1</sup><e>xdx</e></nary>=y',
        ),
    ],
)
def test_each_part_of_a_formula_has_its_own_element(latex, expected):
    assert words_of(latex) == expected


@pytest.mark.parametrize(
    "latex", ["", r"\begin{what} x", "x" * 5_000, r"\sqrt{" * 90 + "x" + "}" * 90]
)
def test_what_is_no_formula_is_nothing(latex):
    assert formula(latex, is_block=True) == ""


@pytest.mark.skipif(not shutil.which("pandoc"), reason="there is no Pandoc")
@pytest.mark.parametrize(
    ("latex", "read"),
    [
        (r"\sum_{i=1}^n x_i", r"\sum_{i = 1}^{n}"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "a & b"),
        (r"\frac{\sqrt{\pi}}{2}", r"\frac{\sqrt{\pi}}{2}"),
        (r"\lim_{x \to 0} \sin x", r"\lim"),
    ],
)
def test_pandoc_reads_what_was_written(latex, read, tmp_path):
    file = tmp_path / "book.docx"
    file.write_bytes(EXPORTERS["docx"].export(book(chapter(f"$$\n{latex}\n$$"))))

    seen = subprocess.run(["pandoc", file, "-t", "markdown"], capture_output=True, check=True)

    assert read in seen.stdout.decode()
