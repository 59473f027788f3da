"""Resumption tokens: where a list goes on, in the hands of whoever asks for it.

Nothing is remembered here, so a token holds on every machine and never expires.  It
names the last row given, not a number of rows: what changes meanwhile is neither
lost nor shifted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core import signing

from articles.exports.oai.errors import BadResumptionToken

_SALT = "articles.exports.oai"


@dataclass(frozen=True)
class Token:
    """The request it continues, the last row given, and how many were."""

    verb: str
    arguments: dict[str, str]
    after: list[str | int]
    cursor: int

    def __str__(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def read_token(text: str, verb: str) -> Token:
    """Raises BadResumptionToken for what is not ours or another verb's."""
    try:
        token = Token(**signing.loads(text, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        raise BadResumptionToken(
            "this is no token of ours; begin the list again"
        ) from None
    if token.verb != verb:
        raise BadResumptionToken(f"this token continues {token.verb}")
    return token


def as_key(moment: datetime, pk: int) -> list[str | int]:
    return [moment.isoformat(), pk]


def from_key(key: list[str | int]) -> tuple[datetime, int]:
    return datetime.fromisoformat(str(key[0])), int(key[1])
