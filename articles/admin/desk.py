"""What every page of the admin has in common: bounded lists, nothing deleted.

No list counts or sorts its whole table: counting stops at a cap, only indexed
columns sort, filters count nothing, and a search is a prefix or the full-text index.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.paginator import Paginator
from django.db import models
from django.forms import Field
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_noop

from articles.admin.fields import form_field
from articles.editing.acting import act
from articles.editing.history import record, subject_of
from articles.editing.saying import said
from articles.journal import values_of
from articles.models import Article, Issue, Way


class CappedPaginator(Paginator):
    """Pages of at most CAP rows: whoever wants the rest narrows the list."""

    CAP = 2000

    @cached_property
    def count(self) -> int:
        if not isinstance(self.object_list, models.QuerySet):
            return super().count
        return self.object_list.order_by()[: self.CAP].count()

    @property
    def is_capped(self) -> bool:
        return self.count >= self.CAP


class DeskList(ChangeList):
    """A list that sorts by its sortable columns only, whatever the address says."""

    def get_ordering_field(self, field_name: Any) -> Any:
        if field_name not in self.model_admin.sortable_by:
            return None
        return super().get_ordering_field(field_name)


class DeskAdmin(admin.ModelAdmin):
    """Base of all pages here.  A superuser deletes no more than an editor does."""

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 50
    sortable_by: Any = ()
    actions_on_top = True
    save_on_top = True

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Only the filters that are offered: an index answers each of them."""
        offered = {
            spec if isinstance(spec, str) else spec.parameter_name
            for spec in self.list_filter
        }
        return lookup.removesuffix("__exact") in offered

    def changelist_view(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """PostgreSQL stores no NUL, so no filter can mean one."""
        if any(
            "\x00" in value for values in request.GET.lists() for value in values[1]
        ):
            raise SuspiciousOperation("NUL in the address")
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """A save is one act, with one line of history (articles.editing.acting)."""
        # Not self.get_object, which locks: that is for within the transaction.
        row = (
            super().get_object(request, unquote(object_id))
            if object_id and request.method == "POST"
            else None
        )
        if row is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        what = said(
            gettext_noop("%(model)s“%(name)s”"), model=self.opts.verbose_name, name=row
        )
        articles = [row] if isinstance(row, Article) else []
        issue = row if isinstance(row, Issue) else None
        with act(
            request.user, what, way=Way.FORM, articles=articles, rows=[row], issue=issue
        ):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The desk's history knows what was changed by every door."""
        row = super().get_object(request, unquote(object_id))
        if row is None or not isinstance(row, Article | Issue):
            subject = f"{self.opts.model_name}:{object_id}"[:40]
            query = {"subject": subject}
        else:
            of_article = isinstance(row, Article)
            query = {"article": row.public_id} if of_article else {"issue": row.pk}
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("desk:history", query=query))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """What was added stands in the history too."""
        change = {
            "model": obj._meta.model_name, "pk": obj.pk, "before": None,
            "after": values_of(obj),
        }  # fmt: skip
        what = said(
            gettext_noop("新增%(model)s“%(name)s”"),
            model=self.opts.verbose_name,
            name=obj,
        )
        record(request.user, what, [change], subject=subject_of(obj))
        return super().log_addition(request, obj, message)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        return super().formfield_for_dbfield(
            db_field, request, **form_field(db_field, kwargs)
        )


class ReadOnlyAdmin(DeskAdmin):
    """Pages that only show."""

    save_on_top = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
