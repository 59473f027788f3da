"""The eight errors of the protocol, each a class that carries its code."""

from __future__ import annotations


class OaiError(Exception):
    """``code`` stands in the answer, with the message; the HTTP status stays 200."""

    code: str


class BadVerb(OaiError):
    code = "badVerb"


class BadArgument(OaiError):
    code = "badArgument"


class BadResumptionToken(OaiError):
    code = "badResumptionToken"


class CannotDisseminateFormat(OaiError):
    code = "cannotDisseminateFormat"


class IdDoesNotExist(OaiError):
    code = "idDoesNotExist"


class NoMetadataFormats(OaiError):
    code = "noMetadataFormats"


class NoRecordsMatch(OaiError):
    code = "noRecordsMatch"


class NoSetHierarchy(OaiError):
    code = "noSetHierarchy"


# After these a request is not repeated in the answer: it may be anything.
UNREADABLE = (BadVerb, BadArgument)
