"""Refuses to try a password where too many were wrong."""

from __future__ import annotations

from typing import Any

from axes.backends import AxesStandaloneBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.accounts.throttle import WRONG_PASSWORDS, address, is_used_up


class ThrottlingBackend(AxesStandaloneBackend):
    """Stands first and signs nobody in.

    django-axes closes a name from one address after ten wrong passwords; the address
    itself is closed after many more, whatever the names, against one password tried on
    every reader.  Neither closes a reader's account to the reader elsewhere.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **kwargs: Any
    ) -> None:
        if request is not None and is_used_up(WRONG_PASSWORDS, address(request)):
            request.axes_locked_out = True  # the middleware of axes answers then
            raise PermissionDenied
        return super().authenticate(request, username, **kwargs)
