"""An abbreviation is written out where the reader first meets it; that is advice, no more."""

import pytest

from l2mac_write.evaluators.abbreviations import judge
from l2mac_write.findings import Severity
from tests.evaluators.works import chapters, work


def named(text, **more):
    return [finding.quote for finding in judge(work(text, **more))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The SLA binds both sides. The SLA ends in May.", ["SLA"]),
        ("Ask the QRF or two SOPs.", ["QRF", "SOP"]),
        ("Mount the PS2 port.", ["PS2"]),
    ],
)
def test_one_that_nobody_has_explained_is_remarked_on_once(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The service level agreement (SLA) binds both sides. The SLA ends in May.",
        "Service level agreements (SLAs) bind. Each SLA ends in May.",
        "The SLA (service level agreement) binds both sides.",
        "**SLA**: what the two sides have agreed.",
        "SLA – what the two sides have agreed.",
        "| SLA | use |\n|---|---|\n\nThe service level agreement (SLA) binds.",
        "Send the PDF to the EU office by 6 PM.",
        "WARNING: DO NOT OPEN THE VALVE.",
        "Do not open it. Do NOT open it.",
        "Louis XIV and chapter III.",
        "Type `SLA` and `QRF`.",
        "```\nSLA=1\n```",
        "The part number is AB-1234 and SLA-7.",
        "阅读HTML文件。",
    ],
)
def test_what_is_explained_known_shouted_or_code_is_left_alone(text):
    assert named(text) == []


def test_what_an_earlier_section_has_used_is_known():
    assert named("The SLA ends.", earlier=chapters("The service level agreement (SLA).")) == []


def test_it_only_advises_and_says_what_to_do():
    (finding,) = judge(work("The SLA ends."))

    assert finding.severity is Severity.ADVISE
    assert finding.message == "`SLA` is used, and nothing has said what it stands for."
    assert finding.hint.startswith("Write it out the first time")
