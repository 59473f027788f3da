"""Makes the first account that can sign in to the admin, once.

On a database without any staff account this creates the user ``editor``, a member of
the group Editors and no superuser, and prints a random password: the only time it is
shown.  Afterwards it changes nothing and says how to set a new password.

    manage.py create_first_editor
    manage.py changepassword editor
"""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from articles.editing.roles import record_rights
from articles.models import Way
from articles.roles import ensure_roles
from portal.command import ManualCommand

USERNAME = "editor"


class Command(ManualCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            group = ensure_roles()
            if get_user_model().objects.filter(is_staff=True).exists():
                text = _("已有编辑账号；重设密码：manage.py changepassword %s")
                self.stdout.write(text % self._known_name())
                return
            password = secrets.token_urlsafe(12)
            user = self._free_account()
            user.set_password(password)
            user.save()
            user.groups.add(group)
            record_rights(None, user, None, Way.COMMAND)
        text = _(
            "到 /admin/ 登录：用户名 %(name)s，密码 %(password)s\n密码只显示这一次；更改：manage.py changepassword %(name)s"
        )
        self.stdout.write(text % {"name": user.get_username(), "password": password})

    def _known_name(self) -> str:
        staff = get_user_model().objects.filter(is_staff=True).order_by("pk")
        return str((staff.filter(username=USERNAME).first() or staff[0]).get_username())

    def _free_account(self) -> Any:
        """A new account; a reader who is called ``editor`` already stays a reader."""
        users = get_user_model().objects
        names = (USERNAME, *(f"{USERNAME}{n}" for n in range(2, 1000)))
        name = next(n for n in names if not users.filter(username=n).exists())
        return users.model(username=name, is_staff=True)
