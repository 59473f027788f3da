"""Makes the first account that can sign in to the admin, once.

On a database without any staff account this creates the user ``editor``, a member of
the group Editors and no superuser, and prints a random password: the only time it is
shown.  Afterwards it changes nothing and says how to set a new password.

    manage.py create_first_editor
    manage.py changepassword editor
"""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.roles import ensure_roles

USERNAME = "editor"


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            group = ensure_roles()
            if get_user_model().objects.filter(is_staff=True).exists():
                self.stdout.write(
                    "An editor account exists already; reset its password with: "
                    f"manage.py changepassword {self._known_name()}"
                )
                return
            password = secrets.token_urlsafe(12)
            user = self._free_account()
            user.set_password(password)
            user.save()
            user.groups.add(group)
        self.stdout.write(
            f"Sign in at /admin/ as {user.get_username()} with the password {password}\n"
            "It is shown this once; change it with: "
            f"manage.py changepassword {user.get_username()}"
        )

    def _known_name(self) -> str:
        staff = get_user_model().objects.filter(is_staff=True).order_by("pk")
        return str((staff.filter(username=USERNAME).first() or staff[0]).get_username())

    def _free_account(self) -> Any:
        """A new account; a reader who is called ``editor`` already stays a reader."""
        users = get_user_model().objects
        names = (USERNAME, *(f"{USERNAME}{n}" for n in range(2, 1000)))
        name = next(n for n in names if not users.filter(username=n).exists())
        return users.model(username=name, is_staff=True)
