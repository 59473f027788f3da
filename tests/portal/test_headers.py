"""Headers on every response: pages, errors, redirects, static files, the admin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from portal import views
from portal.urls import urlpatterns as real
from tests import factories as make

pytestmark = pytest.mark.django_db

EXPECTED = {
    "Content-Security-Policy": "",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
NEEDED = [
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [path("broken/", broken), *real]
handler403, handler404, handler500 = (
    views.forbidden,
    views.not_found,
    views.server_error,
)


@pytest.fixture
def client(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    return Client(raise_request_exception=False)


def responses(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    article = make.make_article()
    pages = {
        "/": 200, article.get_absolute_url(): 200, article.issue.get_absolute_url(): 200,
        "/healthz": 200, "/admin/": 302, "/admin/login/": 200, "/nowhere/": 404,
        "/broken/": 500, "/static/admin_desk/desk.css": 200, "/static/nothing.css": 404,
    }  # fmt: skip
    for page, status in pages.items():
        response = client.get(page)
        assert response.status_code == status, page
        yield page, response
    yield "POST without a token", Client(enforce_csrf_checks=True).post("/language/")


def test_every_response_carries_them_all(client: Client) -> None:
    lacking = [
        (page, name)
        for page, response in responses(client)
        for name, value in EXPECTED.items()
        if name not in response.headers or not response.headers[name].startswith(value)
    ]
    assert lacking == []


def test_the_policy_allows_nothing_inline_and_no_third_party(client: Client) -> None:
    for page, response in responses(client):
        policy = response.headers["Content-Security-Policy"]
        assert not [
            w for w in ("unsafe", "http:", "https:", "*", "data:") if w in policy
        ], page
        assert all(directive in policy for directive in NEEDED), page


def test_no_page_may_be_framed(client: Client) -> None:
    assert all(
        r.headers.get("X-Frame-Options") == "DENY"
        for p, r in responses(client)
        if "static" not in p
    )


def test_an_anonymous_reader_gets_no_cookie_for_reading(client: Client) -> None:
    article = make.make_article()
    for page in (
        "/",
        article.get_absolute_url(),
        article.issue.get_absolute_url(),
        "/healthz",
    ):
        assert "sessionid" not in client.get(page).cookies, page


def test_an_error_tells_nothing_of_the_code(client: Client) -> None:
    answer = client.get("/broken/").content.decode()
    assert "on purpose" not in answer
    assert "Traceback" not in answer
