"""Publications and their columns."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.admin.links import list_link
from articles.admin.lookup import named
from articles.admin.protected import ProtectedAdmin
from articles.editing.slugs import named_slug, sort_key
from articles.models import Article, Issue, Publication, Section
from articles.models.protected import Protected
from articles.pages.paging import parse_id


class MergingAdmin(DeskAdmin):
    """Two chosen rows of the list can be merged, after a preview on the desk."""

    actions = ["merge"]
    merge_address = ""

    @admin.action(description=_("合并所选的两个"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        ids = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(ids) != 2:
            self.message_user(request, _("请恰好选两个。"), messages.WARNING)
            return None
        query = {"stay": ids[0], "go": ids[1]}
        return HttpResponseRedirect(reverse(self.merge_address, query=query))

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"articles.merge_{self.opts.model_name}")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What was merged into another is reached from the history only."""
        queryset = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name and match.url_name.endswith("_change"):
            return queryset
        return queryset.filter(merged_into=None)


class NamedAdmin(DeskAdmin):
    """Pages of things with a name, a pinyin key and an address that stays.

    ``slug`` and ``sort_key`` are made from the name when a thing is added.
    """

    name_field = "name"
    search_help_text = _("名称或拼音的开头")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        made = () if obj else ("slug", "sort_key")
        return [name for name in super().get_fields(request, obj) if name not in made]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return named(queryset, search_term, self.name_field), False

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            name = getattr(obj, self.name_field)
            obj.sort_key = sort_key(name)
            obj.slug = named_slug(self.namesakes(obj), name)
        super().save_model(request, obj, form, change)
        if change and not isinstance(obj, Protected):
            Article.objects.naming(obj).touch()

    def namesakes(self, obj: Any) -> QuerySet:
        """The rows among which the slug must be unique."""
        return type(obj)._base_manager.all()


@admin.register(Publication)
class PublicationAdmin(NamedAdmin, ProtectedAdmin):
    name_field = "title"
    list_display = ["title", "kind", "publisher", "place", "issues", "articles"]
    list_filter = ["kind"]
    search_fields = ["title"]
    fields = [
        "title", "sort_key", "slug", "kind", "description",
        "publisher", "place", "languages", "permit_number", "issn",
    ]  # fmt: skip

    @admin.display(description=_("刊期"))
    def issues(self, obj: Publication) -> SafeString:
        return list_link(Issue, _("各期"), publication=obj.pk)

    @admin.display(description=_("文章"))
    def articles(self, obj: Publication) -> SafeString:
        return list_link(Article, _("各篇"), publication=obj.pk)


@admin.register(Section)
class SectionAdmin(NamedAdmin, ProtectedAdmin):
    """A renamed column is still what imports know by its printed name."""

    list_display = ["name", "publication"]
    list_select_related = ["publication"]
    search_fields = ["name"]
    autocomplete_fields = ["publication"]
    ordering = ["-id"]
    fields = ["publication", "name", "sort_key", "slug"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["publication", "slug"] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With ``publication`` in the address, that one's only: an article's choices."""
        queryset = super().get_queryset(request)
        publication = parse_id(request.GET.get("publication"))
        return (
            queryset
            if publication is None
            else queryset.filter(publication=publication)
        )

    def namesakes(self, obj: Section) -> QuerySet:
        return Section.objects.filter(publication=obj.publication)
