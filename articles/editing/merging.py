"""Two records that are one: authors, topics.  The one that goes leads to the one that
stays, every printed form is kept, and all of it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.editing.acting import Refused, act
from articles.editing.authors import protect_authors, signed
from articles.editing.saying import said
from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Authorship,
    Decision,
    Origin,
    Revision,
    Topic,
    Way,
)

SHOWN = 12
COUNTED = 1000


@dataclass(frozen=True)
class Preview:
    """What merging would do.  ``both``: articles that have the one and the other."""

    stay: Any
    go: Any
    moving: int
    both: int
    articles: list[Article]


def preview(stay: Any, go: Any) -> Preview:
    """Counts no further than COUNTED."""
    rows = _rows(go)
    newest = rows.order_by("-article_id").values("article")[: COUNTED + 1]
    both = _rows(stay).filter(article__in=newest).order_by()
    ids = list(rows.order_by("-article_id").values_list("article", flat=True)[:SHOWN])
    return Preview(
        stay,
        go,
        rows.order_by()[: COUNTED + 1].count(),
        both.count(),
        list(Article.objects.filter(pk__in=ids).select_related("issue__publication")),
    )


def merge_authors(
    user: Any, stay: Author, go: Author, why: str = ""
) -> Revision | None:
    """Raises Refused for oneself, a person with an organisation, or one merged already."""
    _check(stay, go)
    if stay.kind != go.kind:
        raise Refused(_("个人与机构不能合并"))
    shared = list(Article.objects.filter(pk__in=_both(stay, go).values("article")))
    with act(
        user,
        said(gettext_noop("作者“%(go)s”并入“%(stay)s”"), go=go, stay=stay),
        why=why,
        way=Way.FORM,
        rows=[stay, go],
    ) as doing:
        doing.journal.watch(
            _rows(go),
            Article.objects.filter(pk__in=[article.pk for article in shared]),
            Author.objects.filter(merged_into=go),
        )
        for article in shared:
            before = signed(article)
            article.authorships.filter(author=go).delete()
            protect_authors(article, before)
        for row in _rows(go):
            row.printed_name = row.printed_name or go.name
            row.author = stay
            row.save()
        forms = [*stay.variants, go.name, *go.variants]
        stay.variants = [f for f in dict.fromkeys(forms) if f != stay.name]
        _lead(go, stay)
    return doing.revision


def merge_topics(user: Any, stay: Topic, go: Topic, why: str = "") -> Revision | None:
    """What was declined stays declined, under the name that stays."""
    _check(stay, go)
    with act(
        user,
        said(gettext_noop("主题“%(go)s”并入“%(stay)s”"), go=go, stay=stay),
        why=why,
        way=Way.FORM,
        rows=[stay, go],
    ) as doing:
        doing.journal.watch(
            _rows(go), _rows(stay), Topic.objects.filter(merged_into=go)
        )
        for row in _rows(go).filter(article__in=_both(stay, go).values("article")):
            _join(_rows(stay).get(article=row.article_id), row)
        for row in _rows(go):
            row.topic = stay
            row.save()
        known = {term["term"] for term in stay.terms}
        stay.terms = [*stay.terms, *(t for t in go.terms if t["term"] not in known)]
        stay.origin = go.origin = Origin.EDITOR
        _lead(go, stay)
    return doing.revision


def _join(stays: ArticleTopic, goes: ArticleTopic) -> None:
    """An editor's word outweighs the rule's."""
    if goes.origin == Origin.EDITOR and stays.origin == Origin.RULE:
        stays.origin, stays.decision = goes.origin, goes.decision
    elif Decision.DECLINED in (stays.decision, goes.decision) and (
        stays.origin == goes.origin
    ):
        stays.decision = Decision.DECLINED
    stays.evidence = {**goes.evidence, **stays.evidence}
    stays.save()
    goes.delete()


def _check(stay: Any, go: Any) -> None:
    if stay.pk == go.pk:
        raise Refused(_("不能与自己合并"))
    if stay.merged_into_id or go.merged_into_id:
        raise Refused(_("其中一个已并入别的；请刷新"))


def _lead(go: Any, stay: Any) -> None:
    type(go).objects.filter(merged_into=go).update(merged_into=stay)
    go.merged_into = stay
    go.save()
    stay.save()


def _rows(row: Model) -> QuerySet[Any]:
    if isinstance(row, Author):
        return Authorship.objects.filter(author=row)
    return ArticleTopic.objects.filter(topic=row)


def _both(stay: Model, go: Model) -> QuerySet[Any]:
    return _rows(go).filter(article__in=_rows(stay).values("article"))
