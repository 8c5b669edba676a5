"""A chapter, and what a model may say of it."""

from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.proposals import Place, proposed
from l2mac_write.ledger.rows import Entity, Fact

CHAPTER = (
    "Ansel Rook had grey eyes, like his father before him.\n\n"
    "“I was forty-two that spring,” said Ansel — he held the toll ledger — “and not yet afraid.”"
)
ANSEL = Entity("Ansel Rook", "person")
EYES = "Ansel Rook had grey eyes"


def fact(**said):
    return {"subject": "Ansel Rook", "key": "eyes", "value": "grey", "quote": EYES, **said}


def page(*facts, known=(ANSEL,), text=CHAPTER, **lists):
    """What is made of the facts, and of other lists, that a model proposes."""
    place = Place("ferry", Anchors(text), Names(known), {1: "ferry", 2: "flood"})
    return proposed({"facts": [*facts], **lists}, place, known)


def so(subject="Ansel Rook", key="eyes", value="grey", **more):
    """A fact of the ledger whose value is normal already."""
    return Fact(subject, key, value, normal=value, **more)
