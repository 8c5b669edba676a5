"""What axe, which knows what keeps people from reading a page, says of the one in the browser."""

from pathlib import Path

import pytest

from tests.exporters.chromium import Browser

AXE = Path(__file__).parents[2] / ".env-test/npm/node_modules/axe-core/axe.min.js"


def violations(browser: Browser) -> list[tuple[str, str, object]]:
    """Of each the rule, the first element that breaks it, and why."""
    if not AXE.exists():
        pytest.skip("axe-core is not there: .ci/run installs it with npm")
    browser.run(AXE.read_text("utf-8") + "; 0")
    found = browser.run("axe.run({ preload: false, resultTypes: ['violations'] })")["violations"]
    return [(v["id"], v["nodes"][0]["html"], v["nodes"][0]["any"][:1]) for v in found]
