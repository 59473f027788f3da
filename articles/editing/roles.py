"""Saying who is an editor, a reviewer, an administrator; and what anybody may do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles.editing.acting import Refused
from articles.editing.history import record
from articles.editing.saying import said
from articles.models import Way
from articles.roles import ADMINISTRATORS, EDITORS, READERS, REVIEWERS

LABELS = {
    READERS: gettext_lazy("读者"),
    EDITORS: gettext_lazy("编辑"),
    REVIEWERS: gettext_lazy("审校"),
    ADMINISTRATORS: gettext_lazy("管理员"),
}
RANKS = tuple(LABELS)


@transaction.atomic
def appoint(by: Any, user: Any, role: str) -> None:
    """Gives exactly one role; a superuser's rights are nobody's to give or take here.

    Raises Refused for a superuser, oneself, or a role that is none.
    """
    if role not in RANKS:
        raise Refused(_("没有这种身份"))
    if user.is_superuser or user.pk == by.pk:
        raise Refused(_("超级用户与自己的身份不在这里改"))
    before = rights_of(user)
    user.groups.remove(*Group.objects.filter(name__in=RANKS))
    user.groups.add(Group.objects.get(name=role))
    user.is_staff = role != READERS
    user.save(update_fields=["is_staff"])
    record_rights(by, user, before)


def rights_of(row: Any) -> dict[str, Any]:
    """What a user, or the members of a group, may do: plain values, no secret."""
    if isinstance(row, Group):
        granted = row.permissions.order_by("codename")
        return {"name": row.name, "permissions": _names(granted, "codename")}
    granted = row.user_permissions.order_by("codename")
    return {
        "username": row.get_username(),
        "is_active": row.is_active,
        "is_staff": row.is_staff,
        "is_superuser": row.is_superuser,
        "groups": _names(row.groups.order_by("name"), "name"),
        "permissions": _names(granted, "codename"),
    }


def record_rights(
    by: Any, row: Any, before: dict[str, Any] | None, way: str = Way.FORM
) -> None:
    """A line of history, if ``row`` may do other things now than ``before`` (None: it was
    not there)."""
    after = rights_of(row)
    if after == before:
        return
    model = "group" if isinstance(row, Group) else "user"
    differ = [k for k in after if before is None or before[k] != after[k]]
    change = {
        "model": model, "pk": row.pk, "before": before and {k: before[k] for k in differ},
        "after": {k: after[k] for k in differ},
    }  # fmt: skip
    subject = f"{model}:{row.pk}"
    record(by, _said(row, after), [change], subject=subject, way=way)


def role_of(user: Any) -> str:
    names = set(user.groups.values_list("name", flat=True))
    return next((name for name in reversed(RANKS) if name in names), READERS)


def _said(row: Any, rights: dict[str, Any]) -> Any:
    if isinstance(row, Group):
        return said(gettext_noop("权限：%(name)s"), name=row.name)
    role = LABELS[role_of(row)]
    if rights["is_superuser"]:
        role = gettext_lazy("超级用户")
    return said(
        gettext_noop("身份：%(name)s → %(role)s"), name=rights["username"], role=role
    )


def _names(rows: Any, column: str) -> list[str]:
    return list(rows.values_list(column, flat=True))
