"""Counts in the database, so that a limit holds across web machines and restarts.

django-axes counts wrong passwords by name and address; this counts the rest: wrong
passwords of one address whatever the name, sign-ups, requests for a new password.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.accounts.models import Tally
from portal.client import client_ip


@dataclass(frozen=True)
class Limit:
    """``allowed`` times within ``window``, counted from the first one."""

    scope: str
    allowed: int
    window: timedelta


# Generous to a school behind one address, hopeless for a program.
SIGN_UPS = Limit("sign-up", 20, timedelta(hours=1))
WRONG_PASSWORDS = Limit("wrong-password", 100, timedelta(minutes=30))
RESETS = Limit("reset", 10, timedelta(hours=1))
REPORTS = Limit("report", 10, timedelta(hours=1))  # of errors, by readers
# By reader: letters sent to one mailbox; guesses at an unattended machine.
RESET_LETTERS = Limit("reset-letter", 3, timedelta(hours=1))
OWN_PASSWORD = Limit("own-password", 10, timedelta(minutes=30))
LIMITS_BY_READER = [RESET_LETTERS, OWN_PASSWORD]


def address(request: HttpRequest) -> str:
    """Whom a limit by address counts: an IPv4 address, or the /64 of an IPv6 one.

    A client owns the whole /64 and could take a new address for every try.
    """
    try:
        ip = ip_address(client_ip(request))
    except ValueError:
        return "unknown"
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False))
    return str(ip)


def count(limit: Limit, who: object) -> bool:
    """Counts one more; is it still within the limit?"""
    now = timezone.now()
    with transaction.atomic():
        tally, made = Tally.objects.select_for_update().get_or_create(
            key=_key(limit, who), defaults={"since": now}
        )
        if made:
            return True
        if now - tally.since > limit.window:
            tally.since, tally.times = now, 0
        tally.times += 1
        tally.save()
        return tally.times <= limit.allowed


def is_used_up(limit: Limit, who: object) -> bool:
    """Would one more be too many?  Counts nothing."""
    return Tally.objects.filter(
        key=_key(limit, who),
        times__gte=limit.allowed,
        since__gt=timezone.now() - limit.window,
    ).exists()


def forget(reader: object) -> None:
    """Removes what was counted of one reader."""
    Tally.objects.filter(
        key__in=[_key(limit, reader) for limit in LIMITS_BY_READER]
    ).delete()


def forget_past() -> int:
    """Removes tallies that no limit looks at any more."""
    longest = max(
        limit.window
        for limit in [SIGN_UPS, WRONG_PASSWORDS, RESETS, REPORTS, *LIMITS_BY_READER]
    )
    return Tally.objects.filter(since__lt=timezone.now() - longest).delete()[0]


def too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    """The answer to whoever is over a limit."""
    minutes = int(limit.window.total_seconds() // 60)
    response = render(
        request, "accounts/too_many.html", {"minutes": minutes}, status=429
    )
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: object
) -> HttpResponse:
    """What django-axes shows instead of a sign-in form; the admin's has its own look."""
    if not request.path.startswith("/admin/"):
        return too_many(request, WRONG_PASSWORDS)
    from axes.conf import settings

    context = {"failure_limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "admin/locked_out.html", context, status=429)


def name_of(limit: Limit, who: object) -> str:
    """The same name for the same client, that tells nobody who it is."""
    return _key(limit, who)


def _key(limit: Limit, who: object) -> str:
    return salted_hmac(
        "accounts.throttle", f"{limit.scope}:{who}", algorithm="sha256"
    ).hexdigest()
