"""What a failed attempt means: try again, come back later, ask for less, or mend the request."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from l2mac_write.errors import L2macError, LLMUnavailable, RequestRejected, WindowOverflow
from l2mac_write.ports import Interrupted

RESUME = "All that is finished is kept: `l2mac-write resume` goes on from there."


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as the server told it. `kind` and `code` are its own words, or empty."""

    status: int
    kind: str = ""
    code: str = ""
    message: str = ""
    after: float | None = None
    final: bool = False
    streamed: bool = False
    """It came after the reply had begun, which may have cost something by then."""


RETRYABLE = frozenset({408, 409, 429})
CROWDED = frozenset({429, 529})
MONEY = frozenset({"billing_error", "insufficient_quota"})
STREAM_STATUS = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "conflict_error": 409,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "overloaded_error": 529,
}
ADVICE = {
    400: "Trying again would not help: report it with the message above.",
    401: "Check that `ANTHROPIC_API_KEY` holds a valid key of this server.",
    402: "Mend the billing of the account, then run `l2mac-write resume`.",
    403: "Use a key that may use this model, or another model: `l2mac-write models` lists them.",
    404: "`l2mac-write models` lists the models that this server knows.",
    413: "Shorten what the request carries, such as sources or notes.",
}
TOO_LONG = re.compile(
    r"(prompt|input|request).{0,40}too long|context.{0,24}(length|window|size|limit)"
    r"|context_length|too many (input )?tokens",
    re.IGNORECASE | re.DOTALL,
)
KEY_LIKE = re.compile(r"\b(sk-|Bearer )[\w.-]{4,}")
LONGEST_QUOTE = 400


def verdict(failure: Failure, model: str) -> L2macError:
    """The exception that this failure deserves."""
    if _is_about_money(failure) and failure.status != HTTPStatus.PAYMENT_REQUIRED:
        return LLMUnavailable(
            f"A spending limit of the account is reached ({_label(failure)})."
            f"{_quoted(failure)} Raise it, or wait until it is renewed. {RESUME}"
        )
    if failure.status in RETRYABLE or failure.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _transient(failure)
    if failure.status == HTTPStatus.BAD_REQUEST and TOO_LONG.search(failure.message):
        return WindowOverflow(
            f"The request does not fit the context window of `{model}`.{_quoted(failure)}"
            " Let it carry less, or choose a model with a larger window."
        )
    return RequestRejected(
        f"The server refused the request to `{model}` ({_label(failure)}).{_quoted(failure)}"
        f" {ADVICE.get(failure.status, ADVICE[400])}"
    )


def from_event(event: Mapping[str, Any], hidden: tuple[str, ...] = ()) -> Failure:
    """An `error` event inside a stream, whose HTTP status was a misleading 200."""
    return from_body(HTTPStatus.OK, event, {}, hidden)


def from_body(
    status: int, body: object, headers: Mapping[str, str], hidden: tuple[str, ...] = ()
) -> Failure:
    """An error response; `hidden` are secrets that its message must not repeat."""
    error = _table(_table(body).get("error"))
    kind = _discreet(_text(error.get("type")), hidden)
    code = _text(_table(error.get("details")).get("error_code") or error.get("code"))
    return Failure(
        status=STREAM_STATUS.get(kind, 500) if status == HTTPStatus.OK else status,
        kind=kind,
        code=_discreet(code, hidden),
        message=_discreet(_text(error.get("message")), hidden),
        after=seconds_to_wait(headers),
        final=headers.get("x-should-retry") == "false",
        streamed=status == HTTPStatus.OK,
    )


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """What `retry-after` asks for, in any of its three spellings; None when it does not.

    A date is read against the server's own `date`, so that a wrong local clock does no harm.
    """
    if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    after = headers.get("retry-after")
    if (seconds := _number(after)) is not None:
        return seconds
    try:
        there = parsedate_to_datetime(after or "")
        return max(0.0, (there - parsedate_to_datetime(headers.get("date", ""))).total_seconds())
    except (ValueError, TypeError):
        return None


def _transient(failure: Failure) -> L2macError:
    why = f"the server answered {_label(failure)}"
    if failure.final:
        return LLMUnavailable(f"{why.capitalize()} and asks not to be asked again. {RESUME}")
    shared = failure.status in CROWDED or failure.after is not None
    return Interrupted(why, exact=not failure.streamed, after=failure.after, shared=shared)


def _is_about_money(failure: Failure) -> bool:
    return "spend_limit" in failure.code or not MONEY.isdisjoint({failure.kind, failure.code})


def _label(failure: Failure) -> str:
    return ", ".join(str(part) for part in (failure.status, failure.code or failure.kind) if part)


def _quoted(failure: Failure) -> str:
    return f" It said: “{failure.message}”." if failure.message else ""


def _discreet(message: str, hidden: tuple[str, ...]) -> str:
    for secret in hidden:
        message = message.replace(secret, "…")
    return KEY_LIKE.sub("…", " ".join(message.split())).rstrip(".")[:LONGEST_QUOTE]


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return None if math.isnan(number) else max(0.0, number)


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
