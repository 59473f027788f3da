"""Removes what nobody can reach any more: sessions past their end, the anonymous
shelves that such sessions had, old tallies.

Run it once a day. It may run while people read.

    manage.py clear_expired
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.models import Bookshelf
from portal.accounts.sessions import SessionStore
from portal.accounts.throttle import forget_past


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
        # Every change of an anonymous shelf renews its session.
        age = timedelta(seconds=settings.SESSION_COOKIE_AGE, days=1)
        forsaken = Bookshelf.objects.filter(user=None, touched__lt=timezone.now() - age)
        shelves = forsaken.count()
        forsaken.delete()
        self.stdout.write(
            f"Removed expired sessions, {shelves} forsaken shelves, "
            f"{forget_past()} old tallies."
        )
