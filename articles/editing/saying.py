"""What a line of the history says was done: a message and its facts, not a sentence.

    said(gettext_noop("移动段落“%(block)s”"), block=block)

So it is read in the language of whoever reads it (``Revision.said``), not of whoever did
it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import override

LONGEST = 120  # of one fact


class Said(NamedTuple):
    what: str
    facts: dict[str, Any]


def said(what: str, /, **facts: Any) -> Said:
    """``what`` is a message with %(names); a fact may be a label that is translated
    itself, or something said."""
    return Said(what, {name: _plain(fact) for name, fact in facts.items()})


def messages_own_language() -> Any:
    """Within it a label is the message that it is translated from."""
    return override("zh-hans")


def _plain(fact: Any) -> Any:
    if isinstance(fact, Said):
        return list(fact)
    if isinstance(fact, Promise):
        with messages_own_language():
            return [str(fact), {}]
    return fact if isinstance(fact, int) else str(fact)[:LONGEST]
