"""A query's tree as an FTS5 expression and, where that is not exact, SQL beside it.

The statements that use a plan call the index ``w`` and its entries ``e``.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.search.facets import ANY
from articles.search.plan import Condition, Plan, Planner, all_of, joined
from articles.search.query import Phrase, Term
from articles.search.tokens import FACET, Field, common_place, pairs, shifted

WORDS = "articles_searchwords"
EVERY = f'"{FACET}{ANY}"'


class SqlitePlanner(Planner):
    """``index`` is a MATCH expression, with its strings quoted; it has no parameters."""

    def facets(self, tokens: tuple[str, ...]) -> Plan:
        return _by_index(" OR ".join(quoted(FACET + token) for token in tokens))

    def term(self, term: Term) -> Plan:
        run = shifted(term.run, term.field)
        if len(run) > 1:
            return _by_index(quoted(" ".join(pairs(run))))
        if term.field is Field.TEXT and (bit := common_place(run)) is not None:
            return _by_check(_has_bit(bit))
        # Whatever begins with it: a pair, or itself where it ends a run.
        return _by_index(f"{quoted(run)}*")

    def phrase(self, phrase: Phrase) -> Plan:
        runs = [self.term(Term(run, phrase.field)) for run in phrase.runs]
        letters = [_by_index(quoted(letter)) for letter in phrase.unfolded]
        return all_of([*runs, *letters, _by_check(_printed(phrase))])

    def without(self, plan: Plan, excluded: Sequence[Plan]) -> Plan:
        """FTS5 leaves out by itself what the index alone can tell."""
        by_index = [
            other.index for other in excluded if other.index and not other.check
        ]
        if by_index:
            kept = plan.index.text if plan.index else EVERY
            index = f"({kept}) NOT ({joined('OR', by_index).text})"
            plan = Plan(
                Condition(index), plan.check, all_of([plan, _by_index(index)]).truth
            )
        rest = [other for other in excluded if other.check or not other.index]
        return super().without(plan, rest) if rest else plan


def _by_index(expression: str) -> Plan:
    members = f"w.rowid IN (SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s)"
    return Plan(Condition(expression), None, Condition(members, (expression,)))


def _by_check(condition: Condition) -> Plan:
    return Plan(None, condition, condition)


def quoted(tokens: str) -> str:
    """Tokens are letters and digits alone, so there is nothing to escape."""
    return f'"{tokens}"'


def _has_bit(place: int) -> Condition:
    """The byte that holds the bit is one of the 128 bytes that have it set."""
    having = bytes(byte for byte in range(256) if byte >> place % 8 & 1)
    return Condition("instr(%s, substr(e.common, %s, 1)) > 0", (having, place // 8 + 1))


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
