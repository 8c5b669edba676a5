"""A prompt asks for what is not there: a sentence that says so to whoever wrote it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import jinja2

from l2mac_write.text.meant import meant, there_are

EMPTY: Mapping[str, str] = {
    "plan": "nothing is planned before the step `plan`",
    "part": "the step is for no part, or for a chapter that is in none. Put it between"
    " `{% if part %}` and `{% endif %}`",
    "chapter": "the step is not for each chapter",
    "beat": "the step is not for each beat",
}
"""Why a variable may hold nothing."""
KINDS: Mapping[str, str] = {
    "Plan": "the plan",
    "PartPlan": "a part",
    "PartAsked": "a part",
    "ChapterPlan": "a chapter",
    "Beat": "a beat",
    "BeatPart": "a beat",
    "Person": "a person",
    "Entry": "a place or term",
    "Brief": "the brief",
    "Language": "the language",
    "Program": "the program",
    "Item": "an item of the window",
    "str": "a text",
    "tuple": "a list",
}


class Gap(jinja2.StrictUndefined):
    """What Jinja puts in the place of a name that leads nowhere; any use of it is a mistake."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, found = self._undefined_name, self._undefined_obj
        if not isinstance(name, str):
            return f"the list has no item {name} here. Ask with `{{% if … %}}` whether it has any"
        if self._undefined_hint or found is jinja2.utils.missing:
            return super()._undefined_message
        kind, known = type(found).__name__, _names(found)
        why = f"there is no `{name}` in {KINDS.get(kind, kind)}."
        return f"{why}{meant(name, known)}{there_are(known) if known else ''}"


def filled(values: Mapping[str, object]) -> dict[str, object]:
    """The same, with what is empty able to say why, should a prompt look into it."""
    empty = {name for name in EMPTY if name in values and values[name] is None}
    hints = {name: f"`{name}` is empty here, because {EMPTY[name]}" for name in empty}
    return {**values, **{name: jinja2.Undefined(hint=hint) for name, hint in hints.items()}}


def _names(found: object) -> Collection[str]:
    """What a prompt may ask it for; of plain texts, numbers and lists there is nothing to ask."""
    if isinstance(found, Mapping):
        return found.keys()
    if type(found).__module__ == "builtins":
        return ()
    names = (name for name in dir(found) if not name.startswith("_"))
    return [name for name in names if not callable(getattr(found, name))]
