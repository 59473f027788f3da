"""The line of context beside a result, and which wording it is of."""

from __future__ import annotations

import pytest

from articles.models import Article
from articles.search.query import parse_query
from articles.search.snippets import LENGTH, Line, Wording, hits
from tests import factories as make

pytestmark = pytest.mark.django_db


def lines(article: Article, text: str) -> list[Line]:
    [hit] = hits(parse_query(text), [article.pk])
    return hit.lines


def test_the_line_is_cut_around_the_hit_and_leads_to_its_paragraph() -> None:
    article = make.make_article(text="开头一段。")
    make.add_block(
        article, "闲话" * 60 + "，这里说到瀛寰志略，" + "闲话" * 60, lines=[88]
    )
    [line] = lines(article, "瀛寰志略")
    assert line.block == "p88"
    assert '<mark class="hit">瀛寰志略</mark>' in line.html
    assert line.plain.startswith("…")
    assert line.plain.endswith("…")
    assert len(line.plain) <= LENGTH + 2


def test_a_whole_sentence_is_marked_as_far_as_the_line_shows_it() -> None:
    sentence = "会上说到“放、管、服”这件大事" + "要一件一件地办" * 12
    article = make.make_article(text=f"开头。{sentence}，后来又说到别的。")
    [line] = lines(article, sentence)
    assert line.html.startswith('…<mark class="hit">会上说到“放、管、服”')
    assert line.html.endswith("</mark>…")
    assert len(line.plain) == LENGTH + 2


def test_the_paragraph_with_most_of_the_words() -> None:
    article = make.make_article(text="甲在这里。")
    make.add_block(article, "甲和乙都在这里。", lines=[5])
    assert lines(article, "甲 乙")[0].block == "p5"


def test_which_wording_was_found() -> None:
    article = make.make_article(text="")
    make.add_block(
        article,
        "奋发向上",
        printed="奋发\n向士",
        lines=[3, 5],
        base={"text": "奋发向士"},
    )
    make.add_block(article, "46μg/m³", printed="46 $\\mu$g", lines=[7])
    assert [(x.wording, x.plain) for x in lines(article, "向士")] == [
        (Wording.PRINTED, "奋发向士")
    ]
    assert [x.wording for x in lines(article, "向上")] == [Wording.CORRECTED]
    assert [x.wording for x in lines(article, "奋发")] == [Wording.BOTH]
    assert [x.wording for x in lines(article, '"g/m³"')] == [Wording.READING]


def test_a_title_that_an_editor_corrected_shows_what_was_printed() -> None:
    article = make.make_article(title="未来之路", base={"title": "末来之路"})
    [line] = lines(article, "标题:末来")[:1]
    assert (line.wording, line.plain, line.block) == (Wording.PRINTED, "末来之路", "")
    assert line.html == '<mark class="hit">末来</mark>之路'
    assert all(x.wording is Wording.BOTH for x in lines(article, "未来"))


def test_another_printed_form_of_a_title() -> None:
    article = make.make_article(title="转型发展", title_variants=["目錄所印之題"])
    assert lines(article, "目录所印")[0].plain == "目錄所印之題"


def test_a_title_alone_shows_the_beginning() -> None:
    article = make.make_article(title="乡愁", text="开头一段。")
    make.add_block(article, "乡愁", role="title", lines=[9])
    [hit] = hits(parse_query("标题:乡愁"), [article.pk])
    assert hit.title == '<mark class="hit">乡愁</mark>'
    assert [line.plain for line in hit.lines] == ["开头一段。"]


def test_everything_is_escaped() -> None:
    article = make.make_article(
        title="<script>甲</script>", text="<img onerror=1>甲&乙"
    )
    [hit] = hits(parse_query("甲"), [article.pk])
    assert "<script>" not in hit.title
    assert "<img" not in hit.lines[0].html


def test_order_and_absence() -> None:
    first, second = make.make_article(), make.make_article()
    gone = make.make_article(withdrawn=True)
    found = hits(parse_query("虚构"), [second.pk, gone.pk, 10**9, first.pk])
    assert [hit.article.pk for hit in found] == [second.pk, first.pk]


def test_the_number_of_queries_is_flat(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    few = [make.make_article(authors=["甲"]).pk for _ in range(2)]
    many = few + [make.make_article(authors=["甲", "乙"]).pk for _ in range(10)]
    for ids in (few, many):
        with django_assert_num_queries(3):
            hits(parse_query("虚构"), ids)
