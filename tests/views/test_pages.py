"""Every page, for every kind of content, in both languages, on bad input too."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from articles.models import Article, FormerAddress
from tests.factories import make_article, make_issue, make_publication
from tests.views.conftest import Collection


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_renders(
    collection: Collection, client: Client, language: str, settings
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in collection.addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        assert html.count("<h1") == 1, address
        assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}">' in html
        assert "style=" not in html and " on" + "click" not in html


@pytest.mark.django_db
def test_an_empty_collection_says_how_to_fill_it(client: Client) -> None:
    assert "import_dumps" in client.get("/").content.decode()
    for address in ("/issues/", "/topics/", "/authors/", "/sections/", "/bookmarks/"):
        assert client.get(address).status_code == 200


def test_the_contents_stand_in_printed_order(
    collection: Collection, client: Client
) -> None:
    html = client.get(collection.issue.get_absolute_url()).content.decode()
    contents = html[html.index('class="contents"') :]
    titles = ["修渠的人", "秋水", "什么是旱渠", "征稿启事"]
    places = [contents.index(title) for title in titles]
    assert places == sorted(places)
    assert contents.index("河与城") < places[0] < contents.index("诗页") < places[1]


def test_an_article_is_set_as_printed(collection: Collection, client: Client) -> None:
    html = client.get(collection.article.get_absolute_url()).content.decode()
    text = html[html.index('<div class="text">') : html.index('<p class="from"')]
    assert "修渠的人" not in text and "◎" not in text  # the head is not repeated
    assert '<h2 id="p14">一、起初</h2>' in text
    assert '<ul class="items"><li id="p18">' in text
    assert (
        '<th scope="col">年</th>' in text
        and "<td>1971</td>" in text
        and "---" not in text
    )
    assert '<p id="p32" class="credit">（作者单位：河石县水利站）</p>' in text
    assert "修集的人" in html and "苏若州" in html  # the other printed forms
    assert "水渠 7" in html  # why it has its topic


def test_verse_keeps_its_lines(collection: Collection, client: Client) -> None:
    html = client.get(collection.poem.get_absolute_url()).content.decode()
    assert '<p id="p41" class="verse"><span>过了溪口</span><br><span>它忽然' in html


def test_a_doubtful_joint_is_marked_and_explained(
    collection: Collection, client: Client
) -> None:
    html = client.get(collection.article.get_absolute_url()).content.decode()
    assert re.search(r'<a class="joint" href="#doubt-p16-15"[^>]*>来，绕过</a>', html)
    assert "第 16、15 行之间，由程序接合，把握 0.82" in html
    assert 'id="doubt-p16-15"' in html


def test_printed_lines_stand_beside_the_text(
    collection: Collection, client: Client
) -> None:
    html = client.get(
        collection.article.get_absolute_url() + "?lines=1"
    ).content.decode()
    for block in collection.article.blocks.all():
        for number, line in zip(block.lines, block.printed.split("\n"), strict=True):
            assert f'<li value="{number}"><code>{escape(line)}</code></li>' in html
    assert 'data-line="15"' in html  # where the second line begins


def test_the_ledger_shows_every_line_once(
    collection: Collection, client: Client
) -> None:
    html = client.get(collection.issue.get_absolute_url() + "lines/").content.decode()
    dump = collection.issue.dumps.get()
    numbers = sorted(n for block in dump.blocks.all() for n in block.lines)
    assert [int(n) for n in re.findall(r'<li value="(\d+)"', html)] == numbers


def test_a_long_ledger_is_paged(db: None, client: Client) -> None:
    article = make_article(text="")
    from tests.factories import add_block

    for n in range(1, 1202):
        add_block(article, f"第{n}行", lines=[n], position=n)
    address = article.issue.get_absolute_url() + "lines/"
    seen, query = [], ""
    while query is not None:
        html = client.get(address + query).content.decode()
        seen += [int(n) for n in re.findall(r'<li value="(\d+)"', html)]
        more = re.search(r'rel="next" href="([^"]*)"', html)
        query = more and more[1].replace("&amp;", "&")
    assert seen == list(range(1, 1202))


def test_a_former_address_leads_on(collection: Collection, client: Client) -> None:
    FormerAddress.objects.create(
        publication_slug="unidentified", key="undated/0a0a0a0a", issue=collection.issue
    )
    for tail in ("", "lines/", "cover.svg"):
        response = client.get(f"/issues/unidentified/undated/0a0a0a0a/{tail}")
        assert response.status_code == 301
        assert response["Location"] == collection.issue.get_absolute_url() + tail


def test_a_gap_in_the_run_is_seen(collection: Collection, client: Client) -> None:
    html = client.get(collection.publication.get_absolute_url()).content.decode()
    assert (
        html.count('class="gap"') == 10 + 11 + 4
    )  # 2019 but 11, all of 2020, 2021 to 4
    day = client.get(
        collection.newspaper.publication.get_absolute_url()
    ).content.decode()
    assert day.count('class="gap"') == 30


def test_previous_and_next_cross_the_ends_of_an_issue(
    collection: Collection, client: Client
) -> None:
    html = client.get(collection.article.get_absolute_url()).content.decode()
    assert f'rel="next" href="{collection.poem.get_absolute_url()}"' in html
    assert 'rel="prev" href="/issues/huaixia/2019/11/"' in html


def test_a_withdrawn_article_is_gone_but_known(
    collection: Collection, client: Client
) -> None:
    Article.objects.update(withdrawn=True)
    address = collection.article.get_absolute_url()
    assert client.get(address).status_code == 410
    assert client.get(address.rstrip("/") + ".json").status_code == 404
    for page in (collection.issue, collection.topic, collection.author):
        assert "修渠的人" not in client.get(page.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "page=1000000000", "after=999999999999999999999999", "after=-1", "before=abc",
        "year=abc", "year=99999999999999999999", "year=%00", "publication=%00x",
        "publication=nope", "letter=%00", "letter=zz", "lines=%00", "from=1e9",
        "from=99999999999999999999", "dump=%F0%9F%92%A9", "kind=nope", "removed=%00",
        "sort=password", "issue__publication__title=x", "%00=%00",
    ],
)  # fmt: skip
def test_a_bad_parameter_is_no_fault(
    collection: Collection, client: Client, query: str
) -> None:
    for address in collection.addresses():
        mark = "&" if "?" in address else "?"
        response = client.get(f"{address}{mark}{query}")
        assert response.status_code in (200, 400, 404), address


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/issues/nope/", "/issues/nope/2021/5/", "/articles/nope/", "/articles/nope.json",
        "/topics/nope/", "/authors/nope/", "/sections/nope/nope/", "/nope", "/%00/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_404_with_a_way_on(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert 'action="/search/"' in response.content.decode()


@pytest.mark.django_db
def test_lists_filter_by_year_and_publication(client: Client) -> None:
    from tests.factories import make_topic

    topic = make_topic()
    old, new = make_issue(year=1999, number=1), make_issue(year=2001, number=1)
    make_article(old, title="旧的", topics=[topic])
    make_article(new, title="新的", topics=[topic])
    address = topic.get_absolute_url()
    html = client.get(address, {"year": "1999"}).content.decode()
    assert "旧的" in html and "新的" not in html
    html = client.get(address, {"publication": new.publication.slug}).content.decode()
    assert "新的" in html and "旧的" not in html


@pytest.mark.django_db
def test_the_newest_issue_comes_first_and_undated_ones_last(client: Client) -> None:
    paper = make_publication("甲刊")
    make_issue(paper, year=2001, number=2)
    make_issue(paper, year=None, number=None, key="undated/00000001", sort_date=None)
    make_issue(paper, year=2003, number=1)
    html = client.get("/").content.decode()
    assert (
        html.index("/2003/1/cover")
        < html.index("/2001/2/cover")
        < html.index("/undated/")
    )
