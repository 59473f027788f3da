"""From a first bookmark without an account to a shelf of one's own, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Article, Block, Bookshelf, Highlight
from tests import factories as make
from tests.browser.conftest import DESK, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_engine,
    pytest.mark.django_db(transaction=True),
]

PASSWORD = "槐树底下有一盘棋"


@pytest.fixture
def articles() -> list[Article]:
    issue = make.make_issue(make.make_publication("河石月刊"), number=5)
    topic = make.make_topic("水利")
    return [
        make.make_article(
            issue, title=title, authors=["苏若川"], topics=[topic], text=text
        )
        for title, text in [
            ("槐下棋局", "棠水从龙须岭上流下来，到了溪口，河面忽然宽了。"),
            ("末班渡船", "渡船停航的通知贴在码头的木牌上。"),
        ]
    ]


def keep(reader, article: Article) -> None:
    page = reader.open(article.get_absolute_url())
    page.get_by_role("button", name="收藏", exact=True).click()
    page.locator("button.keep[name=article][aria-pressed=true]").wait_for()


def sign_up(reader, name: str) -> Page:
    page = reader.page
    page.get_by_role("link", name="登录", exact=True).click()
    page.get_by_role("link", name="注册").click()
    page.get_by_label("再输一次密码").wait_for()
    reader.check()
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    page.get_by_role("button", name="注册").click()
    return sign_in(reader, name)


def sign_in(reader, name: str) -> Page:
    page = reader.page
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    reader.check()
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name=f"我的账号：{name}").wait_for()
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_from_a_bookmark_to_an_account_and_out_again(
    articles: list[Article], make_reader, viewport: dict[str, int], scripts: bool
) -> None:
    """What was kept without an account is in it; after signing out nothing is left; on
    another device everything is there; after leaving nothing is anywhere."""
    first, second = articles
    reader = make_reader(viewport=viewport, java_script_enabled=scripts)
    keep(reader, first)
    page = sign_up(reader, "若川")
    assert page.url.endswith(
        first.get_absolute_url()
    )  # back where the link was pressed
    keep(reader, second)
    page = reader.open("/bookmarks/")
    entry = page.locator("li", has=page.get_by_role("link", name=first.title))
    entry.get_by_text("写笔记、加标签").click()
    entry.get_by_label("笔记", exact=True).fill("再读一遍。")
    entry.get_by_label("标签（用逗号分开）").fill("水利，待读")
    entry.get_by_role("button", name="保存").click()
    page.locator(".note", has_text="再读一遍。").wait_for()
    reader.check()
    page.get_by_role("link", name="待读").first.click()
    expect(page.locator(".kept > li")).to_have_count(1)
    page.get_by_text("共 1 条，成批处理").click()
    page.get_by_label("筛选出的全部 1 条").check()
    page.get_by_role("button", name="标为读完").click()
    page.get_by_text("1 条标为读完。").wait_for()

    page.get_by_role("link", name="我的账号：若川").click()
    reader.check()
    page.get_by_role("button", name="退出", exact=True).click()
    page.get_by_text("已经退出。").wait_for()
    page.go_back()
    page.reload()
    assert page.get_by_text("若川").count() == 0
    page = reader.open("/bookmarks/")
    page.get_by_text("书架还是空的").wait_for()

    elsewhere = make_reader(viewport=DESK)
    elsewhere.open("/accounts/sign-in/?next=/bookmarks/")
    page = sign_in(elsewhere, "若川")
    expect(page.get_by_role("link", name=re.compile("棋局|渡船"))).to_have_count(2)
    page = elsewhere.open("/accounts/delete/")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="删除账号和其中的一切").click()
    page.get_by_text("账号和其中的一切都已删除。").wait_for()
    assert not User.objects.exists() and not Bookshelf.objects.exists()


def select(page: Page, block: str, start: int, end: int) -> None:
    page.evaluate(
        """([id, start, end]) => {
            const text = document.getElementById(id).firstChild, range = document.createRange();
            range.setStart(text, start);
            range.setEnd(text, end);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [block, start, end],
    )


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_passage_is_taken_noted_found_and_waits_when_it_is_gone(
    articles: list[Article], make_reader, viewport: dict[str, int]
) -> None:
    article = articles[0]
    reader = make_reader(viewport=viewport)
    page = reader.open(article.get_absolute_url())
    assert not page.locator("button.take-passage:enabled").count()
    select(page, "p1", 11, 22)
    page.get_by_role("button", name="摘抄", exact=True).click()
    box = page.get_by_role("dialog")
    box.get_by_label("笔记（可不写）").fill("写宽的好办法。")
    box.get_by_role("button", name="保存").click()
    page.locator("mark.mine.noted", has_text="到了溪口，河面忽然宽了").wait_for()
    assert Highlight.objects.get().exact == "到了溪口，河面忽然宽了"
    page = reader.open(article.get_absolute_url())  # drawn again from the server
    page.locator("mark.mine").press("Enter")
    assert page.get_by_label("笔记（可不写）").input_value() == "写宽的好办法。"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page = reader.open("/bookmarks/highlights/")
    page.get_by_role("link", name="水利").wait_for()
    page.locator("blockquote", has_text="河面忽然宽了").wait_for()
    reader.check()

    Block.objects.filter(article=article).update(
        text="棠水从龙须岭上流下来，到了溪口，河面忽然窄了。"
    )
    Article.objects.filter(pk=article.pk).touch()
    page = reader.open(article.get_absolute_url())
    assert page.locator("mark.mine").count() == 0
    page = reader.open("/bookmarks/highlights/")
    page.get_by_role("link", name="1 条位置待确认").click()
    page.get_by_role("link", name="位置待确认", exact=True).first.click()
    page.get_by_role("button", name="就是这里").first.wait_for()
    reader.check()
    page.get_by_role("button", name="就是这里").first.click()
    page.get_by_text("位置已确认。").wait_for()
    page = reader.open(article.get_absolute_url())
    page.locator("mark.mine", has_text="河面忽然窄了").wait_for()
    page.locator("mark.mine").click()
    page.get_by_role("button", name="取下").click()
    page.locator("mark.mine").wait_for(state="detached")
    reader.check()


def test_a_paragraph_is_kept_and_undone(articles: list[Article], make_reader) -> None:
    reader = make_reader(viewport=DESK)
    page = reader.open(articles[0].get_absolute_url())
    page.locator("#p1").hover()
    button = page.get_by_role("button", name="收藏这一段")
    button.click()
    page.locator(".toast", has_text="已收入书架").wait_for()
    page = reader.open(articles[0].get_absolute_url())
    button = page.get_by_role("button", name="收藏这一段")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    page.get_by_role("button", name="撤销").click()
    page.locator('.keep.para[aria-pressed="true"]').wait_for()
    reader.check()


def test_without_script_a_paragraph_is_kept_beside_its_printed_lines(
    articles: list[Article], make_reader
) -> None:
    reader = make_reader(viewport=PHONE, java_script_enabled=False)
    page = reader.open(f"{articles[0].get_absolute_url()}?lines=1")
    page.get_by_role("button", name="收藏这一段").click()
    page = reader.open("/bookmarks/")
    page.locator(".quote", has_text="棠水从龙须岭").wait_for()


def test_reading_goes_on_at_the_paragraph(articles: list[Article], make_reader) -> None:
    article = articles[0]
    for n in range(40):
        make.add_block(article, f"第{n}段。" + "水渠从山口来，绕过村子。" * 9)
    reader = make_reader(viewport=PHONE)
    keep(reader, article)
    page = reader.page
    page.locator("article .text p").nth(20).evaluate(
        "p => scrollTo(0, p.offsetTop - 100)"
    )
    page.goto(f"{reader.base}/topics/")
    for _ in range(50):  # sent as the page goes away: nothing waits for it
        page = reader.open("/bookmarks/")
        if page.locator(".places").count():
            break
    page.locator(".places").get_by_role("link", name=article.title).click()
    assert re.search(r"#p\d+$", page.url)
    page = reader.open(article.get_absolute_url())
    page.get_by_role("link", name="上次读到这里，接着读").wait_for()


def test_a_file_goes_out_and_comes_in(
    articles: list[Article], make_reader, tmp_path: Path
) -> None:
    reader = make_reader(viewport=DESK)
    keep(reader, articles[0])
    page = reader.open("/bookmarks/files/")
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    path = tmp_path / "shelf.json"
    download.value.save_as(path)
    other = make_reader(viewport=PHONE)
    page = other.open("/bookmarks/files/")
    page.get_by_label("文件").set_input_files(path)
    page.get_by_role("button", name="导入").click()
    page.get_by_text("新收 1 件").wait_for()
    other.check()
    page = other.open("/bookmarks/")
    page.get_by_role("link", name=articles[0].title).wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "en"], ids=["zh", "en"])
def test_nothing_stands_in_anybodys_way(
    articles: list[Article], make_reader, theme: str, language: str
) -> None:
    """axe finds nothing on any page of a shelf and of an account."""
    reader = make_reader(
        language, viewport=DESK, color_scheme=theme, reduced_motion="reduce"
    )
    reader.open("/accounts/sign-in/")
    _without_faults(reader)
    User.objects.create_user("若川", password=PASSWORD)
    for path in ("/accounts/sign-up/", "/accounts/password/reset/"):
        reader.open(path)
        _without_faults(reader)
    page = reader.open("/accounts/sign-in/")
    page.locator("[name=username]").fill("若川")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button.main").click()
    page.locator(".tabs").wait_for()
    shelf = Bookshelf.objects.get_or_create(user=User.objects.get())[0]
    _fill(shelf, articles)
    for path in (
        "/bookmarks/", "/bookmarks/?q=x", "/bookmarks/highlights/", "/bookmarks/tags/",
        "/bookmarks/files/", "/bookmarks/share/", "/bookmarks/taken-off/", "/accounts/",
        "/accounts/password/", "/accounts/delete/", articles[0].get_absolute_url(),
        f"/bookmarks/highlights/{shelf.highlights.get().pk}/place/",
        shelf.links.get().get_absolute_url(),
    ):  # fmt: skip
        reader.open(path)
        _without_faults(reader)


def _fill(shelf: Bookshelf, articles: list[Article]) -> None:
    from articles.bookmarks.keeping import take_off
    from articles.bookmarks.sharing import share
    from tests.bookmarks.shelves import mark, put_on

    put_on(shelf, articles[0], note="好", tags="甲 乙")
    put_on(shelf, articles[0], block=articles[0].blocks.get())
    put_on(shelf, articles[1])
    take_off(shelf, shelf.bookmarks.filter(article=articles[1]))
    mark(shelf, articles[0].blocks.get(), "到了溪口", "好")
    share(shelf, title="书单", tag=None, with_notes=True)


def _without_faults(reader) -> None:
    found = Axe().run(reader.page).response["violations"]
    faults = [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
    assert not faults, f"{reader.page.url}: {faults}"
