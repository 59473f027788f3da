"""Who sent a form: the browser says so, or a token does."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware


class OriginOrTokenMiddleware(CsrfViewMiddleware):
    """Django's protection; a request whose ``Origin`` is this site needs no token.

    No page can set that header, every browser since 2020 sends it with each POST, and
    Django has compared it with our host before it looks for a token (one that differs,
    or is ``null``, is refused whatever the token).  So public pages carry no token, set
    no cookie, and are the same bytes for everyone; a client that sends no ``Origin``
    still needs one.
    """

    def _check_token(self, request: HttpRequest) -> None:
        if "HTTP_ORIGIN" not in request.META:
            super()._check_token(request)
