"""What a model can try that wants more than it was given."""

import json

from tests.machine.machines import chapter

SECRET = "What is outside is nobody's business."
HUGE = "x" * 3_000_000
PATHS = (
    "../outside/secret.md", "/etc/passwd", "chapters/../../outside/secret.md", ".l2mac/journal.db",
    "book.toml", "C:\\secret.md", "\\\\server\\secret.md", "~/secret.md", "\u2025/secret.md",
    "a\0b.md", "a\u202edm.md", "nul.md", "\ud800.md", "", HUGE,
)  # fmt: skip
ATTACKS = (
    *(("read_file", {"path": path}) for path in PATHS),
    *(("patch_file", {"path": path, "old": "a", "new": "b"}) for path in PATHS),
    *(("patch_file", {"path": f"notes/{n}.md", "old": "", "new": "spam"}) for n in range(1_000)),
    ("patch_file", {"path": "notes/bible.md", "old": "Ansel", "new": "Nobody"}),
    ("patch_file", {"path": "plan.toml", "old": "Two Banks", "new": "Mine"}),
    ("patch_file", {"path": "chapters/02-the-flood.md", "old": "", "new": "Mine"}),
    ("write_file", {"path": "../outside/secret.md", "text": "Mine"}),
    ("bash", {"command": "rm -rf /"}),
    (HUGE, {}),
    ("\ud800", {"\ud800": "\ud800"}),
    ("read_file", {}),
    ("read_file", {"path": ["notes/bible.md"]}),
    ("read_file", {"path": {"path": {}}}),
    ("read_file", {"path": "notes/bible.md", "first_line": "1; DROP TABLE file"}),
    ("search", {"phrase": HUGE}),
    ("search", {"phrase": "\n"}),
    ("list_files", {"folder": "/"}),
)
TITLES = (
    "../../outside/secret.md", "/etc/passwd", "..", "", "con", "~", "\0\x1b[2J\n\n# Mine", "\ud800",
    "a" * 5_000, "Same", "same", "SAME", "\u202e", "C:\\", "{{ brief.prompt }}",
)  # fmt: skip
NO_PLANS = {
    "brackets without end": '{"chapters":' + "[" * 100_000 + "}",
    "a number without end": '{"chapters": [{"title": "A", "goal": "g", "words": %s}]}' % ("9" * 5_000),
    "5,000 chapters": json.dumps({"title": "T", "premise": "p", "chapters": [chapter("A", words=9)] * 5_000}),
    "a list": "[1, 2, 3]",
    "nothing": "{}",
    "not a number": '{"title": NaN, "chapters": Infinity}',
}  # fmt: skip
