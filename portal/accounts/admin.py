"""Readers as editors see them: shut one out, give one a link for a new password.

An editor sees no password and no shelf, grants no rights, and touches no other
editor's account; that is a superuser's, in Django's own user admin.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from articles.admin.desk import DeskAdmin
from articles.editing.history import record
from articles.editing.roles import record_rights, rights_of
from articles.editing.saying import said
from portal.accounts.letters import new_password_path
from portal.accounts.models import Reader


@admin.register(Reader)
class ReaderAdmin(DeskAdmin):
    list_display = ["username", "date_joined", "last_login", "is_active"]
    search_fields = ["^username"]
    fields = ["username", "date_joined", "last_login", "is_active"]
    readonly_fields = ["username", "date_joined", "last_login"]
    change_form_template = "accounts/admin/reader.html"
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reader]:
        return super().get_queryset(request).filter(is_staff=False, is_superuser=False)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.new_password_view))
        name = "accounts_reader_new_password"
        return [path("<int:pk>/new-password/", view, name=name), *super().get_urls()]

    def new_password_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A link that works once: the editor passes it on and learns no password."""
        reader = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, reader) or not reader.is_active:
            raise PermissionDenied
        self.log_change(request, reader, str(_("给了重设密码的链接")))
        what = said(gettext_noop("给“%(name)s”重设密码的链接"), name=reader)
        record(request.user, what, [], subject=f"reader:{reader.pk}")
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("重设密码的链接"),
            "opts": self.opts,
            "original": reader,
            "link": request.build_absolute_uri(new_password_path(reader)),
        }
        return TemplateResponse(request, "accounts/admin/new_password.html", context)


class RecordedAdmin(admin.ModelAdmin):
    """Django's own pages of users and groups, a superuser's: what somebody may do from
    then on stands in the history, too."""

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        old = type(obj)._default_manager.filter(pk=obj.pk).first() if change else None
        request.rights_before = old and rights_of(old)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        before = request.rights_before  # type: ignore[attr-defined]
        record_rights(request.user, form.instance, before)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._record_gone(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset:
            self._record_gone(request, row)
        super().delete_queryset(request, queryset)

    def _record_gone(self, request: HttpRequest, obj: Any) -> None:
        model = str(self.opts.model_name)
        change = {"model": model, "pk": obj.pk, "before": rights_of(obj), "after": None}
        what = said(
            gettext_noop("删去%(model)s“%(name)s”"),
            model=self.opts.verbose_name,
            name=obj,
        )
        record(request.user, what, [change], subject=f"{model}:{obj.pk}")


admin.site.unregister([User, Group])


@admin.register(User)
class RecordedUserAdmin(RecordedAdmin, UserAdmin):
    pass


@admin.register(Group)
class RecordedGroupAdmin(RecordedAdmin, GroupAdmin):
    pass
