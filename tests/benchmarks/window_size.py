"""Input tokens of each chapter of a long book, beside two other ways: `python -m tests.benchmarks.window_size`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from math import log, log10
from pathlib import Path

from tests.benchmarks.metered import metered

FROM, OFF = 5, 0.10
LOWEST = 1_000
TOKENS_PER_WORD = 1.3
RECHECKED = {5: 55_852, 10: 155_781, 20: 514_952}
"""Prompt tokens of the last of so many 1,500-word chapters by L2MAC, whose agent re-reads every
earlier one; measured elsewhere. The whole books took 168k, 726k and 4.08M in 34, 89 and 274 calls."""
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 880, 520, 110, 50, 30, 70
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" font-size="13">'
COLOURS = ("#1b6ca8", "#b5541c", "#6b2d73")


def spread(prompts: Mapping[int, int]) -> float:
    """How far the largest and the smallest from that chapter on are from the middle between them."""
    sizes = [size for number, size in prompts.items() if number >= FROM]
    return (max(sizes) - min(sizes)) / (max(sizes) + min(sizes))


def full_past(prompts: Mapping[int, int], words: int) -> dict[int, int]:
    """The same, had every call for a chapter all earlier chapters in its prompt: one call at least."""
    first = min(prompts.values())
    return {n: first + round((n - 1) * words * TOKENS_PER_WORD) for n in prompts}


def rechecked(numbers: Sequence[int]) -> dict[int, float]:
    """The trend of what was measured: the power law through its first and its last point."""
    (low, small), *_, (high, large) = RECHECKED.items()
    power = log(large / small) / log(high / low)
    return {n: small * (n / low) ** power for n in numbers}


def svg(lines: Mapping[str, Mapping[int, float]], title: str) -> str:
    """Tokens by chapter, the tokens on a logarithmic scale."""
    top = 10 ** -(-log10(max(max(line.values()) for line in lines.values())) // 1)
    last = max(max(line) for line in lines.values())
    low = LOWEST

    def x(number: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (number - 1) / max(1, last - 1)

    def y(tokens: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * log10(tokens / low) / log10(top / low)

    parts = [
        SVG.format(WIDTH, HEIGHT),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="28" font-size="17">{escape(title)}</text>',
        *_grid(x, y, last, int(top), low),
        *(part for n, pair in enumerate(lines.items()) for part in _line(n, *pair, x, y)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


Scale = Callable[[float], float]


def _grid(x: Scale, y: Scale, last: int, top: int, low: int) -> Iterator[str]:
    tokens = low
    while tokens <= top:
        yield f'<path d="M{LEFT} {y(tokens):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y(tokens) + 4:.1f}" text-anchor="end">{tokens:,}</text>'
        tokens *= 10
    step = max(1, round(last / 10))
    for number in (1, *range(step, last + 1, step)):
        yield f'<path d="M{x(number):.1f} {HEIGHT - BOTTOM}v5" stroke="#333"/>'
        yield f'<text x="{x(number):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{number}</text>'
    yield f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#333"/>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - BOTTOM + 42}" text-anchor="middle">chapter</text>'
    yield (
        f'<text transform="translate(18 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)"'
        ' text-anchor="middle">input tokens of the chapter (logarithmic)</text>'
    )


def _line(n: int, name: str, line: Mapping[int, float], x: Scale, y: Scale) -> Iterator[str]:
    points = " ".join(f"{x(number):.1f},{y(tokens):.1f}" for number, tokens in line.items())
    colour = COLOURS[n]
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
    if name.startswith("L2MAC"):
        for number, tokens in RECHECKED.items():
            yield f'<circle cx="{x(number):.1f}" cy="{y(tokens):.1f}" r="4.5" fill="{colour}"/>'
    legend = HEIGHT - BOTTOM - 22 * (len(COLOURS) - n)
    yield f'<path d="M{WIDTH - 400} {legend - 4}h26" stroke="{colour}" stroke-width="2.5"/>'
    yield f'<text x="{WIDTH - 366}" y="{legend}">{escape(name)}</text>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=200)
    parser.add_argument("--words", type=int, default=1_500, help="words of a chapter")
    parser.add_argument("--svg", type=Path, default=Path("window_size.svg"))
    chosen = parser.parse_args()
    prompts = metered(chosen.chapters, chosen.words).prompts()
    off = spread(prompts)
    lines: dict[str, Mapping[int, float]] = {
        "this machine": prompts,
        "the full past in the prompt": full_past(prompts, chosen.words),
        "L2MAC re-reading earlier chapters (dots: measured)": rechecked([*prompts]),
    }
    title = f"Input tokens per chapter, {chosen.chapters} chapters of {chosen.words:,} words"
    chosen.svg.write_text(svg(lines, title), "utf-8")
    for number in (1, 5, 10, 20, 50, 100, 150, 200):
        if number in prompts:
            row = (f"{round(line[number]):>12,}" for line in lines.values())
            print(f"chapter {number:>3}: {''.join(row)}")
    is_flat = off <= OFF
    print(
        f"flat from chapter {FROM} on within ±{off:.1%} (at most ±{OFF:.0%}): {is_flat}; {chosen.svg}"
    )
    sys.exit(not is_flat)


if __name__ == "__main__":
    main()
