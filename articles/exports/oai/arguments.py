"""A request, checked against what its verb allows.

In: the arguments as sent, each possibly several times.  Out: each once.
Raises BadVerb or BadArgument.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from articles.exports.oai.errors import BadArgument, BadVerb

SECONDS = "%Y-%m-%dT%H:%M:%SZ"
DAYS = "%Y-%m-%d"
# What the protocol's schema lets an argument be; an answer repeats it.
_WORD = r"[A-Za-z0-9\-_.!~*'()]+"
_FORMS = {"set": re.compile(f"{_WORD}(:{_WORD})*"), "metadataPrefix": re.compile(_WORD)}
_ANYTHING = re.compile(r".+", re.DOTALL)
_DATESTAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)


@dataclass(frozen=True)
class Rule:
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    resumable: bool = False


LIST = Rule(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), True)
VERBS = {
    "Identify": Rule(),
    "ListMetadataFormats": Rule(optional=frozenset({"identifier"})),
    "ListSets": Rule(resumable=True),
    "ListIdentifiers": LIST,
    "ListRecords": LIST,
    "GetRecord": Rule(frozenset({"identifier", "metadataPrefix"})),
}


def read_arguments(sent: Mapping[str, list[str]]) -> dict[str, str]:
    """With ``verb``; a resumption token comes alone."""
    verb = _verb(sent.get("verb", []))
    given = {name: values for name, values in sent.items() if name != "verb"}
    rule = VERBS[verb]
    if rule.resumable and "resumptionToken" in given:
        rule = Rule(frozenset({"resumptionToken"}))
    for name, values in given.items():
        if name not in rule.required | rule.optional:
            raise BadArgument(f"{verb} has no argument {name} here")
        if len(values) > 1:
            raise BadArgument(f"{name} is given {len(values)} times")
        if not _FORMS.get(name, _ANYTHING).fullmatch(values[0]):
            raise BadArgument(f"{name} is not in its form")
    if missing := sorted(rule.required - given.keys()):
        raise BadArgument(f"{verb} needs {', '.join(missing)}")
    return {"verb": verb, **{name: values[0] for name, values in given.items()}}


def _verb(values: list[str]) -> str:
    if len(values) != 1:
        raise BadVerb("give one verb")
    if values[0] not in VERBS:
        raise BadVerb(f"the verbs are {', '.join(VERBS)}")
    return values[0]


def read_range(arguments: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """``from``, and the first moment after ``until``.  Raises BadArgument."""
    start, end = arguments.get("from"), arguments.get("until")
    if start and end and len(start) != len(end):
        raise BadArgument("from and until differ in granularity")
    first = _moment("from", start) if start else None
    last = _moment("until", end) if end else None
    if first and last and first > last:
        raise BadArgument("from is later than until")
    return first, last and _after(last, end or "")


def _moment(name: str, text: str) -> datetime:
    if not _DATESTAMP.fullmatch(text):
        raise BadArgument(
            f"{name} is no date such as 2021-05-10 or 2021-05-10T08:00:00Z"
        )
    try:
        moment = datetime.strptime(text, SECONDS if "T" in text else DAYS)
    except ValueError:
        raise BadArgument(f"{name} is no day or time that exists") from None
    return moment.replace(tzinfo=UTC)


def _after(moment: datetime, text: str) -> datetime | None:
    """``until`` is inclusive: the whole second, the whole day.  None: no end at all."""
    try:
        return moment + (timedelta(seconds=1) if "T" in text else timedelta(days=1))
    except OverflowError:
        return None
