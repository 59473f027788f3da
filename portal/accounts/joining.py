"""Making an account, and unmaking it so that nothing remains."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from articles.models import Revision
from portal.accounts import throttle
from portal.accounts.models import Reader


def join(username: str, password: str) -> None:
    """Makes the account, or does nothing where the name is taken.

    It says neither, and does the same work for both: the slow hash and one INSERT.
    Whoever owns the account finds out by signing in.
    """
    user = User(username=username, password=make_password(password))
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        return


@transaction.atomic
def leave(user: Any) -> None:
    """Deletes a reader with everything that was kept of or about the reader.

    Shelf and sessions go with the row (foreign keys); what only names the reader goes
    here.  Raises ValueError for an editor, whose account carries the record of edits.
    """
    if user.is_staff or user.is_superuser:
        raise ValueError("An editor's account carries the history of edits.")
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(username=user.get_username()).delete()
    told = [f"reader:{user.pk}", f"user:{user.pk}"]
    Revision.objects.filter(subject__in=told).delete()
    LogEntry.objects.filter(
        content_type__in=_content_types(), object_id=str(user.pk)
    ).delete()
    throttle.forget(user.pk)
    user.delete()


def _content_types() -> list[ContentType]:
    """Of the reader's row under both of its names."""
    find = ContentType.objects.get_for_model
    return [find(User), find(Reader, for_concrete_model=False)]
