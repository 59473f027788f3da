"""What an editor may do: the group that daily work needs, and no more."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDITORS = "Editors"

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
    "reader": ["change", "view"],  # shut out, or given a link for a new password
}


def ensure_roles() -> Group:
    """The group Editors with exactly the permissions above, made or put right."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.set(Permission.objects.filter(_named(EDITORS_MAY)))
    return group


def _named(table: dict[str, list[str]]) -> Q:
    codenames = [f"{act}_{model}" for model, acts in table.items() for act in acts]
    return Q(
        content_type__app_label__in=["articles", "accounts"], codename__in=codenames
    )
