"""Small pictures made on the server: bars by year, and the span of a publication.

Everything is reckoned here; the templates print SVG attributes.  Each picture has
its numbers beside it as text or as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from articles.pages.stencil import fill

HEIGHT = 64
STEP = 26  # one year's width
MAX_YEARS = 60


@dataclass(frozen=True)
class Bar:
    year: int
    count: int
    x: int
    y: int
    height: int
    labelled: bool

    @property
    def middle(self) -> float:
        return self.x + (STEP - 6) / 2


@dataclass(frozen=True)
class Bars:
    bars: list[Bar]
    width: int
    height: int = HEIGHT + 20

    @property
    def baseline(self) -> int:
        return HEIGHT

    @property
    def years(self) -> list[Bar]:
        """The table's rows: the years that have something."""
        return [bar for bar in self.bars if bar.count]


def bars_by_year(counts: Mapping[int, int]) -> Bars | None:
    """None where a picture would say no more than a sentence: fewer than two years."""
    if len(counts) < 2:
        return None
    last = max(counts)
    first = max(min(counts), last - MAX_YEARS + 1)
    top = max(counts.values())
    years = range(first, last + 1)
    every = 1 if len(years) <= 12 else 5
    bars = []
    for n, year in enumerate(years):
        count = counts.get(year, 0)
        height = max(2, round(count / top * (HEIGHT - 16))) if count else 0
        labelled = every == 1 or year % every == 0
        bars.append(Bar(year, count, n * STEP + 3, HEIGHT - height, height, labelled))
    return Bars(bars, len(years) * STEP)


def bars_html(bars: Bars | None) -> SafeString:
    """Empty where there is no picture."""
    if bars is None:
        return SafeString()
    rows = [
        f'<tr><th scope="row">{bar.year}</th><td>{bar.count}</td></tr>'
        for bar in bars.years
    ]
    marks = []
    for bar in bars.bars:
        if bar.count:
            marks.append(
                f'<rect x="{bar.x}" y="{bar.y}" width="20" height="{bar.height}"/>'
                f'<text x="{bar.middle}" y="{bar.y - 4}">{bar.count}</text>'
            )
        if bar.labelled:
            below = bars.baseline + 16
            year = f'<text class="year" x="{bar.middle}" y="{below}">{bar.year}</text>'
            marks.append(year)
    values = {
        name: str(getattr(bars, name)) for name in ("width", "height", "baseline")
    }
    drawn = {"marks": mark_safe("".join(marks)), "rows": mark_safe("".join(rows))}
    return fill("articles/_bars.html", {**values, **drawn})


@dataclass(frozen=True)
class Span:
    """A stretch of years as a share (0–100) of the years of all publications shown."""

    start: float
    width: float


def spans(years: Iterable[tuple[int | None, int | None]]) -> list[Span | None]:
    """One span a publication, on one common scale; None where no year is known."""
    pairs = list(years)
    known = [pair for pair in pairs if pair[0] and pair[1]]
    if not known:
        return [None for _ in pairs]
    first = min(a for a, _ in known)
    scale = 100 / (max(b for _, b in known) - first + 1)
    return [
        Span(round((a - first) * scale, 1), round(max(2, (b - a + 1) * scale), 1))
        if a and b
        else None
        for a, b in pairs
    ]
