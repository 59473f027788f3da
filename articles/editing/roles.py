"""Saying who is an editor, a reviewer, an administrator."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from articles.editing.acting import Refused
from articles.models import Revision, Way
from articles.roles import ADMINISTRATORS, EDITORS, READERS, REVIEWERS

RANKS = (READERS, EDITORS, REVIEWERS, ADMINISTRATORS)


@transaction.atomic
def appoint(by: Any, user: Any, role: str) -> None:
    """Gives exactly one role; a superuser's rights are nobody's to give or take here.

    Raises Refused for a superuser, oneself, or a role that is none.
    """
    if role not in RANKS:
        raise Refused("没有这种身份")
    if user.is_superuser or user.pk == by.pk:
        raise Refused("超级用户与自己的身份不在这里改")
    before = list(user.groups.filter(name__in=RANKS).values_list("name", flat=True))
    user.groups.remove(*Group.objects.filter(name__in=RANKS))
    user.groups.add(Group.objects.get(name=role))
    user.is_staff = role != READERS
    user.save(update_fields=["is_staff"])
    change = {
        "model": "role", "pk": user.pk, "before": {"role": before}, "after": {"role": [role]}
    }  # fmt: skip
    Revision.objects.create(
        user=by, way=Way.FORM, what=f"身份：{user.get_username()} → {role}",
        subject=f"user:{user.pk}", changes=[change],
    )  # fmt: skip


def role_of(user: Any) -> str:
    names = set(user.groups.values_list("name", flat=True))
    return next((name for name in reversed(RANKS) if name in names), READERS)
