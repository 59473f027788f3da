"""The harvesters' door, asked as a harvester asks and as the protocol's examples do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import requests
from django.test import Client
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from articles.exports.oai import verbs
from articles.models import Article, Decision
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.clients]

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
Ask = Callable[..., ElementTree.Element]


@pytest.fixture
def ask(client: Client) -> Ask:
    def ask(**arguments: str) -> ElementTree.Element:
        # "from" is a word of Python's
        sent = {name.rstrip("_"): value for name, value in arguments.items()}
        response = client.get("/oai", sent)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        return ElementTree.fromstring(response.content)

    return ask


@pytest.fixture
def sickle(client: Client, monkeypatch: pytest.MonkeyPatch) -> Sickle:
    """A real harvester whose requests reach the views without a network."""

    def get(url: str, params: dict[str, str], **options: object) -> requests.Response:
        answer = client.get("/oai", params)
        response = requests.Response()
        response.status_code, response._content = answer.status_code, answer.content
        response.encoding = "utf-8"
        return response

    monkeypatch.setattr(requests, "get", get)
    return Sickle("http://testserver/oai")


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "PAGE", 3)


def error(answer: ElementTree.Element) -> str:
    return answer.find(f"{OAI}error").get("code")


def identifiers(answer: ElementTree.Element) -> list[str]:
    return [one.text for one in answer.iter(f"{OAI}identifier")]


def ids(articles: list[Article]) -> set[str]:
    return {f"oai:testserver:{article.public_id}" for article in articles}


def changed_at(article: Article, moment: datetime) -> None:
    Article.objects.filter(pk=article.pk).update(modified=moment)


def test_a_harvest_is_what_the_tables_hold(sickle: Sickle, small_pages: None) -> None:
    articles = [make.make_article(authors=["王军", "李明"]) for _ in range(10)]
    Article.objects.filter(pk=articles[0].pk).update(withdrawn=True)
    records = list(sickle.ListRecords(metadataPrefix="oai_dc"))
    assert len(records) == 10
    assert {record.header.identifier for record in records} == ids(articles)
    assert [r.header.identifier for r in records if r.deleted] == list(
        ids(articles[:1])
    )
    living = next(r for r in records if r.header.identifier in ids(articles[1:2]))
    assert living.metadata["creator"] == ["王军", "李明"]
    assert living.metadata["title"] == [articles[1].title]
    assert living.metadata["identifier"] == [
        f"http://testserver/articles/{articles[1].public_id}/"
    ]
    headers = {
        header.identifier for header in sickle.ListIdentifiers(metadataPrefix="oai_dc")
    }
    assert headers == ids(articles)


@pytest.mark.parametrize("few", [0, 2000])
def test_a_set_is_its_articles(
    sickle: Sickle, small_pages: None, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Whether the set is gathered first or met on the way."""
    from articles.exports.oai import sets

    monkeypatch.setattr(sets, "FEW", few)
    one, other = make.make_issue(), make.make_issue()
    topic = make.make_topic("水利")
    mine = [make.make_article(one, topics=[topic] if n % 2 else []) for n in range(7)]
    theirs = make.make_article(other, topics=[topic])
    declined = make.make_article(other)
    make.give_topic(declined, topic, Decision.DECLINED)

    def harvest(spec: str) -> set[str]:
        found = sickle.ListRecords(metadataPrefix="oai_dc", set=spec)
        return {record.header.identifier for record in found}

    assert harvest(f"publication_{one.publication.slug}") == ids(mine)
    assert harvest(f"topic_{topic.slug}") == ids([*mine[1::2], theirs])


def test_every_set_is_listed_and_named_in_headers(
    sickle: Sickle, small_pages: None
) -> None:
    topics = [make.make_topic() for _ in range(4)]
    issues = [make.make_issue() for _ in range(4)]
    make.make_article(issues[0], topics=topics[:2])
    listed = {one.setSpec for one in sickle.ListSets()}
    assert listed == {
        *(f"publication_{issue.publication.slug}" for issue in issues),
        *(f"topic_{topic.slug}" for topic in topics),
    }
    [record] = sickle.ListRecords(metadataPrefix="oai_dc")
    assert set(record.header.setSpecs) == {
        f"publication_{issues[0].publication.slug}",
        *(f"topic_{topic.slug}" for topic in topics[:2]),
    }
    assert all(re.fullmatch(r"[A-Za-z0-9_.!~*'()-]+", spec) for spec in listed)


def test_dates_are_inclusive_to_the_second_and_the_day(ask: Ask) -> None:
    noon = datetime(2024, 3, 5, 12, 0, 0, tzinfo=UTC)
    articles = [make.make_article() for _ in range(4)]
    for article, seconds in zip(articles, (-1, 0, 0.9, 1), strict=True):
        changed_at(article, noon + timedelta(seconds=seconds))

    def found(**dates: str) -> set[str]:
        return set(
            identifiers(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", **dates))
        )

    assert found(from_="2024-03-05T12:00:00Z") == ids(articles[1:])
    assert found(until="2024-03-05T12:00:00Z") == ids(articles[:3])
    at = {"from_": "2024-03-05T12:00:00Z", "until": "2024-03-05T12:00:00Z"}
    assert found(**at) == ids(articles[1:3])
    assert found(from_="2024-03-05", until="2024-03-05") == ids(articles)
    assert found(until="9999-12-31") == ids(articles)


def test_what_changes_during_a_harvest_is_not_lost(ask: Ask, small_pages: None) -> None:
    articles = [make.make_article() for _ in range(7)]
    first = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    got = set(identifiers(first))
    # One that was given already and one that was not both change, and one is new.
    Article.objects.filter(pk__in=[articles[0].pk, articles[5].pk]).touch()
    articles.append(make.make_article())
    answer = first
    while token := answer.find(f".//{OAI}resumptionToken").text:
        answer = ask(verb="ListIdentifiers", resumptionToken=token)
        got |= set(identifiers(answer))
    assert got == ids(articles)


def test_the_same_moment_is_no_trap_for_a_token(ask: Ask, small_pages: None) -> None:
    """An import of many articles gives all of them one datestamp."""
    articles = [make.make_article() for _ in range(8)]
    Article.objects.update(modified=datetime(2024, 3, 5, 12, 0, 0, 123456, tzinfo=UTC))
    answer = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    got = identifiers(answer)
    cursors = []
    while (token := answer.find(f".//{OAI}resumptionToken")).text:
        cursors.append(token.get("cursor"))
        answer = ask(verb="ListIdentifiers", resumptionToken=token.text)
        got += identifiers(answer)
    assert sorted(got) == sorted(ids(articles))
    assert cursors == ["0", "3"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=x", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-02-30", "badArgument"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&from=2024-05-01&until=2024-04-01",
            "badArgument",
        ),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-04-01T00:00:00Z",
            "badArgument",
        ),
        ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        (
            "verb=GetRecord&metadataPrefix=marc21&identifier=oai:testserver:x",
            "cannotDisseminateFormat",
        ),
        (
            "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:x",
            "idDoesNotExist",
        ),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%00", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=nonsense", "idDoesNotExist"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=topic_none", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=%00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai%20dc", "badArgument"),
    ],
)
def test_every_mistake_has_the_code_of_the_protocol(
    client: Client, query: str, code: str
) -> None:
    make.make_article()
    answer = ElementTree.fromstring(client.get(f"/oai?{query}").content)
    assert error(answer) == code
    repeats = answer.find(f"{OAI}request").attrib
    assert (not repeats) == (code in ("badVerb", "badArgument"))


def test_without_any_set_there_is_no_hierarchy(ask: Ask) -> None:
    assert error(ask(verb="ListSets")) == "noSetHierarchy"
    asked = ask(verb="ListRecords", metadataPrefix="oai_dc", set="topic_x")
    assert error(asked) == "noSetHierarchy"


def test_a_token_is_of_its_verb_and_whole(ask: Ask, small_pages: None) -> None:
    for _ in range(4):
        make.make_article()
    answer = ask(verb="ListRecords", metadataPrefix="oai_dc")
    token = answer.find(f".//{OAI}resumptionToken").text
    assert (
        error(ask(verb="ListIdentifiers", resumptionToken=token))
        == "badResumptionToken"
    )
    assert (
        error(ask(verb="ListRecords", resumptionToken=token[:-1]))
        == "badResumptionToken"
    )


def test_a_withdrawn_article_is_a_deleted_record_without_a_word_of_it(
    client: Client, ask: Ask
) -> None:
    article = make.make_article(title="不再示人", withdrawn=True)
    [identifier] = ids([article])
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier)
    assert answer.find(f".//{OAI}header").get("status") == "deleted"
    assert answer.find(f".//{OAI}metadata") is None
    page = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    assert "不再示人" not in page
    formats = ask(verb="ListMetadataFormats", identifier=identifier)
    assert error(formats) == "noMetadataFormats"


def test_withdrawing_and_every_other_write_moves_the_datestamp() -> None:
    article = make.make_article()
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)

    def moved(write: Callable[[Article], object]) -> bool:
        changed_at(article, long_ago)
        write(Article.objects.get(pk=article.pk))
        return Article.objects.get(pk=article.pk).modified > long_ago

    def set_title(row: Article) -> Article:
        row.title = "新题"
        return row

    assert moved(lambda row: row.save())
    assert moved(lambda row: row.save(update_fields=["withdrawn"]))
    assert moved(lambda row: Article.objects.filter(pk=row.pk).update(withdrawn=True))
    assert moved(lambda row: Article.objects.bulk_update([set_title(row)], ["title"]))
    assert not moved(lambda row: row.save(update_fields=[]))


def test_hostile_text_stays_text(ask: Ask, client: Client) -> None:
    make.make_article(
        title="</dc:title><x>&\x0b]]>", authors=['"><script>'], source_credit="\x1b"
    )
    answer = ask(verb="ListRecords", metadataPrefix="oai_dc")
    assert answer.find(f".//{DC}title").text == "</dc:title><x>&]]>"
    assert answer.find(f".//{DC}creator").text == '"><script>'
    asked = client.get("/oai", {"verb": "ListSets", "resumptionToken": '"><x>\x00'})
    assert error(ElementTree.fromstring(asked.content)) == "badResumptionToken"


def test_harvesters_may_post(client: Client) -> None:
    make.make_article()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert b"<record>" in answer.content


def test_identify_says_what_the_schema_wants(ask: Ask) -> None:
    article = make.make_article()
    changed_at(article, datetime(2024, 3, 5, 12, 0, 0, 999999, tzinfo=UTC))
    answer = ask(verb="Identify").find(f"{OAI}Identify")
    assert [one.tag.removeprefix(OAI) for one in answer] == [
        "repositoryName",
        "baseURL",
        "protocolVersion",
        "adminEmail",
        "earliestDatestamp",
        "deletedRecord",
        "granularity",
    ]
    assert answer.find(f"{OAI}earliestDatestamp").text == "2024-03-05T12:00:00Z"
    assert re.fullmatch(r"\S+@(\S+\.)+\S+", answer.find(f"{OAI}adminEmail").text)


def test_questions_do_not_grow_with_the_answers(
    client: Client, django_assert_max_num_queries: object
) -> None:
    topic = make.make_topic()

    def queries() -> int:
        with django_assert_max_num_queries(20) as seen:
            client.get(
                f"/oai?verb=ListRecords&metadataPrefix=oai_dc&set=topic_{topic.slug}"
            )
        return len(seen)

    for n in range(3):
        make.make_article(authors=[f"甲{n}"], topics=[topic])
    few = queries()
    for n in range(12):
        make.make_article(
            authors=[f"乙{n}", f"丙{n}"], topics=[topic, make.make_topic()]
        )
    assert queries() == few


def test_sickle_reports_an_empty_range(sickle: Sickle) -> None:
    make.make_article()
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="oai_dc", until="1999-01-01")
