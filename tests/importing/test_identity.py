"""Which issue a dump is, from what it prints and what a person adds."""

from __future__ import annotations

from datetime import date

import pytest

from articles.dump import IssueKind
from articles.importing.edtf import check_edtf, first_day, more_precise
from articles.importing.errors import Contradiction
from articles.importing.identity import (
    NO_WISHES,
    Wishes,
    clean_title,
    identify,
    title_key,
)
from articles.importing.pinyin import person_slug, person_sort_key, slug, sort_key
from tests.importing.sheets import Sheet

PAGE = IssueKind.NEWSPAPER_PAGE


def key(wishes: Wishes = NO_WISHES, **issue: object) -> str:
    parsed, _ = Sheet(**issue).furniture("masthead", "刊头").build()
    return identify(parsed, wishes).key.replace(parsed.sha256[:8], "SHA")


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        ({}, "2021/5"),
        ({"date": "2021-05-10"}, "2021/5"),
        ({"number": None, "total_number": 212}, "2021/t212"),
        ({"number": None, "date": "2021-05"}, "2021/m05"),
        ({"number": None, "date": "2021-05-10"}, "2021/05-10"),
        ({"year": None, "number": None, "total_number": 212}, "undated/t212"),
        ({"year": None, "volume": 12, "number": 3}, "undated/v12-3"),
        ({"year": None}, "undated/SHA"),
        ({"number": None}, "undated/SHA"),
        ({"publication": None}, "undated/SHA"),
        ({"publication": "《 》"}, "undated/SHA"),
        ({"kind": PAGE, "number": None, "date": "2022-11-21"}, "2022/11-21"),
        ({"kind": PAGE, "number": None, "date": "2022-11"}, "undated/SHA"),
        ({"kind": PAGE, "number": 37, "year": 2014}, "2014/37"),
        ({"number": 99_999}, "undated/SHA"),  # a misreading
    ],
)
def test_the_key_says_what_is_known(issue: dict[str, object], expected: str) -> None:
    assert key(**issue) == expected


def test_options_fill_what_is_missing() -> None:
    wishes = Wishes("河石日报", "2023-10-18", page=2)
    blank = {"kind": PAGE, "publication": None, "year": None, "number": None}
    assert key(wishes, **blank) == "2023/10-18"
    assert key(Wishes(date="2021-05-10"), number=None, date="2021-05") == "2021/05-10"


@pytest.mark.parametrize(
    ("wishes", "issue", "both"),
    [
        (Wishes("河石月刊"), {}, ("槐下月刊", "河石月刊")),
        (Wishes(date="2022-05"), {}, ("2021", "2022-05")),
        (Wishes(date="2021-06"), {"date": "2021-05-10"}, ("2021-05-10", "2021-06")),
        (Wishes(page=3), {"kind": PAGE, "page": 2}, ("第2版", "第3版")),
    ],
)
def test_an_option_that_contradicts_the_print_is_refused_naming_both(
    wishes: Wishes, issue: dict[str, object], both: tuple[str, str]
) -> None:
    with pytest.raises(Contradiction) as caught:
        key(wishes, **issue)
    assert "a.txt" in str(caught.value)
    assert all(side in str(caught.value) for side in both)


def test_the_same_title_may_be_printed_in_many_ways() -> None:
    forms = ["河石月刊", "《河石月刊》", "河 石 月 刊", "河石　月刊\n"]
    assert len({title_key(form) for form in forms}) == 1
    assert {clean_title(form) for form in forms} == {"河石月刊"}
    assert clean_title("Puwan   Weekly") == "Puwan Weekly"


@pytest.mark.parametrize(
    ("issue", "day"),
    [
        ({"number": 5}, date(2021, 5, 1)),
        ({"number": 24}, date(2021, 1, 1)),
        ({"number": 5, "date": "2021-05-10"}, date(2021, 5, 10)),
        ({"number": None, "date": "2021-22"}, date(2021, 6, 1)),
        ({"year": None}, None),
    ],
)
def test_issues_are_sorted_by_their_first_day(
    issue: dict[str, object], day: date | None
) -> None:
    parsed, _ = Sheet(**issue).furniture("masthead", "刊头").build()
    assert identify(parsed).sort_date == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021", date(2021, 1, 1)),
        ("2021-05", date(2021, 5, 1)),
        ("2020-02-29", date(2020, 2, 29)),
        ("2021-21", date(2021, 3, 1)),
        ("202X", date(2020, 1, 1)),
        ("2021-XX-XX", date(2021, 1, 1)),
        ("2021-05-10~", date(2021, 5, 10)),
        ("2021-05-10/2021-06", date(2021, 5, 10)),
        ("1998/..", date(1998, 1, 1)),
    ],
)
def test_edtf_dates_are_read(text: str, day: date) -> None:
    assert check_edtf(text) == text
    assert first_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "x", "2021-13", "2021-02-29", "2021-00", "20210510", "2021-5", "二〇二一", "٢٠٢١",
     "2021-05-10/2021-05-01", "2021-05-10/2021-05-12", "0000", "2021-05-10\n"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        check_edtf(text)


def test_the_more_precise_date_wins_where_both_can_be_true() -> None:
    assert more_precise("2021", "2021-05-10") == "2021-05-10"
    assert more_precise("2021-05", "2021-05") == "2021-05"
    assert more_precise("2021-1", "2021-12") is None


@pytest.mark.parametrize(
    ("name", "key", "address"),
    [
        ("曾国藩", "zeng guo fan", "zeng-guofan"),
        ("翟志刚", "zhai zhi gang", "zhai-zhigang"),
        ("仇保兴", "qiu bao xing", "qiu-baoxing"),
        ("区少坤", "ou shao kun", "ou-shaokun"),
        ("单田芳", "shan tian fang", "shan-tianfang"),
        ("解缙", "xie jin", "xie-jin"),
        ("查良镛", "zha liang yong", "zha-liangyong"),
        ("任正非", "ren zheng fei", "ren-zhengfei"),
        ("盖叫天", "ge jiao tian", "ge-jiaotian"),
        ("尉迟恭", "yu chi gong", "yuchi-gong"),
        ("万俟卨", "mo qi xie", "moqi-xie"),
        ("欧阳修", "ou yang xiu", "ouyang-xiu"),
        ("John Smith", "john smith", "john-smith"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, key: str, address: str) -> None:
    assert (person_sort_key(name), person_slug(name)) == (key, address)


def test_traditional_words_are_read_as_words() -> None:
    assert slug("瀾江通訊") == slug("澜江通讯") == "lanjiang-tongxun"


def test_addresses_are_never_empty_and_always_fit() -> None:
    for text in ("♪", "！", "a", "长" * 400, "河石月刊"):
        assert 0 < len(slug(text, 60)) <= 60
        assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(sort_key("长" * 400)) <= 200
