"""`python -m tests`: everything that has to hold, in one command, the cheapest first."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HERE = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1", "localhost")))
"""Servers of the tests' own are on this machine, whatever stands between it and the others."""
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
    ("cog", "--check", "README.md"),
    ("coverage", "run", "-m", "pytest", "-q"),
    ("coverage", "report", "--skip-covered", "--skip-empty"),
)


def main() -> int:
    tools = Path(sys.executable).parent
    failed = [" ".join(check) for check in CHECKS if not passes(tools, check)]
    for name in failed:
        print(f"FAILED: {name}")
    return 1 if failed else 0


def passes(tools: Path, check: tuple[str, ...]) -> bool:
    print(f"\n$ {' '.join(check)}", flush=True)
    env = {**os.environ, "NO_PROXY": HERE, "no_proxy": HERE}
    command = [tools / check[0], *check[1:]]
    return subprocess.run(command, cwd=ROOT, env=env, umask=0o022, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
