"""Addresses of signing in: a code by mail, and out. allauth's other pages (sign-up, passwords) do not exist here."""

from __future__ import annotations

from allauth.account import views
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from parvis.web.accounts import confirm_login_code, request_login_code

_to_code = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)

urlpatterns: list[URLPattern] = [
    path("login/code/", request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", confirm_login_code, name="account_confirm_login_code"),
    path("login/", _to_code, name="account_login"),
    path("signup/", _to_code, name="account_signup"),  # allauth names it in links; nobody signs up alone
    path("reauthenticate/", _to_code, name="account_reauthenticate"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
]
