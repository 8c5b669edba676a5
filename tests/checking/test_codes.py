"""What a code means is said in one place, and README says it too."""

import re
from pathlib import Path

from l2mac_write.checking.codes import meanings

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"([A-Z]{2,3}-[A-Z]{2,})"')


def test_every_code_that_is_used_has_a_meaning():
    used = {
        c for file in (ROOT / "l2mac_write").rglob("*.py") for c in CODE.findall(file.read_text())
    }

    assert used <= meanings().keys()


def test_readme_tells_what_each_code_means():
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"(?m)^\| `([A-Z]+-[A-Z]+)` \| (.+) \|$", readme))

    assert rows == {code: meaning for code, meaning in meanings().items() if code != "EST-AGAIN"}
