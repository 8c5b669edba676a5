"""How a command ends: one sentence on stderr and the right exit code, never a traceback."""

from __future__ import annotations

import functools
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn, ParamSpec

import click

from l2mac_write.errors import L2macError, Paused, UsageError
from l2mac_write.store.remains import SETTINGS

P = ParamSpec("P")
STOPPED = Paused.exit_code


def ends_well(command: Callable[P, None]) -> Callable[P, None]:
    """The one place where an error becomes words for a person."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            command(*args, **kwargs)
        except KeyboardInterrupt as error:
            _end(error, "stopped.", STOPPED)
        except click.Abort as error:  # Ctrl-C or Ctrl-D where something was asked
            click.echo(err=True)
            _end(error, "stopped.", STOPPED)
        except L2macError as error:
            _end(error, str(error), error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)

    return run


@contextmanager
def resumable(root: Path, again: str = "resume") -> Iterator[None]:
    """Whatever stops the run in here ends with the line to type next."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort, L2macError) as error:
        if not isinstance(error, UsageError):
            error.add_note(_next_line(root, again))
        raise


def _next_line(root: Path, again: str) -> str:
    if (root / SETTINGS).exists():
        return f"Nothing is lost. Go on with: l2mac-write {again} --book {root}"
    return "Nothing was begun yet. Type the same line again."


def _end(error: BaseException, sentence: str, exit_code: int) -> NoReturn:
    for line in (f"l2mac-write: {sentence}", *getattr(error, "__notes__", ())):
        click.echo(line, err=True)
    sys.exit(exit_code)


def _interrupt(_signum: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
