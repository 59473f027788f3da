"""Two editors press save at the same moment; run by test_races in a database of its own.

python -m tests.admin.race 20     # prints, for each round, what each was answered
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import django


def main(rounds: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from tests import factories as make
    from tests.admin.conftest import make_editor
    from tests.admin.forms import opened

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    article = make.make_article(text="原文。")
    block, clients = article.blocks.get(), [Client(), Client()]
    url = f"/admin/articles/article/{article.pk}/change/"
    for client, name in zip(clients, ("bianji", "jiaodui"), strict=True):
        client.force_login(make_editor(name))
    with ThreadPoolExecutor(2) as pool:
        for turn in range(rounds):
            pages = [opened(client, url) for client in clients]
            save = partial(_save, clients, pages, url, turn, Barrier(2))
            statuses = list(pool.map(save, range(2)))
            block.refresh_from_db()
            sys.stdout.write(f"{statuses[0]} {statuses[1]} {block.text}\n")
    sys.stdout.write(f"{block.base}\n")


def _save(clients, pages, url: str, turn: int, start: Barrier, who: int) -> int:
    from django.db import connection

    from tests.admin.forms import send

    start.wait()
    try:
        return send(
            clients[who], url, pages[who], {"blocks-0-text": f"{turn}-{who}"}
        ).status_code
    finally:
        connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
