"""Random sequences of revisions, hand edits, undos, redos, reorderings and kills: is anything lost?

python -m tests.benchmarks.any_order --count 200
"""

import argparse

from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.history.test_changes_in_any_order import AnyOrder

STEPS = 20


def main():
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--count", type=int, default=200, help="sequences")
    count = asked.parse_args().count
    tried = settings(
        max_examples=count,
        stateful_step_count=STEPS,
        deadline=None,
        phases=[Phase.generate],
        database=None,
    )
    run_state_machine_as_test(AnyOrder, settings=tried)
    print(f"{count} sequences of {STEPS} steps: nothing lost, nothing asked twice")


if __name__ == "__main__":
    main()
