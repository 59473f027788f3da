"""A possible continuation: what may follow a text, and what that is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import join


@dataclass
class Bond:
    """A possible continuation with its gain and reasons."""

    right: int
    gain: float
    joined: bool
    found: dict[str, float] = field(default_factory=dict)  # evidence of a joint
    reason: str = ""  # for what is no joint

    @property
    def reasons(self) -> tuple[str, ...]:
        """What decided, in words."""
        return (self.reason,) if self.reason else join.reasons(self.found)


Bonds = Mapping[int, Sequence[Bond]]  # left (a node, or ~head) → its possible bonds
Chosen = dict[int, Bond]  # left → its one bond
