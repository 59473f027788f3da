"""Removes what time has made worthless: sessions past their end, old tallies.

Run it once a day. It may run while people read.

    manage.py clear_expired
"""

from typing import Any

from django.core.management.base import BaseCommand

from portal.accounts.sessions import SessionStore
from portal.accounts.throttle import forget_past


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
        self.stdout.write(f"Expired sessions removed, and {forget_past()} old tallies.")
