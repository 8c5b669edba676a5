"""What the package document says of an edition: the entries that shops and libraries go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from l2mac_write.book import Manuscript
from l2mac_write.exporters.labels import labels
from l2mac_write.exporters.pages import line

CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""Word for word what the standard asks for."""
ACCESSIBLE = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityFeature", "displayTransformability"),
    ("schema:accessibilityHazard", "none"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One element: of Dublin Core, or `meta` with a property among its attributes."""

    name: str
    value: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_meta(self) -> bool:
        return self.name == "meta"


def entries(
    manuscript: Manuscript,
    *,
    shows_images: bool = False,
    has_formulas: bool = False,
    cover: str = "",
) -> Iterator[Entry]:
    """In order, without identifier, title, language and author, which the packager writes.

    `cover` is the id of its image: what older readers go by.
    """
    edition = manuscript.edition
    if description := line(manuscript.description, manuscript.language):
        yield Entry("description", description)
    for subject in edition.subjects:
        yield Entry("subject", subject)
    for number, person in enumerate(edition.contributors, start=1):
        name = f"contributor-{number}"
        yield Entry("contributor", person.name, {"id": name})
        yield _meta("role", person.code, name, scheme="marc:relators")
    yield from _of_the_publisher(manuscript)
    yield from _of_the_series(manuscript)
    yield from _of_images(cover, shows_images=shows_images)
    if has_formulas:
        yield Entry("meta", "MathML", {"property": "schema:accessibilityFeature"})
    yield from _of_accessibility(manuscript)


def _of_images(cover: str, *, shows_images: bool) -> Iterator[Entry]:
    if cover:
        yield Entry("meta", "", {"name": "cover", "content": cover})
    if shows_images:
        yield Entry("meta", "visual", {"property": "schema:accessMode"})
        yield Entry("meta", "alternativeText", {"property": "schema:accessibilityFeature"})


def _of_the_publisher(manuscript: Manuscript) -> Iterator[Entry]:
    edition = manuscript.edition
    if edition.publisher:
        yield Entry("publisher", edition.publisher)
    if edition.rights:
        yield Entry("rights", edition.rights)
    if edition.isbn:
        yield Entry("identifier", f"urn:isbn:{edition.isbn}", {"id": "isbn"})


def _of_the_series(manuscript: Manuscript) -> Iterator[Entry]:
    edition = manuscript.edition
    if edition.series:
        yield Entry(
            "meta", edition.series, {"property": "belongs-to-collection", "id": "collection"}
        )
        yield _meta("collection-type", "series", "collection")
        if edition.volume:
            yield _meta("group-position", f"{edition.volume:g}", "collection")


def _of_accessibility(manuscript: Manuscript) -> Iterator[Entry]:
    summary = labels(manuscript.language)["accessibility"]
    for name, value in (*ACCESSIBLE, ("schema:accessibilitySummary", summary)):
        yield Entry("meta", value, {"property": name})
    if certifier := manuscript.edition.certified_by:
        yield Entry("meta", CONFORMS, {"property": "dcterms:conformsTo", "id": "conforms"})
        yield _meta("a11y:certifiedBy", certifier, "conforms")


def _meta(name: str, value: str, refines: str, **more: str) -> Entry:
    return Entry("meta", value, {"property": name, "refines": f"#{refines}", **more})
