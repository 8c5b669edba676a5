"""Which weekday and which date of a text are said of one day?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from l2mac_write.evaluators.dates import Calendar, Date, Weekday, calendar, weekdays
from l2mac_write.evaluators.figures import YEAR, number

NEAR, FAR = 48, 120
"""Characters between the two: with little words alone, and with whole ones."""
WORD = re.compile(r"[^\W\d_]+")
OTHER = re.compile(r"[\w\s,(—–:;'’*_-]*")
NOT = re.compile(
    r"(?:\bnot|\bnever|n['’]t|\bif|\bif only|\bor|\bbetween)(?: an?| on| the)?\s\Z",
    re.IGNORECASE,
)
PLACED = re.compile(
    r"(?: \w+)? (?:in|at|near|of|off|aboard|outside|by) [\w'’ ]{1,30}(?=, (?:the )?\Z)"
)
"""`A Tuesday in London, the tenth of December`."""
TAG = re.compile(r"[\"”’][^\"“”‘’.!?]{1,30}[.,] [\"“‘]")
"""`“A Tuesday,” she said. “The tenth of December.”`"""
ALIKE = re.compile(r"\bas on\b|/")
ASIDE = re.compile(r", (?:so|as|if|to be)\b[^,;.!?\n]{1,40}(?=,)")
ALONE = re.compile(r"(?:\A|[\n\"“‘*_]|[.!?]\s)(?:[OI]n )?(?:[Tt]he )?\Z")
REPLY = re.compile(r"[.,?!]?[\"”’] [\"“‘](?:An? |It was an? )?")
THAT_WAS = re.compile(r"; (?:that|it|this|which) (?:was|is) (?:the )?")
STOPS = frozenset(".,:;—–")
ENDS = re.compile(r"[.;]\s")
ABBREVIATED = 5

BE = r"(?:was|is|were|had been|would be|must have been|(?:happened|chanced|turned out|proved|seems?) to be|being|fell|falls|came)(?: (?:again|also|then|that (?:year|time)))?,?"
LIKE = r"(?:(?!(?:of|to|in|on|from|for|since|before|after|until|till|past|by|with|week|day|days|weeks)\b)[a-z][a-z’'-]*,? (?:and )?){0,4}"
A_DAY = rf"(?:(?:up)?on )?(?:an? {LIKE}|the {LIKE}|{LIKE})"
IT = r"(?:it|that|this|which|(?:the|that) (?:day|date))"
TELLING = re.compile(
    rf"(?: ?[,—–:(] ?|\)? )(?:and )?(?:on )?an? {LIKE}"
    rf"|\)?[.,;:—–]? ?(?:(?!(?:when|until|before|after|by|later|since)\b)\w+,? ){{0,5}}?(?:{IT} {BE}|being) {A_DAY}"
    rf"|, [^,.;!?]{{1,60}}, {BE} {A_DAY}",
    re.IGNORECASE,
)
"""`June 2, 1953, a wet Tuesday`, `June 2, 1953. I know that it was a Tuesday`."""
ANOTHER_TIME = re.compile(r",? (?:when|before|after|until|then)\b(?! all\b)")
"""`It was a Tuesday when he came back`."""
OF_SOMETHING = re.compile(
    r"(?! (?:of|in|on|was|is|at|before|after|which|when|that|last|next|morning|afternoon|evening|night)\b) [a-z]"
)
"""`On June 2, the Tuesday market`."""
PAPER = re.compile(r"['’]s? (?:[\w’'-]+ ){1,4}?(?:of|for|dated)(?: the)? ")
"""`Tuesday’s Gazette of the second of June`; a weekly paper of that name has any date."""
PUT = re.compile(
    r"(?!.*\b(?:and|or|but|(?:after|before)(?! (?:dawn|noon|dark|dusk|midnight|sunrise|sunset|daybreak|breakfast|dinner|supper|\w+ o['’]clock))|until|till|since|from|dated|letters?|later|earlier|[Nn]ext|not|told|spoke|wrote|read|heard|found|asked|remember(?:s|ed)?)\b)"
    r"(?!.*, (?:he|she|it|they|we|I|you|[A-Z][a-z]+) [a-z]+)"
    r"[^.;!?\n]*(?:,|—|–|:|\() ?(?:that is(?: to say)?,? |or )?(?:(?:up)?on |being )?(?:the )?"
)
"""`On a Tuesday they were married, in the rain, on June 2, 1953`."""
CLOSED = re.compile(r"\s?[.,;:!?)\]—–\"”’*_]|\Z|\n")
AND_SO = re.compile(
    r",? (?:it was, )?and (?:it was |the date (?:was |is )?)?(?:the )?|[^.;!?\n]{0,60}\bthe date (?:was|is|being) (?:the )?"
)
OF_YEAR = re.compile(
    rf"\b(?:in|of|year|year of (?:grace|our lord)|a\.d\.) (?P<year>{YEAR})(?![\w,–-]*\d)(?!\w)",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?]['\"”’]*\s+(?=[\"“‘A-Z])|\n")


@dataclass(frozen=True, slots=True)
class Same:
    """A date and the weekday that it is given; `surely` where only little words part them."""

    when: Date
    day: Weekday
    surely: bool

    @property
    def start(self) -> int:
        return min(self.when.start, self.day.start)

    @property
    def end(self) -> int:
        return max(self.when.end, self.day.end)


def same_days(text: str, named: Sequence[Date], language: str) -> Iterator[Same]:
    """Each of these dates with the weekday that belongs to it: the one before it, or else the one after."""
    if not named or not (known := calendar(language)):
        return
    found: list[Date | Weekday] = [*named, *weekdays(text, language)]
    found.sort(key=lambda one: one.start)
    taken: Date | Weekday | None = None
    for one, other, third in zip(found, found[1:], [*found[2:], None], strict=False):
        if one is not taken and (pair := _pair(text, one, other, known)):
            ahead = _pair(text, other, third, known) if pair.when is one and third else None
            if not (ahead and ahead.surely):
                taken = other
                yield _dated(text, pair)


def _pair(text: str, one: Date | Weekday, other: Date | Weekday, known: Calendar) -> Same | None:
    """The two, if they are said of one day."""
    match one, other:
        case (Date() as when, Weekday() as day) | (Weekday() as day, Date() as when):
            surely = _is_glue(text, one, other, known)
            return Same(when, day, surely) if surely or _is_told(text, one, other) else None
    return None


def _dated(text: str, pair: Same) -> Same:
    """With the year that its sentence gives elsewhere: `In 1953, on Tuesday the second of June`."""
    if pair.when.year or not (year := _year_around(text, pair)):
        return pair
    return Same(replace(pair.when, year=year), pair.day, surely=False)


def _year_around(text: str, pair: Same) -> int:
    """The one year of the sentence, or 0."""
    before = SENTENCE_END.split(text[max(0, pair.start - FAR) : pair.start])[-1]
    after = SENTENCE_END.split(text[pair.end : pair.end + FAR])[0]
    years = {number(year["year"]) for part in (before, after) for year in OF_YEAR.finditer(part)}
    return years.pop() if len(years) == 1 else 0


def _is_told(text: str, one: Date | Weekday, other: Date | Weekday) -> bool:
    """Does a whole sentence, or two, say that the one is the other?"""
    gap = text[one.end : other.start]
    if len(gap) > FAR or "\n\n" in gap or _is_parted(text, one, other):
        return False
    if isinstance(one, Date):
        return TELLING.fullmatch(gap) is not None
    gap = ASIDE.sub("", gap)
    return (
        (bool(PUT.fullmatch(gap)) and CLOSED.match(text, other.end) is not None)
        or AND_SO.fullmatch(gap) is not None
        or PAPER.fullmatch(gap) is not None
    )


def _is_glue(text: str, one: Date | Weekday, other: Date | Weekday, known: Calendar) -> bool:
    """Do only little words stand between them, and no full stop but of a date of its own?"""
    gap = text[one.end : other.start]
    if len(gap) > NEAR or "\n\n" in gap or _is_parted(text, one, other):
        return False
    return _is_answer(text, one, other) or _is_joined(gap, one, known)


def _is_parted(text: str, one: Date | Weekday, other: Date | Weekday) -> bool:
    """`Not on Monday`, `a Sunday or a Monday`, `as on`, `from Monday to`, and a year of two styles."""
    gap = text[one.end : other.start]
    if isinstance(one, Date) and (
        (" it " in gap.casefold() and ANOTHER_TIME.match(text, other.end))
        or (gap.endswith("the ") and OF_SOMETHING.match(text, other.end))
    ):
        return True
    denied = NOT.search(text, max(0, one.start - 12), one.start) is not None
    return denied or gap == " to " or bool(ALIKE.search(gap)) or text.startswith("/", other.end)


def _is_answer(text: str, one: Date | Weekday, other: Date | Weekday) -> bool:
    """`Tuesday. Sixth of May`, each a sentence, and `“The sixth of May.” “A Tuesday.”`"""
    gap = text[one.end : other.start]
    begins = ALONE.search(text[max(0, one.start - 7) : one.start]) is not None
    alone = begins and (isinstance(one, Weekday) or text[other.end : other.end + 1] in STOPS)
    return (alone and gap == ". ") or REPLY.fullmatch(gap) is not None


def _is_joined(gap: str, one: Date | Weekday, known: Calendar) -> bool:
    gap = TAG.sub(" ", PLACED.sub("", gap), count=1)
    words = [word.casefold() for word in WORD.findall(gap)]
    is_short = isinstance(one, Weekday) and one.end - one.start <= ABBREVIATED
    bare = gap[1:] if is_short and gap.startswith(".") else gap
    goes_on = len(words) > 1 and (isinstance(one, Date) or not {"date", "day"}.isdisjoint(words))
    stopped = bool(ENDS.search(bare)) and not goes_on and not THAT_WAS.fullmatch(bare)
    return (
        not stopped
        and known.glue.issuperset(words)
        and bool(OTHER.fullmatch(bare.replace(".", ",")))
    )
