"""A question to a judge whose answer is a list: each row is held to the text before it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from l2mac_write.errors import AnswerRefused, NoContradiction, UsageError
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document, record, some
from l2mac_write.machine.window import Items
from l2mac_write.messages import Reply, Request, Structured, Told

T = TypeVar("T")
TRIES = 2
"""At an answer that can be read, each with a seed of its own."""
AGAIN = "quote_again.md.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`rows` is the name of the list in the answer, `row` the schema of one, `most` their number.

    `values` are what the prompt speaks of, `doubt` what is seldom answered. `example` is what a rehearsal answers. What is on the
    `shelf` others are shown too, and asked the same where it is `shared`.
    """

    prompt: str
    rows: str
    row: Mapping[str, Any]
    most: int
    attempt: int
    values: Mapping[str, object]
    example: Sequence[Mapping[str, Any]] = ()
    doubt: Sequence[Mapping[str, Any]] = ()
    shelf: Items = ()
    shared: bool = False

    @property
    def schema(self) -> Mapping[str, Any]:
        answers = [[*rows] for rows in (self.example, self.doubt) if rows or rows is self.example]
        rows = some(self.row, 0, self.most, examples=answers)
        return record(**{self.rows: rows})


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The rows that hold; `lost` says why others do not, `unread` why there are none at all.

    `mendable` are those of the lost that might hold if they were quoted better.
    """

    found: tuple[T, ...] = ()
    lost: tuple[str, ...] = ()
    mendable: tuple[str, ...] = ()
    unread: str = ""


def asked(agent: Agent, question: Question, made: Callable[[Any], T]) -> Answer[T]:
    """What `made` makes of each row; those at which it raises `UsageError` are asked for once more.

    Not so those at which it raises `NoContradiction`. An answer that cannot be read is none: nobody has passed by it.
    """
    request = agent.request(
        question.prompt,
        Structured(question.schema),
        attempt=question.attempt,
        shelf=question.shelf,
        shared=question.shared,
        **question.values,
    )
    why = ""
    for number in range(TRIES):
        again = replace(request, seed=agent.seed(question.attempt * TRIES + number))
        try:
            said = agent.answer(again)
            rows = _rows(said, question)
        except (UsageError, AnswerRefused) as error:
            why = str(error)
            continue
        first = _settled(rows, made)
        if not first.mendable:
            return first
        return _mended(agent, question, _gone_on(again, said), first, made)
    return Answer(unread=why)


def _gone_on(request: Request, said: str) -> Request:
    return replace(request, conversation=(*request.conversation, Reply(said)))


def _mended(
    agent: Agent, question: Question, talk: Request, first: Answer[T], made: Callable[[Any], T]
) -> Answer[T]:
    """With the rows that are given anew, exactly this time."""
    told = Told(agent.say(AGAIN, lost=first.mendable))
    try:
        said = agent.answer(replace(talk, conversation=(*talk.conversation, told)))
        more = _settled(_rows(said, question), made)
    except (UsageError, AnswerRefused):
        return first
    known = {repr(found) for found in first.found}
    fresh = tuple(found for found in more.found if repr(found) not in known)
    settled = (why for why in first.lost if why not in first.mendable)
    return Answer((*first.found, *fresh), (*settled, *more.lost))


def _rows(said: str, question: Question) -> list[Any]:
    rows = document(said).get(question.rows)
    if not isinstance(rows, list):
        raise UsageError(f"The answer has no list of `{question.rows}`.")
    return rows[: question.most]


def _settled(rows: Sequence[Any], made: Callable[[Any], T]) -> Answer[T]:
    found: list[T] = []
    lost: dict[str, bool] = {}
    for row in rows:
        try:
            found.append(made(row))
        except UsageError as error:
            lost[str(error)] = not isinstance(error, NoContradiction)
    mendable = tuple(why for why, is_mendable in lost.items() if is_mendable)
    return Answer(tuple(found), tuple(lost), mendable)
