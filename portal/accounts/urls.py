"""/accounts/…: every page here is one reader's, so no cache keeps any."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers

from portal.accounts.views import account, data, passwords, signing

app_name = "accounts"


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(route, private(view), name=name)


urlpatterns = [
    page("", account.account, "account"),
    page("sign-up/", signing.SignUp.as_view(), "sign-up"),
    page("sign-in/", signing.SignIn.as_view(), "sign-in"),
    page("sign-out/", signing.sign_out, "sign-out"),
    page("sign-out-everywhere/", signing.sign_out_everywhere, "sign-out-everywhere"),
    page("password/", passwords.ChangePassword.as_view(), "password"),
    page("password/reset/", passwords.reset, "reset"),
    page(
        "password/reset/<uidb64>/<token>/",
        passwords.NewPassword.as_view(),
        "reset-confirm",
    ),
    page("email/", account.email, "email"),
    page("email/<str:token>/", account.email_confirm, "email-confirm"),
    page("data/", data.data, "data"),
    page("delete/", account.delete, "delete"),
]
