"""Printed text to reading text by named, logged rules.

In: the printed text of a block.  Out: the reading text and the list of
changes; applying the changes to the printed text gives the reading text
exactly.  Numbers, times, addresses and Latin text keep their marks.  A
misprint stays: this is for reading, never for rewriting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from .doubled import undouble
from .edits import Draft, Revision
from .fold import BLANKS
from .record import BlockRole, Change
from .tidy_rules import HEADLINE_RULES, TEXT_RULES, Rule

_CHUNK = 3000  # rules look at no more than a line at a time
_MOST_PASSES = 3  # what one rule mends may be what another waits for
_LONGEST = 200_000  # no paragraph is longer; what is, is left as printed

_D = TypeVar("_D", bound=Draft)
_OWN_LINES = frozenset({BlockRole.VERSE, BlockRole.LIST_ITEM, BlockRole.HEADING})
_HEADLINES = frozenset({BlockRole.TITLE, BlockRole.KICKER, BlockRole.BYLINE})


def tidy(text: str, breaks: Sequence[int] = ()) -> tuple[str, tuple[Change, ...]]:
    """Reading text of running text, with its changes.

    >>> tidy("发展 **要快** ,增长3.5%")[0]
    '发展要快，增长3.5%'
    """
    return _logged(text, breaks, TEXT_RULES)


def tidy_headline(text: str) -> tuple[str, tuple[Change, ...]]:
    """The same for headlines and bylines, whose spaces divide phrases and names.

    >>> tidy_headline("王 军  李小明")[0], tidy_headline("要 事 录")[0]
    ('王军 李小明', '要事录')
    """
    return _logged(text, (), HEADLINE_RULES)


def tidy_block(role: BlockRole, lines: Sequence[str]) -> tuple[str, tuple[Change, ...]]:
    """Join and tidy the printed lines of a block."""
    return _logged(
        joined_text(role, lines), break_offsets(role, lines), _rules_of(role)
    )


def reading_text(role: BlockRole, lines: Sequence[str]) -> str:
    """The text that ``tidy_block`` gives, without the log and so sooner."""
    return "".join(
        _revised(Draft(chunk), inner, _rules_of(role)).text
        for _, chunk, inner in _chunks(
            joined_text(role, lines), break_offsets(role, lines)
        )
    )


def joined_text(role: BlockRole, lines: Sequence[str]) -> str:
    """How the printed lines of one block make one text; outer blanks go.

    Pieces of a cut paragraph follow each other without a separator; verse,
    list items and headings keep a line each; the lines of a headline are set
    apart by one space, as a catalogue records them.
    """
    bare = [line.strip(BLANKS) for line in lines]
    if role in _OWN_LINES:
        return "\n".join(bare)
    return (" " if role in _HEADLINES else "").join(bare)


def break_offsets(role: BlockRole, lines: Sequence[str]) -> tuple[int, ...]:
    """Where in the joined text of a paragraph one printed line ends and the next begins."""
    if role in _OWN_LINES or role in _HEADLINES:
        return ()
    offsets, at = [], 0
    for line in lines[:-1]:
        at += len(line.strip(BLANKS))
        offsets.append(at)
    return tuple(offsets)


def _rules_of(role: BlockRole) -> Sequence[Rule]:
    return HEADLINE_RULES if role in _HEADLINES else TEXT_RULES


def _logged(
    text: str, breaks: Sequence[int], rules: Sequence[Rule]
) -> tuple[str, tuple[Change, ...]]:
    parts: list[str] = []
    changes: list[Change] = []
    for at, chunk, inner in _chunks(text, breaks):
        revision = _revised(Revision(chunk), inner, rules)
        parts.append(revision.text)
        changes += [
            replace(c, start=c.start + at, end=c.end + at) for c in revision.changes()
        ]
    return "".join(parts), tuple(changes)


def _revised(draft: _D, breaks: Sequence[int], rules: Sequence[Rule]) -> _D:
    """All rules, again until they find nothing more."""
    if len(draft.text) > _LONGEST:
        return draft
    if breaks:
        draft.apply("doubled", undouble(draft.text, breaks))
    for _ in range(_MOST_PASSES):
        before = draft.text
        _pass(draft, rules)
        if draft.text == before:
            break
    return draft


def _pass(draft: Draft, rules: Sequence[Rule]) -> None:
    """One rule after the other; a rule without its characters is not asked."""
    looked_at, present = draft.text, _present(draft.text)
    for rule in rules:
        if rule.needs.isdisjoint(present):
            continue
        draft.apply(rule.name, rule.find(draft.text))
        if draft.text != looked_at:
            looked_at, present = draft.text, _present(draft.text)


def _present(text: str) -> set[str]:
    """The characters of the text that any rule waits for: all that is worth knowing."""
    return set(_ASKED_FOR.findall(text))


_ASKED_FOR = re.compile(
    "["
    + re.escape(
        "".join(set().union(*(r.needs for r in (*TEXT_RULES, *HEADLINE_RULES))))
    )
    + "]"
)


def _chunks(
    text: str, breaks: Sequence[int]
) -> Iterator[tuple[int, str, Sequence[int]]]:
    """A very long text in pieces, each with its offset and the breaks inside it.

    Pieces end after a full stop where there is one.
    """
    if len(text) <= _CHUNK or len(text) > _LONGEST:
        yield 0, text, breaks
        return
    at = 0
    while at < len(text):
        end = at + _CHUNK
        stop = max(text.rfind("。", at, end), text.rfind("\n", at, end)) + 1
        end = stop if stop > at else min(end, len(text))
        yield at, text[at:end], [b - at for b in breaks if at < b < end]
        at = end
