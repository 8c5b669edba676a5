"""What README tells of programs is all there is, and nothing that is not there."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from l2mac_write import generate
from l2mac_write.book import Brief
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.machine.conditions import CONDITIONS
from l2mac_write.machine.drafting import AT_ONCE
from l2mac_write.machine.planning import chapter_schema, plan_schema
from l2mac_write.machine.program import Step
from l2mac_write.machine.program_file import ROLES
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.sources import SOURCES
from l2mac_write.machine.variables import VARIABLES
from l2mac_write.plan_file import load
from l2mac_write.store.memory import MemoryBook

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
SECTION = README.partition("\n## A program of your own\n")[2].partition("\n## ")[0]


def told(heading):
    """The names in the first column of the table under that heading."""
    rows = SECTION.partition(f"\n### {heading}\n")[2].partition("\n### ")[0].partition("|---")[2]
    firsts = (row.split("|")[1] for row in rows.splitlines() if row.startswith("| `"))
    return [name for first in firsts for name in re.findall("`([^`]+)`", first)]


def test_the_example_is_a_program_that_works(tmp_path):
    for name, text in re.findall(
        r"```\w+\n(?:# |{# )cookbook/(\S+)[^\n]*\n(.*?)```", SECTION, re.DOTALL
    ):
        (tmp_path / "cookbook").mkdir(exist_ok=True)
        (tmp_path / "cookbook" / name).write_text(text, "utf-8")

    book = generate(
        "Soups for one.",
        tmp_path / "soups",
        program=str(tmp_path / "cookbook"),
        model="rehearsal",
        chapters=2,
        words=600,
    )

    assert len(list((tmp_path / "cookbook").iterdir())) == 3
    assert book.finished
    assert (tmp_path / "soups/notes/pantry.md").exists()


@pytest.mark.parametrize(
    ("heading", "there"),
    [
        ("Keys of a step", [field.name for field in fields(Step)]),
        ("What a plan holds", plan_schema(Situation(Brief("x"), MemoryBook()))["properties"]),
        ("What a plan holds of a chapter", chapter_schema(300)["properties"]),
        ("Sources", SOURCES),
        ("Conditions", CONDITIONS),
        ("Evaluators", EVALUATORS),
        ("Roles", ROLES),
        ("Variables of a prompt", VARIABLES),
    ],
)
def test_each_table_has_every_name_once_and_no_other(heading, there):
    assert sorted(told(heading)) == sorted(there)


def test_the_example_of_a_plan_is_one_with_a_part():
    example = SECTION.partition("### What a plan holds of a chapter")[2]
    plan = load(example.partition("```toml\n")[2].partition("```")[0])

    assert plan.of_part(1) == plan.chapters


def test_from_how_many_chapters_on_a_plan_is_made_part_by_part():
    assert f"part by part if it has more than {AT_ONCE} chapters" in SECTION
