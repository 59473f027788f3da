"""When anything that pages show last changed, in one question to the database.

Every write of an article, or of what its record names, moves ``Article.modified``;
every act of an editor leaves a row in the admin's log or in the history.  The newest of
these, together, are another stamp after each change, wherever it was made; reading them
costs four looks at the end of an index, on a collection of any size.
"""

from __future__ import annotations

from django.db import connection

_NEWEST = (
    "SELECT (SELECT MAX(modified) FROM articles_article),"
    " (SELECT MAX(id) FROM articles_article),"
    " (SELECT MAX(id) FROM django_admin_log),"
    " (SELECT MAX(id) FROM articles_revision)"
)
_AND_OF_ONE = ", (SELECT modified FROM articles_article WHERE public_id = %s)"


def stamp(public_id: str = "") -> str:
    """Of the collection; with ``public_id`` also of that article.

    A long import may commit after a shorter change that began later.  The article's own
    time is there so that even then no page keeps showing an article's former text.
    """
    with connection.cursor() as cursor:
        if public_id:
            cursor.execute(_NEWEST + _AND_OF_ONE, [public_id])
        else:
            cursor.execute(_NEWEST)
        return repr(cursor.fetchone())
