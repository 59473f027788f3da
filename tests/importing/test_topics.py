"""Topics by rule: ranked, with evidence, and never over an editor's head."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.vocabulary import ensure_topics, load_topics
from articles.models import ArticleTopic, Decision, Origin, Topic
from articles.topics import AT_MOST, Entry, Vocabulary, suggest_topics
from tests.factories import make_topic
from tests.importing.sheets import village

WATER = Entry(1, (("水库", 2.0), ("河道", 2.0)))
CHESS = Entry(2, (("棋盘", 3.0),))
TOPICS = Vocabulary([WATER, CHESS])


def test_topics_are_ranked_with_evidence() -> None:
    found = suggest_topics("水库边的棋盘", "水库、河道、水库。", TOPICS)
    assert [s.topic for s in found] == [1, 2]
    assert found[0].evidence == {"水库": 3, "河道": 1}
    assert found[0].score > found[1].score


def test_one_mention_is_chance_but_one_in_the_headline_is_not() -> None:
    assert suggest_topics("杂记", "路过水库。" + "别的话" * 9, TOPICS) == []
    assert suggest_topics("水库", "别的话" * 9, TOPICS)


def test_a_long_text_needs_more() -> None:
    short, long = "水库，河道，水库。", "水库，河道，水库。" + "别的话。" * 3000
    assert suggest_topics("杂记", short, TOPICS) and not suggest_topics(
        "杂记", long, TOPICS
    )


def test_an_article_has_few_topics() -> None:
    many = Vocabulary(Entry(n, (("水库", 3.0),)) for n in range(20))
    assert len(suggest_topics("水库", "水库" * 9, many)) == AT_MOST


LETTERS = st.text(alphabet="水库河道棋𠮷\n", max_size=12)


@given(LETTERS, LETTERS, st.lists(LETTERS.filter(bool), min_size=1, max_size=5))
def test_every_term_that_stands_in_the_text_is_counted(
    title: str, text: str, terms: list[str]
) -> None:
    vocabulary = Vocabulary([Entry(1, tuple((term, 99.0) for term in terms))])
    found = suggest_topics(title, text, vocabulary)
    counted = {t: text.count(t) + title.count(t) for t in terms}
    there = {term: count for term, count in counted.items() if count}
    expected = (
        there if sum(there.values()) > 1 or any(t in title for t in terms) else {}
    )
    assert [s.evidence for s in found] == ([expected] if expected else [])


@pytest.mark.django_db
def test_a_changed_vocabulary_changes_only_what_no_editor_decided() -> None:
    board = make_topic("棋艺", terms=[{"term": "棋盘", "weight": 3}])
    well = make_topic("水井", terms=[{"term": "井", "weight": 3}])
    village().load()
    assert set(ArticleTopic.objects.values_list("topic__name", flat=True)) == {
        "棋艺",
        "水井",
    }
    declined = ArticleTopic.objects.get(topic=board)
    declined.decision, declined.origin = Decision.DECLINED, Origin.EDITOR
    declined.save()
    Topic.objects.filter(pk=well.pk).update(terms=[{"term": "渡船", "weight": 3}])
    later = village()
    later.change(1, page=8).change(2, page=10).change(0, page=4)
    later.load()
    rows = ArticleTopic.objects.values_list("topic__name", "article__title", "decision")
    assert sorted(rows) == [
        ("棋艺", "槐下棋局", "declined"),
        ("水井", "末班渡船", "suggested"),
    ]


@pytest.mark.django_db
def test_an_edited_topic_is_never_written_again(tmp_path: Path) -> None:
    path = tmp_path / "topics.json"
    topic = {
        "name": "水利",
        "slug": "shuili",
        "description": "水",
        "terms": [{"term": "水库"}],
    }
    path.write_text(json.dumps([topic]))
    assert load_topics(path) == 1 and load_topics(path) == 0
    assert Topic.objects.get().sort_key == "shui li"
    path.write_text(json.dumps([{**topic, "description": "水与人"}]))
    assert load_topics(path) == 1
    Topic.objects.update(description="编辑写的", origin=Origin.EDITOR)
    assert load_topics(path) == 0
    assert Topic.objects.get().description == "编辑写的"
    assert ensure_topics() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"name": "x"}]'])
def test_a_bad_vocabulary_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "topics.json"
    path.write_text(text)
    with pytest.raises(ValueError, match="topics.json"):
        load_topics(path)
    assert not Topic.objects.exists()
