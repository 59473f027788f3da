"""Two editors press save at the same moment, by every pair of doors; run by test_races
in a process and a database of its own.

python -m tests.editing.race 50     # rounds for each pair; prints what was lost unsaid
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from threading import Barrier
from typing import Any

import django


def main(rounds: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.test import Client

    from articles.models import Article
    from tests.admin.conftest import make_editor
    from tests.importing.sheets import village

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    village().load()
    clients = [Client(), Client()]
    for client, name in zip(clients, ("bianji", "jiaodui"), strict=True):
        user = make_editor(name)
        user.groups.add(Group.objects.get(name="Reviewers"))
        client.force_login(user)
    article = Article.objects.get(title__contains="棋局")
    block = article.blocks.get(text__contains="悔子")
    lost: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for doors in combinations_with_replacement(DOORS, 2):
            for turn in range(rounds):
                lost.update(_race(pool, clients, doors, article, block, turn))
    sys.stdout.write(f"{dict(lost)}\n")


def _race(
    pool: Any, clients: Any, doors: Any, article: Any, block: Any, turn: int
) -> list[str]:
    """What went wrong in one round, in words."""
    block.refresh_from_db()
    typed = [f"{doors[n]}{turn}-{n}" for n in range(2)]
    presses = [DOORS[doors[n]](clients[n], article, block, typed[n]) for n in range(2)]
    start = Barrier(2)
    told = list(pool.map(lambda press: _press(press, start), presses))
    block.refresh_from_db()
    if block.text not in typed:
        return [f"{doors}: neither was saved"]
    second = 1 - typed.index(block.text)
    wrong = []
    if not told[second]:
        wrong.append(f"{doors}: lost unsaid")
    if told[1 - second]:
        wrong.append(f"{doors}: saved, and told that it was not")
    return wrong


def _press(press: Callable[[], bool], start: Barrier) -> bool:
    from django.db import connection

    start.wait()
    try:
        return press()
    finally:
        connection.close()


def _desk(client: Any, article: Any, block: Any, typed: str) -> Callable[[], bool]:
    """The form of the issue's desk.  The press says whether its editor was told."""
    from articles.desk.stamps import stamp

    url = f"/desk/issues/{article.issue_id}/?article={article.pk}"
    data = {"act": "text", "block": block.pk, "text": typed}
    data[f"stamp-{block.pk}"] = stamp(block)
    return lambda: client.post(url, data).status_code == 409


def _admin(client: Any, article: Any, block: Any, typed: str) -> Callable[[], bool]:
    from tests.admin.forms import opened, send
    from tests.admin.test_saving import row_number

    url = f"/admin/articles/article/{article.pk}/change/"
    fields = opened(client, url)
    name = row_number(fields, "blocks", block.pk) + "-text"
    return lambda: send(client, url, fields, {name: typed}).status_code == 200


def _bulk(client: Any, article: Any, block: Any, typed: str) -> Callable[[], bool]:
    from django.core import signing

    from articles.desk.bulk import SALT

    wish = {
        "article": article.public_id, "field": "text", "seen": block.text, "typed": typed,
        "block": block.pk,
    }  # fmt: skip
    data = {
        "wishes": signing.dumps({"way": "bulk", "wishes": [wish]}, salt=SALT),
        "take": ["0"],
    }

    def press() -> bool:
        answer = client.post("/desk/bulk/", data)
        assert answer.status_code == 302, answer.status_code
        page = client.get(answer.url).content.decode()
        return "刚被别人改过" in page

    return press


DOORS: dict[str, Any] = {"desk": _desk, "admin": _admin, "bulk": _bulk}


if __name__ == "__main__":
    main(int(sys.argv[1]))
