"""The dictionary of words (rjieba), loaded with the first text that is read.

It takes thirty megabytes and a third of a second, which a worker that only shows pages
never needs.  Its functions have the names they have there.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    import rjieba

    found = globals()[name] = getattr(rjieba, name)
    return found
