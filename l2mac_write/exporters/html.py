"""One HTML file that needs nothing else: no script, no font, no image, no network."""

from __future__ import annotations

from markupsafe import Markup

from l2mac_write.book import Manuscript
from l2mac_write.exporters.headwords import rows
from l2mac_write.exporters.labels import style
from l2mac_write.exporters.pages import (
    body,
    colophon,
    common,
    has_colophon,
    imprint,
    line,
    outline,
    pages,
)
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
        )
        parts = [start.encode()]
        for page, following in zip(bound, (*bound[1:], None), strict=False):
            markup = body(page, manuscript.language, deeper=1 + page.section.within)
            markup += rows(page, bound, manuscript.language, address=lambda to: f"#{to.id}")
            parts.append(
                render(
                    "html/section.html.j2", **book, page=page, body=markup, following=following
                ).encode()
            )
        lines = () if has_colophon(manuscript) else colophon(manuscript)
        parts.append(render("html/end.html.j2", **book, colophon=lines).encode())
        return b"".join(parts)
