"""Django's database sessions, with the owner in a column of its own.

Settings name this module as SESSION_ENGINE.  Ending sessions is deleting rows: a
copied cookie is worth nothing from that moment on, on every web machine.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import IntegrityError
from django.utils import timezone

# A session of a shared machine ends with the browser; where the browser never does
# that, or brings its tabs back, it ends by itself.
SHARED_MACHINE_AGE = timedelta(hours=12)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from portal.accounts.models import ReaderSession

        return ReaderSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.user_id = int(data[USER_KEY]) if USER_KEY in data else None
        if self.get_expire_at_browser_close():
            row.expire_date = timezone.now() + SHARED_MACHINE_AGE
        return row

    def save(self, must_create: bool = False) -> None:
        """A session whose owner was deleted meanwhile is gone, not an error."""
        try:
            super().save(must_create)
        except IntegrityError as error:
            raise UpdateError from error


def end_sessions(user: AbstractBaseUser, *, but: str | None = None) -> int:
    """Ends a reader's sessions, all or all but one; returns how many."""
    from portal.accounts.models import ReaderSession

    found = ReaderSession.objects.filter(user_id=user.pk).exclude(session_key=but or "")
    return found.delete()[0]
