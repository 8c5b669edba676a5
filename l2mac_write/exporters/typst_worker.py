"""Typst in a process of its own: run as a file, it knows nothing of this package.

Its limits are set before the engine is loaded. It sees the files below the folder it is given
and the fonts it brings along, and cannot fetch anything: what it would fetch with finds no proxy.
"""

import json
import os
import re
import resource
import sys
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst


def main() -> None:
    asked = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (asked["bytes"], asked["bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ[name] = "http://127.0.0.1:9"
    import typst  # noqa: PLC0415 (only now do its limits hold)

    with tempfile.TemporaryDirectory() as nothing:
        compiler = typst.Compiler(
            asked["main"],
            root=asked["root"],
            ignore_system_fonts=True,
            font_paths=[asked["fonts"]],
            package_path=nothing,
            package_cache_path=nothing,
        )
        try:
            _set(compiler, asked, tags=True)
        except typst.TypstError as error:
            if asked["standards"] or "internal error" not in error.message:
                sys.exit(error.message + _place(str(error.diagnostic)))
            _set(compiler, asked, tags=False)


def _set(compiler: "typst.Compiler", asked: dict[str, Any], *, tags: bool) -> None:
    """A text that says where it ends short is set again, closer there, for a fraction of the time."""
    _compile(compiler, asked, tags=tags)
    found = json.loads(compiler.query("<short>", field="value")) if asked["again"] else []
    if found:
        with open(asked["again"], "w", encoding="utf-8") as file:  # noqa: PTH123 (loads in no time)
            file.write(f"#let short = ({''.join(f'{json.dumps(name)}, ' for name in found)})\n")
        _compile(compiler, asked, tags=tags)


def _compile(compiler: "typst.Compiler", asked: dict[str, Any], *, tags: bool) -> None:
    """Tags, which help those who do not see, are what Typst may stumble over: better none."""
    compiler.compile(
        output=asked["output"],
        format=asked["format"],
        ppi=asked["ppi"],
        pdf_standards=asked["standards"],
        pdf_tags=tags,
    )


def _place(said: str) -> str:
    """Where in which file it is wrong: who has written that file needs no more."""
    found = re.search(r"([\w-]+\.typ):(\d+):\d+", said)
    return f" ({found[1]}, line {found[2]})" if found else ""


if __name__ == "__main__":
    main()
