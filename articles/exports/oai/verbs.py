"""The six verbs: each takes its arguments and gives its template's values.

Raises the errors of the protocol; ``answer`` turns them into an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Min

from articles.exports.atom import LONG_AGO
from articles.exports.oai import errors
from articles.exports.oai.arguments import read_arguments
from articles.exports.oai.records import Source, datestamp, find_record, list_records
from articles.exports.oai.sets import list_sets
from articles.exports.oai.tokens import Token, read_token
from articles.exports.render import render_xml
from articles.models import Article

PREFIX = "oai_dc"
PAGE = 100


@dataclass(frozen=True)
class Repository:
    """``url`` is where it is asked; ``email`` that of a person."""

    name: str
    url: str
    email: str
    source: Source


Values = dict[str, Any]


def answer(sent: Mapping[str, list[str]], repository: Repository) -> bytes:
    """The whole XML document, also for an error."""
    arguments: dict[str, str] = {}
    try:
        arguments = read_arguments(sent)
        values = _VERBS[arguments["verb"]](arguments, repository)
        template = arguments["verb"]
    except errors.OaiError as error:
        template, values = "error", {"code": error.code, "message": str(error)}
        if isinstance(error, errors.UNREADABLE):
            arguments = {}
    common = {
        "now": datestamp(datetime.now(UTC)),
        "repository": repository,
        "arguments": arguments,
    }
    return render_xml(f"exports/oai/{template}.xml", {**common, **values})


def _identify(arguments: dict[str, str], repository: Repository) -> Values:
    first = Article.objects.aggregate(first=Min("modified"))["first"]
    return {"earliest": datestamp(first or LONG_AGO)}


def _formats(arguments: dict[str, str], repository: Repository) -> Values:
    if "identifier" in arguments:
        record = find_record(arguments["identifier"], repository.source)
        if record.deleted:
            raise errors.NoMetadataFormats("this record was withdrawn")
    return {}


def _sets(arguments: dict[str, str], repository: Repository) -> Values:
    _, after, cursor = _resumed(arguments)
    sets = list_sets(after, PAGE + 1)
    if not sets and not after:
        raise errors.NoSetHierarchy("there are no sets yet")
    shown = sets[:PAGE]
    more = [shown[-1].table, shown[-1].pk] if len(sets) > PAGE else []
    return {"sets": shown, **_continued("ListSets", {}, more, cursor, len(shown))}


def _records(arguments: dict[str, str], repository: Repository) -> Values:
    """Of both lists: the template of ListIdentifiers prints the headers only."""
    wanted, after, cursor = _resumed(arguments)
    if wanted["metadataPrefix"] != PREFIX:
        raise errors.CannotDisseminateFormat(f"the only format is {PREFIX}")
    records, more = list_records(wanted, after, PAGE, repository.source)
    going_on = _continued(arguments["verb"], wanted, more, cursor, len(records))
    return {"records": records, **going_on}


def _record(arguments: dict[str, str], repository: Repository) -> Values:
    if arguments["metadataPrefix"] != PREFIX:
        raise errors.CannotDisseminateFormat(f"the only format is {PREFIX}")
    return {"record": find_record(arguments["identifier"], repository.source)}


def _resumed(arguments: dict[str, str]) -> tuple[dict[str, str], list[str | int], int]:
    """What the list was asked for, the last row given, and how many were."""
    if text := arguments.get("resumptionToken"):
        token = read_token(text, arguments["verb"])
        return token.arguments, token.after, token.cursor
    return {name: arguments[name] for name in arguments if name != "verb"}, [], 0


def _continued(
    verb: str, wanted: dict[str, str], more: list[str | int], cursor: int, shown: int
) -> Values:
    """The last page of a list that has several carries an empty token."""
    token = str(Token(verb, wanted, more, cursor + shown)) if more else ""
    return {"token": token, "cursor": cursor, "in_parts": bool(more or cursor)}


_VERBS: dict[str, Callable[[dict[str, str], Repository], Values]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "ListIdentifiers": _records,
    "ListRecords": _records,
    "GetRecord": _record,
}
