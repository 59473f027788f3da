"""Weigh the editors' queue anew (readers come and go) and look for likely twins.

    manage.py weigh_queue

For a nightly run.  Reads all open tasks and all authors once; changes nothing else.
"""

from typing import Any

from django.utils.translation import gettext as _

from articles.queue import find_twins, weigh
from portal.command import ManualCommand


class Command(ManualCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        text = _("重估 %(weighed)s 条；新的可能同一作者 %(twins)s 对。")
        self.stdout.write(text % {"weighed": weigh(), "twins": find_twins()})
