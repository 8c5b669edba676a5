"""What judges hold against a chapter goes back to its author once; a chapter that changed is judged again."""

from dataclasses import replace

from l2mac_write.evaluators import EVALUATORS
from l2mac_write.findings import Finding, Severity
from l2mac_write.instructions import Outcome
from l2mac_write.machine.following import made_from
from l2mac_write.machine.situation import JUDGED
from l2mac_write.messages import Prose
from l2mac_write.store.memory import MemoryBook
from tests.machine.judges import (
    BROWN,
    FLOOD,
    GREY,
    JUDGE,
    Judges,
    doubts,
    fact,
    files,
    unit,
    verdict,
)

PATH, NOTES = "chapters/02-flood.md", "notes/ledger/02.toml"
MENDED = FLOOD.replace("brown", "grey")
DONE = ("requirements", "plan", "bible", "about", "chapter/ferry", "facts/ferry", "judge/ferry",
        "amend/ferry", "summary/ferry", "replan/ferry")  # fmt: skip


def begun():
    """A book whose last chapter has been written and noted, by agents alone."""
    texts = files()
    chapter, facts = texts.pop(PATH), texts.pop(NOTES)
    there = MemoryBook(texts)
    for name in DONE:
        there.commit(Outcome(name), {})
    there.commit(Outcome("chapter/flood", writes=PATH), {PATH: chapter})
    noted = Outcome("facts/flood", writes=NOTES, made_from=made_from(JUDGE, there.read))
    there.commit(noted, {NOTES: facts})
    return there


def run(says=None, prose=MENDED):
    says = says or {"compare": doubts, "second": verdict("contradiction")}
    author, there = Judges(says, prose), begun()
    registry = unit(author, there).run()
    return author, there, registry


def written(author):
    return [r for r in author.heard if isinstance(r.shape, Prose) and r.shape.words == 300]


def test_the_author_hears_both_quotes_and_mends_the_passage():
    author, there, registry = run()

    assert registry.is_done
    (request,) = [r for r in author.heard if BROWN in r.conversation[-1].text and "mended" in r.conversation[-1].text][:1]  # fmt: skip
    assert f"Against it, in `chapters/01-ferry.md`: “{GREY}”" in request.conversation[-1].text
    assert there.read(PATH) == f"# Flood\n\n{MENDED}\n"


def test_the_chapter_that_changed_is_noted_and_judged_again_and_summed_up_then():
    author, _, registry = run()

    assert registry.outcomes["judge/flood"].findings == ()
    assert len(author.asked("second")) == 2
    assert len(author.asked("cold")) == 4


def test_where_judges_hold_nothing_against_it_nobody_is_asked_to_write():
    author, there, registry = run({"cold": []})

    assert registry.is_done
    assert written(author) == []
    assert there.read(PATH) == f"# Flood\n\n{FLOOD}\n"


def test_advice_is_no_reason_to_change_a_word():
    says = {"compare": doubts, "second": verdict("contradiction", "compatible")}
    author, there, registry = run(says)

    assert written(author) == []
    (found,) = registry.outcomes["judge/flood"].findings
    assert found.severity is Severity.ADVISE
    assert there.read(PATH) == f"# Flood\n\n{FLOOD}\n"


def test_what_an_author_lets_stand_is_left_to_the_reader_and_told_once():
    _, there, registry = run(prose=FLOOD)

    told = [f for outcome in registry.outcomes.values() for f in outcome.findings]
    assert [found.quote for found in told] == [BROWN]
    assert there.read(JUDGED.format(2)).count("[[doubt]]") == 1


def test_what_judges_hold_against_it_is_told_once_where_the_repair_was_taken_back():
    author, there = Judges({"compare": doubts, "second": verdict("contradiction")}, MENDED), begun()
    registry = objecting(unit(author, there)).run()

    told = [f for outcome in registry.outcomes.values() for f in outcome.findings]
    assert there.read(PATH) == f"# Flood\n\n{FLOOD}\n"
    assert [found.quote for found in told] == [BROWN]


def objecting(machine):
    """Its evaluators block whatever was mended."""

    def judge(work):
        is_mended = work.path == PATH and "his grey eyes were wet" in work.text
        return (
            Finding("X-NEW", Severity.BLOCK, work.path, "It is worse.", quote="grey"),
        ) * is_mended

    return replace(machine, evaluators=dict.fromkeys(EVALUATORS, judge))


BLUE = "Ansel Rook had blue eyes"


def noting(request):
    """One row, of the chapter that is shown."""
    quote = next(
        q for q in (BLUE, GREY, BROWN) if q in "".join(m.text for m in request.conversation)
    )
    return [fact(quote, quote.split()[-2])]


def finished():
    """A book whose chapters nobody has anything against, as they are."""
    there = begun()
    assert unit(Judges({"facts": noting}, FLOOD), there).run().is_done
    return there


def test_a_chapter_is_judged_again_once_a_passage_that_it_was_held_against_has_changed():
    there = finished()
    there.edit("chapters/01-ferry.md", there.read("chapters/01-ferry.md").replace(GREY, BLUE))
    judges = Judges({"facts": noting}, FLOOD)
    registry = unit(judges, there).run()

    assert registry.is_done
    asked = ["".join(m.text for m in r.conversation) for r in judges.asked("compare")]
    assert [BLUE in text and BROWN in text for text in asked] == [True]
    assert not any(BROWN in m.text for r in judges.asked("cold") for m in r.conversation)


def test_what_was_changed_beside_that_judges_nothing_again():
    there = finished()
    ferry = there.read("chapters/01-ferry.md")
    there.edit("chapters/01-ferry.md", ferry + "\nIt rained.\n")
    judges = Judges({"facts": noting}, FLOOD)
    unit(judges, there).run()

    assert judges.asked("compare") == []


def test_a_chapter_that_could_not_be_judged_is_not_written_anew():
    author, _, registry = run({"cold": "What a fine chapter!"})

    assert written(author) == []
    assert [f.code for f in registry.outcomes["judge/flood"].findings] == ["EDT-JUDGE"]
