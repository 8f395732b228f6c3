"""Addresses of the calls for proposals."""

from __future__ import annotations

from django.urls import path

from parvis.web.public import calls

urlpatterns = [
    path("<slug:edition>/calls/", calls.calls, name="calls"),
    path("<slug:edition>/calls/<slug:call>/", calls.call, name="call"),
]
