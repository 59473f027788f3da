"""Text as other formats can carry it: no character they forbid, no line they did not ask for.

Imported text is hostile: a line break in a title would begin a new field of a RIS file,
a control character would make a whole feed unreadable.
"""

from __future__ import annotations

import re

# What XML 1.0 cannot carry, even escaped, and the C1 controls it advises against.
_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·"
# "王 军", never "John Smith"
_INNER_SPACE = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")


def xml_text(text: str) -> str:
    """``text`` without what XML forbids; line breaks stay."""
    return _ILLEGAL.sub("", text)


def one_line(text: str) -> str:
    """``text`` on one line; every run of white space is one space.

    >>> one_line("槐下\\r\\nTY  - BOOK")
    '槐下 TY - BOOK'
    """
    return " ".join(xml_text(text).split())


def whole_name(name: str) -> str:
    """A name that no program takes apart: a Chinese name has no inner space.

    >>> whole_name("王　军"), whole_name("Mary  Wells")
    ('王军', 'Mary Wells')
    """
    return _INNER_SPACE.sub("", one_line(name))
