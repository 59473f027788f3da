"""What accounts need beside Django's own user: sessions with an owner, and tallies."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderSession(AbstractBaseSession):
    """A session that knows whose it is, so that all of a reader's can be ended at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="sessions",
        verbose_name=_("读者"),
    )

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()
        verbose_name = _("会话")
        verbose_name_plural = _("会话")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from portal.accounts.sessions import SessionStore

        return SessionStore


class Tally(models.Model):
    """How often one client has done one thing since a moment (portal.accounts.throttle).

    ``key`` is a keyed hash: the table names neither an address nor a reader.
    """

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        verbose_name = _("计次")
        verbose_name_plural = _("计次")

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.times}"


class Reader(User):
    """A user as editors see one: no rights, only the account (portal.accounts.admin)."""

    class Meta:
        proxy = True
        verbose_name = _("读者")
        verbose_name_plural = _("读者")
        ordering = ["-id"]
        default_permissions = ("view", "change")
