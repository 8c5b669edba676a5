"""Ages and spans of years add up with the years that are given for them."""

import pytest

from l2mac_write.evaluators.ages import judge
from tests.evaluators.works import codes, work

WRONG = [
    "Ansel, who was born in 1850, turned 40 in 1880.",
    "In the autumn of 1880 Ansel, born in 1850, was twenty-five years old.",
    "Ansel (1850–1880) died at the age of 41.",
    "Born in 1850, Ansel was forty when the bridge was opened in 1880.",
    "Ansel was born in 1850. In 1880 he was forty.",
    "She was born in 1850 and in 1880 celebrated her fortieth birthday.",
    "Born in 1850, he died in his fiftieth year, in 1880.",
    "In 1880, at the age of 41, Ansel, who had come into the world in 1850, left.",
    "In 1880 Ansel, born in 1850, was a man of forty.",
    "By 1880, as he was born in 1850, he had lived forty years.",
    "In 1880, forty years after his birth in 1850, he came back.",
    "He gave his age as 40 in 1880, and the register has 1850 for his birth.",
    "From 1840 to 1850, for twelve years, he ruled.",
    "In 1840 he left, and fifteen years later, in 1850, he came back.",
]
RIGHT = [
    "Ansel, who was born in 1850, turned 30 in 1880.",
    "Ansel (1850–1880) died at the age of 29.",
    "Born in 1850, he died in his thirtieth year, in 1880.",
    "Born in 1850, Ansel was about forty in 1880.",
    "He was born in 1850, left home at 16 and became mayor in 1880.",
    "Born in 1850, he met Anna, aged 22, in 1880.",
    "Ansel was born in 1850. In 1880 his wife was forty.",
    "From 1840 to 1850, for ten years, he ruled.",
    "In 1840 he left, and ten years later, in 1850, he came back.",
    "Born in 1850, he was apprenticed when he was 14; by 1880 he had a shop.",
    "There were 40 of them in 1880, and 1850 before.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_number_that_does_not_add_up_is_found(text):
    findings = judge(work(text))

    assert codes(findings) == ["TIM-DUR"]
    assert findings[0].quote in text


@pytest.mark.parametrize("text", RIGHT)
def test_what_adds_up_or_is_vague_or_somebody_elses_is_left_alone(text):
    assert judge(work(text)) == ()
