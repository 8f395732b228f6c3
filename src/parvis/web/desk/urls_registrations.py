"""Addresses of one registration, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import registering, registrations

_ALL = "<slug:edition>/registrations/"
_ONE = f"{_ALL}<int:pk>/"

urlpatterns = [
    path(f"{_ALL}new/", registering.create, name="registration_new"),
    path(_ONE, registrations.page, name="registration"),
    path(f"{_ONE}change/", registering.change, name="registration_change"),
    path(f"{_ONE}confirm/", registrations.confirm, name="registration_confirm"),
    path(f"{_ONE}cancel/", registrations.cancel, name="registration_cancel"),
    path(f"{_ONE}restore/", registrations.restore, name="registration_restore"),
    path(f"{_ONE}resend/", registrations.resend, name="registration_resend"),
    path(f"{_ONE}badge/", registrations.replace_badge, name="registration_badge"),
]
