"""What a search engine reads of a book: a `Book` of schema.org, as JSON in a page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from l2mac_write.book import Manuscript
from l2mac_write.edition import Edition
from l2mac_write.exporters.labels import tag
from l2mac_write.exporters.pages import line, title_of

PLACES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""No text can end the element that it stands in."""
ROLES = {"editor": "editor", "translator": "translator", "illustrator": "illustrator"}


def linked(manuscript: Manuscript) -> Markup:
    said = {
        "@context": "https://schema.org",
        "@type": "Book",
        "name": title_of(manuscript),
        "identifier": manuscript.identifier,
        "url": manuscript.edition.url,
        "inLanguage": tag(manuscript.language),
        "dateModified": f"{manuscript.modified:%Y-%m-%d}",
        "description": line(manuscript.description, manuscript.language),
        "author": _person(line(manuscript.author, manuscript.language)),
        **_of_edition(manuscript.edition),
    }
    held = {name: value for name, value in said.items() if value}
    return Markup(json.dumps(held, ensure_ascii=False).translate(PLACES))  # noqa: S704 (escaped here)


def _of_edition(edition: Edition) -> Mapping[str, object]:
    people: dict[str, list[object]] = {}
    for someone in edition.contributors:
        people.setdefault(ROLES.get(someone.role, "contributor"), []).append(_person(someone.name))
    return {
        "isbn": edition.isbn,
        "publisher": edition.publisher and {"@type": "Organization", "name": edition.publisher},
        "copyrightNotice": edition.rights,
        "keywords": ", ".join(edition.subjects),
        "isPartOf": edition.series and {"@type": "BookSeries", "name": edition.series},
        "position": f"{edition.volume:g}" if edition.volume else "",
        **people,
    }


def _person(name: str) -> object:
    return name and {"@type": "Person", "name": name}
