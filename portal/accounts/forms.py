"""The forms of an account.  None of them says whether somebody else's account exists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    SetPasswordMixin,
    UsernameField,
)
from django.contrib.auth.forms import PasswordChangeForm as DjangoPasswordChangeForm
from django.contrib.auth.forms import SetPasswordForm as DjangoSetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _(
    "至少 8 个字符，不能全是数字，也不要用常见的密码。长一些的一句话最好。"
)
MISMATCH = {"password_mismatch": _("两次输入的密码不一样。")}
MAX_PASSWORD = 1024  # longer ones only cost the server time
MAX_NAME = 60


def _password_field(
    label: Any, autocomplete: str, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=MAX_PASSWORD,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _new_passwords() -> tuple[forms.CharField, forms.CharField]:
    return (
        _password_field(_("新密码"), "new-password", PASSWORD_HELP),
        _password_field(_("再输一次新密码"), "new-password"),
    )


class SignInForm(AuthenticationForm):
    password = _password_field(_("密码"), "current-password")
    shared = forms.BooleanField(
        label=_("这是公用的电脑（关闭浏览器即退出）"), required=False
    )
    error_messages = {
        "invalid_login": _("用户名或密码不对。请留意大小写。"),
        "inactive": _("用户名或密码不对。请留意大小写。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        if self.initial.get("username"):
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True


class SignUpForm(SetPasswordMixin, forms.Form):
    """A name and a password.  Whether the name is taken is not its business
    (portal.accounts.joining)."""

    username = UsernameField(
        label=_("用户名"),
        min_length=2,
        max_length=MAX_NAME,
        validators=[
            UnicodeUsernameValidator(message=_("只能用文字、数字和 @ . + - _ 。"))
        ],
        help_text=_("只用来登录，别的读者看不到。文字、数字和 @ . + - _ 都可以。"),
    )
    password1 = _password_field(_("密码"), "new-password", PASSWORD_HELP)
    password2 = _password_field(_("再输一次密码"), "new-password")
    error_messages = MISMATCH

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        name = self.cleaned_data.get("username", "")
        self.validate_password_for_user(User(username=name))
        return self.cleaned_data


class PasswordChangeForm(DjangoPasswordChangeForm):
    old_password = _password_field(_("现在的密码"), "current-password")
    new_password1, new_password2 = _new_passwords()
    error_messages = {**MISMATCH, "password_incorrect": _("现在的密码不对。")}


class NewPasswordForm(DjangoSetPasswordForm):
    """After a link for a new password: nobody needs the old one."""

    new_password1, new_password2 = _new_passwords()
    error_messages = MISMATCH


class ResetForm(forms.Form):
    name = forms.CharField(
        label=_("用户名或邮箱"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("邮箱"),
        max_length=254,
        required=False,
        help_text=_("可以不填。忘记密码时，凭它重设。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class OwnPasswordForm(forms.Form):
    """A reader confirms with the password that it is the reader who asks."""

    password = _password_field(_("密码"), "current-password")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(_("密码不对。"), code="password_incorrect")
        return password
