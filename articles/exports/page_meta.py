"""What an article's page tells the programs that read over a reader's shoulder.

Highwire ``citation_*`` for Zotero and scholarly search engines, JSON-LD (schema.org)
for the others, Signposting ``Link`` headers for those that read no HTML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.exports.citations import Citation, bibtex, csl, ris
from articles.pages.addresses import address

# "</script>" ends a script wherever it stands; so no < stands in one.
_SCRIPT_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
SIGNED_LINKS = 20  # proxies refuse headers of more than a few kilobytes

# Name of the address, media type, and whether it describes the article or is it.
TWINS = (
    ("article-ris", ris.MEDIA_TYPE, "describedby"),
    ("article-bib", bibtex.MEDIA_TYPE, "describedby"),
    ("article-csl", csl.MEDIA_TYPE, "describedby"),
    ("article-json", "application/json", "describedby"),
    ("article-text", "text/plain", "item"),
    ("article-epub", "application/epub+zip", "item"),
)


def head_elements(citation: Citation) -> SafeString:
    """What the page's ``head`` says of the article."""
    tags = "".join(
        f'<meta name="{name}" content="{escape(content)}">\n'
        for name, content in highwire_tags(citation)
    )
    script = f'<script type="application/ld+json">{json_ld(citation)}</script>'
    return mark_safe(tags + script)


def highwire_tags(citation: Citation) -> list[tuple[str, str]]:
    """Names and contents of the ``meta`` elements; one ``citation_author`` a name."""
    return [(f"citation_{name}", value) for name, value in _highwire(citation) if value]


def _highwire(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "title", citation.title
    for author in citation.authors:
        yield "author", _undivided(author.name)
    yield "journal_title", citation.publication
    yield "issn", citation.issn
    yield "publication_date", citation.iso_date.replace("-", "/")
    yield "volume", str(citation.volume or "")
    yield "issue", "" if citation.newspaper else citation.issue_name
    yield "firstpage", str(citation.page or "")
    yield "language", citation.language
    yield "fulltext_html_url", citation.url


def _undivided(name: str) -> str:
    """Zotero takes a name apart at a comma or semicolon; the wide ones it leaves."""
    return name.replace(",", "，").replace(";", "；")


def json_ld(citation: Citation) -> SafeString:
    """The content of a ``script`` element: JSON that cannot end it."""
    text = json.dumps(schema_org(citation), ensure_ascii=False)
    return mark_safe(text.translate(_SCRIPT_ESCAPES))


def schema_org(citation: Citation) -> dict[str, Any]:
    """The article, in its issue, in its periodical."""
    base = citation.base
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle" if citation.newspaper else "Article",
            "url": citation.url,
            "headline": citation.title,
            "author": [
                {
                    "@type": "Person" if author.person else "Organization",
                    "name": author.name,
                    "url": base + author.path,
                }
                for author in citation.authors
            ],
            "datePublished": citation.iso_date,
            "inLanguage": citation.language,
            "pagination": str(citation.page or ""),
            "articleSection": citation.section,
            "keywords": list(citation.topics),
            "creativeWorkStatus": citation.state,
            "isPartOf": _issue(citation),
        }
    )


def _issue(citation: Citation) -> dict[str, Any]:
    return _known(
        {
            "@type": "PublicationIssue",
            "@id": citation.base + citation.issue_path,
            "issueNumber": "" if citation.newspaper else citation.issue_name,
            "datePublished": citation.iso_date,
            "isPartOf": _known(
                {
                    "@type": "Newspaper" if citation.newspaper else "Periodical",
                    "@id": citation.base + citation.publication_path,
                    "name": citation.publication,
                    "issn": citation.issn,
                }
            ),
        }
    )


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [], None)}


def link_header(citation: Citation) -> str:
    """The value of an article page's ``Link`` header (signposting.org).

    Addresses are of our own making, so plain ASCII without ``>``.
    """
    links = [
        (citation.url, {"rel": "cite-as"}),
        ("https://schema.org/Article", {"rel": "type"}),
        ("https://schema.org/AboutPage", {"rel": "type"}),
        (citation.base + citation.issue_path, {"rel": "collection"}),
        *(
            (citation.base + a.path, {"rel": "author"})
            for a in citation.authors[:SIGNED_LINKS]
        ),
        *((url, {"rel": rel, "type": kind}) for url, kind, rel in twins(citation)),
    ]
    return ", ".join(
        f"<{url}>" + "".join(f'; {key}="{value}"' for key, value in attributes.items())
        for url, attributes in links
    )


def twins(citation: Citation) -> list[tuple[str, str, str]]:
    """Address, media type and relation of each of the article's other forms."""
    return [
        (citation.base + address(name, citation.id), kind, rel)
        for name, kind, rel in TWINS
    ]
