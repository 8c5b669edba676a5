"""Everything that can go wrong, as one tree, sorted by who must hear it.

L2macError
├── UsageError              a person asked for something impossible (exit 2)
│   ├── SettingsError       ... in a file or variable of theirs
│   ├── ExtraMissing        ... of what is not installed
│   ├── Unprintable         ... of a book that the fonts of a printer cannot show
│   ├── DamagedJournal      ... of a journal that can be made anew from the book's files
│   └── NoContradiction     ... by claiming one where there can be none, whatever is quoted
├── ToolError               the model asked for something impossible; it is told, not us
│   ├── PathRefused
│   ├── TooMuch             more text or files than a book may have
│   └── NoSuchFile
├── MachineError            the run stopped before its book was done (exit 1, resumable)
│   ├── AnswerRefused       no usable answer to one instruction after every attempt
│   └── EvaluatorFailed     nobody knows whether the text is sound, which is no pass
├── LLMError                the model's server failed for good (exit 1, resumable)
│   ├── RequestRejected     wrong key, unknown model, malformed request: not worth a retry
│   └── WindowOverflow      the request does not fit the model's context window
├── PrintFailed             the engine that sets PDFs and covers stopped (exit 1)
└── Paused                  nothing is wrong with the book; come back later (exit 3, resumable)
    ├── LLMUnavailable      overloaded, rate-limited or unreachable after every retry
    ├── BudgetReached       the next call could cost more than is left
    └── DiskFull
"""

from __future__ import annotations


class L2macError(Exception):
    """Base of every error this package raises on purpose."""

    exit_code = 1


class UsageError(L2macError):
    exit_code = 2


class SettingsError(UsageError):
    pass


class ExtraMissing(UsageError):
    """`--format all` goes on without the format that needs it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra `{extra}`: pip install 'l2mac-write[{extra}]'.")


class Unprintable(UsageError):
    """`--format all` goes on without the format that cannot show the book."""


class Busy(UsageError):
    """Another run is writing the book."""


class DamagedJournal(UsageError):
    def __init__(self, place: str, book: str, detail: str) -> None:
        super().__init__(
            f"`{place}` is damaged or is not a journal of this program ({detail})."
            f" The book's Markdown files are untouched: `l2mac-write doctor --repair --book {book}`"
            " makes a new journal from them."
        )
        self.detail = detail


class NoContradiction(UsageError):
    """A model that is told so need not be asked for better quotes."""


class ToolError(L2macError):
    """Raised by a tool; its text goes back to the model as a failed result."""


class PathRefused(ToolError):
    def __init__(self, path: str, why: str = "it leaves the book") -> None:
        super().__init__(
            f"`{path}` is refused: {why}. Use a relative path such as `chapters/01-title.md`."
        )


class TooMuch(ToolError):
    pass


class NoSuchFile(ToolError):
    def __init__(self, path: str) -> None:
        super().__init__(f"there is no file `{path}` in the book; `list_files` shows what is there")


class MachineError(L2macError):
    """The run stopped early; `l2mac-write resume` carries on."""


class AnswerRefused(MachineError):
    pass


class EvaluatorFailed(MachineError):
    def __init__(self, name: str, path: str, why: str) -> None:
        super().__init__(
            f"the evaluator `{name}` failed on `{path}`: {why}. What it cannot judge has not"
            " passed: mend the evaluator, or take it out, and type the same line again."
        )


class LLMError(L2macError):
    pass


class RequestRejected(LLMError):
    pass


class WindowOverflow(LLMError):
    pass


class PrintFailed(L2macError):
    def __init__(self, why: str) -> None:
        super().__init__(f"the pages could not be set: {why}. That file was not written.")


class Paused(L2macError):
    """Everything finished so far is kept; `l2mac-write resume` goes on from there."""

    exit_code = 3


class LLMUnavailable(Paused):
    pass


class BudgetReached(Paused):
    pass


class DiskFull(Paused):
    pass
