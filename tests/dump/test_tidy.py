"""Printed text to reading text: what must change and, above all, what must not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.dump import BlockRole, apply_changes, joined_text, tidy, tidy_headline
from articles.dump.tidy import reading_text, tidy_block

CHANGED = [
    ("坚持问题导向,狠抓落实", "坚持问题导向，狠抓落实"),
    ("一是抓学习;二是抓落实", "一是抓学习；二是抓落实"),
    ("会议指出:要抓紧", "会议指出：要抓紧"),
    ("怎么办?大家说!", "怎么办？大家说！"),
    ("增长3.5%,其中工业增长2%", "增长3.5%，其中工业增长2%"),
    ("人均GDP,以及其他", "人均GDP，以及其他"),
    ("(一)强化领导", "（一）强化领导"),
    ("国内生产总值(GDP)增长", "国内生产总值（GDP）增长"),
    ("GDP(国内生产总值)增长", "GDP（国内生产总值）增长"),
    ("(作者单位:某某学院)", "（作者单位：某某学院）"),
    ("优化服 务质量与可 持续性", "优化服务质量与可持续性"),
    ("他说 :好", "他说：好"),
    ("2021 年 4 月 1 日", "2021年4月1日"),
    ("不超过２５００字", "不超过2500字"),
    ("达到９５％以上", "达到95%以上"),
    ("管理 and 保护工作", "管理和保护工作"),
    ("管理and保护工作", "管理和保护工作"),
    (r"有$19\%$的受访者", "有19%的受访者"),
    (r"浓度为$35\mu\text{g}/\text{m}^3$", "浓度为35μg/m³"),
    (r"面积$5\times 10^{4}$亩", "面积5×10⁴亩"),
    (r"气温$25^{\circ}\text{C}$", "气温25℃"),
    (r"CO$_2$排放$\leq 3$吨", "CO₂排放≤3吨"),
    ("**加强领导。**各级要", "加强领导。各级要"),
    ("## 一、背景", "一、背景"),
    ("网址:<http://www.example.cn/a>", "网址：http://www.example.cn/a"),
    ("邮箱:[a@b.cn](mailto:a@b.cn)", "邮箱：a@b.cn"),
    ('提出"三个坚持"要求', "提出“三个坚持”要求"),
    ("市委政研室<改革办>副主任", "市委政研室〈改革办〉副主任"),
    ("走过的路...都是路", "走过的路……都是路"),
    ("某市--某县公路", "某市——某县公路"),
    ("一月~三月", "一月～三月"),
    ("要抓 ,要管", "要抓，要管"),
    (r"比重为12\%", "比重为12%"),
    ("A4纸,双面打印", "A4纸，双面打印"),
    ("第1版:要闻", "第1版：要闻"),
    ("(2021年)全年", "（2021年）全年"),
    ("“学习强国”,平台", "“学习强国”，平台"),
    ("为何?(上)", "为何？（上）"),
]

KEPT = [
    "增长3.5个百分点", "上午10:30开会", "比例为3:2", "1,234人", "12,345,678元", "3.14159",
    "电话：(0356)2199492", "电话：0356-2199492", "传真：(010)6600-1234", "400-800-1234",
    "http://www.example.cn/a?b=1,2", "https://a.cn/x;y:z", "ftp://a.cn:21/b", "www.example.cn",
    "zhang.san@mail.example.cn", "a,b@c.cn", "research and development", "Black and White",
    "He said, “Go!”", "the end; a start", "f(x)=2", "if (a>b) {c=1;}", "print(a, b)", "a[0]=1,b[1]=2",
    "x = y; y = z", "$100", "AI 技术", "5G 网络", "PM2.5", "Vol.12 No.3", "GB/T 7714-2015",
    "C++", "A/B", "4G/5G", "24×7", "1+1=2", "-3℃", "16℃～24℃", "2003-09-02", "2021.5.10",
    "12:00-13:30", "ISBN 978-7-100-00000-0", "ISSN 1000-0001", "No.5", "v1.2.3", "e.g.", "i.e.",
    "本报讯 六月八日", "新华社北京5月1日电 记者", "[1] 某某.某志[M].某市:某社,1998:41-57"[:3],
    "(1)", "1.5:1", "0.5‰", "(a)", "x,y,z", "a:b:c", "10:00:05", "3.0/4.0", "《论语》", "“好”", "……",
    "——", "·", "某某·某某", "℃", "①", "Ⅲ类", "㎡", "「徵文」", "『某』", "〔2018〕12号", "50%~60%",
    "5~8月", "C:\\dir\\a.txt", "/usr/bin", "#define A", "a_b_c", "user@host:~", "key=value;k2=v2",
]  # fmt: skip


@pytest.mark.parametrize(("printed", "wanted"), CHANGED)
def test_a_slip_of_the_page_is_put_right(printed: str, wanted: str) -> None:
    reading, changes = tidy(printed)
    assert reading == wanted
    assert apply_changes(printed, changes) == wanted
    assert all(change.rule for change in changes)


@pytest.mark.parametrize("printed", KEPT)
def test_numbers_addresses_latin_and_code_keep_their_marks(printed: str) -> None:
    assert tidy(printed) == (printed, ())


def test_there_are_enough_traps() -> None:
    assert len(KEPT) + len(CHANGED) >= 80


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("王 军  李小明", "王军 李小明"),
        ("◎ 王 军", "◎王军"),
        ("2021 年 4 月 要 事 录", "2021年4月要事录"),
        ("城乡融合 产城融合", "城乡融合 产城融合"),
        ("# 我在桥上等你", "我在桥上等你"),
        ("文／冯立夏  邱 珂", "文／冯立夏 邱珂"),
        ("目　录", "目录"),
    ],
)
def test_headlines_keep_the_blanks_that_divide(printed: str, wanted: str) -> None:
    reading, changes = tidy_headline(printed)
    assert reading == wanted
    assert apply_changes(printed, changes) == wanted


def test_a_character_doubled_at_a_break_is_dropped() -> None:
    lines = ["要把各种技艺交叉融合发展的经济社会", "会主义建设搞好。"]
    assert "社会会" not in tidy_block(BlockRole.PARAGRAPH, lines)[0]
    assert (
        tidy_block(BlockRole.PARAGRAPH, ["他走了，", "，又回来。"])[0]
        == "他走了，又回来。"
    )


def test_a_word_that_is_doubled_on_purpose_stays() -> None:
    assert (
        tidy_block(BlockRole.PARAGRAPH, ["这里的人", "人都说好。"])[0]
        == "这里的人人都说好。"
    )


@pytest.mark.parametrize(
    ("role", "wanted"),
    [
        (BlockRole.PARAGRAPH, "甲乙"),
        (BlockRole.VERSE, "甲\n乙"),
        (BlockRole.LIST_ITEM, "甲\n乙"),
        (BlockRole.HEADING, "甲\n乙"),
        (BlockRole.TITLE, "甲 乙"),
        (BlockRole.AFFILIATION, "甲乙"),
    ],
)
def test_lines_are_joined_as_their_role_wants(role: BlockRole, wanted: str) -> None:
    assert joined_text(role, ["\u3000\u3000甲 ", "乙  "]) == wanted


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet='中文好，,;:()（）“" .1a$\\_^{}*<>[]~-\n#and\u3000２％', max_size=60
    )
)
def test_the_changes_give_the_reading_text_exactly(printed: str) -> None:
    for rules in (tidy, tidy_headline):
        reading, changes = rules(printed)
        assert apply_changes(printed, changes) == reading
        at = 0
        for change in changes:
            assert at <= change.start <= change.end <= len(printed)
            at = change.end


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(BlockRole),
    st.lists(st.text(alphabet='中文会，,;("a1 .$*<２%\\_', max_size=30), max_size=4),
)
def test_the_text_without_a_log_is_the_same(role: BlockRole, lines: list[str]) -> None:
    assert reading_text(role, lines) == tidy_block(role, lines)[0]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="中文好，,;:()（）“ .1a*\n", max_size=60))
def test_tidying_twice_changes_nothing_more(printed: str) -> None:
    once = tidy(printed)[0]
    assert tidy(tidy(once)[0])[0] == tidy(once)[0]
