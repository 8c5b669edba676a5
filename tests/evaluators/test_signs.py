"""Quotation marks, emphasis and code come in pairs."""

import pytest

from l2mac_write.evaluators.signs import judge
from l2mac_write.findings import Severity, edited, edits
from tests.evaluators.works import PROSE, work


@pytest.mark.parametrize(
    "line",
    [
        "It was not even mine.” “It saves time,” she said.",
        'It was not even mine." "It saves time," she said.',
        "She went” down to the sea.",
        'She went" down to the sea, and "nothing" came of it.',
        "She went ““down to the sea.",
        "She went **down to the sea.",
        "She went *down to the sea.",
        "She typed `make and waited for the end of it.",
        "“We shall never get there, said Tomas. She said nothing.",
        "The wind was cold. “We shall never get there, said Tomas, and fell.",
        "“We shall never get there, said Tomas, “and you know it.” She said nothing.",
        'The wind was cold. "We shall never get there, said Tomas, and fell.',
    ],
)
def test_a_mark_without_its_partner_is_found(line):
    (finding,) = judge(work(f"{PROSE}\n\n{line}\n\nThen it was dark."))

    assert finding.code == "DOC-TYPO"
    assert finding.severity is Severity.REVISE
    assert finding.quote in line


@pytest.mark.parametrize(
    "text",
    [
        "“It was the first of many,” he said.\n\n“And the last?” she asked.",
        "“He spoke for an hour.\n\n“And then he spoke for another.”",
        '"He spoke for an hour.\n\n"And then he spoke for another."',
        "“Three men on a bank, and none of them dry! “Three men, and the river was high!”",
        "He began: “It was in May.\n\n“It was in *June.*”\n\nShe said: “So?”",
        "“The letter says:\n\nCome at once, and bring the dog.\n\nYours, etc.”",
        "„Hier ist es“, sagte er. „Und dort“, sagte sie.",
        "»Hier ist es«, sagte er.",
        'He was 6\'2" tall, and the board was 12" wide.',
        '"Yes," he said. "No," said she.',
        "“He said ‘no’ and meant ‘no.’”",
        "* * *",
        "* a list\n* of two things",
        "Two * three * four is twenty-four, and 2*3 is six.",
        "*All of it* was **true**, and ***more***.",
        "*The note stands here, as in old books.",
        "The word* has a note.",
        "`He spoke in the old way,' said the printer.",
        "Use `make` and then `make install`.",
        "```\na `b\n```",
        "She wrote “a**b” and left \\* as it was.",
    ],
)
def test_what_real_books_do_is_no_fault(text):
    assert judge(work(f"{text}\n\nThen it was dark.")) == ()


@pytest.mark.parametrize(
    ("speech", "line"),
    [
        ("„Ja“, sagte sie.", "„Nein“, sagte er.“ Und ging."),
        ("„Tak”, rzekł.", "„Nie”, rzekła.” I poszła."),
        ("« Oui », dit-elle.", "« Non », dit-il. » Et il partit."),
        ("»Ja«, sagte sie.", "»Nein«, sagte er.« Und ging."),
        ("‘Yes,’ she said.", "‘No,’ he said.’ And he went."),
    ],
)
def test_a_mark_that_closes_nothing_is_found_in_every_way_to_set_speech(speech, line):
    text = f"{speech}\n\n{speech}\n\n{line}\n\n{speech}"

    (finding,) = judge(work(text))

    assert finding.quote in line


@pytest.mark.parametrize(
    ("speech", "line"),
    [
        ("„Ja“, sagte sie.", "Er rief: „Nein, und ging."),
        ("« Oui », dit-elle.", "Il dit : « Non, et partit."),
        ("»Ja«, sagte sie.", "Er rief: »Nein, und ging."),
    ],
)
def test_a_mark_that_nothing_closes_is_found_in_other_ways_to_set_speech(speech, line):
    (finding,) = judge(work(f"{speech}\n\n{line}\n\nDann ging sie. {speech}\n\n{speech}"))

    assert finding.message == "A quotation mark opens what nothing closes."
    assert finding.quote in line


@pytest.mark.parametrize(
    "text",
    [
        "‘Yes,’ she said.\n\n‘He’s goin’ to the boys’ house, an’ then home,’ he said.",
        "‘It was the first.\n\n‘And then came another.’\n\n‘So?’",
        "‘Did he say “no”?’ she asked. ‘He said “no.”’",
        "« Il parla une heure.\n\n« Et puis il se tut. »\n\n« Bien. »",
        "„Er sprach.\n\n„Und dann ging er.“\n\n„Gut.“",
        "— Oui, dit-il.\n\n— Non « vraiment » ?",
    ],
)
def test_long_speeches_and_apostrophes_are_no_fault_in_any_of_them(text):
    assert judge(work(text)) == ()


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("“Yes,”” he said.", "“Yes,” he said."),
        ("She said ““yes” to him.", "She said “yes” to him."),
        ('He said "yes""es to her.', 'He said "yes"es to her.'),
        ("“He said “no”” to her.", "“He said “no”” to her."),
    ],
)
def test_a_mark_set_twice_is_set_once_where_its_paragraph_leaves_no_doubt(line, mended):
    assert edited(line, edits(judge(work(line)))) == mended


def test_a_foreign_quotation_does_not_hide_a_stray_mark():
    speeches = "“Yes,” she said. “No,” he said. “So?” she said. " * 5
    text = f"{speeches}\n\n“He read «Le Temps» aloud.”\n\nShe went” down to the sea."

    assert [finding.quote[:8] for finding in judge(work(text))] == ["She went"]


@pytest.mark.parametrize(
    "text",
    [
        "“How do you know? said the cook. He thought. “There is something wrong.”",
        "“How do you know? He thought. “There is something wrong,” said the cook.",
        "“Look here—to the cook—“we are to clear the house.”",
        "“It does not matter, replied the cook. And there it ended.\n\n“Well,” said Ann, “go.”",
        "“I cannot get a word in,” he said. “What I want to know is this.\n\n“This, sir!” cried Ann.",
        "“Will any kind friend tell me where I am?\n\n“You are at the inn,” said I.",
        "“That is our trade.\n\n“Go on, John,” answered the cook.",
        "“But she did not speak of me.\n\n“Yes, she did.”",
    ],
)
@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_speech_that_nobody_ends_is_found_where_another_speaks_next(text, marks):
    text = text.replace("“", marks[0]).replace("”", marks[1])

    (finding,) = judge(work(f"{text}\n\nThen it was dark."))

    assert finding.message == "A quotation mark opens what nothing closes."
    assert finding.quote in text.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "“They stood in a row,” he said, “and fell.\n\n“Wiped out!” he said.",
        "“They stood in a row,” said Ann, “and fell.\n\n“All of them,” she said, “at once.”",
        "“They fell,” retorted the cook, “all.\n\n“And then,” he added, “it was dark.”",
        "Ann rose. “They stood in a row.\n\n“And fell,” said Ann. “All of them.”",
        "“‘Go,’ said the cook. I went, thought I, for ever, and said so.\n\n“It was so.”",
        "“Yes, they stood in a row.\n\n“Yes, and they fell, as I have told you a hundred times before this.”",
        "“Drink and the devil!\n“Drink, I tell you!”",
        "“I am, yours, etc.\n\n“J. F.”",
        "She read:\n\n“No fire, no light.\n\nNo hope, no end.”",
    ],
)
@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_speech_of_several_paragraphs_is_no_fault_whoever_is_named_in_it(text, marks):
    text = text.replace("“", marks[0]).replace("”", marks[1])

    assert judge(work(f"{text}\n\nThen it was dark.")) == ()


SPOKEN = {"“": "“好。”他说，“走吧。”\n\n", "「": "「好。」他說，「走吧。」\n\n"}


@pytest.mark.parametrize(
    "line",
    [
        "她走了”下去。“好。”他说。",
        "“我们走吧。他说。\n\n他走了，没有回头。",
        "她说：“我们走吧。“他没有动。",
        "他說：走吧。」她沒有動。",
        "「我們走吧。他說。\n\n他走了，沒有回頭。",
        "他說：「他告訴我『別去，我沒聽。」\n\n「他說『好』。」",
    ],
)
def test_a_chinese_mark_without_its_partner_is_found(line):
    spoken = SPOKEN["「" if "」" in line or "「" in line else "“"]

    (finding,) = judge(work(f"{spoken * 3}{line}\n\n{spoken}", language="zh"))

    assert finding.code == "DOC-TYPO"
    assert finding.quote in line


@pytest.mark.parametrize(
    "text",
    [
        "“他说了很久。\n\n“然后他走了。”",
        "「他說了很久。\n\n「然後他走了。」",
        "他說：「他告訴我『別去』，我沒聽。」",
        "他读《红楼梦》和“三国”，也读‘水浒’。",
        "“他说‘不去’。”他答：“好。”",
        "「他念道：\n\n『床前明月光，\n\n『疑是地上霜。』」",
    ],
)
def test_chinese_speech_as_it_is_set_is_no_fault(text):
    spoken = SPOKEN["「" if "「" in text else "“"]

    assert judge(work(f"{spoken * 3}{text}\n\n{spoken}", language="zh")) == ()
