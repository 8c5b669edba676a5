"""A line to a model on which every call is written down, and none is made twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from l2mac_write.events import Heard, Listener, Spent
from l2mac_write.messages import Reply, Request
from l2mac_write.ports import LLM, Call, Journal


@dataclass(frozen=True, slots=True)
class Line:
    """What an agent of one instruction speaks through.

    A request the journal has an answer to is answered from there, so that an instruction which
    was interrupted is taken up at its first unanswered call, and nothing is paid for twice.
    """

    llm: LLM
    journal: Journal
    instruction: str
    role: str
    tell: Listener

    def reply(self, request: Request) -> Reply:
        call = Call(self.instruction, self.role, self.llm.model, fingerprint(request))
        return self.journal.recall(call) or self._asked(call, request)

    def _asked(self, call: Call, request: Request) -> Reply:
        self.journal.sending(call)
        reply = self.llm.reply(request, lambda text: self._hear(call, text))
        cost = self.llm.price(reply.usage)
        self.journal.replied(call, reply, cost)
        self.tell(Spent(self.instruction, self.llm.model, reply.usage, cost))
        return reply

    def _hear(self, call: Call, text: str) -> None:
        self.journal.heard(call, text)
        self.tell(Heard(self.instruction, text))


def fingerprint(request: Request) -> str:
    """The same words to the same model, with the same tools and seed, have the same hash."""
    return hashlib.sha256(repr(request).encode("utf-8", "backslashreplace")).hexdigest()
