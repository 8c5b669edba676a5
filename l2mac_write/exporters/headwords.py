"""The rows of a glossary or an index, with the only links that lead from one section to another.

They are drawn from plain words, never from Markdown: no text of a model can make such a link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from l2mac_write.book import Headword
from l2mac_write.exporters.pages import Page, chapters_by_place, line
from l2mac_write.templating import render


def rows(
    page: Page,
    bound: Iterable[Page],
    language: str,
    *,
    address: Callable[[Page], str],
    semantics: bool = False,
) -> Markup:
    """What follows the text of the page. `address` says how a link leads to another page."""
    if not page.section.headwords:
        return Markup()
    chapters = {at: (address(p), p.entry) for at, p in chapters_by_place(bound).items()}
    drawn = (_drawn(headword, chapters, language) for headword in page.section.headwords)
    is_glossary = semantics and page.kind == "glossary"
    return Markup(render("html/headwords.html.j2", rows=drawn, is_glossary=is_glossary))  # noqa: S704 (our own file)


def _drawn(
    headword: Headword, chapters: Mapping[int, tuple[str, str]], language: str
) -> Mapping[str, object]:
    return {
        "name": line(headword.name, language),
        "meaning": line(headword.meaning, language),
        "places": [chapters[place] for place in headword.chapters],
    }
