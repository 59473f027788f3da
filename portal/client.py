"""Who asks: the address that limits are counted by."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The client's address, which the client itself cannot forge.

    With BEHIND_PROXY the last entry of X-Forwarded-For, the one our own proxy added;
    everything before it is the client's word.  Otherwise, or when that entry is no
    address, the connection's own.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    if not settings.BEHIND_PROXY:
        return direct
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return direct
