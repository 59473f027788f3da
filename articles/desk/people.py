"""Who is an editor, a reviewer, an administrator."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.desk.access import needs
from articles.editing.acting import Refused
from articles.editing.roles import LABELS, appoint

SHOWN = 200


@needs("articles.appoint_editors")
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    users = get_user_model().objects
    if request.method == "POST":
        chosen = users.filter(username=request.POST.get("user", "")).first()
        try:
            if chosen is None:
                raise Refused(_("没有这个人。"))
            appoint(request.user, chosen, request.POST.get("role", ""))
            messages.success(request, _("已记下。"))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("desk:people"))
    staff = users.filter(is_staff=True).order_by("username").prefetch_related("groups")
    context = {
        "staff": staff[:SHOWN],
        "roles": list(LABELS.items()),
    }
    return render(request, "desk/people.html", context)
