"""A real Chromium on a real server.  Without a Chromium these tests are skipped, by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from articles.roles import REVIEWERS
from portal.preferences import COOKIE
from tests.admin.conftest import make_editor
from tests.chromium import FLAGS, find
from tests.views.conftest import collection  # noqa: F401  (a fixture, shared)

# Playwright's own loop runs in this thread, and Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

expect.set_options(timeout=30_000)  # as long as actions wait; machines are busy
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.skip("no Chromium: run python -m tests.chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Reader:
    """A browser window that remembers every complaint of the page."""

    context: BrowserContext
    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        response = self.page.goto(self.base + address)
        assert response is not None and response.ok, f"{address}: {response}"
        self.check()
        return self.page

    def like(self, **choices: str) -> None:
        """The reader's settings, as the form would have left them."""
        value = ".".join(f"{name}:{value}" for name, value in choices.items())
        self.context.add_cookies([{"name": COOKIE, "value": value, "url": self.base}])

    def check(self) -> None:
        """Nothing wider than the window, nothing on the console."""
        # A click may have begun a page that has no element yet: the locator waits.
        self.page.wait_for_load_state()
        root = self.page.locator("html")
        wider = root.evaluate("root => root.scrollWidth - root.clientWidth")
        assert wider <= 0, f"{self.page.url} is {wider} px wider than its window"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"


@pytest.fixture
def make_reader(chromium: Browser, live_server: LiveServer) -> Iterator[object]:
    """``make_reader(viewport=PHONE, java_script_enabled=False, …)``."""
    contexts: list[BrowserContext] = []

    def make(language: str = "", **options: object) -> Reader:
        context = chromium.new_context(**options)
        contexts.append(context)
        if language:
            cookie = {"name": "django_language", "value": language}
            context.add_cookies([{**cookie, "url": live_server.url}])
        reader = Reader(context, context.new_page(), live_server.url)
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning")
                and reader.complaints.append(message.text)
            ),
        )
        return reader

    yield make
    for context in contexts:
        context.close()


PASSWORD = "right-and-long-enough"


@pytest.fixture
def sign_in(
    live_server: LiveServer, make_reader: Callable[..., Reader]
) -> Callable[..., Reader]:
    """``sign_in(home="/admin/", viewport=PHONE, …)``: a reviewer's window, at home."""
    editor = make_editor("bianji")  # and the groups, which a flushed database has lost
    editor.groups.add(Group.objects.get(name=REVIEWERS))
    editor.set_password(PASSWORD)
    editor.save()

    def _sign_in(home: str = "/desk/", **options: object) -> Reader:
        reader = make_reader(**{"viewport": DESK, **options})
        page = reader.open(f"/admin/login/?next={home}")
        page.fill("#id_username", "bianji")
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        page.wait_for_url(live_server.url + home, wait_until="load")
        return reader

    return _sign_in
