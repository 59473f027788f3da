"""Changing a password, and getting a new one without the old."""

from __future__ import annotations

from typing import Any

from axes.utils import reset as reset_axes
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.forms import NewPasswordForm, PasswordChangeForm, ResetForm
from portal.accounts.letters import send_new_password
from portal.accounts.sessions import end_sessions
from portal.accounts.throttle import (
    OWN_PASSWORD,
    RESETS,
    address,
    count,
    is_used_up,
    too_many,
)
from portal.mail import soon


@method_decorator(login_required, name="dispatch")
class ChangePassword(PasswordChangeView):
    """Every other session ends; this one goes on under a new key."""

    template_name = "accounts/password.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("accounts:account")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_used_up(OWN_PASSWORD, request.user.pk):
            return too_many(request, OWN_PASSWORD)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        end_sessions(self.request.user, but=self.request.session.session_key)
        messages.success(self.request, _("密码已改，别处的登录都已失效。"))
        return response

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        if "old_password" in form.errors:
            count(OWN_PASSWORD, self.request.user.pk)
        return super().form_invalid(form)


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Asks for a letter, or says whom to ask where the portal sends none.

    The answer is the same for every name, and as quick: who it stands for is looked
    up after it has been sent.
    """
    if not settings.HAS_MAIL_SERVER:
        context = {"contact": settings.CONTACT}
        return render(request, "accounts/reset_by_editor.html", context)
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/reset.html", {"form": form})
    if not count(RESETS, address(request)):
        return too_many(request, RESETS)
    site = request.build_absolute_uri("/").rstrip("/")
    soon(send_new_password, form.cleaned_data["name"], site, get_language())
    return render(request, "accounts/reset_sent.html")


class NewPassword(PasswordResetConfirmView):
    """Behind the link of a letter, or of an editor.  Works once."""

    template_name = "accounts/reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:sign-in")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        end_sessions(self.user)
        reset_axes(username=self.user.get_username())  # guesses were at the old one
        messages.success(self.request, _("新密码已设好，请登录。"))
        return response
