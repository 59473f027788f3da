"""Every read that more than one page needs.

Views and exports call these; nothing else filters the tables.
"""

from __future__ import annotations

from typing import Self

from django.db import models


class ArticleQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What readers may see."""
        return self.filter(withdrawn=False)

    def in_printed_order(self) -> Self:
        return self.order_by("position", "id")

    def newest_first(self) -> Self:
        return self.order_by("-issue__sort_date", "-issue_id", "position", "id")

    def with_listing(self) -> Self:
        """All that a line in a list shows, in a fixed number of queries."""
        return self.select_related("issue__publication", "section__publication").prefetch_related(
            "authorships__author"
        )
