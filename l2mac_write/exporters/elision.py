"""Does the apostrophe at the start of a word stand for letters that were dropped?"""

from __future__ import annotations

import re

ANY_CASE = (
    "tis tisn tain twas twasn twere weren twill twould twouldn twixt tween em til neath gainst "
    "nuff prentice tother"
)
LOWER_CASE = (
    "bout cause cos coz till cept count fraid kay nother pon round spose way un ere d ll m n re s "
    "t ud ull ve e im is er ers ome ouse ouses ave aven as asn ad adn ow ead eads ell alf eart "
    "earts ope old ole oo ose undred appen appened appy ard and ands imself erself eard ear orse "
    "orses andsome eavy eld elp igh ill ungry unt urry urt at ate air"
)
WORDS = "air and as at ate cause count ear eat ere ill is old round till un way"
YEAR = re.compile(r"'\d0s\b|'\d\d(?!\w|,\d)")
WORD = re.compile(r"'([^\W\d_]+)('(?!\w))?")
HAVE = re.compile(r"(?:d|t|could|would|should|might|must) 'a'(?= \w)")
AND = re.compile(r"(\w+) 'n'(?= \w)", re.IGNORECASE)
BEFORE_A_LETTER = "a an the letter variable value number where called is of for"
CERTAIN = frozenset(ANY_CASE.split())
WHEN_SMALL = frozenset(LOWER_CASE.split())
WHOLE = frozenset(WORDS.split())
NAMES_A_LETTER = frozenset(BEFORE_A_LETTER.split())


def drops_letters(text: str, at: int) -> bool:
    """True for 'tis, 'em, '90s, rock 'n' roll, and for 'is and 'ouse where an h was dropped."""
    if YEAR.match(text, at) or _joins_words(text, at):
        return True
    word = WORD.match(text, at)
    if not word or word[2]:
        return False
    return word[1].lower() in CERTAIN or (word[1] in WHEN_SMALL and not _resumes(text, at))


def is_whole(text: str, at: int) -> bool:
    """Whether the word is one without the lost letters, too: 'and more', but not 'ouse."""
    word = WORD.match(text, at)
    return word is not None and word[1].lower() in WHOLE and not _joins_words(text, at)


def _joins_words(text: str, at: int) -> bool:
    """The first apostrophe of rock 'n' roll or he'd 'a' gone, but not the letter 'n'."""
    if HAVE.search(text, max(0, at - 7), at + 5):
        return True
    found = AND.search(text, max(0, at - 24), at + 5)
    return found is not None and found[1].lower() not in NAMES_A_LETTER


def _resumes(text: str, at: int) -> bool:
    """After a comma a quotation goes on: 'Well,' he said, 'is it true?'"""
    return text[:at].rstrip().endswith(",")
