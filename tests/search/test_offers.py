"""Suggestions while typing; other searches when there is little or nothing."""

from __future__ import annotations

import random

import pytest
from django.test import Client
from pypinyin import lazy_pinyin

from articles.search import get_index
from articles.search.lookalikes import LOOKALIKES
from articles.search.query import parse_query
from articles.search.spelling import lookalikes, near_names
from articles.search.suggest import suggest
from tests import factories as make

pytestmark = pytest.mark.django_db

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲林若川志国建华海峰雨晨思远"
)


def offered(typed: str) -> list[str]:
    return [suggestion.text for suggestion in suggest(get_index(), typed)]


def signed(name: str, **fields: object) -> int:
    author = make.make_author(name, sort_key=" ".join(lazy_pinyin(name)))
    article = make.make_article(authors=[author.name], **fields)
    get_index().put_many([article.pk])
    return article.pk


def test_two_hundred_names_by_their_initials() -> None:
    chance = random.Random(8)
    names = {
        chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)) for _ in range(400)
    }
    by_initials: dict[str, list[str]] = {}
    for name in sorted(names):
        initials = "".join(syllable[0] for syllable in lazy_pinyin(name))
        if len(by_initials.setdefault(initials, [])) < 3:
            by_initials[initials].append(name)
    chosen = [name for group in by_initials.values() for name in group][:200]
    assert len(chosen) == 200
    articles = []
    for name in chosen:
        author = make.make_author(name, sort_key=" ".join(lazy_pinyin(name)))
        articles.append(make.make_article(authors=[author.name], text="").pk)
    get_index().put_many(articles)
    for initials, group in by_initials.items():
        wanted = {name for name in group if name in chosen}
        assert wanted <= set(offered(initials)[:3]), initials


@pytest.mark.parametrize(
    "typed", ["刘志", "刘志军", "liuzhijun", "LiuZhi", "lzj", "ＬＺＪ", "劉志軍"]
)
def test_a_name_in_characters_pinyin_and_initials(typed: str) -> None:
    signed("刘志军")
    assert "刘志军" in offered(typed)


def test_a_name_that_only_the_contents_list_has() -> None:
    article = make.make_article(authors=["刘志国"], author_variants=["刘志军"])
    get_index().put_many([article.pk])
    [found] = [s for s in suggest(get_index(), "lzj") if s.text == "刘志军"]
    assert "%E5%88%98%E5%BF%97%E5%86%9B" in found.url


def test_another_printed_form_of_an_author() -> None:
    author = make.make_author("刘志国", sort_key="liu zhi guo", variants=["刘志军"])
    article = make.make_article(authors=[author.name])
    get_index().put_many([article.pk])
    [found] = [s for s in suggest(get_index(), "lzj") if s.kind == "author"]
    assert (found.text, found.url) == ("刘志军", author.get_absolute_url())
    assert "刘志国" in found.note


def test_topics_and_titles() -> None:
    topic = make.make_topic("乡村振兴", sort_key="xiang cun zhen xing")
    article = make.make_article(title="走好转型发展新路", topics=[topic])
    get_index().put_many([article.pk])
    assert offered("xczx") == offered("xiangcun") == ["乡村振兴"]
    assert (
        offered("转型") == offered("zouhao") == offered("zhzxf") == ["走好转型发展新路"]
    )


def test_who_has_no_article_is_not_offered() -> None:
    pk = signed("刘志军")
    get_index().drop_many([pk])
    from articles.models import Article, Authorship

    Authorship.objects.all().delete()
    Article.objects.filter(pk=pk).update(withdrawn=True)
    assert offered("lzj") == []


@pytest.mark.parametrize(
    "typed", ["", " ", "，", "%", "\0", "x" * 5000, "'; DROP", "\udbff"]
)
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert offered(typed.replace("\udbff", "")) == []


def test_a_hundred_planted_confusions() -> None:
    """Each misprint is offered for the right word, and found by it is never."""
    chance = random.Random(6)
    pairs = [
        (right, wrong)
        for right, others in sorted(LOOKALIKES.items())
        for wrong in others
    ]
    planted = []
    for number, (right, wrong) in enumerate(chance.sample(pairs, 100)):
        before, behind = chr(0x4E00 + 37 * number), chr(0x5E00 + 41 * number)
        article = make.make_article(text=f"前文{before}{wrong}{behind}后文")
        planted.append(
            (f"{before}{right}{behind}", f"{before}{wrong}{behind}", article.pk)
        )
    index = get_index()
    index.put_many([pk for _, _, pk in planted])
    for right, wrong, pk in planted:
        query = parse_query(right)
        assert query.tree
        assert index.scan(query.tree, 10) == []
        offers = lookalikes(index, query, [])
        assert wrong in [offer.text for offer in offers], (right, wrong)
        assert [row.article for row in index.scan(parse_query(wrong).tree, 10)] == [pk]


def test_confusions_are_looked_for_within_the_filter() -> None:
    from articles.search.query import Facets

    article = make.make_article(text="末来可期", kind="poem")
    get_index().put_many([article.pk])
    offered_to = [
        lookalikes(get_index(), parse_query("未来可期"), [Facets((kind,))])
        for kind in ("kinpoem", "kinnotice")
    ]
    assert [[offer.text for offer in offers] for offers in offered_to] == [
        ["末来可期"],
        [],
    ]


@pytest.mark.parametrize("typed", ["刘志均", "刘智军", "作者:刘志君", "刘志"])
def test_names_that_are_near(typed: str) -> None:
    signed("刘志军")
    offers = near_names(get_index(), parse_query(typed))
    assert ("作者:刘志军", 1) in [(offer.text, offer.count) for offer in offers]


def test_names_that_are_far() -> None:
    signed("刘志军")
    assert near_names(get_index(), parse_query("刘海洋")) == []
    assert near_names(get_index(), parse_query("甲 乙")) == []


def test_no_search_is_timed_for_the_dictionaries(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first suggestion after a start must not come to nothing."""
    views, order = "articles.views.search_machines", []
    monkeypatch.setattr(f"{views}.load_dictionaries", lambda: order.append("load"))
    monkeypatch.setattr(f"{views}.suggest", lambda *args: order.append("ask") or [])
    assert client.get("/search/suggest/", {"q": "lzj"}).status_code == 200
    assert order == ["load", "ask"]
