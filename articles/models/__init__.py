"""The data model, one noun a file.  ARCHITECTURE.md draws it."""

from articles.models.article import Article, ArticleKind, ProofStatus
from articles.models.author import Author, AuthorKind, Authorship
from articles.models.block import (
    ARTICLE_ROLES,
    FURNITURE_ROLES,
    Block,
    Role,
    is_settled,
)
from articles.models.bookmark import Bookmark, Highlight, Kept, ReadingPlace
from articles.models.desk import FormerPlace, ProofSheet, Report, Revision, Task, Way
from articles.models.dump import Problem, SourceDump
from articles.models.issue import FormerAddress, Issue, IssueKind
from articles.models.publication import Publication, PublicationKind, Section
from articles.models.rendering import Rendering
from articles.models.search import NameKey, SearchEntry, SearchState
from articles.models.shelf import Bookshelf, Discard, ShareLink, Tag
from articles.models.topic import ArticleTopic, Decision, Origin, Topic

__all__ = [
    "ARTICLE_ROLES",
    "FURNITURE_ROLES",
    "Article",
    "ArticleKind",
    "ArticleTopic",
    "Author",
    "AuthorKind",
    "Authorship",
    "Block",
    "Bookmark",
    "Bookshelf",
    "Decision",
    "Discard",
    "FormerAddress",
    "FormerPlace",
    "Highlight",
    "Issue",
    "IssueKind",
    "Kept",
    "NameKey",
    "Origin",
    "Problem",
    "ProofSheet",
    "ProofStatus",
    "Publication",
    "PublicationKind",
    "ReadingPlace",
    "Rendering",
    "Report",
    "Revision",
    "Role",
    "SearchEntry",
    "SearchState",
    "Section",
    "ShareLink",
    "SourceDump",
    "Tag",
    "Task",
    "Topic",
    "Way",
    "is_settled",
]
