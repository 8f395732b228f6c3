"""The two forms of signing in, with labels and help of our own."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _


class RequestCodeForm(RequestLoginCodeForm):
    """Where the code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"),
            help_text=_("We send a code to it; there is no password to remember."),
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """The code as it came."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            help_text=_("As it stands in the mail; capitals and dashes do not matter."),
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        )
