"""A small collection with everything that search must tell apart, and its texts.

Text comes from the sample dumps of this repository and, where they lie beside it, from
the real ones.  Built once a module; the ``Book`` of an article is what a person would
check a result against, without any index.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from articles.models import Article, Author, Issue, Topic
from articles.search import get_index
from articles.search.folding import fold
from articles.search.places import place_of, rank_of
from articles.search.query import (
    And,
    Everything,
    Facets,
    Named,
    Node,
    Not,
    Or,
    Phrase,
    Term,
    Years,
)  # fmt: skip
from articles.search.tokens import Field
from tests.factories import (
    add_block,
    make_article,
    make_author,
    make_issue,
    make_publication,
    make_topic,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "fixtures" / "dumps", ROOT.parent / "shared" / "seeds")
LONG = 20_000  # characters: beyond what PostgreSQL's own text search keeps
KINDS = ("article", "poem", "notice")


@dataclass
class Book:
    """One article as the tests know it."""

    article: Article
    texts: list[str]  # title, kicker, subtitle, and both wordings of every block
    titles: list[str]
    headings: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    facets: set[tuple[str, object]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.folded = "\n".join(map(fold, self.texts))

    @property
    def order(self) -> tuple[int, int, int]:
        issue = self.article.issue
        return (
            -rank_of(issue.sort_date, f"{issue.publication.slug}/{issue.key}"),
            place_of(self.article.position, self.article.public_id),
            self.article.pk,
        )


@dataclass
class Library:
    books: list[Book]
    chance: random.Random

    def find(self, tree: Node) -> list[int]:
        """Every article that ``tree`` finds, in order: the truth, by looking at all."""
        found = [book for book in self.books if holds(tree, book)]
        return [book.article.pk for book in sorted(found, key=lambda book: book.order)]

    def string(self, length: int) -> str:
        """A random string of a random text, without the marks that end a run."""
        while True:
            folded = self.chance.choice(self.books).folded
            start = self.chance.randrange(len(folded))
            if (cut := folded[start : start + length]) and "\n" not in cut:
                return cut


def holds(tree: Node, book: Book) -> bool:
    match tree:
        case Everything():
            return True
        case Term(run, Field.TEXT):
            return run in book.folded
        case Term(run, Field.TITLE):
            return any(run in fold(title) for title in book.titles)
        case Term(run, Field.AUTHOR):
            return any(run in fold(name) for name in book.authors)
        case Phrase(raw, Field.TEXT):
            return any(
                raw in text.replace("\n", "") or raw in text for text in book.texts
            )
        case Phrase(raw, Field.TITLE):
            return any(raw in title for title in book.texts[:3])
        case Years(first, last):
            year = book.article.issue.year
            return year is not None and first <= year <= last
        case Named(kind, wanted):
            names = [
                str(value) for name, value in book.facets if name == f"{kind} name"
            ]
            return any(all(run in fold(name) for run in wanted) for name in names)
        case Facets(tokens):
            own = book.article.search_entry.facets.split()
            return any(token in own for token in tokens)
        case And(parts):
            return all(holds(part, book) for part in parts)
        case Or(parts):
            return any(holds(part, book) for part in parts)
        case Not(part):
            return not holds(part, book)
    raise TypeError(tree)


def build_library(seed: int = 1, size: int = 160) -> Library:
    """Puts ``size`` articles in, in no order; a few are edited, one is very long."""
    chance = random.Random(seed)
    paragraphs = _paragraphs()
    issues = _issues(chance)
    authors = [
        make_author(name)
        for name in ("苏若川", "刘志国", "王军", "欧阳明", "本刊编辑部")
    ]
    topics = [make_topic(name) for name in ("乡村振兴", "康养旅游", "基层治理")]
    books = [
        _book(chance, position, chance.choice(issues), paragraphs, authors, topics)
        for position in range(size)
    ]
    books.append(_long_book(chance, issues[0], paragraphs))
    ids = [book.article.pk for book in books]
    chance.shuffle(ids)
    for start in range(0, len(ids), 40):
        get_index().put_many(ids[start : start + 40])
    return Library(books, chance)


def _paragraphs() -> list[str]:
    files = [
        path
        for folder in FOLDERS
        if folder.is_dir()
        for path in sorted(folder.glob("*.txt"))
    ]
    lines = [
        line.strip() for path in files for line in path.read_text("utf-8").splitlines()
    ]
    return [line for line in lines if len(line) > 20 and "\0" not in line]


def _issues(chance: random.Random) -> list[Issue]:
    """Undated ones, several on one day, and a few years of a monthly."""
    monthly, daily = make_publication("河石月刊"), make_publication("河石日报")
    issues = [
        make_issue(monthly, year=y, number=n)
        for y in (1998, 2019, 2021)
        for n in range(1, 7)
    ]
    for publication in (daily, make_publication("晚报"), make_publication("晨报")):
        for day in ("2021-03-01", "2021-03-02"):
            issues.append(
                make_issue(
                    publication,
                    year=2021,
                    number=None,
                    key=f"2021/{day[5:]}",
                    sort_date=day,
                )
            )
    for key in ("undated/3f2a91bc", "undated/00aa11bb"):
        issues.append(
            make_issue(daily, year=None, number=None, key=key, sort_date=None)
        )
    for issue in issues:
        issue.refresh_from_db()
    chance.shuffle(issues)
    return issues


def _book(
    chance: random.Random,
    position: int,
    issue: Issue,
    paragraphs: list[str],
    authors: list[Author],
    topics: list[Topic],
) -> Book:
    texts = chance.sample(paragraphs, chance.randint(1, 5))
    title, kicker = chance.choice(paragraphs)[:18], chance.choice(["", "學習“專欄”"])
    signed = chance.sample(authors, chance.randint(0, 2))
    about = chance.sample(topics, chance.randint(0, 2))
    section = chance.choice(["", "时评", "调查研究"])
    article = make_article(
        issue, text="", title=title, kicker=kicker, position=position, topics=about,
        authors=[author.name for author in signed], section=section,
        kind=chance.choice(KINDS), title_variants=["目錄所印之題"] if position % 9 == 0 else [],
    )  # fmt: skip
    headings = []
    for number, text in enumerate(texts):
        role = "heading" if number == 1 and len(text) < 60 else "paragraph"
        headings += [text] if role == "heading" else []
        texts += _put_block(chance, article, number, text, role)
    return Book(
        article,
        texts=[title, kicker, "", *texts],
        titles=[title, kicker, *article.title_variants],
        headings=headings,
        authors=[author.name for author in signed],
        facets={
            ("publication", issue.publication_id), ("publication name", issue.publication.title),
            ("section name", section), *(("topic name", topic.name) for topic in about),
        },
    )  # fmt: skip


def _put_block(
    chance: random.Random, article: Article, number: int, text: str, role: str
) -> list[str]:
    """Printed over two lines; one in ten is corrected, so that two wordings differ."""
    cut = chance.randrange(1, len(text))
    printed = f"{text[:cut]}\n{text[cut:]}"
    corrected = text.replace("的", "底", 1) if chance.random() < 0.1 else text
    base = {} if corrected == text else {"text": text}
    add_block(
        article, corrected, role=role, printed=printed, lines=[2 * number + 1, 2 * number + 3],
        position=number, base=base,
    )  # fmt: skip
    return [] if corrected == text else [corrected]


def _long_book(chance: random.Random, issue: Issue, paragraphs: list[str]) -> Book:
    article = make_article(issue, text="", title="长文", position=9999)
    texts: list[str] = []
    while len(fold("\n".join(texts))) < LONG:
        texts.append(chance.choice(paragraphs))
    texts.append("末尾才有的句子：瀛寰志略与海国图志。")
    for number, text in enumerate(texts):
        add_block(article, text, position=number, lines=[number + 1])
    return Book(article, texts=["长文", "", "", *texts], titles=["长文"])
