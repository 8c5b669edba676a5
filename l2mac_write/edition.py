"""What an edition says of itself besides its text: what shops, libraries and readers go by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from l2mac_write.errors import SettingsError
from l2mac_write.text.characters import in_one_line

TABLE = "edition"
LONGEST, MOST = 2_000, 50
LAST_VOLUME = 9_999
NOT_DIGITS = re.compile(r"[\s-]")
WEB = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:/[A-Za-z0-9._~%-]+)*/*")
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "author": "aut",
        "editor": "edt",
        "translator": "trl",
        "illustrator": "ill",
        "foreword": "aui",
        "afterword": "aft",
        "narrator": "nrt",
        "designer": "bkd",
        "cover": "cov",
        "photographer": "pht",
        "contributor": "ctb",
    }
)
"""What a person may call a role, and the code that libraries have for it (MARC relators)."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody besides the author; `role` is a word of `ROLES`."""

    name: str
    role: str = "contributor"

    @property
    def code(self) -> str:
        return ROLES[self.role]


@dataclass(frozen=True, slots=True)
class Edition:
    """Empty is unknown or not wanted.

    `isbn` is its thirteen digits. `cover` is the name of a theme or the path of an image in the
    book's folder. `certified_by` is who says that the edition is accessible: without a name it
    claims nothing. `trim` is the size of a printed page, `theme` how the book looks, or the
    folder of a theme of one's own. `url` is where the site will be. `pdf_standard` is what a PDF must keep to: `ua-1`, `a-2b` …
    `fonts` are paths of font files in the book's folder, for PDF and cover.
    """

    series: str = ""
    volume: float = 0.0
    subjects: tuple[str, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    isbn: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    cover: str = ""
    certified_by: str = ""
    url: str = ""
    trim: str = ""
    theme: str = ""
    pdf_standard: str = ""
    fonts: tuple[str, ...] = ()
    raw_html: bool = False


NOTHING = Edition()
NAMES = tuple(field.name for field in fields(Edition))


def edition(table: Any) -> Edition:
    """What the table `[edition]` of `book.toml` says. Raises `SettingsError` for what cannot be."""
    if not isinstance(table, Mapping):
        raise SettingsError(f"`{TABLE}` must be a table: write `[{TABLE}]` above its lines.")
    if unknown := table.keys() - set(NAMES):
        name = min(unknown)
        raise SettingsError(f"unknown setting `{TABLE}.{name}`; known: {', '.join(NAMES)}.")
    lines = {
        name: _line(name, table[name]) for name in table.keys() & _of_kind(str) - {"isbn", "url"}
    }
    return Edition(
        **lines,
        volume=_volume(table.get("volume", 0)),
        fonts=tuple(_line("fonts", path) for path in _list("fonts", table.get("fonts", ()))),
        subjects=tuple(_line("subjects", s) for s in _list("subjects", table.get("subjects", ()))),
        contributors=tuple(map(_contributor, _list("contributors", table.get("contributors", ())))),
        isbn=isbn(table.get("isbn", "")),
        url=url(table.get("url", "")),
        raw_html=_claim("raw_html", table.get("raw_html", False)),
    )


def isbn(text: Any) -> str:
    """Its thirteen digits, whatever stands between them. Raises `SettingsError` if it is none."""
    digits = NOT_DIGITS.sub("", _line("isbn", text))
    if digits and not _is_isbn(digits):
        raise SettingsError(
            f"`{text}` is no ISBN of 13 digits: a digit is wrong or missing. Copy it again, or"
            f" leave `{TABLE}.isbn` out."
        )
    return digits


def url(text: Any) -> str:
    """A folder on the web, its slash at the end. Raises `SettingsError` for what is none."""
    address = _line("url", text)
    if address and not WEB.fullmatch(address):
        raise SettingsError(
            f"`{address}` is no web address of a folder: `{TABLE}.url` must be like"
            " `https://example.org/my-book/`."
        )
    return f"{address.rstrip('/')}/" if address else ""


def _is_isbn(digits: str) -> bool:
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        return False
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0


def _of_kind(kind: type) -> set[str]:
    return {field.name for field in fields(Edition) if type(field.default) is kind}


def _line(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise SettingsError(
            f"`{TABLE}.{name}` must be text in quotes of at most {LONGEST:,} characters."
        )
    return in_one_line(value)


def _list(name: str, value: Any) -> Iterable[Any]:
    if not isinstance(value, list | tuple) or len(value) > MOST:
        raise SettingsError(f"`{TABLE}.{name}` must be a list of at most {MOST}.")
    return value


def _volume(value: Any) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value <= LAST_VOLUME
    ):
        raise SettingsError(f"`{TABLE}.volume` must be a number such as 2 or 2.5, not `{value}`.")
    return float(value)


def _claim(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"`{TABLE}.{name}` must be true or false, not `{value}`.")
    return value


def _contributor(row: Any) -> Contributor:
    match row:
        case {"name": str(name), **rest} if rest.keys() <= {"role"} and name.strip():
            role = str(rest.get("role", "contributor"))
            if role in ROLES:
                return Contributor(_line("contributors", name), role)
            raise SettingsError(f"there is no role `{role}`; there are: {', '.join(ROLES)}.")
    raise SettingsError(
        f'a row of `{TABLE}.contributors` must be like {{ name = "Ann Lee", role = "translator" }}.'
    )
