"""Lines of a report in a terminal that is narrower than they are."""

from l2mac_write.cli.printing import fitted

ROW = "  state            159  What is so when this chapter begins: what it must not contradict"


def test_no_word_is_cut_and_what_goes_on_stands_under_its_column():
    assert fitted(ROW, 80).splitlines() == [
        "  state            159  What is so when this chapter begins: what it must not",
        "                        contradict",
    ]


def test_a_line_that_fits_and_lines_that_are_laid_out_already_stay_as_they_are():
    assert fitted(ROW, 120) == ROW
    assert fitted(f"{ROW}\n{ROW}", 60) == f"{ROW}\n{ROW}"


def test_where_nobody_knows_the_width_nothing_is_wrapped():
    assert fitted(ROW * 9, 0) == ROW * 9


def test_a_path_is_never_cut():
    path = "/home/somebody/books/" + "a-long-name-" * 9 + ".epub"

    assert path in fitted(f"{path}  (15 KB)", 80).splitlines()
