"""`check` and `waive`, as a person types them."""

import json

import pytest

from tests.cli.commands import rehearsed, typed

NOVEL = """# The Ford

## One

As requested, here is the chapter:

It rained on the ford and on the two men who had come to count the stones in it.

## Two

The door of the mill [insert description here] fell shut behind the younger of them.
"""

OBJECTS = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "columnKind", "originalUriBaseIds", "results"},
    "driver": {"name", "version", "informationUri", "rules"},
    "result": {
        "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints",
        "relatedLocations", "suppressions", "fixes",
    },
    "region": {"startLine", "startColumn", "endLine", "endColumn"},
}  # fmt: skip
"""Of each object of SARIF 2.1.0 the properties that we use; the schema allows no others."""


@pytest.fixture
def novel(tmp_path):
    (tmp_path / "novel.md").write_text(NOVEL)
    return tmp_path / "novel.md"


def found(where, *arguments):
    done = typed("check", *arguments, "--json", cwd=where)
    return done.returncode, json.loads(done.stdout)["findings"]


def test_the_report_shows_each_finding_in_its_chapter_with_its_words_and_counts_them(novel):
    done = typed("check", "novel.md", cwd=novel.parent)

    assert done.returncode == 1
    assert "novel.md#two  Two" in done.stdout
    assert "11:22  block   DOC-META" in done.stdout
    assert "The door of the mill [[insert description here]] fell shut" in done.stdout
    assert "2 texts, 40 words: 1 blocking, 1 to revise." in done.stdout
    assert "\x1b" not in done.stdout


def test_as_json_each_finding_is_a_row_with_its_place(novel):
    code, findings = found(novel.parent, "novel.md")

    assert code == 1
    assert [(f["severity"], f["path"], f["line"], f["state"]) for f in findings] == [
        ("revise", "novel.md", 5, "open"), ("block", "novel.md", 11, "open"),
    ]  # fmt: skip
    assert all(f["key"] and f["quote"] in NOVEL for f in findings)


def test_what_is_milder_than_asked_for_is_not_shown_and_what_blocks_blocks_still(novel):
    code, findings = found(novel.parent, "novel.md", "--severity", "block")

    assert (code, len(findings)) == (1, 1)


def test_keys_stay_the_same_when_the_text_changes_elsewhere(novel):
    before = [f["key"] for f in found(novel.parent, "novel.md")[1]]
    novel.write_text(NOVEL.replace("It rained", "It had rained since the morning"))

    assert [f["key"] for f in found(novel.parent, "novel.md")[1]] == before


def test_fix_shows_what_it_takes_out_and_leaves_the_rest(novel):
    done = typed("check", "novel.md", "--fix", cwd=novel.parent)

    assert "- As requested, here is the chapter:" in done.stdout
    assert novel.read_text() == NOVEL.replace("As requested, here is the chapter:\n\n", "")
    assert done.returncode == 1


def test_sarif_has_all_that_its_schema_asks_for_and_nothing_else(novel):
    typed("check", "novel.md", "--sarif", "found.sarif", cwd=novel.parent)
    log = json.loads((novel.parent / "found.sarif").read_text())
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert log.keys() == OBJECTS["log"]
    assert log["version"] == "2.1.0"
    assert run.keys() == OBJECTS["run"]
    assert run["tool"]["driver"].keys() == OBJECTS["driver"]
    assert len(run["results"]) == 2
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        base = run["originalUriBaseIds"][place["artifactLocation"]["uriBaseId"]]["uri"]

        assert {"message", "ruleId"} <= result.keys() <= OBJECTS["result"]
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert place["region"].keys() == OBJECTS["region"]
        assert all(number >= 1 for number in place["region"].values())
        assert base + place["artifactLocation"]["uri"] == novel.absolute().as_uri()


def test_an_edit_in_sarif_makes_the_text_that_fix_makes(novel):
    typed("check", "novel.md", "--sarif", "found.sarif", cwd=novel.parent)
    results = json.loads((novel.parent / "found.sarif").read_text())["runs"][0]["results"]
    (change,) = results[0]["fixes"][0]["artifactChanges"]
    region = change["replacements"][0]["deletedRegion"]
    lines = NOVEL.split("\n")
    kept = lines[: region["startLine"] - 1] + lines[region["endLine"] - 1 :]

    assert (region["startColumn"], region["endColumn"]) == (1, 1)
    assert "\n".join(kept) == NOVEL.replace("As requested, here is the chapter:\n\n", "")


def test_a_model_judges_no_text_that_is_no_book_and_says_how_to_make_one_of_it(novel):
    done = typed("check", "novel.md", "--judge", "--model", "rehearsal", cwd=novel.parent)

    assert done.returncode == 2
    assert "`l2mac-write adopt novel.md --to DIR --model NAME`" in done.stderr


def test_a_finding_in_a_text_is_waived_by_its_key_and_blocks_no_more(novel):
    _, (_, finding) = found(novel.parent, "novel.md")
    done = typed("waive", finding["key"], "novel.md", "--reason", "A form.", cwd=novel.parent)
    again = typed("check", "novel.md", cwd=novel.parent)

    assert "Waived in novel.md#two: A placeholder" in done.stdout
    assert again.returncode == 0
    assert "Waived: 1, which --json tells." in again.stdout
    both = typed("waive", "a", "novel.md", "--book", "b", "--reason", "x", cwd=novel.parent)
    assert "name the text or the --book, not both" in both.stderr


def test_a_finding_in_a_book_is_waived_by_its_key_and_blocks_no_more(tmp_path):
    book = rehearsed(tmp_path)
    chapter = next((book / "chapters").iterdir())
    chapter.write_text(chapter.read_text() + "\nThe door [insert description here] fell shut.\n")
    code, (finding,) = found(tmp_path, "--book", "book")
    done = typed("waive", finding["key"], "--book", "book", "--reason", "A form.", cwd=tmp_path)
    again, (waived,) = found(tmp_path, "--book", "book")

    assert (code, done.returncode, again) == (1, 0, 0)
    assert (waived["state"], waived["reason"]) == ("waived", "A form.")


def test_a_book_is_checked_as_a_whole_when_it_is_finished(tmp_path):
    book = rehearsed(tmp_path)
    chapter = next((book / "chapters").iterdir())
    chapter.write_text(chapter.read_text() + "\nHow it ends is told in chapter 40 of this book.\n")
    done = typed("resume", "--book", "book", "--json", cwd=tmp_path)
    told = json.loads(done.stdout.splitlines()[-1])["findings"]

    assert [f["code"] for f in told] == ["DOC-XREF"]
    assert [f["key"] for f in told] == [f["key"] for f in found(tmp_path, "--book", "book")[1]]


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    [
        (b"", ["a.md"], "holds no text"),
        (b"\x00\x01\x02", ["a.md"], "zero bytes"),
        (b"\xff\xfe\x00", ["a.md"], "is not UTF-8"),
        (b"Text.", ["b.md"], "cannot be read"),
        (b"Text.", ["a.md", "--book", "."], "not both"),
        (b"Text.", [], "check .`"),
        (b"Text.", ["a.md", "--language", "Klingon"], "Klingon"),
        (b"Text.", ["a.md", "--sarif", "no/where/x.sarif"], "cannot be written"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(tmp_path, content, arguments, sentence):
    (tmp_path / "a.md").write_bytes(content)
    done = typed("check", *arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "a.md").read_bytes() == content
