"""What a person may set: defaults < user file < `book.toml` < environment < flags."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from math import inf
from typing import Any

import tomli_w

from l2mac_write.book import Brief
from l2mac_write.edition import NOTHING, Edition, edition
from l2mac_write.edition import TABLE as EDITION
from l2mac_write.errors import SettingsError, UsageError
from l2mac_write.text.languages import language

PREFIX, EPOCH = "L2MAC_WRITE_", "SOURCE_DATE_EPOCH"
MOST_CHAPTERS, MOST_WORDS, SHORTEST_CHAPTER = 1_000, 10_000_000, 100
MOST_PARALLEL = 64
SORTS = ("book", "document")
LONGEST_PROMPT, LONGEST_LINE = 1_000_000, 500


@dataclass(frozen=True, slots=True)
class Settings:
    """Empty or 0 leaves the choice to the program, the plan or the machine's surroundings.

    `budget` is in US dollars for the whole book, 0 for no limit; `parallel` is how many
    instructions may be carried out at a time; with `approve` a run stops at each change of plan.
    `program` is the folder of a person's own program; `edition` is the table of that name.
    """

    prompt: str = ""
    title: str = ""
    author: str = ""
    language: str = "en"
    chapters: int = 0
    words: int = 0
    model: str = ""
    budget: float = 0.0
    parallel: int = 0
    approve: bool = False
    kind: str = "book"
    program: str = ""
    edition: Edition = NOTHING

    @property
    def brief(self) -> Brief:
        return Brief(
            self.prompt,
            self.title,
            self.author,
            self.language,
            self.chapters,
            self.words,
            self.kind,
        )


KINDS: Mapping[str, type] = {field.name: type(field.default) for field in fields(Settings)}


def merged(*sources: Mapping[str, Any]) -> Settings:
    """Later sources win; None counts as not given. Raises `SettingsError` for what cannot be."""
    given = {k: v for source in sources for k, v in source.items() if v is not None}
    if unknown := given.keys() - KINDS.keys():
        raise SettingsError(f"unknown setting `{min(unknown)}`; known: {', '.join(KINDS)}.")
    return checked(Settings(**{name: _tidy(name, value) for name, value in given.items()}))


def checked(settings: Settings) -> Settings:
    """The same settings, the language by its tag. Raises `SettingsError` for what cannot be."""
    _within("chapters", settings.chapters, MOST_CHAPTERS)
    _within("words", settings.words, MOST_WORDS)
    _within("parallel", settings.parallel, MOST_PARALLEL)
    if not 0 <= settings.budget < inf:
        raise SettingsError(f"`budget` must be an amount of US dollars, not {settings.budget}.")
    if settings.words and settings.words < max(1, settings.chapters) * SHORTEST_CHAPTER:
        raise SettingsError(
            f"{settings.words} words are too few for {max(1, settings.chapters)} chapters; "
            f"a chapter has at least {SHORTEST_CHAPTER}."
        )
    return _named(settings)


def _named(settings: Settings) -> Settings:
    if settings.kind not in SORTS:
        raise SettingsError(f"there is no kind `{settings.kind}`; there are: {', '.join(SORTS)}.")
    for name in ("title", "author", "model", "program"):
        if len(getattr(settings, name)) > LONGEST_LINE:
            raise SettingsError(f"the {name} is longer than {LONGEST_LINE} characters.")
    return replace(settings, language=language(settings.language).tag)


def insist_on_a_prompt(settings: Settings) -> Settings:
    if not settings.prompt:
        raise UsageError("the prompt is empty. Say in a sentence what the book is to be about.")
    if len(settings.prompt) > LONGEST_PROMPT:
        raise UsageError(
            f"the prompt and the brief together have {len(settings.prompt):,} characters; at most"
            f" {LONGEST_PROMPT:,} can be. Shorten the brief to what the book has to be."
        )
    return settings


def from_toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"`{where}` is not valid TOML: {error}.") from error


def to_toml(settings: Settings) -> str:
    """`book.toml`: what was set; what was left open stays open."""
    said = asdict(settings)
    said[EDITION] = {k: v for k, v in said[EDITION].items() if v}
    return tomli_w.dumps({k: v for k, v in said.items() if v}, multiline_strings=True)


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """`L2MAC_WRITE_MODEL` and its kin."""
    named = {name: environ.get(PREFIX + name.upper()) for name in KINDS if name != EDITION}
    return {name: _read(KINDS[name], text) for name, text in named.items() if text}


def moment(environ: Mapping[str, str], last_change: float) -> datetime:
    """When a book is said to have been made: `SOURCE_DATE_EPOCH`, else its last change."""
    said = environ.get(EPOCH) or str(int(last_change))
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(
            f"`{EPOCH}` must be a number of seconds since 1970, not `{said}`."
        ) from error


def _within(name: str, value: int, most: int) -> None:
    if not 0 <= value <= most:
        raise SettingsError(f"`{name}` must be between 1 and {most}, not {value}.")


def _kind(kind: type) -> str:
    kinds = {int: "a whole number", float: "a number", str: "text in quotes", bool: "true or false"}
    return kinds[kind]


def _tidy(name: str, value: Any) -> Any:
    kind = KINDS[name]
    if kind is Edition:
        return edition(value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise SettingsError(f"`{name}` must be {_kind(kind)}, not `{value}`.")
    return value.strip() if isinstance(value, str) else value


def _read(kind: type, text: str) -> Any:
    """A variable's text as that kind; what is no number stays text, to be complained of."""
    if kind is bool:
        return {"1": True, "true": True, "0": False, "false": False}.get(text.lower(), text)
    try:
        return kind(text)
    except ValueError:
        return text
