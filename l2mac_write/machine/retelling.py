"""A small model is led: code picks the paragraphs that an order is about, each is told anew."""

from __future__ import annotations

from collections.abc import Iterator

from l2mac_write.findings import Edit, edited
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.changed import changed, may_change, order
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.pieces import BREAK, cleaned
from l2mac_write.machine.placing import fitting
from l2mac_write.machine.proposed import Proposed, Way
from l2mac_write.machine.scopes import Span, around, body_of, paragraphs
from l2mac_write.machine.seeking import words
from l2mac_write.messages import Prose, Request, Told
from l2mac_write.text.counting import count_words

PROMPT = "retell.md.j2"
PLAIN = Proposed(Way.RETOLD)
TRIES = 2
"""At one paragraph, each with a seed of its own; with each candidate as many more."""
LEAST_WORDS = 12
"""A shorter paragraph is a line of talk, or no prose at all."""
SHORTEST, LONGEST = 0.4, 1.6
"""Of the paragraph's words; what is shorter has lost something, what is longer has wandered."""
LEAST_LETTERS = 4
"""A shorter English word, such as `him`, says nothing of what a paragraph is about."""
KEPT = 0.25
"""Of its telling words; what keeps fewer is another paragraph."""


def retold(agent: Agent, draft: Draft | None) -> Draft:
    """The chapter with those paragraphs told anew, each only where that brings nothing wrong."""
    if draft:
        return draft
    text = agent.situation.original
    chosen = [*_chosen(agent, text)]
    kept = 0
    tries = TRIES * order(agent).candidates
    for number, paragraph in enumerate(reversed(chosen)):
        attempts = range(number * tries, (number + 1) * tries)
        after = _best(agent, text, paragraph, attempts)
        kept += after != text
        text = after
    note = f"{kept} of {len(chosen)} paragraphs came out sound."
    return changed(agent, text, Proposed(Way.RETOLD, note))


def _chosen(agent: Agent, text: str) -> Iterator[Span]:
    """Those that speak of what the order speaks of; all where none does."""
    within, asked = may_change(agent, text), _telling(agent, order(agent).instruction)
    long = [
        p
        for p in paragraphs(text, within or body_of(text))
        if count_words(p.of(text)) >= LEAST_WORDS
    ]
    named = [p for p in long if asked & _telling(agent, p.of(text))] or long
    if within or not named:
        return iter(named)
    nearest = max(named, key=lambda p: len(asked & _telling(agent, p.of(text))))
    place = around(text, nearest.start, order(agent).scope)
    return (p for p in named if place.holds(p.start, p.end))


def _best(agent: Agent, text: str, paragraph: Span, attempts: range) -> str:
    """The text with the paragraph told anew: by the first that takes up a word of the order.

    Of several that are sound and take up none it is the first; the text as it is, where none is.
    """
    before, found = paragraph.of(text), text
    news = _telling(agent, order(agent).instruction) - _telling(agent, before)
    for attempt in attempts:
        said = _told(agent, before, attempt)
        after = edited(text, [Edit(paragraph.start, paragraph.end, fitting(said, text))])
        if not _is_sound(agent, before, said) or changed(agent, after, PLAIN).to_revise:
            continue
        if news & _telling(agent, said):
            return after
        found = after if found == text else found
    return found


def _told(agent: Agent, before: str, attempt: int) -> str:
    request = Request(
        system=agent.say("system.md.j2"),
        conversation=(Told(agent.say(PROMPT, order=order(agent), passage=before)),),
        shape=Prose(count_words(before)),
        seed=agent.seed(attempt),
    )
    return cleaned(agent, agent.line.reply(request).text.strip().split(BREAK)[0])


def _is_sound(agent: Agent, before: str, said: str) -> bool:
    """Whether it tells the same, in about as many words, of the same people."""
    plan = agent.situation.plan
    people = [name for person in (plan.people if plan else ()) for name in person.name.split()]
    names = {name.casefold() for name in people}
    old, new = _telling(agent, before) - names, _telling(agent, said)
    share = count_words(said) / max(1, count_words(before))
    return (
        said != before
        and SHORTEST <= share <= LONGEST
        and len(old & new) >= KEPT * len(old)
        and all(name in said for name in people if name in before)
    )


def _telling(agent: Agent, text: str) -> set[str]:
    found = (word for (word,) in words(text, agent.language.tag, most=max(1, len(text))))
    return {word for word in found if len(word) >= LEAST_LETTERS or not word.isascii()}
