"""What needs a person, one row each: made from an issue as it stands, sorted by weight."""

from articles.models import Issue


def sync(issue: Issue) -> None: ...
