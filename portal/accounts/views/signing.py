"""Signing up, in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from portal.accounts.forms import SignInForm, SignUpForm
from portal.accounts.joining import join
from portal.accounts.sessions import end_sessions
from portal.accounts.throttle import SIGN_UPS, address, count, too_many

NEW_NAME = "new-name"  # session: the name just asked for, to be filled in at sign-in


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    extra_context = {"site_name": settings.SITE_NAME}  # not the host's name

    def get_initial(self) -> dict[str, Any]:
        return {"username": self.request.session.get(NEW_NAME, "")}

    def form_valid(self, form: SignInForm) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.pop(NEW_NAME, None)
        if form.cleaned_data["shared"]:
            self.request.session.set_expiry(0)
        return response


class SignUp(RedirectURLMixin, FormView):
    """Answers alike whether the name was free or not, and sends on to the sign-in.

    Only the password that was chosen tells: the reader signs in with it, and whoever
    only wanted to know if the name exists would have to make an account for each try.
    """

    template_name = "accounts/sign_up.html"
    form_class = SignUpForm

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        if not count(SIGN_UPS, address(self.request)):
            return too_many(self.request, SIGN_UPS)
        name = form.cleaned_data["username"]
        join(name, form.cleaned_data["password1"])
        self.request.session[NEW_NAME] = name
        messages.success(
            self.request,
            _(
                "只要这个用户名还没有人用，账号就已建好。请用刚才的密码登录；登录不成，就换一个用户名再注册。"
            ),
        )
        target = self.get_redirect_url()
        query = "?" + urlencode({"next": target}) if target else ""
        return HttpResponseRedirect(reverse("accounts:sign-in") + query)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=self.get_redirect_url(), **kwargs)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("已经退出。"))
    return HttpResponseRedirect(reverse("accounts:sign-in"))


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Here too: a reader who asks for this trusts no machine."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("accounts:sign-in"))
    ended = end_sessions(request.user)
    logout(request)
    messages.success(request, _("已在所有设备上退出（共 %(n)d 处）。") % {"n": ended})
    return HttpResponseRedirect(reverse("accounts:sign-in"))
