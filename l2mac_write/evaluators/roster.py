"""Who of the plan never comes, who stays that is not in it, and who will be taken for another?"""

from __future__ import annotations

from collections.abc import Iterator

from l2mac_write.evaluators.cast import NAME, NAMES_STAY, NOUNS_ARE_CAPITALISED, everyday, prominent
from l2mac_write.evaluators.spelling import is_other_form, look_alike
from l2mac_write.findings import Evidence, Finding, Severity, Whole
from l2mac_write.text.languages import is_unspaced, primary

SHORT = 3
FAMILY_NAME = 1
"""Characters; what follows them is the name that a Chinese is called by."""
STAYS = 3
"""Texts in which a name stands more than once or twice."""
MOST = 6
CROWD = 200
"""Names that are told apart; no reader could."""


def judge(whole: Whole) -> tuple[Finding, ...]:
    if primary(whole.language) not in NAMES_STAY - NOUNS_ARE_CAPITALISED:
        return tuple(_absent(whole))
    known = {part for name in (*whole.cast, *whole.known) for part in NAME.findall(name)}
    met = _met(whole, {*everyday()})
    return (*_absent(whole), *_unplanned(whole, met, known), *_alike(met, known))


def _absent(whole: Whole) -> Iterator[Finding]:
    folded = [text.text.casefold() for text in whole.texts] if whole.cast else []
    missing = [
        person
        for person in whole.cast
        if not any(p.casefold() in t for p in _parts(person, whole.language) for t in folded)
    ]
    if missing and whole.texts:
        yield _finding(
            whole.texts[-1].path,
            f"The book is over, and nobody has met: {', '.join(missing)}.",
            hint="Let them appear where the plan needs them, or take them out of the plan.",
        )


def _parts(person: str, language: str) -> list[str]:
    """The words by which a person may be called; all of them if none is a name."""
    names = [part for part in NAME.findall(person) if part not in everyday()] or person.split()
    if is_unspaced(language):
        return [*names, *(name[1:] for name in names if len(name) > FAMILY_NAME)]
    return names if primary(language) in NAMES_STAY else [_stem(name) for name in names]


def _stem(name: str) -> str:
    """What of a name no case changes, as good as always."""
    return name[:-1] if len(name) > SHORT else name


def _met(whole: Whole, without: set[str]) -> dict[str, list[str]]:
    """Each name that counts in some texts, and their paths; the commonest first."""
    paths: dict[str, list[str]] = {}
    for text in whole.texts:
        for name in sorted(prominent(text.text) - without):
            paths.setdefault(name, []).append(text.path)
    return dict(sorted(paths.items(), key=lambda met: -len(met[1])))


def _unplanned(whole: Whole, met: dict[str, list[str]], known: set[str]) -> Iterator[Finding]:
    stay = [name for name, paths in met.items() if len(paths) >= STAYS and name not in known]
    for name in stay[:MOST] if whole.cast else ():
        yield _finding(
            met[name][0],
            f"`{name}` stays in {len(met[name])} chapters and is not in the plan.",
            name,
            "Add the name to the plan, so that what is said of it stays the same.",
        )


def _alike(met: dict[str, list[str]], known: set[str]) -> Iterator[Finding]:
    """Those of the plan were compared with each other when it was made."""
    names = [name for name, paths in met.items() if len(paths) >= STAYS][:CROWD]
    for number, name in enumerate(names):
        for other in names[:number]:
            alike = look_alike(name, other) and not is_other_form(name, other)
            if alike and not {name, other} <= known:
                yield _finding(
                    met[name][0],
                    f"A reader will confuse `{name}` and `{other}`.",
                    name,
                    "Give one of them a name that begins and sounds differently.",
                    Evidence(met[other][0], other),
                )


def _finding(
    path: str, message: str, quote: str = "", hint: str = "", conflict: Evidence | None = None
) -> Finding:
    return Finding("CHR-NAME", Severity.ADVISE, path, message, quote, hint, conflict=conflict)
