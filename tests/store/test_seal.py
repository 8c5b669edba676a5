"""A journal at rest bears a seal, and whoever changes a byte of it breaks that."""

import pytest

from l2mac_write.store import seal
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.lock import holder, locked


@pytest.fixture
def place(root):
    BookFolder.create(root).close()
    return root / ".l2mac/journal.db"


def test_an_orderly_end_puts_it_on(place):
    assert seal.of(place).is_file()
    assert not seal.is_broken(place)


def test_it_is_off_while_a_run_may_write(root, place):
    with BookFolder.open(root):
        assert not seal.of(place).exists()
        assert not seal.is_broken(place)
    assert seal.of(place).is_file()


def test_looking_at_a_book_leaves_it_on(root, place):
    before = seal.of(place).read_bytes()
    with BookFolder.read_only(root) as book:
        book.paths()

    assert seal.of(place).read_bytes() == before
    assert not seal.is_broken(place)


def test_a_single_changed_bit_breaks_it(place):
    data = bytearray(place.read_bytes())
    data[-1] ^= 1
    place.write_bytes(data)

    assert seal.is_broken(place)


def test_a_log_that_nobody_of_ours_left_breaks_it(place):
    place.with_name("journal.db-wal").write_bytes(b"from elsewhere")

    assert seal.is_broken(place)


@pytest.mark.parametrize("torn", [b"", b"0123"])
def test_a_seal_that_a_power_failure_tore_says_nothing(place, torn):
    seal.of(place).write_bytes(torn)

    assert not seal.is_broken(place)


def test_a_book_that_cannot_be_opened_keeps_its_seal(root, place):
    place.write_bytes(b"no journal at all" * 1000)
    before = seal.of(place).read_bytes()
    with pytest.raises(Exception, match="damaged"):
        BookFolder.open(root)

    assert seal.of(place).read_bytes() == before


def test_one_can_ask_who_holds_a_lock_without_taking_it(tmp_path):
    place = tmp_path / "lock"
    assert holder(place) == ""
    with locked(place):
        assert holder(place).startswith("process ")
    assert holder(place) == ""
