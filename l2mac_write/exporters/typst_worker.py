"""Typst in a process of its own: run as a file, it knows nothing of this package.

Its limits are set before the engine is loaded. It sees the files below the folder it is given
and the fonts it brings along, and cannot fetch anything: what it would fetch with finds no proxy.
"""

import json
import os
import resource
import sys
import tempfile


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
            package_path=nothing,
            package_cache_path=nothing,
        )
        try:
            compiler.compile(
                output=asked["output"],
                format=asked["format"],
                ppi=asked["ppi"],
                pdf_standards=asked["standards"],
            )
        except typst.TypstError as error:
            sys.exit(f"{error.message}")


if __name__ == "__main__":
    main()
