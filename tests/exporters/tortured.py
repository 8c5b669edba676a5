"""A folder of texts that hold what real technical books do, and what no text file should."""

import shutil
from html.entities import html5
from pathlib import Path

from tests.exporters.images import GIF, SVG, png

TORTURE = Path(__file__).parent / "torture"
ENTITIES = sorted(name for name in html5 if name.endswith(";"))


def tortured(place: Path) -> Path:
    """The fixtures with images beside them, every entity, control characters, broken line ends."""
    folder = place / "book"
    shutil.copytree(TORTURE, folder)
    names = ("map.png", "two words.png")
    images = {**dict.fromkeys(names, png()), "cut.png": png()[:40], "really-a-gif.png": GIF}
    for name, content in {**images, "drawing.svg": SVG}.items():
        (folder / name).write_bytes(content)
    (place / "secret.png").write_bytes(png())
    code = "\n\n".join(f"`&{name}` &{name} {html5[name]}" for name in ENTITIES)
    (folder / "08-entities.md").write_text(f"# Every entity\n\n{code}\n", "utf-8")
    dirty = "\ufeff# Dirty\r\n\r\nBell\x07 null-like\x01, \x0b \x0c \x85 \u2028 \ufffe \ufdd0 end\r\rlast\x1b"
    (folder / "09-dirty.md").write_bytes(dirty.encode())
    return folder
