"""Django's own command; the account that it makes stands in the history."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction

from articles.editing.roles import record_rights
from articles.models import Way


class Command(createsuperuser.Command):
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        superusers = get_user_model()._default_manager.filter(is_superuser=True)
        known = set(superusers.values_list("pk", flat=True))
        super().handle(*args, **options)
        for user in superusers.exclude(pk__in=known):
            record_rights(None, user, None, Way.COMMAND)
