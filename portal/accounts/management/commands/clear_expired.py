"""Removes what nobody can reach any more: sessions past their end, the anonymous
shelves that such sessions had, old tallies.

Run it once a day. It may run while people read.

    manage.py clear_expired
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Bookshelf
from portal.accounts.sessions import SessionStore
from portal.accounts.throttle import forget_past
from portal.command import ManualCommand


class Command(ManualCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
        # Every change of an anonymous shelf renews its session.
        age = timedelta(seconds=settings.SESSION_COOKIE_AGE, days=1)
        forsaken = Bookshelf.objects.filter(user=None, touched__lt=timezone.now() - age)
        shelves = forsaken.count()
        forsaken.delete()
        text = _("已清除过期的会话、%(shelves)s 个无主的书架、%(tallies)s 条旧计数。")
        self.stdout.write(text % {"shelves": shelves, "tallies": forget_past()})
