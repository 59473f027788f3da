"""An issue as plain text: its articles in printed order, a line of stars between."""

from __future__ import annotations

from articles.exports.article_text import RELATED, article_as_text
from articles.models import Issue

_BETWEEN = "\n" + "＊　＊　＊".center(30, "　").rstrip() + "\n\n"


def issue_as_text(issue: Issue) -> str:
    head = f"《{issue.publication}》{issue.label()}\n\n"
    articles = issue.articles.published().in_printed_order()
    texts = articles.select_related("issue__publication").prefetch_related(*RELATED)
    return head + _BETWEEN.join(article_as_text(article) for article in texts)
