"""Are HTML and EPUB well-formed, and within the list, whatever a text holds? `python -m tests.benchmarks.export_fuzz`."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from l2mac_write.edition import Edition
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.shapes import TAGS
from tests.exporters.books import book, chapter
from tests.exporters.images import png
from tests.exporters.test_every_exporter import ATTRIBUTES, ELEMENTS, NOISE, trees
from tests.exporters.test_raw_html import TYPED

OURS = {"{http://www.idpf.org/2007/ops}type", "{http://www.w3.org/XML/1998/namespace}lang"}
ALLOWED = ATTRIBUTES | OURS | {"colspan", "rowspan", "title", "src", "alt", "start"}
HOSTILE = st.lists(st.one_of(TYPED, NOISE), min_size=1, max_size=3).map("\n\n".join)
ADDRESSES = ("#", "http://", "https://", "mailto:", "../css/", "../images/", "data:image/")


def wrong(kind: str, text: str, *, raw: bool) -> list[str]:
    """What the export holds that it may not."""
    made = replace(book(chapter(text)), edition=Edition(raw_html=raw), image={"map.png": png()}.get)
    once, again = (EXPORTERS[kind].export(made) for _ in range(2))
    found = [] if once == again else ["other bytes"]
    for tree in (tree for tree in trees(once) if tree.tag.endswith("html")):
        for element in tree.iter(etree.Element):
            found += _wrong_with(element)
    return found


def _wrong_with(element: etree._Element) -> list[str]:
    name = etree.QName(element)
    if name.namespace and name.namespace.endswith("MathML"):
        return [f"{a} in a formula" for a in element.attrib if a in {"href", "style", "class"}]
    known = {*ELEMENTS, *TAGS, "img", "dl", "dt", "dd", "cite"}
    found = [] if name.localname in known else [f"<{name.localname}>"]
    found += [f"{a}=" for a in element.attrib if a not in ALLOWED]
    for key in ("href", "src"):
        said = element.get(key, "#")
        if not said.lower().startswith(ADDRESSES) and not said.partition("#")[0].endswith(".xhtml"):
            found.append(f"{key}={said}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2_000)
    chosen = parser.parse_args()
    tally: Counter[str] = Counter()
    start = time.process_time()

    @settings(
        max_examples=chosen.inputs, deadline=None, database=None,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(text=HOSTILE)
    def one(text: str) -> None:
        for kind in ("epub", "html"):
            for raw in (False, True):
                tally["exports"] += 1
                for what in wrong(kind, text, raw=raw):
                    tally[what] += 1
                    raise AssertionError(f"{kind}, raw={raw}: {what} from {text!r}")

    one()
    print(f"{dict(tally)} in {time.process_time() - start:.0f} s CPU: nothing wrong")


if __name__ == "__main__":
    main()
