"""The letters an account can lead to: a new password, a mail address confirmed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from portal.accounts.throttle import RESET_LETTERS, count

EMAIL_SALT = "accounts.email"


def new_password_path(user: User) -> str:
    """The address where ``user`` may set a new password: once, and for
    PASSWORD_RESET_TIMEOUT."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return reverse("accounts:reset-confirm", args=[uid, token])


def send_new_password(name: str, site: str, language: str) -> None:
    """A letter to every account that ``name`` (a user name or a mailbox) stands for."""
    for user in _accounts_with_mail(name):
        if count(RESET_LETTERS, user.pk):
            with translation.override(language):
                _send(
                    _("重设密码"),
                    "reset",
                    user.email,
                    user,
                    site + new_password_path(user),
                )


def send_confirmation(user: User, email: str, site: str, language: str) -> None:
    """A letter to a new mailbox; only the link in it makes it the account's."""
    path = reverse("accounts:email-confirm", args=[email_token(user, email)])
    with translation.override(language):
        _send(_("确认邮箱"), "confirm", email, user, site + path)


def email_token(user: User, email: str) -> str:
    """Says that ``user``, whose mailbox is the present one, wants ``email``."""
    return signing.dumps([user.pk, user.email, email], salt=EMAIL_SALT)


def email_of(token: str, user: User) -> str | None:
    """The mailbox a token confirms for ``user``; None when it is false, old or used."""
    try:
        pk, before, email = signing.loads(
            token, salt=EMAIL_SALT, max_age=settings.PASSWORD_RESET_TIMEOUT
        )
    except signing.BadSignature:
        return None
    return email if (pk, before) == (user.pk, user.email) else None


def _accounts_with_mail(name: str) -> list[User]:
    found = User.objects.filter(
        Q(username=name) | Q(email__iexact=name), is_active=True
    )
    return [user for user in found.exclude(email="")[:5] if user.has_usable_password()]


def _send(subject: str, template: str, to: str, user: User, link: str) -> None:
    context = {"user": user, "link": link, "site_name": settings.SITE_NAME}
    body = render_to_string(f"accounts/letters/{template}.txt", context)
    send_mail(f"{settings.SITE_NAME}：{subject}", body, None, [to])
