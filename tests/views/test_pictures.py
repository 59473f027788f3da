"""Covers, runs and bars: reckoned on the server, whatever the collection holds."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Issue, Publication
from articles.pages.covers import HEIGHT, MEASURE, _ems, make_cover
from articles.pages.pictures import bars_by_year, spans
from articles.pages.runs import magazine_run, newspaper_run

pytestmark = pytest.mark.one_engine

YEARS = st.integers(1850, 2050)


@given(
    masthead=st.text(min_size=1, max_size=40),
    titles=st.lists(st.text(max_size=80), max_size=2),
    year=st.none() | YEARS,
    number=st.none() | st.integers(1, 9999),
    kind=st.sampled_from(["magazine", "newspaper_page"]),
)
def test_a_cover_holds_any_text(
    masthead: str, titles: list[str], year: int | None, number: int | None, kind: str
) -> None:
    issue = Issue(
        publication=Publication(title=masthead),
        kind=kind, year=year, number=number, key="undated/3f2a91bc", total_number=number,
    )  # fmt: skip
    cover = make_cover(issue, titles)
    for line in cover.masthead + cover.titles:
        assert _ems(line.text) * line.size <= MEASURE * 1.01
        assert 0 < line.y < HEIGHT
    ElementTree.fromstring(render_to_string("articles/cover.svg", {"cover": cover}))


@given(st.lists(st.tuples(YEARS, st.integers(0, 70)), max_size=40))
def test_every_issue_of_a_magazine_has_one_place(found: list[tuple[int, int]]) -> None:
    issues = [Issue(year=year, number=number or None) for year, number in found]
    run = magazine_run(issues)
    placed = [cell.issue for year in run.years for cell in year.cells if cell.issue]
    assert Counter(map(id, placed + run.rest)) == Counter(map(id, issues))
    for year in run.years:
        assert [cell.label for cell in year.cells] == list(
            range(1, len(year.cells) + 1)
        )


@given(st.sets(st.dates().filter(lambda day: day.year == 2023), max_size=20))
def test_every_day_of_a_newspaper_has_one_place(days: set) -> None:
    issues = [Issue(year=2023, date=str(day), sort_date=day) for day in days]
    run = newspaper_run(issues, 2023)
    placed = [
        cell.issue
        for month in run.months
        for week in month.weeks
        for cell in week
        if cell and cell.issue
    ]
    assert Counter(map(id, placed + run.rest)) == Counter(map(id, issues))


@given(st.dictionaries(YEARS, st.integers(1, 5000), max_size=80))
def test_bars_stand_on_the_base_and_inside(counts: dict[int, int]) -> None:
    picture = bars_by_year(counts)
    if picture is None:
        assert len(counts) < 2
        return
    for bar in picture.bars:
        assert 0 <= bar.x < picture.width
        assert bar.y >= 12 or not bar.count  # its number stands above it
        assert bar.y + bar.height == picture.baseline
    shown = {bar.year: bar.count for bar in picture.years}
    assert shown.items() <= counts.items() and max(counts) in shown


@given(st.lists(st.none() | st.tuples(YEARS, st.integers(0, 80))))
def test_spans_share_one_scale(found: list[tuple[int, int] | None]) -> None:
    years = [(a[0], a[0] + a[1]) if a else (None, None) for a in found]
    drawn = spans(years)
    assert len(drawn) == len(years)
    for pair, span in zip(years, drawn, strict=True):
        assert (span is None) == (pair[0] is None)
        assert span is None or 0 <= span.start < 100
