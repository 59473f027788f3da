"""Why one file was not imported, as classes: each message names the files and the cure.

A refusal concerns one file; the others of the run are imported.
"""

from __future__ import annotations


class ImportRefused(Exception):
    """Base of all refusals.  ``code`` is for programs, the text for people."""

    code = "refused"


class NotADump(ImportRefused):
    """A folder without dumps, a device, a link that leads out, an unreadable file."""

    code = "not-a-dump"


class Contradiction(ImportRefused):
    """An option says something else than what the dump prints."""

    code = "contradiction"


class TwinDump(ImportRefused):
    """Another, different dump already is this issue or this page."""

    code = "twin"


class LedgerIncomplete(ImportRefused):
    """The rows to be stored do not hold every line exactly once; nothing was stored."""

    code = "ledger"
