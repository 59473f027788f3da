"""What an article's page is filled in with, kept from one reader to the next.

Setting an article costs ten times as long as reading what was set before.  So the first
reader's page leaves its values in the database, in the reader's language, with a digest
of all that they were made from: the program, and the time of the newest write of every
article that the page names (each act and import moves it, ``ArticleQuerySet.update``).
Values whose digest is no longer that of the collection are made again.  The digest is
taken before the articles are read, so values may be newer than it says and never older.

Nothing here depends on who asks, by which host name, or when: what does is put in by
``thaw`` or by the view.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection
from django.db.models import F, FilteredRelation, OuterRef, Q
from django.utils.safestring import SafeString

from articles.models import Article, Rendering
from articles.pages.prepared import Gathered, Prepared
from articles.pages.reading import NEAR
from articles.pages.stencil import Fixed, Value, escaped

# In place of scheme and host, and of the day; no citation has a control character.
BASE = "\x7f"
TODAY = date.max
_TODAY = f"[{TODAY.isoformat()}]. {BASE}"
# The values that name them: all of the words of a ``Citation``, which is on one line.
PASSING = ("head_elements", "citation_url", "reference", "link")

logger = logging.getLogger(__name__)

_neighbours = (
    Article.objects.published()
    .filter(
        issue=OuterRef("issue"),
        position__range=(OuterRef("position") - NEAR, OuterRef("position") + NEAR),
    )
    .in_printed_order()
)
_found = Prepared(
    lambda public_id, language: (
        Article.objects.published()
        .filter(public_id=public_id)
        .order_by()
        .annotate(
            kept=FilteredRelation(
                "renderings", condition=Q(renderings__language=language)
            ),
            seen=Gathered(_neighbours, "modified"),
        )
        .values_list("id", "seen", "kept__state", F("kept__values"))
    ),
    parameters=2,
)


@dataclass(frozen=True)
class Kept:
    """``values`` is None where they must be made; ``state`` is what to keep them by."""

    article: int
    language: str
    state: str
    values: bytes | None


def find_kept(public_id: str, language: str, program: str) -> Kept | None:
    """None for an article that readers do not see.  One question to the database.

    ``program``: which version of it would make the values.
    """
    rows = _found.rows(public_id, language)
    if not rows:
        return None
    article, seen, kept, values = rows[0]
    state = hashlib.sha256(f"{program} {seen}".encode()).hexdigest()[:40]
    return Kept(article, language, state, bytes(values) if kept == state else None)


def keep(kept: Kept, frozen: bytes) -> None:
    """Leaves it for the next reader, unless somebody is writing at this moment.

    A page is not worth waiting for an import, nor does it fail on a database that only
    answers questions (a standby): then the next reader's page is made anew.
    """
    row = Rendering(
        article_id=kept.article,
        language=kept.language,
        state=kept.state,
        values=frozen,
    )
    try:
        _without_waiting(row)
    except DatabaseError as reason:
        logger.debug("article %s was not kept: %s", kept.article, reason)


def _without_waiting(row: Rendering) -> None:
    patience = connection.settings_dict.get("OPTIONS", {}).get("timeout", 5)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA busy_timeout = 0")
    try:
        Rendering.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["article", "language"],
            update_fields=["state", "values"],
        )
    finally:
        if connection.vendor == "sqlite":
            wait = int(patience * 1000)
            connection.cursor().execute(f"PRAGMA busy_timeout = {wait}")


def freeze(values: Mapping[str, Value]) -> bytes:
    """Texts are escaped already when they are thawed.

    Which values there are, and how long, and then all texts in one: to cut it takes a
    tenth of the time that JSON takes to read them.
    """
    fixed, flags, texts = {}, {}, {}
    for name, value in values.items():
        if value.__class__ is Fixed:
            fixed[name] = value
        elif isinstance(value, str):
            texts[name] = escaped(value)
        else:
            flags[name] = bool(value)
    lengths = {name: len(text) for name, text in texts.items()}
    head = json.dumps([lengths, fixed, flags])
    return zlib.compress("\n".join([head, "".join(texts.values())]).encode(), 1)


def thaw(frozen: bytes, base: str, today: date) -> dict[str, Value]:
    head, _, rest = zlib.decompress(frozen).decode().partition("\n")
    lengths, fixed, values = json.loads(head)
    at = 0
    for name, length in lengths.items():
        values[name] = SafeString(rest[at : at + length])
        at += length
    for name in PASSING:
        values[name] = SafeString(_passing(values[name], base, today))
    for name, text in fixed.items():
        values[name] = Fixed(text)
    return values  # type: ignore[no-any-return]


def _passing(text: str, base: str, today: date) -> str:
    text = text.replace(_TODAY, f"[{today.isoformat()}]. {BASE}")
    return text.replace(BASE, base)
