"""A document's section may have headings, lists and tables; what it may not do is skip a level."""

import pytest

from l2mac_write.evaluators.sections import judge
from l2mac_write.findings import Severity, mended
from tests.evaluators.works import PROSE, severities, work

STEPS = "\n".join(f"{n}. Turn valve {n} to the left until it stops." for n in range(1, 9))
TABLE = "| Part | Use |\n|---|---|\n| Valve | Stops the water |"


@pytest.mark.parametrize(
    "text", [STEPS, TABLE, f"## Before you begin\n\n{PROSE}\n\n### Tools\n\n{STEPS}"]
)
def test_headings_lists_and_tables_are_welcome(text):
    assert judge(work(text, title="The Pump")) == ()


def test_a_level_that_is_skipped_is_to_be_mended():
    (finding,) = judge(work(f"## One\n\n{PROSE}\n\n#### Two\n\n{PROSE}"))

    assert finding.severity is Severity.REVISE
    assert finding.message == "A heading of level 4 follows one of level 2."
    assert finding.hint == "Make it a heading of level 3."


@pytest.mark.parametrize("heading", ["# The Pump", "## The Pump", "The Pump"])
def test_the_title_of_the_section_is_taken_off(heading):
    text = f"{heading}\n\n{PROSE}"

    assert mended(text, judge(work(text, title="The Pump"))).strip() == PROSE


def test_a_fence_that_is_never_closed_is_to_be_mended():
    assert severities(judge(work(f"{PROSE}\n\n```\npump --on\n\n{PROSE}"))) == [Severity.REVISE]
