"""Weigh the editors' queue anew (readers come and go) and look for likely twins.

    manage.py weigh_queue

For a nightly run.  Reads all open tasks and all authors once; changes nothing else.
"""

from typing import Any

from django.core.management.base import BaseCommand

from articles.queue import find_twins, weigh


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"重估 {weigh()} 条；新的可能同一作者 {find_twins()} 对。")
