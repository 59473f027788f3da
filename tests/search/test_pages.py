"""The search pages as a reader and a program meet them."""

from __future__ import annotations

import json
import re
import time
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.search import get_index
from tests import factories as make
from tests.search.library import Library

pytestmark = pytest.mark.django_db

# FTS5 and tsquery syntax, SQL, regular expressions, odd characters, unbalanced marks.
HOSTILE = [
    '"', '""', '"""', "'", "''", "'; DROP TABLE articles_article; --", "a'b", '"a"b"', "(", ")",
    "()", "((", "(a OR b", "a AND", "AND", "OR", "NOT", "a NOT", "NOT NOT a", "a OR OR b", "NEAR(a b)",
    "NEAR", "a NEAR/2 b", "^a", "a*", "*", "**", "a^2", "{words}: a", "words:a", "words : a", "rowid:1",
    "-a", "--a", "- a", "-", "+a", "a + b", "a & b", "a && b", "a | b", "!a", "a <-> b", "a <2> b", "a:*",
    "a:A", "a:B*", "'a' & 'b'", "\\", "\\'", "\\\\", "\\x", "\\0", "\0", "a\0b", "\x01\x02", "\x7f", "\u200b",
    "\ufeff", "\ufffe", "\U0010ffff", "\u202egnp", "%", "%%", "%s", "%(a)s", "_", "a_b", "[", "]", "[a-z]",
    ".*", "(a|b)+", "a{1000}", "$", "^$", "?", "，。", "、", "“", "”", "“”", "年:", "年:abc", "年:99999",
    "年:-", "年:5-1", "年:0", "标题:", "标题:：", "作者:\"", "栏目:''", "主题:%", "刊:\\", "a:b:c:d", "标题:作者:a",
    "甲" * 999, "甲" * 5000, "甲 " * 2500, '"' * 5000, "-甲 " * 100, "a OR " * 1000, "的", "的 一 是 在",
    "-的", "<script>alert(1)</script>", "javascript:alert(1)", "{{ 7*7 }}", "{% debug %}", "𠮷", "🙂", "é́́́",
    "ﬁ", "㎡", "①", "Ⅻ", "1" * 400, "0", "1e9", "NaN", "null", "true",
]  # fmt: skip
PARAMETERS = [
    "page=10000000000", "page=-1", "page=0", "page=abc", "page=1e3", "page=%00", "page=１", "page=",
    "after=x", "after=1.1.1", "after=ffffffffffffffff.1.1", "after=%00", "after=" + "f" * 5000,
    "year=abc", "year=0", "year=-1", "year=10000", "year=1" + "0" * 30, "year=%00", "year=2021.5",
    "publication=x", "publication=%00", "publication=" + "x" * 5000, "issue=x", "issue=a/b/c", "issue=%00",
    "section=x", "section=a/b", "topic=x", "topic=%00", "author='", "author=%00", "kind=x", "kind=%00",
    "sort=x", "sort=%00", "size=0", "size=-1", "size=999999999999", "q=a&q=b", "year=2021&year=abc",
]  # fmt: skip


def get(client: Client, path: str, **params: Any) -> Any:
    answer = client.get(path, params)
    assert answer.status_code == 200, answer.content[:500]
    return answer


def put(**fields: Any) -> Any:
    article = make.make_article(**fields)
    get_index().put_many([article.pk])
    return article


@pytest.mark.parametrize(
    "path", ["/search/", "/search.json", "/search/suggest/", "/feeds/search.atom"]
)
def test_nothing_that_can_be_typed_breaks_it(
    client: Client, library: Library, path: str
) -> None:
    for text in HOSTILE:
        # By its own time, three tries: that the machine is busy is not the query's fault.
        assert any(_answers_in_time(client, path, text, n) for n in range(3)), text[:50]


def _answers_in_time(client: Client, path: str, text: str, number: int) -> bool:
    """``number`` makes each try another address, of which no page is kept."""
    started = time.process_time()
    answer = client.get(path, {"q": text, "try": number})
    assert answer.status_code in (200, 400), text[:50]
    if "json" not in answer["Content-Type"]:
        assert b"<script>alert" not in answer.content
    return time.process_time() - started < 1


@pytest.mark.parametrize("path", ["/search/", "/search.json", "/feeds/search.atom"])
def test_no_parameter_breaks_it(client: Client, library: Library, path: str) -> None:
    for params in PARAMETERS:
        for query in ("", "q=%E7%9A%84&"):
            answer = client.get(f"{path}?{query}{params}")
            assert answer.status_code in (200, 400), params[:50]


def test_a_result_leads_to_the_marked_paragraph(client: Client) -> None:
    article = put(title="乡愁", text="第一段。")
    make.add_block(article, "这里说到瀛寰志略。", lines=[88])
    get_index().put_many([article.pk])
    page = get(client, "/search/", q="瀛寰").content.decode()
    assert '<mark class="hit">瀛寰</mark>志略' in page
    address = f"{article.get_absolute_url()}?q={quote('瀛寰')}"
    assert re.search(rf'href="{re.escape(address)}[^"#]*#p88"', page)
    shown = get(client, article.get_absolute_url(), q="瀛寰").content.decode()
    assert re.search(
        r'<p id="p88">这里说到<mark class="hit">瀛寰</mark>志略。</p>', shown
    )
    assert "js/hits.js" in shown
    plain = get(client, article.get_absolute_url()).content.decode()
    assert "<mark" not in plain
    assert "js/hits.js" not in plain


def test_an_article_with_a_hostile_query_is_shown_as_it_is(client: Client) -> None:
    article = put(text="正文。")
    for text in HOSTILE:
        assert client.get(article.get_absolute_url(), {"q": text}).status_code == 200


def test_both_wordings_and_which(client: Client) -> None:
    article = put(text="")
    make.add_block(article, "奋发向上", printed="奋发向士", base={"text": "奋发向士"})
    get_index().put_many([article.pk])
    assert ">原印<" in get(client, "/search/", q="向士").content.decode()
    assert ">校订<" in get(client, "/search/", q="向上").content.decode()
    assert "lines=1" in get(client, "/search/", q="向士").content.decode()
    assert (
        get(client, "/search.json", q="向士").json()["hits"][0]["wording"] == "printed"
    )


def test_the_json_of_the_contract(client: Client) -> None:
    article = put(title="题目", text="甲乙丙丁", kind="poem", section="时评")
    answer = get(client, "/search.json", q="乙丙").json()
    [hit] = answer.pop("hits")
    facets = answer.pop("facets")
    assert answer == {
        "query": "乙丙",
        "total": 1,
        "total_is_exact": True,
        "page": 1,
        "next": None,
    }
    assert {k: hit[k] for k in ("id", "url", "title", "block", "snippet")} == {
        "id": article.public_id, "url": article.get_absolute_url(), "title": "题目",
        "block": "p1", "snippet": "甲乙丙丁",
    }  # fmt: skip
    assert hit["issue"]["url"] == article.issue.get_absolute_url()
    assert facets["kind"] == [{"value": "poem", "label": "诗歌", "count": 1}]
    assert client.get("/search.json?year=abc").json()["errors"]


def test_following_next_gives_every_hit_once(client: Client, library: Library) -> None:
    address, ids = f"/search.json?q={quote('的')}&size=9", []
    while address:
        answer = client.get(address).json()
        ids += [hit["id"] for hit in answer["hits"]]
        address = answer["next"]
    assert len(ids) == len(set(ids)) == answer["total"]


def test_pages_and_orders(client: Client, library: Library) -> None:
    first = get(client, "/search/", q="的").content.decode()
    assert 'rel="next"' in first
    assert 'rel="prev" href' not in first.split("<ol")[0]
    second = get(client, "/search/", q="的", page=2).content.decode()
    assert 'rel="prev"' in second
    assert first.split('<ol class="hits">')[1] != second.split('<ol class="hits">')[1]
    assert "sort=relevance" in first
    get(client, "/search/", q="的", sort="relevance", page=3)


def test_filters_and_facets(client: Client, library: Library) -> None:
    page = get(client, "/search/", q="的").content.decode()
    figures = re.findall(
        r'<a href="\?([^"]*kind=poem[^"]*)"[^>]*>诗歌</a><i></i><span class="n">(\d+)',
        page,
    )
    [(params, count)] = figures
    narrowed = client.get(f"/search/?{params.replace('&amp;', '&')}").content.decode()
    assert f"{count} 篇" in narrowed
    assert "<svg" in page
    assert "<table>" in page


def test_above_the_cap_the_page_says_how_it_chose(
    client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("window", "ranking"):
        monkeypatch.setattr(f"articles.search.{module}.COUNT_CAP", 30)
    page = get(client, "/search/", q="的").content.decode()
    assert "30+ 篇" in page
    assert "取自最新的" in page
    assert "只排其中的" not in page
    ranked = get(client, "/search/", q="的", sort="relevance").content.decode()
    assert "只排其中的" in ranked
    answer = get(client, "/search.json", q="的").json()
    assert (answer["total"], answer["total_is_exact"]) == (30, False)


def test_every_page_has_a_box_to_search_from(client: Client) -> None:
    article = put(authors=["苏若川"], section="时评", topics=[make.make_topic("水利")])
    rows = [article, article.issue, article.authors.get(), article.topics.get()]
    rows += [article.section, article.issue.publication]
    pages = [row.get_absolute_url() for row in rows]
    pages += ["/", "/issues/", "/topics/", "/authors/", "/sections/", "/bookmarks/"]
    for path in [*pages, "/search/", "/search/?q=%E7%94%B2", "/search/?year=abc"]:
        page = client.get(path).content.decode()
        assert re.search(r'<form class="search[^>]* action="/search/"', page), path
    assert 'action="/search/"' in client.get("/nowhere/").content.decode()


def test_searching_within_an_issue_and_an_author(client: Client) -> None:
    inside, outside = put(text="甲乙丙", authors=["苏若川"]), put(text="甲乙丙")
    issue = f"{inside.issue.publication.slug}/{inside.issue.key}"
    for params in ({"issue": issue}, {"author": inside.authors.get().slug}):
        page = get(client, "/search/", q="乙丙", **params).content.decode()
        assert inside.get_absolute_url() in page
        assert outside.get_absolute_url() not in page
        [(name, value)] = params.items()
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_an_empty_result_helps(client: Client) -> None:
    put(text="只有甲乙在此")
    page = get(client, "/search/", q="甲乙 丙丁").content.decode()
    assert "没有找到" in page
    assert re.search(r">甲乙</a><i></i><span class=\"n\">1<", page)
    assert "标点不能单独检索" in get(client, "/search/", q="，").content.decode()
    put(text="末来可期")
    assert "末来可期" in get(client, "/search/", q="未来可期").content.decode()


def test_the_start_page_explains(client: Client) -> None:
    page = get(client, "/search/").content.decode()
    assert "怎样检索" in page
    assert 'class="hits"' not in page


def test_withdrawn_and_unsafe(client: Client) -> None:
    article = put(title="<b>甲</b>", text="<script>alert(1)</script>甲乙")
    page = get(client, "/search/", q="alert").content.decode()
    assert "<script>alert" not in page
    assert "<b>甲" not in page
    article.withdrawn = True
    article.save()
    assert (
        article.get_absolute_url()
        not in get(client, "/search/", q="alert").content.decode()
    )


def test_an_atom_feed_of_a_search(client: Client) -> None:
    old, new = put(text="甲乙丙"), put(text="甲乙丙")
    answer = get(client, "/feeds/search.atom", q="乙丙")
    feed = ElementTree.fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    addresses = [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")]
    assert addresses == [f"http://testserver{a.get_absolute_url()}" for a in (new, old)]
    again = client.get(
        "/feeds/search.atom", {"q": "乙丙"}, HTTP_IF_NONE_MATCH=answer["ETag"]
    )
    assert again.status_code == 304


def test_the_feed_has_an_old_issue_that_came_in_last(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where more match than a search compares, and the window holds the newest issues."""
    for module in ("search.window", "views.search_machines"):
        monkeypatch.setattr(f"articles.{module}.COUNT_CAP", 5)
    new, old = (make.make_issue(year=year, number=1) for year in (2021, 1901))
    texts = [make.make_article(new, text="甲乙丙") for _ in range(12)]
    late, other = (make.make_article(old, text=t) for t in ("甲乙丙", "丁"))
    get_index().put_many([article.pk for article in (*texts, late, other)])
    for params in ({}, {"sort": "relevance", "page": "3"}):
        answer = get(client, "/feeds/search.atom", q="乙丙", **params)
        feed = ElementTree.fromstring(answer.content)
        ids = [e.text for e in feed.iter("{http://www.w3.org/2005/Atom}id")][1:]
        assert ids[0] == f"http://testserver{late.get_absolute_url()}"
        assert not any(other.get_absolute_url() in (pk or "") for pk in ids)


def test_the_opensearch_description(client: Client) -> None:
    answer = get(client, "/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(answer.content)
    spaces = "{http://a9.com/-/spec/opensearch/1.1/}"
    put(text="甲乙丙")
    for url in root.iter(f"{spaces}Url"):
        address = url.attrib["template"].replace("{searchTerms}", quote("甲乙"))
        address = address.replace("{startPage?}", "1").removeprefix("http://testserver")
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"].split(";")[0] == url.attrib["type"]
    assert len(root.findtext(f"{spaces}ShortName") or "") <= 16


def test_suggestions_as_a_page_and_as_json(client: Client) -> None:
    article = put(title="鹤鸣渡口的新路")
    page = get(client, "/search/suggest/", q="鹤鸣渡").content.decode()
    assert f'href="{article.get_absolute_url()}"' in page
    answer = get(client, "/search/suggest/", q="鹤鸣渡", format="json")
    typed, texts, _, urls = json.loads(answer.content)
    assert (typed, texts, urls) == (
        "鹤鸣渡",
        ["鹤鸣渡口的新路"],
        [article.get_absolute_url()],
    )


def test_the_number_of_queries_is_flat(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            get(client, "/search/", q="虚构")
        return len(captured)

    for _ in range(3):
        put(authors=["甲"], section="时评", topics=[make.make_topic()])
    few = queries()
    for _ in range(12):
        put(
            authors=["甲", "乙"],
            section="调查",
            topics=[make.make_topic(), make.make_topic()],
        )
    assert queries() <= few


def test_nothing_is_written_by_searching(client: Client, library: Library) -> None:
    with CaptureQueriesContext(connection) as captured:
        for path in ("/search/", "/search.json", "/search/suggest/"):
            get(client, path, q="发展")
    verbs = {query["sql"].split()[0].upper() for query in captured}
    assert verbs <= {"SELECT", "WITH", "SAVEPOINT", "RELEASE"}


class TestKeptPages:
    """One page serves all readers without a session."""

    def test_it_is_the_same_bytes_and_sets_no_cookie(self) -> None:
        put(text="甲乙丙")
        first, second = (get(Client(), "/search/", q="乙丙") for _ in range(2))
        assert first.content == second.content
        assert not first.cookies and not second.cookies

    def test_a_reader_with_a_shelf_sees_what_is_on_it(self, client: Client) -> None:
        article = put(text="甲乙丙")
        before = get(client, "/search/", q="乙丙").content.decode()
        client.post("/bookmarks/add/", {"article": article.public_id, "next": "/"})
        after = get(client, "/search/", q="乙丙").content.decode()
        assert 'aria-pressed="false"' in before
        assert 'aria-pressed="true"' in after
        assert (
            'aria-pressed="true"'
            not in get(Client(), "/search/", q="乙丙").content.decode()
        )

    def test_a_browser_asks_whether_it_has_changed(self, client: Client) -> None:
        put(text="甲乙丙")
        etag = get(client, "/search/", q="乙丙")["ETag"]
        address, asked = "/search/?q=乙丙", {"HTTP_IF_NONE_MATCH": etag}
        assert client.get(address, **asked).status_code == 304
        put(text="甲乙丙")
        assert client.get(address, **asked).status_code == 200

    def test_a_write_shows_at_once(self, client: Client) -> None:
        put(text="甲乙丙")
        assert "1 篇" in get(client, "/search/", q="乙丙").content.decode()
        put(text="甲乙丙")
        assert "2 篇" in get(client, "/search/", q="乙丙").content.decode()

    def test_each_language_has_its_own(self, client: Client) -> None:
        put(text="甲乙丙")
        chinese = get(client, "/search/", q="乙丙").content.decode()
        client.post("/language/", {"language": "en"})
        assert get(client, "/search/", q="乙丙").content.decode() != chinese


def test_an_issue_and_an_author_can_be_searched_from_their_pages(
    client: Client,
) -> None:
    article = put(text="甲乙丙", authors=["苏若川"])
    issue, author = article.issue, article.authors.get()
    for row, name, value in (
        (issue, "issue", f"{issue.publication.slug}/{issue.key}"),
        (author, "author", author.slug),
    ):
        page = get(client, row.get_absolute_url()).content.decode()
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
        assert (
            "1 篇"
            in get(client, "/search/", q="乙丙", **{name: value}).content.decode()
        )
