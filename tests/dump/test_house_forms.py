"""Whatever form a publication gives its headlines and bylines, it is found out.

The same three articles are set in every form in turn: a property, not a list of
layouts.  None of the forms is named in the parser's tests elsewhere.
"""

from collections.abc import Callable, Sequence
from itertools import product

import pytest

from articles.dump import ParsedIssue, parse_dump

Names = Sequence[str]
ARTICLES: tuple[tuple[str, Names, tuple[str, str]], ...] = (
    (
        "渡口的第一班船",
        ("陆小舟",),
        (
            "天没有亮,渡口的灯先亮了。管船的老段把缆绳解开一半,又系上,等对岸那盏灯。他说两盏灯都亮着,船才算有了方向。",
            "渡船一天来回二十二趟,头一趟坐的多半是挑菜的人。菜比人重,所以人站着,菜坐着,船家从不收菜的钱。",
        ),
    ),
    (
        "会记账的石榴树",
        ("严冬青", "何苗"),
        (
            "院子里的石榴树四十岁了,树干上刻着四十道线,一年一道。祖母不识字,这是她的账,哪一年借了谁家的粮,线就刻深一点。",
            "后来祖父教她写字,她学会了自己的名字就不学了。她说名字够用了,剩下的事树记得。树今年结了一百多个果。",
        ),
    ),
    (
        "雨天不营业的照相馆",
        ("罗旭",),
        (
            "北街的照相馆门口挂着一块木牌,写着雨天不营业。师傅姓程,他说雨天的光是别人的,不好意思借来用。",
            "晴天的时候,他在院子里支一块白布,让人站在布前面等云走开。等得久了,来照相的人就不紧张了,照片也就成了。",
        ),
    ),
)

HEADLINES: dict[str, Callable[[str, int], str]] = {
    "plain": lambda t, _: t,
    "rank": lambda t, _: f"# {t}",
    "bold": lambda t, _: f"**{t}**",
    "brackets": lambda t, _: f"【{t}】",
    "square": lambda t, _: f"■{t}",
    "two diamonds": lambda t, _: f"◆{t}◆",
    "star": lambda t, _: f"★ {t}",
    "bar": lambda t, _: f"▌{t}",
    "rules": lambda t, _: f"═══ {t} ═══",
    "bullet": lambda t, _: f"· {t}",
    "number": lambda t, n: f"{n}. {t}",
    "time": lambda t, n: f"{6 + n:02d}:30 {t}",
}


def spaced(names: Names) -> str:
    return "  ".join(" ".join(n) if len(n) == 2 else n for n in names)


BYLINES: dict[str, Callable[[Names], str]] = {
    "bare": spaced,
    "mark": lambda n: f"◎{spaced(n)}",
    "word": lambda n: f"文/{'、'.join(n)}",
    "bar": lambda n: f"文丨{spaced(n)}",
    "underscore": lambda n: f"文_{spaced(n)}",
    "reporter": lambda n: f"本报记者 {spaced(n)}",
    "both": lambda n: f"{spaced(n)} 文/图",
    "after": lambda n: f"{spaced(n)}/文",
    "place": lambda n: f"{spaced(n)}(青原市文化馆)",
}


def read(lines: Sequence[str]) -> ParsedIssue:
    head = ["青原月报", "2013年第4期(总第88期) 2013年4月20日出版"]
    return parse_dump("\n\n".join([*head, *lines]).encode(), source="form.txt")


def told(issue: ParsedIssue) -> list[tuple[str, set[str], int]]:
    """Title, authors and number of paragraphs of each article."""
    return [
        (
            a.title,
            {author.name for author in a.authors},
            sum(b.role == "paragraph" for b in a.blocks),
        )
        for a in issue.articles
    ]


WANTED = [(title, set(names), 2) for title, names, _ in ARTICLES]


@pytest.mark.parametrize(("headline", "byline"), list(product(HEADLINES, BYLINES)))
def test_a_headline_of_any_form_above_a_byline_of_any_form(
    headline: str, byline: str
) -> None:
    lines: list[str] = []
    for n, (title, names, text) in enumerate(ARTICLES, start=1):
        lines += [HEADLINES[headline](title, n), BYLINES[byline](names), *text]
    assert told(read(lines)) == WANTED


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_of_any_form_above_a_text_signed_at_its_end(headline: str) -> None:
    lines: list[str] = []
    for n, (title, names, (first, last)) in enumerate(ARTICLES, start=1):
        lines += [HEADLINES[headline](title, n), first, f"{last}({spaced(names)})"]
    assert told(read(lines)) == WANTED


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_of_any_form_with_the_writer_on_its_line(headline: str) -> None:
    lines: list[str] = []
    for n, (title, names, text) in enumerate(ARTICLES, start=1):
        lines += [f"{HEADLINES[headline](title, n)}({spaced(names)})", *text]
    assert told(read(lines)) == WANTED


@pytest.mark.parametrize("headline", [h for h in HEADLINES if h != "plain"])
def test_a_headline_of_any_form_where_nobody_signs(headline: str) -> None:
    """Without any form it could as well be the heading of a section."""
    lines: list[str] = []
    for n, (title, _, text) in enumerate(ARTICLES, start=1):
        lines += [HEADLINES[headline](title, n), *text]
    assert told(read(lines)) == [(title, set(), 2) for title, _, _ in WANTED]
