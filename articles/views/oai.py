"""The door for harvesters: OAI-PMH 2.0 at one address, by GET or POST."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.exports.oai.records import Source
from articles.exports.oai.verbs import Repository, answer
from articles.views.machine import in_portal_language, site_base

_EMAIL = re.compile(r"\S+@(\S+\.)+\S+")


@csrf_exempt  # changes nothing; the protocol has its clients post
@require_http_methods(["GET", "HEAD", "POST"])
@in_portal_language
def oai(request: HttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    xml = answer(dict(sent.lists()), _repository(request))
    return HttpResponse(xml, content_type="text/xml; charset=utf-8")


def _repository(request: HttpRequest) -> Repository:
    base = site_base(request)
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return Repository(
        name=str(settings.SITE_NAME),
        url=base + reverse("articles:oai"),
        email=_email(host),
        source=Source(base, host),
    )


def _email(host: str) -> str:
    """Whom the portal names, else the address that every host should have.

    The protocol wants one with a dot behind the @.
    """
    named = (str(settings.CONTACT), str(settings.DEFAULT_FROM_EMAIL))
    dotted = host if "." in host else f"{host}.localdomain"
    return next((one for one in named if _EMAIL.fullmatch(one)), f"webmaster@{dotted}")
