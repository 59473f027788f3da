"""Where a dump belongs among the rows there are: its issue, and the dump it replaces.

In: an ``Identity`` and the dump's lines.  Out: a ``Place``; or TwinDump, naming both
files, when another text already is this issue or page.  Reads the database only.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.dump import ParsedIssue
from articles.importing.errors import TwinDump
from articles.importing.identity import Identity, find_issue, find_publication
from articles.importing.ledger import stored_lines
from articles.importing.versions import SAME_TEXT, similarity
from articles.models import Issue, Publication, SourceDump

IDENTITY_FIELDS = frozenset(
    {"publication", "year", "volume", "number", "total_number", "date"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """``known``: these bytes are stored already.  ``previous``: what they replace.

    ``moves_to`` is set when a stored dump turns out to be another issue or page.
    """

    publication: Publication | None
    issue: Issue | None
    page: int
    known: SourceDump | None = None
    previous: SourceDump | None = None
    moves_to: Identity | None = None


def find_place(
    parsed: ParsedIssue, identity: Identity, *, replace: bool = False
) -> Place:
    """Raises TwinDump, unless ``replace`` says that the new text shall take the place."""
    known = (
        SourceDump.objects.select_related("issue__publication")
        .filter(sha256=parsed.sha256)
        .first()
    )
    if known:
        return _again(known, identity, replace=replace)
    publication = find_publication(identity.publication)
    issue = find_issue(publication, identity) if publication else None
    if issue is None and not identity.certain:
        return _by_name(parsed, publication, identity)
    previous = _current(issue, identity.page) if issue else None
    if previous and not replace and not same_text(previous, parsed):
        raise TwinDump(_twins(parsed.source, previous))
    return Place(publication, issue, identity.page, previous=previous)


def _again(known: SourceDump, identity: Identity, *, replace: bool) -> Place:
    """These bytes are stored: where they stand, or where they are now known to belong."""
    issue = known.issue
    if known.current:
        identity = _completed(identity, issue)
        moves = identity if _moves(known, identity) else None
        return Place(issue.publication, issue, known.page, known, moves_to=moves)
    newer = _current(issue, known.page) if replace else None
    return Place(issue.publication, issue, known.page, known, previous=newer)


def same_text(stored: SourceDump, parsed: ParsedIssue) -> bool:
    return similarity(stored_lines(stored), parsed.printed) >= SAME_TEXT


def _by_name(
    parsed: ParsedIssue, publication: Publication | None, identity: Identity
) -> Place:
    """A dump that says nothing of itself may be a new version of a file of its name."""
    namesakes = SourceDump.objects.select_related("issue__publication").filter(
        name=parsed.source, current=True
    )
    for dump in namesakes[:10]:
        if same_text(dump, parsed):
            return Place(dump.issue.publication, dump.issue, dump.page, previous=dump)
    return Place(publication, None, identity.page)


def _current(issue: Issue, page: int) -> SourceDump | None:
    return issue.dumps.filter(page=page, current=True).first()


def _completed(identity: Identity, issue: Issue) -> Identity:
    """With what is known of the issue where the dump does not say it (any more)."""
    known = {name: getattr(issue, name) for name in IDENTITY_FIELDS - {"publication"}}
    blank = {
        name: value for name, value in known.items() if not getattr(identity, name)
    }
    return dataclasses.replace(identity, **blank)


def _moves(known: SourceDump, identity: Identity) -> bool:
    """Whether the dump is now known to be something else than where it stands.

    What a person said (an editor, or ``--publication`` then) outranks what a newer
    parser reads; what a person says now outranks that.
    """
    issue = known.issue
    if "page" in identity.given and known.page != identity.page:
        return True
    said_before = IDENTITY_FIELDS & issue.base.keys()
    if identity.publication is None or (said_before and not identity.given):
        return False
    publication = find_publication(identity.publication)
    if publication is None or publication.pk != issue.publication_id:
        return True
    return identity.certain and find_issue(publication, identity) != issue


def _twins(source: str, stored: SourceDump) -> str:
    text = _(
        "与已导入的 %(other)s 同为《%(publication)s》%(issue)s%(page)s，而文字不同；若确要替换，用 --replace；若是同日的另一版，用 --page"
    )
    names = {
        "other": stored.name,
        "publication": stored.issue.publication,
        "issue": stored.issue.label(),
        "page": _("第%d版") % stored.page if stored.page else "",
    }
    return f"{source}: {text % names}"
