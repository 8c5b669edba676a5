"""How a command ends: one sentence on stderr and the right exit code, never a traceback."""

from __future__ import annotations

import functools
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn, ParamSpec

import click

from l2mac_write.errors import Interrupted, L2macError, UsageError

P = ParamSpec("P")


def ends_well(command: Callable[P, None]) -> Callable[P, None]:
    """The one place where an error becomes words for a person."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            command(*args, **kwargs)
        except KeyboardInterrupt:
            _end(Interrupted("stopped."), kwargs)
        except L2macError as error:
            _end(error, kwargs)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)

    return run


def _end(error: L2macError, flags: object) -> NoReturn:
    click.echo(f"l2mac-write: {error}", err=True)
    book = isinstance(flags, dict) and flags.get("book")
    if book and not isinstance(error, UsageError):
        click.echo(f"Nothing is lost. Go on with: l2mac-write resume --book {book}", err=True)
    sys.exit(error.exit_code)


def _interrupt(_signum: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
