"""An image that stands alone in its paragraph is a figure, and its title the words below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

ALONE = frozenset({"image", "softbreak", "hardbreak", "link_open", "link_close"})


def set_apart(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The same tokens; the images in them must be known."""
    return tuple(_set_apart(tokens))


def _set_apart(tokens: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        if _is_figure(tokens, at):
            yield from _figure(*tokens[at : at + 3])
            at += 3
        else:
            yield tokens[at]
            at += 1


def _is_figure(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].type != "paragraph_open" or tokens[at].hidden:
        return False
    kinds = {child.type for child in tokens[at + 1].children or ()}
    return "image" in kinds and kinds <= ALONE


def _figure(opening: Token, inside: Token, closing: Token) -> Iterator[Token]:
    yield opening.copy(type="figure_open", tag="figure")
    yield inside
    yield from _caption(inside.children or ())
    yield closing.copy(type="figure_close", tag="figure")


def _caption(children: Iterable[Token]) -> Sequence[Token]:
    titles = [str(child.attrs.pop("title")) for child in children if child.attrs.get("title")]
    if not titles:
        return ()
    words = Token("text", "", 0, content=" ".join(" ".join(titles).split()))
    return (
        Token("figcaption_open", "figcaption", 1, block=True),
        Token("inline", "", 0, content=words.content, children=[words]),
        Token("figcaption_close", "figcaption", -1, block=True),
    )
