"""A model for the fake API that writes a whole book: the same words for the same request.

Where a reply of its broke off it goes on from what was kept, and now and then says a bit twice.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from l2mac_write.llm.rehearsal import prose
from tests.fake_api.answers import saying

LENGTH = re.compile(r"(?:about|at most) (\d+) words", re.IGNORECASE)
KEPT = re.compile(r"<kept>\n(.*)\n</kept>", re.DOTALL)
TITLES = ("Rope", "Toll", "Ice", "Bell", "Debt", "Fog", "Oar", "Flood", "Bridge", "Shore")
SAID_TWICE = 60
NO_CONTRADICTION = '{"contradictions": []}'


WISHES = json.dumps({"requirements": [{"wish": "It is a tale.", "quote": "tale"}]})
CHAPTER = re.compile(r'<chapter what="[^"]*">\n(?:.*\n)*?([^\n]{24,60}(?=[\s。，]))')
BEAT = re.compile(r"^(\d+)\. ", re.MULTILINE)
SOUND = json.dumps({"problems": []})


def answered(asked: str, plan: str, wishes: str = WISHES) -> str:
    """What is said where a prompt asks for one JSON object; nothing where it does not."""
    said = {
        '{"requirements"': wishes,
        '{"problems"': SOUND,
        '"claims": [': '{"claims": []}',
        '"contradictions": [': NO_CONTRADICTION,
        "These things are to be in the": told(asked),
        '"facts": [': noted(asked),
        '"chapters": [': plan,
    }
    return next((text for mark, text in said.items() if mark in asked), "")


def told(asked: str) -> str:
    """Every beat, by the first words of the chapter that is shown."""
    quote = (CHAPTER.findall(asked) or [""])[0]
    beats = [{"beat": int(number), "quote": quote} for number in BEAT.findall(asked)]
    return json.dumps({"beats": beats})


def noted(asked: str) -> str:
    """One fact, the first words of the chapter, that speaks of the same thing in all chapters."""
    quote = (CHAPTER.findall(asked) or [""])[0]
    fact = {"subject": "the world", "key": "rule", "value": f"A rule: {quote}", "quote": quote}
    return json.dumps({"facts": [fact]})


@dataclass(frozen=True)
class Author:
    """`builds_on` is what the plan says of each chapter; None leaves it out.

    `but` says it of single chapters, by number.
    """

    chapters: int = 8
    words: int = 600
    builds_on: Sequence[int] | None = ()
    but: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def __call__(self, body: Mapping[str, Any]) -> str:
        text = self.text(body)
        kept = KEPT.findall(last(body))
        if not kept:
            return text
        assert text.startswith(kept[-1]), "it was shown what it never said"
        again = SAID_TWICE * (zlib.crc32(kept[-1].encode()) % 2)
        return text[max(0, len(kept[-1]) - again) :]

    def text(self, body: Mapping[str, Any]) -> str:
        """All that it has to say."""
        asked = opening(body)
        return answered(asked, self.plan) or written(asked)

    @property
    def plan(self) -> str:
        chapters = [self._chapter(number) for number in range(1, self.chapters + 1)]
        return json.dumps(
            {
                "title": "Two Banks",
                "premise": "Two men, one river, one crossing too many.",
                "style": "plain",
                "people": [],
                "chapters": chapters,
            }
        )  # fmt: skip

    def _chapter(self, number: int) -> dict[str, Any]:
        round_, place = divmod(number - 1, len(TITLES))
        title = f"{TITLES[place]} {round_ + 1}" if round_ else TITLES[place]
        after = self.but.get(number, self.builds_on)
        return {
            "title": title,
            "goal": f"The {title.lower()} changes hands.",
            "words": self.words,
            "covers": [1],
            **({} if after is None else {"after": list(after)}),
        }


def written(asked: str) -> str:
    """Prose of the length asked for."""
    return prose(int(LENGTH.findall(asked)[-1]), asked)


def opening(body: Mapping[str, Any]) -> str:
    """What the conversation began with, whether the answer to it broke off or not."""
    return "\n\n".join(text for text in texts(body["messages"][0]) if not KEPT.search(text))


def last(body: Mapping[str, Any]) -> str:
    return texts(body["messages"][-1])[-1]


def texts(message: Mapping[str, Any]) -> list[str]:
    content = message["content"]
    blocks = saying(content).blocks if isinstance(content, str) else content
    return [block.get("text", "") for block in blocks]
