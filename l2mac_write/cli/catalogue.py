"""The models that can write a book, as rows and as lines."""

from __future__ import annotations

from typing import Any

from l2mac_write import own_files
from l2mac_write.llm.pricing import Entry, load_prices
from l2mac_write.llm.weights import CATALOGUE, Weights, locate
from l2mac_write.wiring import REHEARSAL

MEGABYTE = 1_000_000


def rows() -> list[dict[str, Any]]:
    return [*map(_local, CATALOGUE.values()), *_claude(), _rehearsal()]


def _local(weights: Weights) -> dict[str, Any]:
    file = locate(weights.name, own_files.cache())
    return {
        "name": weights.name,
        "kind": "local",
        "title": weights.title,
        "licence": weights.licence,
        "size": weights.size,
        "fetched": file is not None,
        "path": str(file or ""),
        "about": weights.about,
    }


def _claude() -> list[dict[str, Any]]:
    prices = load_prices(own_files.prices_file())
    return [_priced(name, entry) for name, entry in prices.models.items()]


def _priced(name: str, entry: Entry) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "claude" if name.startswith("claude-") else "other",
        "input": entry.price.input if entry.price else None,
        "output": entry.price.output if entry.price else None,
        "window": entry.limits.window,
        "max_output": entry.limits.output,
    }


def _rehearsal() -> dict[str, Any]:
    about = "placeholder text, free: to try out plan, layout and export"
    return {"name": REHEARSAL, "kind": "rehearsal", "about": about}


def line(row: dict[str, Any]) -> str:
    return f"{row['name']:<20} {_details(row)}"


def _details(row: dict[str, Any]) -> str:
    match row["kind"]:
        case "local":
            here = "fetched" if row["fetched"] else "not fetched"
            size = round(row["size"] / MEGABYTE)
            return f"{row['title']}, {row['licence']}, {size:,} MB, {here}: {row['about']}"
        case "rehearsal":
            return str(row["about"])
        case _:
            return f"{_cost(row)}, window {row['window']:,} tokens"


def _cost(row: dict[str, Any]) -> str:
    if row["input"] is None:
        return "price unknown"
    return f"${row['input']:.2f} in, ${row['output']:.2f} out per million tokens"
