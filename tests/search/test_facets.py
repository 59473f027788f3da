"""The figure beside a facet is what choosing it finds: on random data, for every value."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from articles.models import Article
from articles.search.facet_lists import FacetValue, facet_groups, facet_values
from articles.search.facets import count_facets, year_tokens
from articles.search.filters import SearchFilter
from articles.search.finder import SearchPage, find
from articles.search.query import Everything, SearchQuery, parse_query
from tests.search.library import Library

pytestmark = pytest.mark.django_db
NAMES = ("publication", "year", "section", "topic", "author", "kind")


def narrowed(params: str) -> SearchFilter:
    found = SearchFilter(QueryDict(params), queryset=Article.objects.all())
    assert found.form.is_valid(), found.form.errors
    return found


def values_of(name: str, page: SearchPage) -> list[FacetValue]:
    return facet_values({name: page.facets[name]})[name]


@pytest.mark.parametrize(
    "text", ["", "的", "发展", "改革 -发展", '"，的"', "年:2021 OR 作者:王军"]
)
def test_counts_equal_what_the_filter_then_finds(library: Library, text: str) -> None:
    query = parse_query(text) if text else SearchQuery("", Everything())
    page = find(query, size=1000)
    for name, values in facet_values(
        {name: page.facets[name] for name in NAMES}
    ).items():
        for value in values:
            chosen = narrowed(f"{name}={value.value}")
            after = find(query.within(*chosen.facets()), size=1000)
            assert after.total == value.count, (name, value)
            # and the same again from the tables, which know nothing of the index
            expected = chosen.qs.filter(pk__in=page.articles).distinct().count()
            assert value.count == expected, (name, value)


def test_two_choices_narrow_together(library: Library) -> None:
    query = parse_query("的")
    for value in values_of("section", find(query)):
        first = narrowed(f"section={value.value}")
        page = find(query.within(*first.facets()), size=1000)
        for kind in values_of("kind", page):
            both = narrowed(f"section={value.value}&kind={kind.value}")
            assert find(query.within(*both.facets())).total == kind.count


def test_within_one_issue(library: Library) -> None:
    book = library.books[0]
    issue = book.article.issue
    chosen = narrowed(f"issue={issue.publication.slug}/{issue.key}")
    page = find(SearchQuery("", Everything()).within(*chosen.facets()), size=1000)
    assert sorted(page.articles) == sorted(issue.articles.values_list("pk", flat=True))


def test_what_is_chosen_is_not_offered_again(library: Library) -> None:
    chosen = narrowed("kind=poem").chosen
    groups = facet_groups(find(parse_query("的")).facets, chosen)
    [kind] = [group for group in groups if group.name == "kind"]
    assert (kind.chosen, kind.values) == ("诗歌", [])


@pytest.mark.parametrize(
    "params",
    ["year=abc", "year=-1", "year=10000000000", "publication=nirgends", "issue=a", "issue=a/b",
     "section=a/b", "topic=%00", "author=x", "kind=x", "publication=a&publication=b"],
)  # fmt: skip
def test_a_value_that_does_not_exist_is_said_so(params: str) -> None:
    bad = SearchFilter(QueryDict(params), queryset=Article.objects.all())
    assert bad.errors_by_label()
    assert list(bad.facets()) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [(2019, 2019), (1998, 2021), (1, 9999), (2000, 2099), (2020, 2010)],
)
def test_the_fewest_tokens_for_a_span_of_years(first: int, last: int) -> None:
    span = {"cen": 100, "dec": 10, "yea": 1}
    years = [
        year
        for token in year_tokens(first, last)
        for year in range(
            int(token[3:]) * span[token[:3]], (int(token[3:]) + 1) * span[token[:3]]
        )
    ]
    assert years == list(range(first, last + 1))
    assert len(list(year_tokens(first, last))) <= 140


def test_counting_knows_its_tokens() -> None:
    counts = count_facets(["any pub1 yea2021 dec202 top7 top9", "any pub1 kinpoem"])
    assert counts["publication"] == {"1": 2}
    assert counts["topic"] == {"7": 1, "9": 1}
    assert counts["kind"] == {"poem": 1}
    assert counts["author"] == {}
