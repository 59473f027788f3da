"""Signs in twice at once, many times over; exits with 1 and a sentence if anything is lost.

SQLITE_PATH=/tmp/race.sqlite3 python -m tests.bookmarks.race
"""

from __future__ import annotations

import os
import sys
from threading import Barrier, Thread

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
ROUNDS = 12


def main() -> int:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.factories import make_article

    articles = [make_article() for _ in range(9)]
    faults = [fault for n in range(ROUNDS) for fault in _round(n, articles)]
    sys.stdout.write("\n".join(faults))
    return 1 if faults else 0


def _round(number: int, articles: list) -> list[str]:
    from django.contrib.auth.models import User

    from articles.bookmarks.joining import merge_into_account
    from articles.bookmarks.keeping import keep
    from articles.bookmarks.shelf import shelf_of
    from articles.models import Bookmark, Bookshelf

    user = User.objects.create(username=f"读者{number}")
    shelves = [Bookshelf.objects.create() for _ in range(2)]
    for shelf, mine in zip(shelves, (articles[:6], articles[3:]), strict=True):
        for article in mine:
            keep(shelf, article)
            Bookmark.objects.filter(shelf=shelf).update(note=f"从{shelf.pk}来")
    stored = [str(shelf.pk) for shelf in shelves]
    errors: list[str] = []
    # Each session twice, as when a reader presses twice; and a bookmark meanwhile.
    work = [lambda s=s: merge_into_account(s, user) for s in (*stored, *stored)]
    work.append(lambda: keep(shelf_of(user), articles[0]))
    _at_once(work, errors)
    found = Bookmark.objects.filter(shelf__user=user)
    notes = {b.article_id: b.note for b in found}
    if sorted(b.article_id for b in found) != sorted(a.pk for a in articles):
        errors.append(f"round {number}: {found.count()} bookmarks of {len(articles)}")
    for article in articles[3:6]:
        if not all(f"从{s}来" in notes.get(article.pk, "") for s in stored):
            errors.append(f"round {number}: a note is lost")
    if Bookshelf.objects.filter(pk__in=stored).exists():
        errors.append(f"round {number}: an anonymous shelf is left")
    return errors


def _at_once(work: list, errors: list[str]) -> None:
    from django.db import connection

    start = Barrier(len(work))

    def run(act) -> None:  # type: ignore[no-untyped-def]
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001  reported as a fault of the round
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
