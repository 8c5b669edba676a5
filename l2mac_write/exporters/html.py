"""One HTML file that needs nothing else: no script, no font, no image, no network."""

from __future__ import annotations

import base64
from functools import partial

from markupsafe import Markup

from l2mac_write.book import Manuscript
from l2mac_write.exporters.around import Image
from l2mac_write.exporters.covers import cover, words_of
from l2mac_write.exporters.headwords import rows
from l2mac_write.exporters.labels import labels, style
from l2mac_write.exporters.markup import Frame
from l2mac_write.exporters.pages import (
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
    suffix = ".html"

    def export(self, manuscript: Manuscript) -> bytes:
        bound = pages(manuscript)
        book = common(manuscript)
        start = render(
            "html/start.html.j2",
            **book,
            description=line(manuscript.description, manuscript.language),
            css=Markup(style("html", manuscript)),  # noqa: S704 (our own file)
            outline=outline(bound),
            imprint=imprint(manuscript),
            cover=_cover(manuscript),
            cover_words=words_of(manuscript),
        )
        parts = [start.encode()]
        rest, source = around(manuscript, bound), partial(_inline, manuscript)
        for page, following in zip(bound, (*bound[1:], None), strict=False):
            deeper = 1 + page.section.within
            frame = Frame(page.id, labels(manuscript.language), deeper, source=source)
            markup = body(page, rest, frame)
            markup += rows(page, bound, manuscript.language, address=lambda to: f"#{to.id}")
            parts.append(
                render(
                    "html/section.html.j2", **book, page=page, body=markup, following=following
                ).encode()
            )
        lines = () if has_colophon(manuscript) else colophon(manuscript)
        parts.append(render("html/end.html.j2", **book, colophon=lines).encode())
        return b"".join(parts)


def _cover(manuscript: Manuscript) -> str:
    front = cover(manuscript)
    return _address(front.content, front.media) if front else ""


def _inline(manuscript: Manuscript, image: Image) -> str:
    """The image itself as its address, so that the file needs no other."""
    content = safe(manuscript.image(image.path) or b"")
    return _address(content, image.media)


def _address(content: bytes, media: str) -> str:
    return f"data:{media};base64,{base64.b64encode(content).decode()}"
