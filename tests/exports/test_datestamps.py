"""``Article.modified``: moved by whatever changes a record, by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Model

from articles.editing.fields import save_fields
from articles.models import Article
from tests import factories as make

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def age_all() -> None:
    Article.objects.update(modified=LONG_AGO)


def moved() -> set[str]:
    """The public ids of the articles that something has changed since."""
    rows = Article.objects.exclude(modified=LONG_AGO)
    return set(rows.values_list("public_id", flat=True))


@pytest.mark.parametrize(
    ("named_by", "field"),
    [
        (lambda article: article.issue, "volume"),
        (lambda article: article.issue.publication, "title"),
        (lambda article: article.authorships.get().author, "name"),
    ],
)
def test_renaming_what_a_record_names_renews_the_record(
    named_by: Callable[[Article], Model], field: str
) -> None:
    article = make.make_article(authors=["王军"])
    make.make_article(authors=["李明"])
    age_all()
    row = named_by(article)
    setattr(row, field, 7 if field == "volume" else "新名")
    save_fields(row, [field])
    assert moved() == {article.public_id}


def test_an_unchanged_dump_renews_nothing(sample_dumps: Path) -> None:
    call_command("import_dumps", str(sample_dumps), verbosity=0, workers=1)
    age_all()
    call_command("import_dumps", str(sample_dumps), verbosity=0, workers=1)
    assert moved() == set()


def test_a_better_dump_renews_its_issue_alone(
    sample_dumps: Path, tmp_path: Path
) -> None:
    """All of it: every article of the issue names its source."""
    call_command("import_dumps", str(sample_dumps), verbosity=0, workers=1)
    age_all()
    source = sample_dumps / "heshi-2023-03.txt"
    better = tmp_path / source.name
    text = source.read_text(encoding="utf-8")
    better.write_text(text.replace("。", "．", 1), encoding="utf-8")
    call_command("import_dumps", str(better), verbosity=0, workers=1)
    issue = Article.objects.filter(issue__key="2023/3")
    assert moved() == set(issue.values_list("public_id", flat=True))
