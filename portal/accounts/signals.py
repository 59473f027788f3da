"""What follows from signing in, failing to, and being shut out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from portal.accounts.models import Reader
from portal.accounts.sessions import end_sessions
from portal.accounts.throttle import WRONG_PASSWORDS, address, count


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
