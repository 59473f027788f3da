"""The pages on which editors put a periodical right."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.dump import SourceDumpAdmin
from articles.admin.issue import IssueAdmin
from articles.admin.problem import ProblemAdmin
from articles.admin.publication import PublicationAdmin, SectionAdmin
from articles.admin.topic import TopicAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "IssueAdmin",
    "ProblemAdmin",
    "PublicationAdmin",
    "SectionAdmin",
    "SourceDumpAdmin",
    "TopicAdmin",
]

admin.site.site_title = _("阅览 · 编辑")
admin.site.site_header = _("阅览 · 编辑")
admin.site.index_title = _("编辑部")
