"""One collection that has every kind of content the pages show."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Block,
    Issue,
    Publication,
    Section,
    Topic,
)
from tests.factories import (
    add_block,
    give_topic,
    make_article,
    make_dump,
    make_issue,
    make_publication,
    make_topic,
)


@dataclass
class Collection:
    publication: Publication
    issue: Issue
    newspaper: Issue
    unidentified: Issue
    article: Article
    poem: Article
    author: Author
    topic: Topic

    def addresses(self) -> list[str]:
        """Every reader-facing page, an example of each."""
        issue, article = self.issue.get_absolute_url(), self.article.get_absolute_url()
        return [
            "/",
            "/issues/",
            self.publication.get_absolute_url(),
            self.newspaper.publication.get_absolute_url(),
            self.unidentified.publication.get_absolute_url(),
            issue,
            self.newspaper.get_absolute_url(),
            self.unidentified.get_absolute_url(),
            f"{issue}lines/",
            article,
            f"{article}?lines=1",
            self.poem.get_absolute_url(),
            "/topics/",
            self.topic.get_absolute_url(),
            "/authors/",
            self.author.get_absolute_url(),
            "/sections/",
            self.article.section.get_absolute_url(),
            "/bookmarks/",
            "/settings/",
        ]


@pytest.fixture
def collection(db: None) -> Collection:
    magazine = make_publication("槐下", slug="huaixia", publisher="河石县文化馆")
    make_issue(magazine, year=2019, number=11)
    issue = make_issue(magazine, year=2021, number=5, total_number=212, volume=3)
    topic = make_topic("水利", slug="shuili", terms=[{"term": "水渠", "weight": 2}])
    article = _article(issue, topic)
    poem = make_article(
        issue, kind="poem", title="秋水", text="", section="诗页", position=2
    )
    add_block(poem, "过了溪口\n它忽然想起什么似的", role="verse", lines=[41, 42])
    make_article(issue, kind="sidebar", title="什么是旱渠", position=3)
    make_article(issue, kind="notice", title="征稿启事", position=4, page=40)
    add_block(None, "槐下", role="masthead", dump=issue.dumps.get(), lines=[900])
    paper = make_publication("河石日报", slug="heshi-ribao", kind="newspaper")
    day = make_issue(
        paper, kind="newspaper_page", year=2023, number=None,
        date="2023-10-18", key="2023/10-18", sort_date="2023-10-18",
    )  # fmt: skip
    make_article(
        day, dump=make_dump(day, page=3), page=3, title="慢交通", topics=[topic]
    )
    unknown = make_publication("未识别", slug="unidentified", kind="unidentified")
    lost = make_issue(
        unknown, year=None, number=None, key="undated/3f2a91bc", sort_date=None
    )
    make_article(lost, title="不知何年的一篇")
    author = article.authorships.first().author
    return Collection(magazine, issue, day, lost, article, poem, author, topic)


def _article(issue: Issue, topic: Topic) -> Article:
    """Everything that a text can have, once."""
    article = make_article(
        issue,
        authors=["苏若川", "顾明之"],
        section="河与城",
        title="修渠的人",
        kicker="一条渠的三十年",
        subtitle="——河石县访谈录",
        title_variants=["修集的人"],
        author_variants=["苏若州"],
        page=4,
        position=1,
        text="",
    )
    for role, text, lines in [
        ("title", "修渠的人", [10]),
        ("byline", "◎ 苏若川 顾明之", [12]),
        ("heading", "一、起初", [14]),
        ("list_item", "（一）先量地", [18]),
        ("list_item", "（二）再放线", [20]),
        ("list_item", "| 年 | 里 |\n| --- | --- |\n| 1971 | 12 |", [22, 23, 24]),
        ("heading", "二、后来", [26]),
        ("continuation", "（下转第9页）", [28]),
        ("note", "①里，华里。", [30]),
        ("affiliation", "（作者单位：河石县水利站）", [32]),
        ("credit", "据《河石月刊》", [34]),
    ]:
        add_block(
            article, text, role=role, lines=lines, printed=text, position=lines[0]
        )
    add_block(
        article, "水渠从山口来，绕过村子。", lines=[16, 15], printed="水渠从山口来,\n绕过村子。",
        position=16, confidence=0.82,
    )  # fmt: skip
    give_topic(article, topic, "suggested", origin="rule", evidence={"水渠": 7})
    return article


def rewrite(text: str) -> None:
    """Puts ``text`` into every field a dump or an editor fills."""
    for model, fields in {
        Publication: ["title", "publisher", "place", "description", "permit_number"],
        Issue: ["staff", "masthead"],
        Article: ["title", "kicker", "subtitle", "affiliation", "source_credit"],
        Author: ["name", "disambiguation"],
        Section: ["name"],
        Topic: ["name", "description"],
    }.items():
        for n, row in enumerate(model.objects.all()):
            for field in fields:
                limit = row._meta.get_field(field).max_length
                named = field in ("name", "title") and model is not Article
                unique = str(n) if named else ""
                setattr(row, field, (text + unique)[:limit])
            row.save()
    Article.objects.update(title_variants=[text], author_variants=[text])
    Block.objects.update(text=text, printed=text)
    Topic.objects.update(terms=[{"term": text, "weight": 1}])
    ArticleTopic.objects.update(evidence={text: 1})
    Authorship.objects.update(affiliation=text)
