"""What a model costs and how much it holds, from `prices.toml` and a person's own file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from l2mac_write.errors import SettingsError
from l2mac_write.messages import Usage

PACKAGED = Path(__file__).with_name("prices.toml")
DATED = re.compile(r"-\d{8}$")
PUBLISHED = "published"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: float
    output: float
    cache_read: float
    cache_write: float

    def of(self, usage: Usage) -> float:
        return (
            self.input * usage.input_tokens
            + self.output * usage.output_tokens
            + self.cache_read * usage.cache_read_tokens
            + self.cache_write * usage.cache_write_tokens
        ) / MILLION

    def ceiling(self, prompt: int, answer: int) -> float:
        """The price of so many tokens, all of them of the dearest kind."""
        dearest = max(self.input, self.cache_read, self.cache_write)
        return (dearest * prompt + self.output * answer) / MILLION


@dataclass(frozen=True, slots=True)
class Limits:
    """In tokens; the defaults are for a model that nobody has described."""

    window: int = 200_000
    output: int = 16_000


@dataclass(frozen=True, slots=True)
class Pace:
    """Tokens of an answer a second, and seconds until its first one; guesses, for forecasts."""

    speed: float = 60.0
    first_token: float = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is known of one model. `long` prices calls of more than `above` prompt tokens."""

    limits: Limits = Limits()
    pace: Pace = Pace()
    price: Price | None = None
    long: Price | None = None
    above: int = 0

    def price_of(self, usage: Usage) -> float | None:
        price = self.long if self.long and usage.prompt > self.above else self.price
        return price.of(usage) if price else None

    def ceiling(self, prompt: int, answer: int) -> float | None:
        if not self.price:
            return None
        prices = filter(None, (self.price, self.long))
        return max(price.ceiling(prompt, answer) for price in prices)


@dataclass(frozen=True, slots=True)
class Prices:
    """Known models by name; a dated name such as `x-20251001` means what `x` means.

    `source` says whose prices these are, and of which day.
    """

    models: Mapping[str, Entry] = field(default_factory=dict)
    source: str = ""

    def limits(self, model: str) -> Limits:
        return self._entry(model).limits

    def pace(self, model: str) -> Pace:
        return self._entry(model).pace

    def price_of(self, model: str, usage: Usage) -> float | None:
        """US dollars for one call, or None where the price is unknown."""
        return self._entry(model).price_of(usage)

    def ceiling(self, model: str, prompt: int, answer: int) -> float | None:
        """US dollars that a call of at most so many tokens cannot exceed; None if unknown."""
        return self._entry(model).ceiling(prompt, answer)

    def _entry(self, model: str) -> Entry:
        return self.models.get(model) or self.models.get(DATED.sub("", model)) or Entry()


def load_prices(user_file: Path | None = None) -> Prices:
    """The packaged table, overruled key by key by the user's file where there is one."""
    tables = _tables(PACKAGED)
    source = f"the price list of {tables.pop(PUBLISHED)['date']}"
    if user_file and user_file.is_file():
        source += f", overruled by `{user_file}`"
        own = _tables(user_file)
        own.pop(PUBLISHED, None)
        for model, table in own.items():
            tables[model] = {**tables.get(model, {}), **table}
    return Prices({model: _entry(model, table) for model, table in tables.items()}, source)


def _tables(path: Path) -> dict[str, dict[str, Any]]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"`{path}` is not valid TOML: {error}. Mend it and retry.") from error
    for model, table in document.items():
        if not isinstance(table, dict):
            raise SettingsError(f'`{path}`: write `{model}` as a table, such as `["{model}"]`.')
    return document


def _entry(model: str, table: Mapping[str, Any]) -> Entry:
    usual = Limits()
    long = table.get("long")
    return Entry(
        limits=Limits(
            window=int(_number(model, table, "window", usual.window)),
            output=int(_number(model, table, "max_output", usual.output)),
        ),
        pace=_pace(model, table),
        price=_price(model, table),
        long=_price(model, long) if isinstance(long, dict) else None,
        above=int(_number(model, long, "above", 0)) if isinstance(long, dict) else 0,
    )


def _pace(model: str, table: Mapping[str, Any]) -> Pace:
    usual = Pace()
    speed = _number(model, table, "speed", usual.speed)
    if not speed:
        raise SettingsError(f"Prices of `{model}`: `speed` must be a number above 0.")
    return Pace(speed, _number(model, table, "first_token", usual.first_token))


def _price(model: str, table: Mapping[str, Any]) -> Price | None:
    if not all(key in table for key in ("input", "output", "cache_read", "cache_write")):
        return None
    return Price(
        input=_number(model, table, "input"),
        output=_number(model, table, "output"),
        cache_read=_number(model, table, "cache_read"),
        cache_write=_number(model, table, "cache_write"),
    )


def _number(model: str, table: Mapping[str, Any], key: str, default: float = 0) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
        raise SettingsError(f"Prices of `{model}`: `{key}` must be a number that is 0 or more.")
    return value
