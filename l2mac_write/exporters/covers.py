"""The cover of a book: one of our own, made of its title, or a person's own image."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from textwrap import shorten

from l2mac_write.book import Manuscript
from l2mac_write.errors import ExtraMissing, SettingsError
from l2mac_write.exporters.bitmaps import size_of
from l2mac_write.exporters.colours import palette, variations
from l2mac_write.exporters.fonts import Font, fonts
from l2mac_write.exporters.glyphs import is_letter, missing, shown_too
from l2mac_write.exporters.pages import line, title_of
from l2mac_write.exporters.pictures import media_type
from l2mac_write.exporters.typst_engine import MAIN, printed
from l2mac_write.exporters.typst_text import Value, literal
from l2mac_write.templating import extras, named, text

THEMES = "covers/themes"
IS_DARK = re.compile(r"(?m)^#let is-dark = true\b")
NONE = "none"
KINDS = ("image/jpeg", "image/png")
SMALLEST, WANTED, LARGEST = (600, 800), (1600, 2400), 60_000_000
LONGEST = 150
QUALITY = 88


@dataclass(frozen=True, slots=True)
class Cover:
    content: bytes
    media: str
    width: int
    height: int

    @property
    def name(self) -> str:
        return "cover.png" if self.media == "image/png" else "cover.jpg"


def cover(manuscript: Manuscript) -> Cover | None:
    """None where none is wanted. Raises `SettingsError` for an image that is none."""
    asked = manuscript.edition.cover
    if asked in {"", NONE}:
        return None
    if asked not in designs():
        return _own(asked, manuscript)
    own = tuple(fonts(manuscript))
    with shown_too(chain.from_iterable(font.shown for font in own)):
        return _made(asked, manuscript, own)


def _made(asked: str, manuscript: Manuscript, own: tuple[Font, ...]) -> Cover:
    title, author = (
        _showable(words, manuscript) for words in (manuscript.title, manuscript.author)
    )
    edition = manuscript.edition
    volume = f" {edition.volume:g}" if edition.volume else ""
    series = _showable(f"{edition.series}{volume}" * bool(edition.series), manuscript)
    words = (title, author, series)
    templates = tuple(text(f"covers/{name}.typ") for name in ("cover", "parts", f"themes/{asked}"))
    content = _drawn(templates, words, manuscript.title, own)
    return Cover(content, "image/jpeg", *(size_of(content) or (0, 0)))


def designs() -> Mapping[str, str]:
    """The covers that are made here: each name, and what that means."""
    return named(THEMES, ".typ")


def words_of(manuscript: Manuscript) -> str:
    """What the cover says, for readers who do not see it."""
    author = line(manuscript.author, manuscript.language)
    return ". ".join(filter(None, (title_of(manuscript), author)))


def _own(path: str, manuscript: Manuscript) -> Cover:
    content = manuscript.image(path)
    if content is None:
        raise SettingsError(
            f"there is no cover `{path}`: `edition.cover` is the path of an image in the book's"
            f" folder, `{NONE}`, or one of {', '.join(designs())}."
        )
    size, media = size_of(content), media_type(content)
    if media not in KINDS or size is None:
        raise SettingsError(f"the cover `{path}` is no whole JPEG or PNG image.")
    width, height = size
    if width * height > LARGEST or width < SMALLEST[0] or height < SMALLEST[1]:
        raise SettingsError(
            f"the cover `{path}` has {width} x {height} pixels; shops want 1600 x 2560, and take"
            f" none below {SMALLEST[0]} x {SMALLEST[1]}."
        )
    if width < WANTED[0] or height < WANTED[1]:
        manuscript.warn(
            f"The cover `{path}` has {width} x {height} pixels; shops want 1600 x 2560."
        )
    return Cover(content, media, width, height)


def _showable(words: str, manuscript: Manuscript) -> str:
    """Nothing of a title or name in letters that no font has: the cover does without it."""
    shown = line(words, manuscript.language)
    if any(map(is_letter, missing(shown))):
        manuscript.warn(f"The cover does without `{shown}`: no font here has its letters.")
        return ""
    return shorten(shown, LONGEST, placeholder="…")


@lru_cache(maxsize=4)
def _drawn(
    templates: tuple[str, ...], words: tuple[str, str, str], title: str, own: tuple[Font, ...]
) -> bytes:
    if find_spec("PIL") is None:
        raise ExtraMissing("a cover", "pdf")
    shown, author, series = words
    page, parts, theme = templates
    initial = re.search(r"\w", shown)
    book: Mapping[str, Value] = {
        "title": shown,
        "author": author,
        "series": series,
        "initial": initial[0].upper() if initial else "❦",
    }
    colours = {
        name.replace("_", "-"): value
        for name, value in asdict(palette(title, is_dark=bool(IS_DARK.search(theme)))).items()
    }
    chance = ", ".join(f"{number:.3f}" for number in variations(title, 8))
    given = (
        f"#let book = {literal(book)}\n#let colours = {literal(colours)}\n"
        f"#let chance = ({chance})\n"
        f"#let own-fonts = {literal(tuple(font.family for font in own))}\n"
    )
    files = {MAIN: page, "parts.typ": parts, "theme.typ": theme, "given.typ": given}
    ours = {name: content.encode() for name, content in files.items()}
    return _compressed(printed({**extras("covers"), **ours}, "png", fonts=own))


def _compressed(png: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415 (an extra, and nothing that `--help` may wait for)

    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
