"""One HTML file that needs nothing else: no font, no other file, no network."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from l2mac_write.book import Manuscript
from l2mac_write.exporters.around import Around, Image, Place
from l2mac_write.exporters.browser import alone, styled
from l2mac_write.exporters.covers import cover, words_of
from l2mac_write.exporters.frames import Frame, within_one_page
from l2mac_write.exporters.headwords import rows
from l2mac_write.exporters.labels import labels, style
from l2mac_write.exporters.linked import linked
from l2mac_write.exporters.pages import (
    Page,
    around,
    body,
    colophon,
    common,
    has_colophon,
    imprint,
    line,
    outline,
    pages,
)
from l2mac_write.exporters.pictures import safe
from l2mac_write.templating import render


class Html:
    def export(self, manuscript: Manuscript) -> bytes:
        bound = pages(manuscript)
        rest, source = around(manuscript, bound), partial(_inline, manuscript)
        front = cover(manuscript)
        book = said(manuscript, cover=_data(front.content, front.media) if front else "")
        return whole(book, rest, bound, (text(page, rest, source) for page in bound))


def said(manuscript: Manuscript, *, cover: str) -> Mapping[str, object]:
    """What every page of HTML may say of the book; `cover` is the address of its cover."""
    return {
        **common(manuscript),
        "description": line(manuscript.description, manuscript.language),
        "identifier": manuscript.identifier,
        "isbn": manuscript.edition.isbn,
        "imprint": imprint(manuscript),
        "colophon": () if has_colophon(manuscript) else colophon(manuscript),
        "cover": cover,
        "cover_words": words_of(manuscript),
        "searched": "",
        "url": manuscript.edition.url,
        "shown": "",
    }


def text(
    page: Page,
    rest: Around,
    source: Callable[[Image], str],
    address: Callable[[Place], str] = within_one_page,
) -> Markup:
    """The section's text below its title, which is an `h2`, or an `h3` within a part."""
    deeper = 1 + page.section.within
    words = labels(rest.manuscript.language)
    return body(page, rest, Frame(page.id, words, deeper, address=address, source=source))


def section(page: Page, markup: Markup) -> Markup:
    return Markup(render("html/section.html.j2", page=page, body=markup))  # noqa: S704 (our own file)


def whole(
    book: Mapping[str, object], rest: Around, bound: Sequence[Page], texts: Iterable[Markup]
) -> bytes:
    """All on one page. Nothing but its bytes is kept, so that a long book needs little memory."""
    manuscript = rest.manuscript
    book = {**book, **alone(styled(style("html", manuscript)))}
    start = render(
        "html/start.html.j2",
        **book,
        heading="",
        linked=linked(manuscript),
        outline=outline(bound),
        first=f"#{bound[0].id}" if bound else "",
        address=_address,
    )
    sections = _sections(book, manuscript, bound, texts)
    return b"".join((start.encode(), *sections, render("html/end.html.j2", **book).encode()))


def _sections(
    book: Mapping[str, object],
    manuscript: Manuscript,
    bound: Sequence[Page],
    texts: Iterable[Markup],
) -> Iterator[bytes]:
    for page, markup, following in zip(bound, texts, (*bound[1:], None), strict=False):
        looked_up = rows(page, bound, manuscript.language, address=_address)
        yield section(page, markup + looked_up).encode()
        yield render("html/onward.html.j2", **book, following=following).encode()


def _address(page: Page, name: str = "") -> str:
    return f"#{name or page.id}"


def _inline(manuscript: Manuscript, image: Image) -> str:
    """The image itself as its address, so that the file needs no other."""
    content = safe(manuscript.image(image.path) or b"")
    return _data(content, image.media)


def _data(content: bytes, media: str) -> str:
    return f"data:{media};base64,{base64.b64encode(content).decode()}"
