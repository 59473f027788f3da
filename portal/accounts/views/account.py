"""The account's own page, its mailbox, and its end."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from portal.accounts.forms import EmailForm, OwnPasswordForm
from portal.accounts.joining import leave
from portal.accounts.letters import email_of, send_confirmation
from portal.accounts.models import ReaderSession
from portal.accounts.throttle import (
    OWN_PASSWORD,
    RESET_LETTERS,
    count,
    is_used_up,
    too_many,
)
from portal.mail import soon


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    return _account_page(request, EmailForm(initial={"email": request.user.email}))


@require_POST
def email(request: HttpRequest) -> HttpResponse:
    """Empties the mailbox at once; a new one waits for the link in its letter."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("accounts:sign-in"))
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _account_page(request, form)
    wanted = form.cleaned_data["email"]
    if wanted == request.user.email:
        return HttpResponseRedirect(reverse("accounts:account"))
    if not wanted:
        request.user.email = ""
        request.user.save(update_fields=["email"])
        messages.success(request, _("邮箱已删去。"))
    elif not settings.HAS_MAIL_SERVER or not count(RESET_LETTERS, request.user.pk):
        return too_many(request, RESET_LETTERS)
    else:
        site = request.build_absolute_uri("/").rstrip("/")
        soon(send_confirmation, request.user, wanted, site, get_language())
        messages.success(
            request,
            _("信已寄往 %(email)s，打开信里的链接就算确认。") % {"email": wanted},
        )
    return HttpResponseRedirect(reverse("accounts:account"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    confirmed = email_of(token, request.user)
    if confirmed and request.method == "POST":
        request.user.email = confirmed
        request.user.save(update_fields=["email"])
        messages.success(request, _("邮箱已确认。"))
        return HttpResponseRedirect(reverse("accounts:account"))
    return render(request, "accounts/email_confirm.html", {"email": confirmed})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    if request.user.is_staff or request.user.is_superuser:
        return render(request, "accounts/delete.html", status=403)
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/delete.html", {"form": form})
    if is_used_up(OWN_PASSWORD, request.user.pk):
        return too_many(request, OWN_PASSWORD)
    if not form.is_valid():
        count(OWN_PASSWORD, request.user.pk)
        return render(request, "accounts/delete.html", {"form": form})
    leave(request.user)
    logout(request)
    messages.success(request, _("账号和其中的一切都已删除。"))
    return HttpResponseRedirect(reverse("accounts:sign-in"))


def _account_page(request: HttpRequest, email_form: EmailForm) -> HttpResponse:
    context = {
        "sessions": ReaderSession.objects.filter(user=request.user).count(),
        "email_form": email_form,
        "has_mail": settings.HAS_MAIL_SERVER,
    }
    return render(request, "accounts/account.html", context)
