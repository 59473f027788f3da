"""A portal of made-up articles for the search benchmark, and what to look for in it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tests.benchmarks.corpus import FORMULAS, SUBJECTS, Corpus, MadeUp

CHUNK = 2000
PER_ISSUE = 30
PUBLICATIONS = 8
SAMPLE = 2000  # articles whose texts say how frequent a string is
LENGTHS = (2, 3, 4, 8)
# Share of all articles that have the string: from, to.
CLASSES = {"frequent": (0.08, 1.0), "middling": (0.003, 0.02), "rare": (0.0, 0.0006)}
PER_CLASS = 8


def fill(count: int, text_file: Path) -> list[str]:
    """Writes ``count`` articles to the database and, a paragraph a line, to a file.

    Returns the texts of SAMPLE of them.
    """
    from articles.models import Article, ArticleTopic, Authorship

    rows = _Rows()
    sample: list[str] = []
    every = max(1, count // SAMPLE)
    with text_file.open("w", encoding="utf-8") as file:
        articles = Corpus().articles(count)
        while chunk := list(islice(articles, CHUNK)):
            sample += [made.text for made in chunk if made.number % every == 0]
            file.writelines(f"{made.title}\n{made.text}\n" for made in chunk)
            with transaction.atomic():
                rows.ensure_issues(chunk)
                Article.objects.bulk_create(rows.articles(chunk))
                _insert_blocks(rows.blocks(chunk))
                Authorship.objects.bulk_create(rows.authorships(chunk))
                ArticleTopic.objects.bulk_create(rows.topics_of(chunk))
    return sample


def queries(sample: list[str], chance: random.Random) -> dict[str, list[str]]:
    """By length and class ("2 frequent" …) strings of that frequency in the sample."""
    found: dict[str, list[str]] = {}
    for length in LENGTHS:
        for name, (low, high) in CLASSES.items():
            found[f"{length} {name}"] = list(
                islice(_strings(sample, chance, length, low, high), PER_CLASS)
            )
    return found


def _strings(
    sample: list[str], chance: random.Random, length: int, low: float, high: float
) -> Iterator[str]:
    seen: set[str] = set()
    tried = 0
    while tried < 4000:
        tried += 1
        # Eight characters stand in many articles only as part of a set phrase.
        formula = length == 8 and low > 0.002
        source = chance.choice(FORMULAS if formula else sample)
        start = chance.randrange(max(1, len(source) - length + 1))
        string = source[start : start + length]
        if string in seen or len(string) < length or not string.isalpha():
            continue
        seen.add(string)
        if low <= sum(string in text for text in sample) / len(sample) <= high:
            yield string


_BLOCK_COLUMNS = "dump_id, article_id, position, anchor, printed, text, lines"


def _insert_blocks(blocks: Iterator[tuple[Any, ...]]) -> None:
    """By hand: making ten objects for each article takes longer than all the rest."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO articles_block ({_BLOCK_COLUMNS}, role, confidence, reasons, base) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, 'paragraph', 1, '[]', '{}')",
            list(blocks),
        )


class _Rows:
    """Makes the rows of a chunk; ids are given here, so that nothing is read back."""

    def __init__(self) -> None:
        from articles.models import Author, Publication, Section, Topic

        self.publications = [
            Publication.objects.create(title=f"刊物{n}", slug=f"kan-{n}")
            for n in range(PUBLICATIONS)
        ]
        self.sections = [
            Section.objects.create(publication=p, name=f"栏目{n}", slug=f"lan-{n}")
            for p in self.publications
            for n in range(6)
        ]
        self.topics = [
            Topic.objects.create(name=f"主题{n}", slug=f"ti-{n}")
            for n in range(SUBJECTS)
        ]
        self.authors: dict[str, Author] = {}
        self.issues: dict[int, tuple[Any, Any]] = {}

    def ensure_issues(self, chunk: list[MadeUp]) -> None:
        from articles.models import Author, Issue, IssueKind, SourceDump

        for number in sorted({made.issue for made in chunk} - self.issues.keys()):
            day = next(made.day for made in chunk if made.issue == number)
            issue = Issue.objects.create(
                publication=self.publications[number % PUBLICATIONS],
                kind=IssueKind.NEWSPAPER_PAGE, key=f"{day.year}/{number}", year=day.year,
                date="", sort_date=day,
            )  # fmt: skip
            dump = SourceDump.objects.create(
                issue=issue, name=f"{number}.txt", sha256=f"{number:064}", content=b"",
                encoding="utf-8", parser_version="0",
            )  # fmt: skip
            self.issues[number] = issue, dump
        for name in {made.author for made in chunk} - self.authors.keys():
            slug = f"ren-{len(self.authors)}"
            self.authors[name] = Author.objects.create(
                name=name, slug=slug, sort_key=slug
            )

    def articles(self, chunk: list[MadeUp]) -> Iterator[Any]:
        from articles.models import Article

        for made in chunk:
            issue, dump = self.issues[made.issue]
            section = self.sections[made.issue % PUBLICATIONS * 6 + made.subject % 6]
            yield Article(
                pk=made.number + 1, public_id=f"b{made.number:09}", issue=issue, dump=dump,
                position=made.number % PER_ISSUE, title=made.title, section=section,
                kind="article" if made.number % 9 else "notice", page=made.number % PER_ISSUE + 1,
                characters=len(made.text),
            )  # fmt: skip

    def blocks(self, chunk: list[MadeUp]) -> Iterator[tuple[Any, ...]]:
        """Values of ``_BLOCK_COLUMNS``."""
        for made in chunk:
            _, dump = self.issues[made.issue]
            for place, text in enumerate(made.paragraphs):
                lines = f"[{place}]"
                yield dump.pk, made.number + 1, place, f"p{place}", text, text, lines

    def authorships(self, chunk: list[MadeUp]) -> Iterator[Any]:
        from articles.models import Authorship

        for made in chunk:
            yield Authorship(
                article_id=made.number + 1, author=self.authors[made.author]
            )

    def topics_of(self, chunk: list[MadeUp]) -> Iterator[Any]:
        from articles.models import ArticleTopic

        for made in chunk:
            yield ArticleTopic(
                article_id=made.number + 1, topic=self.topics[made.subject]
            )
