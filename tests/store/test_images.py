"""Images come from the book's folder or not at all."""

import os

import pytest

from l2mac_write.store.images import LARGEST, Images


@pytest.fixture
def images(tmp_path):
    root = tmp_path / "book"
    (root / "images").mkdir(parents=True)
    (root / "images/map.png").write_bytes(b"a map")
    (tmp_path / "secret.png").write_bytes(b"not yours")
    return Images(root)


def test_an_image_of_the_book_is_read(images):
    assert images.get("images/map.png") == b"a map"


@pytest.mark.parametrize(
    "path",
    [
        "images/gone.png",
        "../secret.png",
        "/etc/passwd",
        "images/../../secret.png",
        "chapters/01.md",
        "https://example.org/map.png",
        "images/map.png\x00",
        "",
    ],
)
def test_anything_else_is_no_image(images, path):
    assert images.get(path) is None


def test_a_link_that_leaves_the_book_leads_nowhere(images):
    (images.root / "images/link.png").symlink_to("../../secret.png")
    (images.root / "up").symlink_to("..")

    assert images.get("images/link.png") is None
    assert images.get("up/../secret.png") is None
    assert images.get("up/secret.png") is None


def test_neither_a_pipe_nor_an_enormous_file_is_read(images):
    os.mkfifo(images.root / "images/pipe.png")
    with (images.root / "images/large.png").open("wb") as file:
        file.truncate(LARGEST + 1)

    assert images.get("images/pipe.png") is None
    assert images.get("images/large.png") is None
