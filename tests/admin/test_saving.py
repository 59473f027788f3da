"""What an editor types is saved and remembered; what an editor only looked at is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from articles.importing.vocabulary import load_topics
from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Block,
    Decision,
    Origin,
    Revision,
    Topic,
)
from articles.search import get_index
from articles.search.finder import find
from articles.search.query import parse_query
from tests import factories as make
from tests.admin.forms import opened, send, submit

pytestmark = pytest.mark.django_db


def page_of(row: Any) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def row_number(fields: dict[str, list[str]], prefix: str, pk: int) -> str:
    """``blocks-3`` for the inline row that holds ``pk``."""
    names = [
        n
        for n, v in fields.items()
        if n.startswith(prefix) and n.endswith("-id") and v == [str(pk)]
    ]
    return names[0].removesuffix("-id")


def everything() -> str:
    models = [Article, Block, Author, Authorship, ArticleTopic]
    return "\n".join(
        serialize("json", model.objects.order_by("pk")) for model in models
    )


@pytest.fixture
def article() -> Article:
    """With all that can trip a form: line breaks, quotes, edge blanks, lists, a section."""
    article = make.make_article(
        title="槐下 <b>棋局</b> & “雨”",
        kicker="　引题 ",
        section="闲谈",
        authors=["苏若川", "江行之"],
        topics=[make.make_topic("集市")],
        title_variants=["槐下棋局", '槐下"棋"局'],
        text="第一段。",
    )
    make.add_block(article, "槐下棋局", role="title")
    make.add_block(article, "春水绿如蓝，\n行人隔岸看。\n\n又一节\n", role="verse")
    return article


def test_saving_an_untouched_page_changes_nothing(
    desk: Client, article: Article
) -> None:
    before = everything()
    assert submit(desk, page_of(article), {}).status_code == 302
    assert everything() == before


def test_a_typed_field_is_saved_and_protected(desk: Client, article: Article) -> None:
    submit(desk, page_of(article), {"title": "槐下弈局", "page": "12"})
    article.refresh_from_db()
    assert (article.title, article.page) == ("槐下弈局", 12)
    assert article.base == {"title": "槐下 <b>棋局</b> & “雨”", "page": None}


def test_a_second_change_keeps_the_first_base(desk: Client, article: Article) -> None:
    submit(desk, page_of(article), {"subtitle": "一"})
    submit(desk, page_of(article), {"subtitle": "二"})
    article.refresh_from_db()
    assert article.base == {"subtitle": ""}


def test_typing_the_imported_value_again_hands_the_field_back(
    desk: Client, article: Article
) -> None:
    submit(desk, page_of(article), {"subtitle": "一"})
    submit(desk, page_of(article), {"subtitle": ""})
    article.refresh_from_db()
    assert article.base == {}


def test_a_section_is_remembered_by_name(desk: Client, article: Article) -> None:
    other = make.make_section(article.issue.publication, "水边")
    submit(desk, page_of(article), {"section": str(other.pk)})
    article.refresh_from_db()
    assert (article.section, article.base) == (other, {"section": "闲谈"})


def test_a_section_of_another_publication_is_refused(
    desk: Client, article: Article
) -> None:
    foreign = make.make_section(make.make_publication(), "别刊")
    response = submit(desk, page_of(article), {"section": str(foreign.pk)})
    assert response.status_code == 200
    article.refresh_from_db()
    assert article.section.name == "闲谈"


def test_a_corrected_paragraph_is_protected_and_counted(
    desk: Client, article: Article
) -> None:
    block = article.blocks.get(role="paragraph")
    fields = opened(desk, page_of(article))
    row = row_number(fields, "blocks", block.pk)
    send(desk, page_of(article), fields, {f"{row}-text": "第一段，改过了。"})
    block.refresh_from_db()
    article.refresh_from_db()
    assert (block.text, block.base) == ("第一段，改过了。", {"text": "第一段。"})
    assert block.printed == "第一段。"
    assert article.characters == len("第一段，改过了。春水绿如蓝，行人隔岸看。又一节")
    assert article.base == {}


def test_a_paragraph_cannot_become_furniture_here(
    desk: Client, article: Article
) -> None:
    block = article.blocks.get(role="paragraph")
    fields = opened(desk, page_of(article))
    row = row_number(fields, "blocks", block.pk)
    assert (
        send(desk, page_of(article), fields, {f"{row}-role": "slogan"}).status_code
        == 200
    )
    block.refresh_from_db()
    assert block.role == "paragraph"


def test_blocks_can_be_neither_added_nor_deleted(
    desk: Client, article: Article
) -> None:
    block = article.blocks.get(role="paragraph")
    fields = opened(desk, page_of(article))
    row, total = (
        row_number(fields, "blocks", block.pk),
        int(fields["blocks-TOTAL_FORMS"][0]),
    )
    forged = {
        f"{row}-DELETE": "on",
        "blocks-TOTAL_FORMS": str(total + 1),
        f"blocks-{total}-text": "多出来的一段",
        f"blocks-{total}-role": "paragraph",
    }
    send(desk, page_of(article), fields, forged)
    assert article.blocks.count() == 3


def test_another_author_protects_the_list(desk: Client, article: Article) -> None:
    new = make.make_author("李清野")
    first = article.authorships.order_by("position")[0]
    fields = opened(desk, page_of(article))
    row = row_number(fields, "authorships", first.pk)
    send(desk, page_of(article), fields, {f"{row}-author": str(new.pk)})
    article.refresh_from_db()
    assert [a.author.name for a in article.authorships.order_by("position")] == [
        "李清野",
        "江行之",
    ]
    assert article.base == {
        "authors": [["苏若川", "person", ""], ["江行之", "person", ""]]
    }


def test_the_same_printed_name_for_another_person_is_protected_too(
    desk: Client, article: Article
) -> None:
    """The names an import would compare are equal; whom they stand for is not."""
    Authorship.objects.filter(author__name="苏若川").update(printed_name="苏若川")
    namesake = make.make_author("苏若川二")
    fields = opened(desk, page_of(article))
    row = row_number(
        fields, "authorships", article.authorships.order_by("position")[0].pk
    )
    send(desk, page_of(article), fields, {f"{row}-author": str(namesake.pk)})
    article.refresh_from_db()
    assert "authors" in article.base


def test_an_author_taken_away_protects_the_list(desk: Client, article: Article) -> None:
    second = article.authorships.order_by("position")[1]
    fields = opened(desk, page_of(article))
    send(
        desk,
        page_of(article),
        fields,
        {f"{row_number(fields, 'authorships', second.pk)}-DELETE": "on"},
    )
    article.refresh_from_db()
    assert article.authorships.count() == 1
    assert "authors" in article.base


def test_a_declined_topic_stays_as_an_editors_decision(
    desk: Client, article: Article
) -> None:
    row = article.article_topics.get()
    ArticleTopic.objects.filter(pk=row.pk).update(
        origin=Origin.RULE, decision=Decision.SUGGESTED, evidence={"集": 3}
    )
    fields = opened(desk, page_of(article))
    name = row_number(fields, "article_topics", row.pk)
    send(desk, page_of(article), fields, {f"{name}-decision": Decision.DECLINED})
    row.refresh_from_db()
    assert (row.origin, row.decision, row.evidence) == (
        Origin.EDITOR,
        Decision.DECLINED,
        {"集": 3},
    )


def test_an_added_topic_is_the_editors(desk: Client, article: Article) -> None:
    topic = make.make_topic("棋")
    fields = opened(desk, page_of(article))
    added = {
        "article_topics-TOTAL_FORMS": "2",
        "article_topics-1-topic": str(topic.pk),
        "article_topics-1-decision": Decision.ACCEPTED,
        "article_topics-1-article": str(article.pk),
    }
    send(desk, page_of(article), fields, added)
    row = article.article_topics.get(topic=topic)
    assert (row.origin, row.decision) == (Origin.EDITOR, Decision.ACCEPTED)


def test_the_log_says_who_and_what_before_and_after(
    desk: Client, article: Article, editor: Any
) -> None:
    block = article.blocks.get(role="paragraph")
    fields = opened(desk, page_of(article))
    row = row_number(fields, "blocks", block.pk)
    send(desk, page_of(article), fields, {"subtitle": "副", f"{row}-text": "改。"})
    revision = article.revisions.get()
    assert revision.user == editor
    assert [
        (c["model"], c["pk"], c["before"], c["after"]) for c in revision.changes
    ] == [
        (
            "article",
            article.pk,
            {"subtitle": ""},
            {"subtitle": "副", "base.subtitle": ""},
        ),
        (
            "block",
            block.pk,
            {"text": "第一段。"},
            {"text": "改。", "base.text": "第一段。"},
        ),
    ]


def test_the_page_shows_who_changed_a_field_and_hands_it_back(
    desk: Client, article: Article
) -> None:
    block = article.blocks.get(role="paragraph")
    fields = opened(desk, page_of(article))
    row = row_number(fields, "blocks", block.pk)
    send(desk, page_of(article), fields, {"title": "新题", f"{row}-text": "改。"})
    page = desk.get(page_of(article)).content.decode()
    assert page.count("bianji 于") == 2
    submit(desk, page_of(article), {"_release": ["title", f"block-{block.pk}-text"]})
    article.refresh_from_db()
    block.refresh_from_db()
    assert (article.title, article.base) == ("槐下 <b>棋局</b> & “雨”", {})
    assert (block.text, block.base) == ("第一段。", {})


def test_the_authors_are_handed_back_as_they_were_imported(
    desk: Client, article: Article
) -> None:
    second = article.authorships.order_by("position")[1]
    fields = opened(desk, page_of(article))
    send(
        desk,
        page_of(article),
        fields,
        {f"{row_number(fields, 'authorships', second.pk)}-DELETE": "on"},
    )
    submit(desk, page_of(article), {"_release": "authors"})
    article.refresh_from_db()
    names = [a.author.name for a in article.authorships.order_by("position")]
    assert (names, article.base) == (["苏若川", "江行之"], {})


def test_a_renamed_author_keeps_the_old_name_as_printed(
    desk: Client, article: Article
) -> None:
    author = Author.objects.get(name="苏若川")
    submit(desk, page_of(author), {"name": "曾若川"})
    author.refresh_from_db()
    assert (author.name, author.variants, author.base["name"]) == (
        "曾若川",
        ["苏若川"],
        "苏若川",
    )
    assert author.sort_key == "zeng ruo chuan"


def test_hostile_text_is_text_on_every_page(desk: Client) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    author = make.make_author(evil[:100])
    article = make.make_article(title=evil, authors=[author.name], section=evil[:100])
    make.add_block(article, evil, reasons=[evil])
    article.base = {"title": evil, "authors": [[evil, "person", ""]]}
    article.save()
    for page in (
        page_of(article),
        page_of(article.issue),
        page_of(author),
        page_of(article.dump),
    ):
        assert b"<script>alert" not in desk.get(page).content
        assert b"<img src=x" not in desk.get(page).content


def test_a_renamed_author_is_found_by_the_new_name(
    desk: Client, article: Article
) -> None:
    get_index().put_many([article.pk])
    submit(desk, page_of(Author.objects.get(name="苏若川")), {"name": "曾若川"})
    assert find(parse_query("作者:曾若川")).articles == [article.pk]


def test_an_edited_topic_is_the_editors_and_is_not_loaded_again(
    desk: Client, tmp_path: Path
) -> None:
    file = tmp_path / "topics.json"
    file.write_text(
        json.dumps([{"name": "集市", "slug": "fairs", "terms": [{"term": "集"}]}])
    )
    load_topics(file)
    topic = Topic.objects.get()
    submit(desk, page_of(topic), {})
    topic.refresh_from_db()
    assert topic.origin == Origin.RULE
    submit(desk, page_of(topic), {"description": "赶集的事"})
    load_topics(file)
    topic.refresh_from_db()
    assert (topic.origin, topic.description) == (Origin.EDITOR, "赶集的事")


def test_what_cannot_be_indexed_is_not_saved(
    desk: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text and index change together or not at all."""

    def fail(ids: Any) -> None:
        raise RuntimeError("the index is broken")

    monkeypatch.setattr("articles.editing.refreshing.index_articles", fail)
    before = everything()
    with pytest.raises(RuntimeError):
        submit(desk, page_of(article), {"title": "新题"})
    assert everything() == before
    assert not LogEntry.objects.exists() and not Revision.objects.exists()
