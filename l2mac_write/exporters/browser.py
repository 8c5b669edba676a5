"""What a browser may run and load for a page: our own scripts and styles, named by their hashes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from markupsafe import Markup

from l2mac_write.templating import text

LATE = ("reader", "search", "places")
"""The scripts that are not needed before a page is drawn. Without any the text reads as well."""


def script(*names: str) -> Markup:
    """To stand in a page. A page is XHTML too, where `<` and `&` need this frame."""
    code = "".join(text(f"html/{name}.js") for name in names)
    return Markup(f"/*<![CDATA[*/\n{code}/*]]>*/")  # noqa: S704 (our own files)


def styled(css: str) -> Markup:
    return Markup(f"\n{css}")  # noqa: S704 (our own files)


def alone(css: Markup) -> Mapping[str, object]:
    """The head of a page that is a file by itself."""
    early, late = script("theme"), script(*LATE)
    scripts = f"{_hash(early)} {_hash(late)}"
    return {
        "css": css,
        "early": early,
        "late": late,
        "policy": _policy(scripts=scripts, styles=_hash(css)),
    }


def in_folder(*early: str) -> Mapping[str, object]:
    """The head of a page that finds its style, its other scripts and its images beside itself."""
    code = script(*early)
    return {
        "css": "",
        "early": code,
        "policy": _policy(scripts=f"{_hash(code)} 'strict-dynamic'", styles="'self'"),
    }


def assets(css: str) -> Mapping[str, bytes]:
    """The files that the pages of a folder share."""
    scripts = {f"assets/{name}.js": text(f"html/{name}.js").encode() for name in LATE}
    return {"assets/book.css": css.encode(), **scripts}


def _policy(*, scripts: str, styles: str) -> str:
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
