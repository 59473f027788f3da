"""A query's tree as an FTS5 expression and, where that is not exact, SQL beside it.

The statements that use a plan call the index ``w``, its entries ``e`` and the row numbers
they look at ``span``.  Of *rare* pairs, those with a character that is not COMMON, the index does not know where they
stand, only one of HINTS about what follows: it finds the articles that have all of a
string's, and ``yuelan_has`` reads whether the string itself stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from articles.search.facets import ANY
from articles.search.folding import fold
from articles.search.plan import Condition, Plan, Planner, all_of, joined
from articles.search.query import Phrase, Term
from articles.search.tokens import (
    FACET,
    HINTS,
    Field,
    common_place,
    hinted,
    is_common,
    pairs,
    shifted,
)

WORDS, RARE = "articles_searchwords", "articles_searchrare"
EVERY = f'"{FACET}{ANY}"'


class SqlitePlanner(Planner):
    """``index`` is a MATCH expression, with its strings quoted; it has no parameters."""

    def facets(self, tokens: tuple[str, ...]) -> Plan:
        return _by_index(" OR ".join(quoted(FACET + token) for token in tokens))

    def term(self, term: Term) -> Plan:
        if term.field is Field.TEXT:
            return _in_text(term.run)
        run = shifted(term.run, term.field)
        if len(run) > 1:
            return _by_index(quoted(" ".join(pairs(run))))
        return _by_index(_beginning(run))

    def phrase(self, phrase: Phrase) -> Plan:
        runs = [self.term(Term(run, phrase.field)) for run in phrase.runs]
        letters = [_by_rare(quoted(letter)) for letter in phrase.unfolded]
        return all_of([*runs, *letters, _by_check(_printed(phrase))])

    def without(self, plan: Plan, excluded: Sequence[Plan]) -> Plan:
        """FTS5 leaves out by itself what the index alone can tell."""
        by_index = [
            other.index
            for other in excluded
            if other.index and not other.check and not other.rare
        ]
        if by_index and not plan.rare:
            kept = plan.index.text if plan.index else EVERY
            index = f"({kept}) NOT ({joined('OR', by_index).text})"
            plan = Plan(
                Condition(index), plan.check, all_of([plan, _by_index(index)]).truth
            )
            excluded = [o for o in excluded if o.check or o.rare or not o.index]
        return super().without(plan, excluded) if excluded else plan


def has(run: str, *texts: str | None) -> bool:
    """What the statements call ``yuelan_has``: does the run stand in one of the texts?"""
    return any(run in fold(text) for text in {*texts} if text)


def _in_text(run: str) -> Plan:
    if len(run) == 1:
        bit = common_place(run)
        return _by_rare(_beginning(run)) if bit is None else _by_check(_has_bit(bit))
    if not (rare := hinted(run)):
        return _by_index(quoted(" ".join(pairs(run))))
    wanted = list(map(quoted, dict.fromkeys(rare)))
    if not is_common(run[-2:]):  # the last one, whatever follows
        anything = (quoted(run[-2:] + hint) for hint in ("", *HINTS))
        wanted[wanted.index(quoted(run[-2:]))] = f"({' OR '.join(anything)})"
    found = _by_rare(" AND ".join(wanted))
    if len(run) == 2:
        return found
    plan = all_of([found, _by_check(_standing(run))])
    phrases = " AND ".join(_common_phrases(run))
    return replace(plan, narrow=Condition(phrases)) if phrases else plan


def _by_index(expression: str) -> Plan:
    return Plan(Condition(expression), None, members(WORDS, expression))


def _by_rare(expression: str) -> Plan:
    return Plan(None, None, members(RARE, expression), Condition(expression))


def members(table: str, expression: str) -> Condition:
    """The rows of the statement's span that a table finds, gathered once ("+": not asked
    for one by one)."""
    return Condition(
        f"+w.rowid IN (SELECT rowid FROM {table} WHERE {table} MATCH %s AND rowid "
        "BETWEEN (SELECT low FROM span) AND (SELECT high FROM span))",
        (expression,),
    )


def _by_check(condition: Condition) -> Plan:
    return Plan(None, condition, condition)


def _beginning(letter: str) -> str:
    """Whatever begins with it: a pair, or itself where it ends a run."""
    return f"{quoted(letter)}*"


def quoted(tokens: str) -> str:
    """Tokens are letters and digits alone, so there is nothing to escape."""
    return f'"{tokens}"'


def _has_bit(place: int) -> Condition:
    """The byte that holds the bit is one of the 128 bytes that have it set."""
    having = bytes(byte for byte in range(256) if byte >> place % 8 & 1)
    return Condition("instr(%s, substr(e.common, %s, 1)) > 0", (having, place // 8 + 1))


def _standing(run: str) -> Condition:
    """Mostly it stands in a text letter by letter, which SQLite sees for itself; if not,
    what the index knows of its other pairs comes before a look at every letter.
    """
    blocks = "SELECT 1 FROM articles_block b WHERE b.article_id = e.article_id AND"
    heads = "SELECT 1 FROM articles_article a WHERE a.id = e.article_id AND"
    plainly = f"EXISTS ({blocks} instr(b.text, %s))"
    folded = (
        f"EXISTS ({blocks} yuelan_has(%s, b.text, b.printed)) OR "
        f"EXISTS ({heads} yuelan_has(%s, a.title, a.kicker, a.subtitle))"
    )
    among = [members(WORDS, p) for p in [" AND ".join(_common_phrases(run))] if p]
    exact = joined("AND", [*among, Condition(folded, (run, run))])
    return joined("OR", [Condition(plainly, (run,)), exact])


def _common_phrases(run: str) -> Iterator[str]:
    """Its pairs of COMMON characters, those together that follow one another."""
    for common, group in groupby(pairs(run), is_common):
        if common:
            yield quoted(" ".join(group))


def _printed(phrase: Phrase) -> Condition:
    raw = phrase.raw
    title = (
        "EXISTS (SELECT 1 FROM articles_article a WHERE a.id = e.article_id AND "
        "(instr(a.title, %s) OR instr(a.kicker, %s) OR instr(a.subtitle, %s)))"
    )
    if phrase.field is Field.TITLE:
        return Condition(title, (raw, raw, raw))
    blocks = (
        "EXISTS (SELECT 1 FROM articles_block b WHERE b.article_id = e.article_id AND "
        "(instr(b.text, %s) OR instr(replace(b.printed, char(10), ''), %s)))"
    )
    return Condition(f"{blocks} OR {title}", (raw,) * 5)
