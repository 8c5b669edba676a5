"""Claude and its kin, through the Anthropic SDK: the only module that knows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from l2mac_write.errors import L2macError, RequestRejected
from l2mac_write.llm.accumulator import Accumulator
from l2mac_write.llm.faults import from_body, from_event, verdict
from l2mac_write.llm.pricing import Prices, load_prices
from l2mac_write.llm.retrying import Retrying
from l2mac_write.llm.stream import events
from l2mac_write.llm.wire import body, most_tokens, room
from l2mac_write.messages import Reply, Request, Stop, Usage
from l2mac_write.ports import Abilities, EmptyReply, Interrupted

if TYPE_CHECKING:
    import anthropic

DEFAULT_MODEL = "claude-sonnet-5-5"
PATIENCE = 300.0
SHORTEST_KEY = 8

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """Whose key, at which server. Empty means what the environment says."""

    key: str | None = field(default=None, repr=False)
    base_url: str | None = None


class Anthropic:
    """Any server that speaks the Messages API. Safe to use from several threads.

    Models of one server should share one `retrying`, and with it the cool-down. `patience` is
    how long, in seconds, a stream may hold no content before it is ended and tried again.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        account: Account | None = None,
        prices: Prices | None = None,
        retrying: Retrying | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.model = model
        self._account = account or Account()
        self._prices = prices or load_prices()
        self._retrying = retrying or Retrying()
        self._patience = patience
        self._client: anthropic.Anthropic | None = None
        self._lock = threading.Lock()

    @property
    def abilities(self) -> Abilities:
        return Abilities(window=self._prices.limits(self.model).window)

    def price(self, usage: Usage) -> float | None:
        return self._prices.price_of(self.model, usage)

    def ceiling(self, request: Request) -> float | None:
        sent = self._body(request)
        return self._prices.ceiling(self.model, most_tokens(sent), sent["max_tokens"])

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        heard = Accumulator(hear)
        try:
            self._stream(self._body(request), heard)
            reply = heard.reply
        except Interrupted as fault:
            fault.usage = heard.usage
            raise
        if reply.text.strip() or reply.calls or reply.stop is Stop.REFUSED:
            return reply
        raise EmptyReply(reply.usage)

    def patiently(self, attempt: Callable[[], T]) -> T:
        return self._retrying.run(attempt)

    def models(self) -> tuple[str, ...]:
        """The names of the models that the server offers, as it orders them."""
        return self.patiently(self._listed)

    def close(self) -> None:
        """Let go of open connections; a later call opens new ones."""
        with self._lock:
            if self._client:
                self._client.close()
            self._client = None

    def _body(self, request: Request) -> dict[str, Any]:
        limit = self._prices.limits(self.model).output
        return body(self.model, request, room(request, limit))

    def _stream(self, sent: dict[str, Any], heard: Accumulator) -> None:
        """Fills the accumulator. What is said before the server answers at all costs nothing."""
        with self._faults(), self._connected().messages.create(stream=True, **sent) as stream:
            chunks = stream.response.iter_bytes()
            for event in events(chunks, patience=self._patience, clock=self._retrying.clock):
                if event["type"] == "error":
                    raise verdict(from_event(event, self._secrets), self.model)
                heard.add(event)
                if event["type"] == "message_stop":
                    break

    def _listed(self) -> tuple[str, ...]:
        with self._faults():
            return tuple(model.id for model in self._connected().models.list())

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turns what the SDK and its transport raise into errors of our own, without their cause.

        A broken connection after the headers is an `httpx2` error, not one of the SDK's.
        """
        import anthropic  # noqa: PLC0415  the import costs a second: only a call may pay it
        import httpx2  # noqa: PLC0415  as above

        try:
            yield
        except (anthropic.AnthropicError, httpx2.HTTPError) as error:
            raise self._meaning(error) from None

    def _meaning(self, error: Exception) -> L2macError:
        import anthropic  # noqa: PLC0415  as above
        import httpx2  # noqa: PLC0415  as above

        if isinstance(error, anthropic.APIStatusError):
            headers = error.response.headers
            failure = from_body(error.status_code, error.body, headers, self._secrets)
            return verdict(failure, self.model)
        # Without a connection nothing was asked, and nothing is charged.
        unasked = isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
        if isinstance(error, anthropic.APITimeoutError | httpx2.TimeoutException):
            return Interrupted(f"`{self._host}` fell silent", exact=unasked)
        if isinstance(error, anthropic.APIConnectionError | httpx2.HTTPError):
            return Interrupted(f"the connection to `{self._host}` failed", exact=unasked)
        return RequestRejected(
            f"The Anthropic SDK refused to work ({type(error).__name__})."
            " Set `ANTHROPIC_API_KEY`, or mend the other variables that begin with `ANTHROPIC_`."
        )

    def _connected(self) -> anthropic.Anthropic:
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> anthropic.Anthropic:
        import anthropic  # noqa: PLC0415  as above

        client = anthropic.Anthropic(
            api_key=self._account.key,
            base_url=self._account.base_url,
            max_retries=0,
            timeout=anthropic.Timeout(self._patience, connect=10.0, write=60.0),
        )
        if not (client.api_key or client.auth_token or client.credentials):
            raise RequestRejected(
                "No key is set for the model's server. Put yours into `ANTHROPIC_API_KEY`;"
                " for a server that needs none, any word will do."
            )
        return client

    @property
    def _host(self) -> str:
        return self._client.base_url.host if self._client else "the server"

    @property
    def _secrets(self) -> tuple[str, ...]:
        client = self._client
        known = (client.api_key, client.auth_token) if client else ()
        # a shorter word is no secret but a stand-in, and hiding it would spoil messages
        return tuple(secret for secret in known if secret and len(secret) >= SHORTEST_KEY)
