"""A line to a model on which every call is written down, and none is made twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from l2mac_write.errors import LLMError
from l2mac_write.events import Heard, Listener, Rewound, Spent
from l2mac_write.machine.purse import Bill, Purse
from l2mac_write.messages import Reply, Request, Stop, Usage
from l2mac_write.ports import LLM, Call, EmptyReply, Interrupted, Journal

GENEROSITY = (1, 2, 4)
FRUGALITY = (1, 1 / 2, 1 / 4)
"""How much of the room for an answer is asked for where money is short."""


def nothing(_: str) -> str:
    """What is kept of a reply that broke off, for those who cannot go on from half of one."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What an agent of one instruction speaks through.

    A request the journal has an answer to is answered from there, so that an instruction which
    was interrupted is taken up at its first unanswered call, and nothing is paid for twice.
    """

    llm: LLM
    journal: Journal
    purse: Purse
    instruction: str
    role: str
    tell: Listener

    def reply(self, request: Request, *, salvage: Callable[[str], str] = nothing) -> Reply:
        """The reply; where the line broke and `salvage` keeps some of it, that with `Stop.CUT`.

        Raises `LLMError` where the model, with ever more room, has nothing to say.
        """
        call = Call(self.instruction, self.role, self.llm.model, fingerprint(request))
        for generosity in GENEROSITY:
            roomy = replace(request, generosity=generosity)
            with suppress(EmptyReply):
                return self.llm.patiently(partial(self._attempt, call, roomy, salvage))
        raise LLMError(
            f"`{self.llm.model}` gave an empty reply {len(GENEROSITY)} times."
            " Run `l2mac-write resume` to ask again, or choose another model."
        )

    def _attempt(self, call: Call, request: Request, salvage: Callable[[str], str]) -> Reply:
        """The answer there is, else what an attempt that broke off had said, else a new attempt."""
        if reply := self.journal.recall(call):
            return reply
        said = self.journal.partial(call)
        kept = salvage(said)
        if said:
            self.tell(Rewound(self.instruction, kept))
        if not kept:
            return self._asked(call, request)
        cut = Reply(kept, stop=Stop.CUT)
        self.journal.salvaged(call, cut)
        return cut

    def _asked(self, call: Call, request: Request) -> Reply:
        requests = [replace(request, generosity=request.generosity * share) for share in FRUGALITY]
        ceilings = [self.llm.ceiling(request) for request in requests]
        with self.purse.set_aside(*(ceiling or 0.0 for ceiling in ceilings)) as bill:
            self.journal.sending(call, ceilings[bill.choice])
            try:
                reply = self.llm.reply(requests[bill.choice], partial(self._hear, call))
            except Interrupted as fault:
                self._broke(call, bill, fault.usage, exact=fault.exact)
                raise
            except EmptyReply as empty:
                self._broke(call, bill, empty.usage, exact=True)
                raise
            except LLMError:
                self._broke(call, bill, Usage(), exact=not self.journal.partial(call))
                raise
            cost = self.llm.price(reply.usage)
            self.journal.replied(call, reply, cost)
            bill.amount = cost or 0.0
        self.tell(Spent(self.instruction, self.llm.model, reply.usage, cost))
        return reply

    def _broke(self, call: Call, bill: Bill, usage: Usage, *, exact: bool) -> None:
        cost = self.llm.price(usage)
        self.journal.broke(call, usage, cost, exact=exact)
        bill.amount = (cost or 0.0) if exact else max(bill.amount, cost or 0.0)
        self.tell(Spent(self.instruction, self.llm.model, usage, cost, answered=False))

    def _hear(self, call: Call, text: str) -> None:
        self.journal.heard(call, text)
        self.tell(Heard(self.instruction, text))


def fingerprint(request: Request) -> str:
    """The same words to the same model, with the same tools and seed, have the same hash."""
    return hashlib.sha256(repr(request).encode("utf-8", "backslashreplace")).hexdigest()
