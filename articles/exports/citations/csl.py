"""CSL-JSON, which every citation processor reads (pandoc, Zotero, citeproc).

A name is ``literal``: none is divided into family and given.
"""

from __future__ import annotations

import json
from typing import Any

from articles.exports.citations.record import Citation

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def as_csl_json(citation: Citation) -> str:
    """A list of one item, as the format wants it."""
    return json.dumps([csl_item(citation)], ensure_ascii=False, indent=1) + "\n"


def csl_item(citation: Citation) -> dict[str, Any]:
    item = {
        "id": f"yuelan-{citation.id}",
        "type": "article-newspaper" if citation.newspaper else "article-journal",
        "title": citation.title,
        "author": [{"literal": author.name} for author in citation.authors],
        "container-title": citation.publication,
        "ISSN": citation.issn,
        "issued": {"date-parts": [list(citation.date)]} if citation.date else None,
        "volume": _text(citation.volume),
        "issue": "" if citation.newspaper else citation.issue_name,
        "page": _text(citation.page),
        "section": citation.section if citation.newspaper else "",
        "language": citation.language,
        "keyword": ", ".join(citation.topics),
        "note": citation.state,
        "URL": citation.url,
    }
    return {key: value for key, value in item.items() if value}


def _text(number: int | None) -> str:
    return str(number) if number else ""
