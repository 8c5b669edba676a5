"""The composition root: the only module that chooses concrete parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from math import inf
from pathlib import Path

from l2mac_write import own_files
from l2mac_write.errors import UsageError
from l2mac_write.evaluators.authority import capped
from l2mac_write.evaluators.panel import evaluators
from l2mac_write.events import Listener, Noted, Pulled
from l2mac_write.llm.anthropic import DEFAULT_MODEL, Anthropic
from l2mac_write.llm.local import ABILITIES, INSTALL, Local
from l2mac_write.llm.pricing import Pace, load_prices
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.llm.retrying import Retrying
from l2mac_write.llm.standin import ANY, Target
from l2mac_write.llm.weights import CATALOGUE, DEFAULT_WEIGHTS, locate, pull
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.crew import OneVoice
from l2mac_write.machine.purse import Purse
from l2mac_write.messages import Usage
from l2mac_write.ports import LLM, Abilities
from l2mac_write.programs import chosen
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages

REHEARSAL = "rehearsal"
KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
BASE_URL = "ANTHROPIC_BASE_URL"
AT_ONCE = Pace(inf, 0)
LOCAL = "local"
LOCAL_PACE = Pace(speed=10.0, first_token=0.5)
"""Of a local model that nobody has timed."""


def model_named(name: str, environ: Mapping[str, str]) -> str:
    """The model a run uses: the one named, else Claude where there is a key, else the local one."""
    if name:
        return DEFAULT_WEIGHTS if name == LOCAL else name
    if any(environ.get(key) for key in KEYS):
        return DEFAULT_MODEL
    if find_spec("xllamacpp"):
        return DEFAULT_WEIGHTS
    raise UsageError(
        f"there is no key and no local model. Type `{INSTALL}` to write with the local "
        "model, or set ANTHROPIC_API_KEY."
    )


def llm(name: str, environ: Mapping[str, str], tell: Listener) -> LLM:
    """The model of that name. Raises `UsageError` where it cannot be had."""
    if name == REHEARSAL:
        return Rehearsal()
    if name in CATALOGUE or name.endswith(".gguf"):
        return local(name, tell)
    return messages_api(name, environ, tell)


def local(name: str, tell: Listener) -> Local:
    """An open-weights model on this machine; its weights are fetched when it is first asked."""
    if name not in CATALOGUE:
        file = locate(name, own_files.cache())
        return Local(Path(name).stem, lambda: file or Path(name), is_chatml=False)

    def weights() -> Path:
        return pull(name, own_files.cache(), lambda done, total: tell(Pulled(name, done, total)))

    return Local(CATALOGUE[name].title, weights)


def messages_api(name: str, environ: Mapping[str, str], tell: Listener) -> LLM:
    prices = load_prices(own_files.prices_file())
    elsewhere = bool(environ.get(BASE_URL))
    if not elsewhere and not name.startswith("claude-"):
        raise _no_model(name)
    if not elsewhere and not any(environ.get(key) for key in KEYS):
        raise UsageError(
            f"`{name}` needs a key: set ANTHROPIC_API_KEY, or leave out --model to write with "
            "the local model."
        )
    retrying = Retrying(tell=lambda why: tell(Noted(why)))
    return Anthropic(name, prices=prices, retrying=retrying)


def able(settings: Settings, environ: Mapping[str, str], tell: Listener) -> LLM:
    """The model of these settings, if it can write such a book. Raises `UsageError` if not."""
    model = llm(settings.model, environ, tell)
    chosen.stored(settings, guided=model.abilities.guided)
    if settings.budget and model.price(ANY) is None:
        raise UsageError(
            f"`{model.model}` has no known price, so that a budget cannot be kept."
            f" {how_to_price(model.model)}"
        )
    return model


def how_to_price(model: str) -> str:
    """What to do about a price that nobody knows."""
    return (
        f'Add one to `{own_files.prices_file()}`: a table ["{model}"] with `input`, `output`, `cache_read`'
        " and `cache_write`, in US dollars per million tokens (0 where it costs nothing)."
    )


def target(settings: Settings, environ: Mapping[str, str]) -> Target:
    """What is known of the model of these settings, without a key, weights or a word to a server.

    Where none could write here and now, it is the one that a key would get.
    """
    name = DEFAULT_MODEL
    with suppress(UsageError):
        name = model_named(settings.model, environ)
    found = _target(name, environ)
    chosen.stored(settings, guided=found.abilities.guided)
    return found


def _target(name: str, environ: Mapping[str, str]) -> Target:
    if name == REHEARSAL:
        return Target(name, Rehearsal().abilities, free, AT_ONCE)
    if name in CATALOGUE:
        weights = CATALOGUE[name]
        pace = replace(LOCAL_PACE, speed=weights.speed)
        return Target(f"{weights.title} (local)", ABILITIES, free, pace)
    if name.endswith(".gguf"):
        locate(name, own_files.cache())
        return Target(f"{Path(name).stem} (local)", ABILITIES, free, LOCAL_PACE)
    prices = load_prices(own_files.prices_file())
    if not (environ.get(BASE_URL) or name.startswith("claude-") or name in prices.models):
        raise _no_model(name)
    abilities = Abilities(window=prices.limits(name).window)
    price = partial(prices.price_of, name)
    return Target(name, abilities, price, prices.pace(name), prices.source)


def target_of(model: LLM) -> Target:
    """The same of a model that is there."""
    prices = load_prices(own_files.prices_file())
    pace = prices.pace(model.model)
    return Target(model.model, model.abilities, model.price, pace, prices.source)


def free(_: Usage) -> float:
    return 0.0


def _no_model(name: str) -> UsageError:
    return UsageError(
        f"there is no model `{name}`. Name one with --model, such as {DEFAULT_MODEL}; `l2mac-write"
        " models` lists those there are."
    )


@contextmanager
def running(model: LLM, tell: Listener) -> Iterator[Listener]:
    """One listener for all threads; whatever the model runs here ends once the run is over."""
    voice = OneVoice(tell)
    try:
        yield voice
    finally:
        voice.end()
        model.close()


def machine(
    settings: Settings,
    book: BookFolder | MemoryBook,
    model: LLM,
    tell: Listener,
    *,
    guided: bool | None = None,
) -> ControlUnit:
    """`guided` is whether a program for small models is carried out; by default, if it is one."""
    guided = model.abilities.guided if guided is None else guided
    stored = chosen.stored(settings, guided=guided)
    spent = sum(spend.at_most for spend in book.spend())
    return ControlUnit(
        program=stored,
        brief=stored.sized(settings.brief),
        llm=model,
        store=book,
        journal=book,
        passages=IndexedPassages(book.rows),
        ledger=StoredLedger(book.rows),
        prompts=chosen.words(settings, guided=guided),
        evaluators=evaluators(),
        weigh=capped,
        tell=tell,
        purse=Purse(settings.budget or None, spent),
        parallel=settings.parallel or 1,
        approve=settings.approve,
    )


def editor(
    settings: Settings,
    book: BookFolder | MemoryBook,
    model: LLM,
    tell: Listener,
    *,
    guided: bool | None = None,
) -> ControlUnit:
    """The same machine for chapters that are there."""
    unit = machine(settings, book, model, tell, guided=guided)
    return replace(unit, program=chosen.revising(unit.program))
