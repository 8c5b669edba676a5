"""How a book stands: what its folder says of its settings, its plan, its locks and orders, and what is done."""

from __future__ import annotations

import re
from contextlib import suppress

from l2mac_write.errors import NoSuchFile, UsageError
from l2mac_write.instructions import Registry
from l2mac_write.locks import LOCKS, Lock
from l2mac_write.locks import load as load_locks
from l2mac_write.machine.arranging import arranged, move
from l2mac_write.machine.expanding import instructions, places
from l2mac_write.machine.texts import text_of
from l2mac_write.orders import Order
from l2mac_write.orders import load as load_orders
from l2mac_write.plan import PLAN, Plan
from l2mac_write.plan_file import load
from l2mac_write.programs.begun import begun
from l2mac_write.settings import Settings, from_toml, merged
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.remains import SETTINGS

ORDERS = re.compile(r"revisions/\d+/orders\.toml")


def settings_of(folder: BookFolder) -> Settings:
    return merged(from_toml(folder.settings(), SETTINGS))


def plan_of(folder: BookFolder) -> Plan | None:
    with suppress(NoSuchFile):
        return load(folder.read(PLAN))
    return None


def locks_of(folder: BookFolder, plan: Plan | None) -> tuple[Lock, ...]:
    """What a person has protected by now."""
    return load_locks(text_of(folder, LOCKS), plan)


def open_orders(folder: BookFolder) -> tuple[Order, ...]:
    """All that are kept, in order: those that wait, and those whose text waits for a person."""
    lists = sorted(path for path in folder.paths() if ORDERS.fullmatch(path))
    return tuple(order for path in lists for order in load_orders(folder.read(path), path))


def registry(folder: BookFolder) -> Registry:
    """How far the book is by its plan; what the plan has moved is where it belongs from then on."""
    settings, plan = settings_of(folder), plan_of(folder)
    program = begun(settings, folder.meta)
    return arranged(instructions(program, plan, settings.brief), plan, folder, folder)


def settle(folder: BookFolder, settings: Settings, plan: Plan) -> set[str]:
    """Puts each text where the plan has it, and asks nothing else; gives those made of others."""
    program = begun(settings, folder.meta)
    here = tuple(places(program, plan, settings.brief))
    move(here, plan, folder, folder)
    return {i.writes for i in here if program.step(i.step).follows}


def follow_plan(folder: BookFolder) -> set[str]:
    """The same for whoever looks at the book's past.

    A plan that a person broke moves nothing, and may be what they want to undo.
    """
    with suppress(UsageError):
        if plan := plan_of(folder):
            return settle(folder, settings_of(folder), plan)
    return set()
