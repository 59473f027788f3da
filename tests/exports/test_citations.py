"""The same article as GB/T 7714, BibTeX, RIS and CSL-JSON."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exports.citations import (
    Citation,
    Name,
    as_bibtex,
    as_csl_json,
    as_gbt7714,
    as_ris,
)
from articles.exports.citations.record import certain_date, cite
from articles.exports.page_meta import highwire_tags, json_ld, link_header
from articles.exports.plain import one_line, whole_name, xml_text
from articles.models import AuthorKind, IssueKind, PublicationKind
from tests import factories as make

READ_ON = date(2026, 11, 20)


def citation(**fields: Any) -> Citation:
    known = {
        "id": "k3v9",
        "base": "https://reading.example.org",
        "path": "/articles/k3v9/",
        "issue_path": "/issues/heshi/2021/5/",
        "publication_path": "/issues/heshi/",
        "title": "槐下棋局",
        "authors": (Name("苏若川", True, "/authors/su-ruochuan/"),),
        "newspaper": False,
        "publication": "河石月刊",
        "issn": "",
        "language": "zh-Hans",
        "year": 2021,
        "volume": None,
        "number": 5,
        "total_number": 212,
        "date": (2021, 5, 10),
        "page": 4,
        "section": "乡野",
        "topics": ("民俗",),
        "state": "机器识别文本，未经校对",
    }
    return Citation(**{**known, **fields})


def names(*listed: str) -> tuple[Name, ...]:
    return tuple(Name(name, True, "/authors/x/") for name in listed)


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({}, "苏若川. 槐下棋局[J]. 河石月刊, 2021(5): 4."),
        ({"volume": 12}, "苏若川. 槐下棋局[J]. 河石月刊, 2021, 12(5): 4."),
        ({"number": None}, "苏若川. 槐下棋局[J]. 河石月刊, 2021(总212): 4."),
        (
            {"number": None, "total_number": None, "page": None},
            "苏若川. 槐下棋局[J]. 河石月刊, 2021-05-10.",
        ),
        ({"authors": ()}, "槐下棋局[J]. 河石月刊, 2021(5): 4."),
        (
            {"authors": names("甲", "乙", "丙", "丁")},
            "甲, 乙, 丙, 等. 槐下棋局[J]. 河石月刊, 2021(5): 4.",
        ),
        ({"publication": ""}, "苏若川. 槐下棋局[J]. [刊名不详], 2021(5): 4."),
        ({"newspaper": True}, "苏若川. 槐下棋局[N]. 河石月刊, 2021-05-10(4)."),
        (
            {
                "newspaper": True,
                "publication": "",
                "date": (),
                "year": None,
                "page": None,
            },
            "苏若川. 槐下棋局[N]. [报名不详].",
        ),
    ],
)
def test_reference_of_the_printed_page(fields: dict[str, Any], printed: str) -> None:
    assert as_gbt7714(citation(**fields)) == printed


def test_reference_of_the_page_here_has_mark_day_and_address() -> None:
    assert as_gbt7714(citation(), read_on=READ_ON) == (
        "苏若川. 槐下棋局[J/OL]. 河石月刊, 2021(5): 4[2026-11-20]. "
        "https://reading.example.org/articles/k3v9/."
    )
    paper = as_gbt7714(citation(newspaper=True), read_on=READ_ON)
    assert "[N/OL]. 河石月刊, 2021-05-10(4)[2026-11-20]. https://" in paper


def test_bibtex_keeps_the_day_and_each_name_whole() -> None:
    text = as_bibtex(citation(authors=names("王军", "李明")))
    assert "author = {{王军} and {李明}}," in text
    assert "date = {2021-05-10}," in text
    assert "number = {5}," in text


def test_ris_has_one_author_a_line() -> None:
    lines = as_ris(citation(authors=names("王军", "李明"))).split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    assert [line for line in lines if line.startswith("AU")] == [
        "AU  - 王军",
        "AU  - 李明",
    ]
    assert "DA  - 2021/05/10/" in lines


def test_csl_names_are_literal() -> None:
    [item] = json.loads(as_csl_json(citation()))
    assert item["author"] == [{"literal": "苏若川"}]
    assert item["issued"] == {"date-parts": [[2021, 5, 10]]}
    assert item["type"] == "article-journal"


def test_a_newspaper_is_one_in_every_form() -> None:
    paper = citation(newspaper=True)
    assert as_ris(paper).startswith("TY  - NEWS")
    assert json.loads(as_csl_json(paper))[0]["type"] == "article-newspaper"
    assert "entrysubtype = {newspaper}" in as_bibtex(paper)
    assert '"@type": "NewsArticle"' in json_ld(paper)


HOSTILE = st.text(
    st.sampled_from("甲 王\r\n\t\x00\x0b\x85\u2028{}\\$%&#_~^,;<>\"'@=-—TYERAU"),
    max_size=40,
)


@given(title=HOSTILE, name=HOSTILE)
def test_no_text_can_begin_a_field_or_leave_its_own(title: str, name: str) -> None:
    one = citation(
        title=one_line(title) or "甲", authors=names(whole_name(name) or "甲")
    )
    plain = citation(title="甲", authors=names("甲"))
    assert [line[:6] for line in as_ris(one).split("\r\n")] == [
        line[:6] for line in as_ris(plain).split("\r\n")
    ]
    assert as_bibtex(one).count("\n") == as_bibtex(plain).count("\n")
    assert balanced(as_bibtex(one))
    assert json.loads(as_csl_json(one))[0]["title"] == one.title
    assert not {"<", ">", "&"} & set(json_ld(one))
    assert json.loads(json_ld(one))["headline"] == one.title


def balanced(text: str) -> bool:
    """As BibTeX counts: every brace, also one after a backslash."""
    depth = 0
    for c in text:
        depth += (c == "{") - (c == "}")
        if depth < 0:
            return False
    return depth == 0


@given(st.text())
def test_xml_text_is_what_xml_carries(text: str) -> None:
    from xml.etree import ElementTree

    kept = xml_text(text)
    escaped = kept.replace("&", "&amp;").replace("<", "&lt;")
    assert ElementTree.fromstring(f"<a>{escaped}</a>".encode()) is not None
    assert xml_text(kept) == kept


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("王 军", "王军"),
        ("王　军", "王军"),
        ("Mary  Wells", "Mary Wells"),
        ("阿依 · 古丽", "阿依·古丽"),
    ],
)
def test_a_chinese_name_has_no_inner_space(printed: str, whole: str) -> None:
    assert whole_name(printed) == whole


@pytest.mark.parametrize(
    ("edtf", "sure"),
    [
        ("2021-05-10", (2021, 5, 10)),
        ("2021-05", (2021, 5)),
        ("2021", (2021,)),
        ("2021?", (2021,)),
        ("2021-05-1X", (2021, 5)),
        ("2021-XX", (2021,)),
        ("202X", ()),
        ("2021-21", (2021,)),
        ("2021-05-10/2021-05-12", (2021, 5, 10)),
        ("", ()),
    ],
)
def test_a_date_says_no_more_than_is_certain(edtf: str, sure: tuple[int, ...]) -> None:
    assert certain_date(edtf) == sure


# Zotero's "Embedded Metadata" divides a name at ";", at "," and at spaces.
@given(st.lists(HOSTILE.map(whole_name).filter(bool), max_size=4))
def test_highwire_has_one_tag_a_name_that_zotero_leaves_whole(
    listed: list[str],
) -> None:
    tags = highwire_tags(citation(authors=names(*listed)))
    authors = [content for name, content in tags if name == "citation_author"]
    assert len(authors) == len(listed)
    assert not any(set(author) & {",", ";"} for author in authors)


def test_highwire_has_what_zotero_reads() -> None:
    tags = dict(highwire_tags(citation()))
    assert tags == {
        "citation_title": "槐下棋局",
        "citation_author": "苏若川",
        "citation_journal_title": "河石月刊",
        "citation_publication_date": "2021/05/10",
        "citation_issue": "5",
        "citation_firstpage": "4",
        "citation_language": "zh-Hans",
        "citation_fulltext_html_url": "https://reading.example.org/articles/k3v9/",
    }


def test_link_header_is_read_by_a_real_parser() -> None:
    from requests.utils import parse_header_links

    links = parse_header_links(link_header(citation()))
    by_rel: dict[str, list[dict[str, str]]] = {}
    for link in links:
        by_rel.setdefault(link["rel"], []).append(link)
    assert by_rel["cite-as"][0]["url"] == "https://reading.example.org/articles/k3v9/"
    assert by_rel["collection"][0]["url"].endswith("/issues/heshi/2021/5/")
    assert [link["url"].rpartition(".")[2] for link in by_rel["describedby"]] == [
        "ris",
        "bib",
        "json",
        "json",
    ]
    assert {link["type"] for link in by_rel["item"]} == {
        "text/plain",
        "application/epub+zip",
    }


@pytest.mark.django_db
def test_a_citation_says_what_the_rows_say() -> None:
    issue = make.make_issue(
        make.make_publication("河石日报", languages="zh-Hant, en", issn="1234-567X"),
        kind=IssueKind.NEWSPAPER_PAGE,
        date="2021-05-10",
        number=None,
        key="2021/05-10",
    )
    article = make.make_article(
        issue, title="槐下\n棋局", subtitle="——一个村的下午", authors=["王 军"], page=2
    )
    one = cite(article)
    assert one.title == "槐下 棋局：一个村的下午"
    assert [author.name for author in one.authors] == ["王军"]
    assert (one.newspaper, one.language, one.issn) == (True, "zh-Hant", "1234-567X")
    assert (
        as_gbt7714(one) == "王军. 槐下 棋局：一个村的下午[N]. 河石日报, 2021-05-10(2)."
    )


@pytest.mark.django_db
def test_what_is_unidentified_is_not_called_a_title() -> None:
    publication = make.make_publication("未识别", kind=PublicationKind.UNIDENTIFIED)
    article = make.make_article(make.make_issue(publication))
    assert cite(article).publication == ""


@pytest.mark.django_db
def test_an_organisation_is_no_person() -> None:
    article = make.make_article(authors=["河石市图书馆"])
    author = article.authorships.get().author
    author.kind = AuthorKind.ORGANIZATION
    author.save()
    assert not cite(article).authors[0].person
