"""What the owner of the fake API charges for: the prompt, and as much of the answer as was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from l2mac_write.messages import Usage


@dataclass(slots=True)
class Bill:
    """Of one request; `prompt` holds token counts as the API names them, `sent` is in bytes."""

    prompt: Mapping[str, int]
    answer: int
    size: int = 1
    sent: int = 0

    @property
    def output_tokens(self) -> int:
        return round(self.answer * min(1.0, self.sent / self.size))

    @property
    def usage(self) -> Usage:
        return Usage(
            self.prompt["input_tokens"],
            self.output_tokens,
            self.prompt["cache_read_input_tokens"],
            self.prompt["cache_creation_input_tokens"],
        )
