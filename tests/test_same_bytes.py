"""The same book gives the same files: in another process, place, time zone, and order of hashes."""

import hashlib
import shutil

from tests.cli.commands import typed
from tests.exporters.images import SVG, png

HEAD = "---\ntitle: The Tide\nauthor: Ada Quill\ncover: rings\nisbn: 978-3-16-148410-0\n---\n"
TEXT = """# {0}

A ![map](map.png "The coast") and a *tide*.[^1] It's {{#here}} "said".

| a | b |
|---|---|
| 1 | $x^2$ |

![](drawing.svg)

- [ ] one
- [x] two, see [before](1.md#here)

[^1]: A note.
"""
ONE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}
OTHER = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}
DATED = {"SOURCE_DATE_EPOCH": "1795392000"}


def written(folder):
    folder.mkdir(parents=True)
    (folder / "map.png").write_bytes(png(30, 20))
    (folder / "drawing.svg").write_bytes(SVG)
    for number in range(1, 6):
        head = HEAD if number == 1 else ""
        (folder / f"{number}.md").write_text(head + TEXT.format(f"Chapter {number}"), "utf-8")
    return folder


def exported(folder, cwd, env):
    done = typed("export", folder, "--format", "all", "--raw-html", cwd=cwd, env=env)
    assert done.returncode == 0, done.stderr
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted((folder / "exports").rglob("*"))
        if file.is_file()
    }


def test_every_format_is_the_same_to_the_byte(tmp_path):
    here = written(tmp_path / "here")
    there = tmp_path / "far" / "away" / "there"
    there.parent.mkdir(parents=True)
    shutil.copytree(here, there)

    one = exported(here, tmp_path, {**ONE, **DATED})
    other = exported(there, there.parent, {**OTHER, **DATED})

    assert one == other
    kinds = (".md", ".html", ".epub", ".pdf", ".docx", "-site/cover.jpg", "-folder/SUMMARY.md")
    assert all(any(name.endswith(kind) for name in one) for kind in kinds)


def test_without_a_date_that_of_the_last_change_counts(tmp_path):
    here = written(tmp_path / "here")
    there = tmp_path / "there"
    shutil.copytree(here, there)

    assert exported(here, tmp_path, ONE) == exported(there, tmp_path, OTHER)
