"""What follows from signing in, failing to, and being shut out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from articles.bookmarks.joining import merge_into_account
from articles.bookmarks.shelf import SESSION_KEY
from portal.accounts.models import Reader
from portal.accounts.sessions import end_sessions
from portal.accounts.throttle import WRONG_PASSWORDS, address, count


@receiver(user_logged_in)
def bring_the_shelf(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """What the reader kept before signing in is the account's now, and only there."""
    stored = request.session.pop(SESSION_KEY, None)
    if stored is not None:
        merge_into_account(stored, user)


@receiver(user_login_failed)
def count_wrong_password(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Guessing on while shut out does not prolong it."""
    if request is not None and not getattr(request, "axes_locked_out", False):
        count(WRONG_PASSWORDS, address(request))


@receiver(post_save, sender=User)
@receiver(post_save, sender=Reader)  # the same row, as editors see it
def shut_out(instance: Any, **kwargs: Any) -> None:
    """A disabled account's sessions end now, and stay ended when it is enabled again."""
    if not instance.is_active:
        end_sessions(instance)
