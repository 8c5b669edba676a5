"""Claude and its kin, through the Anthropic SDK: the only module that knows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from l2mac_write.errors import LLMError, RequestRejected
from l2mac_write.llm.accumulator import Accumulator
from l2mac_write.llm.faults import Transient, Verdict, from_body, from_event, verdict
from l2mac_write.llm.pricing import Prices, load_prices
from l2mac_write.llm.retrying import Retrying
from l2mac_write.llm.stream import events
from l2mac_write.llm.wire import body, room
from l2mac_write.messages import Reply, Request, Stop, Usage
from l2mac_write.ports import Abilities

if TYPE_CHECKING:
    import anthropic

DEFAULT_MODEL = "claude-sonnet-5-5"
PATIENCE = 300.0
GENEROSITY = (1, 2, 4)
SHORTEST_KEY = 8


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

    def max_tokens(self, request: Request) -> int:
        """The most that a first attempt at this request can hold, and so can cost."""
        return room(request.shape, self._prices.limits(self.model).output)

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        """The reply, its usage counting every attempt that was paid for.

        When an attempt is cut and tried again, `hear` gets the new text from its beginning.
        """
        limit = self._prices.limits(self.model).output
        paid: list[Usage] = []
        for generosity in GENEROSITY:
            sent = body(self.model, request, room(request.shape, limit, generosity=generosity))
            reply = self._retrying.run(partial(self._attempt, sent, hear, paid))
            if reply.text.strip() or reply.calls or reply.stop is Stop.REFUSED:
                return replace(reply, usage=sum(paid, Usage()))
        raise LLMError(
            f"`{self.model}` gave an empty reply {len(GENEROSITY)} times."
            " Run `l2mac-write resume` to ask again, or choose another model."
        )

    def models(self) -> tuple[str, ...]:
        """The names of the models that the server offers, as it orders them."""
        return self._retrying.run(self._listed)

    def close(self) -> None:
        """Let go of open connections; a later call opens new ones."""
        with self._lock:
            if self._client:
                self._client.close()
            self._client = None

    def _attempt(
        self, sent: dict[str, Any], hear: Callable[[str], None], paid: list[Usage]
    ) -> Reply:
        heard = Accumulator(hear)
        try:
            with self._faults(), self._connected().messages.create(stream=True, **sent) as stream:
                chunks = stream.response.iter_bytes()
                for event in events(chunks, patience=self._patience, clock=self._retrying.clock):
                    if event["type"] == "error":
                        raise verdict(from_event(event, self._secrets), self.model)
                    heard.add(event)
                    if event["type"] == "message_stop":
                        break
        finally:
            paid.append(heard.usage)
        return heard.reply

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

    def _meaning(self, error: Exception) -> Verdict:
        import anthropic  # noqa: PLC0415  as above
        import httpx2  # noqa: PLC0415  as above

        if isinstance(error, anthropic.APIStatusError):
            headers = error.response.headers
            failure = from_body(error.status_code, error.body, headers, self._secrets)
            return verdict(failure, self.model)
        if isinstance(error, anthropic.APITimeoutError | httpx2.TimeoutException):
            return Transient(f"`{self._host}` fell silent")
        if isinstance(error, anthropic.APIConnectionError | httpx2.HTTPError):
            return Transient(f"the connection to `{self._host}` failed")
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
