"""Issue lines, lists of contents and headlines in forms that have no word of their own."""

from collections.abc import Sequence

import pytest

from articles.dump import ParsedIssue, parse_dump

TEXTS = (
    "天没有亮,渡口的灯先亮了。管船的老段把缆绳解开一半,又系上,等对岸那盏灯。他说两盏灯都亮着,船才算有了方向。",
    "院子里的石榴树四十岁了,树干上刻着四十道线,一年一道。祖母不识字,这是她的账,哪一年借了谁家的粮,线就刻深一点。",
    "北街的照相馆门口挂着一块木牌,写着雨天不营业。师傅姓程,他说雨天的光是别人的,不好意思借来用。",
)
LISTED = (
    ("渡口的第一班船", "陆小舟"),
    ("会记账的石榴树", "严冬青"),
    ("雨天不营业的照相馆", "罗旭"),
)


def read(lines: Sequence[str], between: str = "\n\n") -> ParsedIssue:
    return parse_dump(between.join(lines).encode(), source="front.txt")


def test_a_list_of_contents_needs_no_headline_of_its_own() -> None:
    lines = ["小纸船", "2001年第6期 总第54期 6月1日出版", "本期航线"]
    for page, section, (title, name) in zip(
        (2, 5, 8), ("故事屋", "开心谷", "问号港"), LISTED, strict=True
    ):
        lines += [f"★{section}", f"{page} {title}/{name}"]
    for section, (title, name), text in zip(
        ("故 事 屋", "开 心 谷", "问 号 港"), LISTED, TEXTS, strict=True
    ):
        lines += [f"★ ★ {section} ★ ★", title, name, text]
    parsed = read(lines)
    assert [a.title for a in parsed.articles] == [title for title, _ in LISTED]
    assert [a.page for a in parsed.articles] == [2, 5, 8]
    assert [a.section for a in parsed.articles] == ["故事屋", "开心谷", "问号港"]
    assert parsed.issue.date == "2001-06-01"


@pytest.mark.parametrize(
    "date", ["中华民国二十五年四月八日", "中華民國二十五年四月八日", "民国25年4月8日"]
)
def test_a_date_of_the_republic_is_read_in_the_common_calendar(date: str) -> None:
    title, name = LISTED[0]
    lines = ["瀾江民報", f"{date} 星期三", "第一千一百二十七號", title, name, TEXTS[0]]
    issue = read(lines).issue
    assert (issue.date, issue.year, issue.total_number) == ("1936-04-08", 1936, 1127)


def test_a_marked_deck_below_a_headline_is_its_subtitle() -> None:
    dateline = "〔本報特訊〕瀾江鐵橋自前年九月興工以來,歷時十有九月,昨日下午三時合龍,觀者數萬人,江中帆檣為之一空。"
    lines = ["瀾江鐵橋昨日合龍", "▲本月下旬可試行車輛", dateline]
    (article,) = read(lines, "\n").articles
    assert (article.title, article.subtitle) == (lines[0], lines[1][1:])


def test_who_told_a_text_and_who_wrote_it_down() -> None:
    lines = [LISTED[0][0], "翁水根 口述  葛 存 整理", TEXTS[0]]
    (article,) = read(lines).articles
    assert [a.name for a in article.authors] == ["翁水根", "葛存"]
