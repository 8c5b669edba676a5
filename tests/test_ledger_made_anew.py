"""The ledger of a whole book comes out the same when it is made anew."""

from dataclasses import replace

from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.llm.scripted import ScriptedLLM
from l2mac_write.store.ledger_tables import THE_PLAN
from l2mac_write.store.memory import MemoryBook
from tests.machine.machines import whole_machine
from tests.store.test_ledger import everything


def rehearsed():
    book = MemoryBook()
    unit = replace(whole_machine(book=book).unit, llm=Rehearsal())
    assert unit.run().is_done
    return book, unit


def pages(book):
    return {path: book.read(path) for path in book.paths() if path.startswith("notes/ledger/")}


def test_from_the_recorded_replies_and_the_accepted_text_come_the_same_pages():
    book, unit = rehearsed()
    before, rows = pages(book), everything(book)
    for path in before:
        book.edit(path, None)
    assert {row[0] for row in everything(book)["fact"]} <= {THE_PLAN}
    book._outcomes = {n: o for n, o in book._outcomes.items() if not n.startswith("facts/")}

    silent = ScriptedLLM(())
    silent.model = "rehearsal"  # a reply is known by who gave it

    assert replace(unit, llm=silent).run().is_done

    assert len(before) == 2
    assert (pages(book), everything(book)) == (before, rows)


def test_from_the_texts_alone_come_the_same_tables():
    book, _ = rehearsed()
    rows = everything(book)
    texts = {path: book.read(path) for path in book.paths()}

    assert len(rows["fact"]) > 2
    assert everything(MemoryBook(texts)) == rows
    assert everything(MemoryBook(dict(reversed(texts.items())))) == rows
