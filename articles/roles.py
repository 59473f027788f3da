"""What each role may do: reader, editor, reviewer, administrator, each more than the last.

The groups are made by a migration; daily work needs no superuser.  docs/permissions.md
has the table of every address, and the tests hold it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

READERS, EDITORS = "Readers", "Editors"
REVIEWERS, ADMINISTRATORS = "Reviewers", "Administrators"

# Nothing that was printed can be deleted: articles are withdrawn, blocks are the
# ledger.  What editors may delete is only their own statement about an article.
EDITORS_MAY = {
    "publication": ["add", "change", "view"],
    "section": ["add", "change", "view"],
    "issue": ["change", "view"],
    "article": ["change", "view"],
    "block": ["change", "view"],
    "author": ["add", "change", "view"],
    "authorship": ["add", "change", "delete", "view"],
    "topic": ["add", "change", "view"],
    "articletopic": ["add", "change", "delete", "view"],
    "sourcedump": ["view"],
    "problem": ["change", "view"],
    "task": ["change", "view"],
    "report": ["change", "view"],
    "proofsheet": ["change", "view"],
    "revision": ["view"],
}
# Takes back what others did, merges authors and topics, changes many articles at once.
REVIEWERS_MAY = {
    **EDITORS_MAY,
    "revision": ["view", "undo"],
    "author": ["add", "change", "view", "merge"],
    "topic": ["add", "change", "view", "merge"],
    "article": ["change", "view", "bulk_change"],
}
# Says who is an editor; looks after readers' accounts.
ADMINISTRATORS_MAY = {
    **REVIEWERS_MAY,
    "reader": ["change", "view"],  # shut out, or given a link for a new password
    "revision": ["view", "undo", "appoint"],
}
ROLES: dict[str, Mapping[str, list[str]]] = {
    READERS: {},
    EDITORS: {**EDITORS_MAY, "reader": ["change", "view"]},
    REVIEWERS: {**REVIEWERS_MAY, "reader": ["change", "view"]},
    ADMINISTRATORS: ADMINISTRATORS_MAY,
}
NAMED = {  # permissions of our own, without a model's name
    ("bulk_change", "article"): "bulk_change_articles",
    ("appoint", "revision"): "appoint_editors",
}


def make_roles(group_model: Any, permission_model: Any) -> None:
    """The groups with exactly the permissions above, made or put right."""
    for name, table in ROLES.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.set(permission_model.objects.filter(_named(table)))


def ensure_roles() -> Any:
    """The same for code that runs later; returns the group of editors."""
    from django.contrib.auth.models import Group, Permission

    make_roles(Group, Permission)
    return Group.objects.get(name=EDITORS)


def _named(table: Mapping[str, list[str]]) -> Q:
    codenames = [
        NAMED.get((act, model), f"{act}_{model}")
        for model, acts in table.items()
        for act in acts
    ]
    return Q(
        content_type__app_label__in=["articles", "accounts"], codename__in=codenames
    )
