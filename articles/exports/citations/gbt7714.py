"""GB/T 7714—2015: what a Chinese reader puts under a quotation.

``[J]`` for a magazine, ``[N]`` for a newspaper; with an address ``[J/OL]``, ``[N/OL]``
and the day it was read.
"""

from __future__ import annotations

from datetime import date

from articles.exports.citations.record import Citation

NAMED = 3  # of more authors the first three are named


def as_gbt7714(citation: Citation, *, read_on: date | None = None) -> str:
    """The printed source; with ``read_on`` the page of this portal, read that day.

    ``祝青. 操场边的赛艇队[J]. 河石月刊, 2021(5): 4.``
    ``祝青. 操场边的赛艇队[J/OL]. 河石月刊, 2021(5): 4[2026-11-20]. https://….``
    """
    mark = "N" if citation.newspaper else "J"
    who = _authors(citation)
    what = f"{citation.title}[{mark}{'/OL' if read_on else ''}]"
    where = _newspaper(citation) if citation.newspaper else _magazine(citation)
    if read_on:
        where += f"[{read_on.isoformat()}]. {citation.url}"
    return ". ".join(part for part in (who, what, where) if part) + "."


def _authors(citation: Citation) -> str:
    names = [author.name for author in citation.authors]
    more = ["等"] if len(names) > NAMED else []
    return ", ".join(names[:NAMED] + more)


def _magazine(citation: Citation) -> str:
    """``河石月刊, 2021, 12(5): 4``"""
    when = [str(part) for part in (citation.year, citation.volume) if part]
    if not citation.issue_name and not citation.volume:
        when = [citation.iso_date] if citation.iso_date else []
    number = f"({citation.issue_name})" if citation.issue_name else ""
    page = f": {citation.page}" if citation.page else ""
    return ", ".join([_title(citation, "刊名"), *when]) + number + page


def _newspaper(citation: Citation) -> str:
    """``浦湾周报, 2022-11-21(1)``"""
    when = [citation.iso_date] if citation.iso_date else []
    page = f"({citation.page})" if citation.page else ""
    return ", ".join([_title(citation, "报名"), *when]) + page


def _title(citation: Citation, what: str) -> str:
    return citation.publication or f"[{what}不详]"
